// What a client may see of an error: AWS's failures as they were translated, GraphQL's own, and nothing else.
import { GraphQLError } from 'graphql';
import { createGraphQLError, maskError as maskUnexpected } from 'graphql-yoga';
import { UpstreamError } from '../../upstream/errors.js';
import { namesOf } from '../http/request-id.js';
import { onOperation } from '../operation.js';
import { errorsOf, lookAtErrors } from './result-parts.js';
/** What is behind the errors that clients get in place of it. */
const hidden = new WeakMap();
export function maskError(error, message) {
    if (error instanceof GraphQLError && error.originalError instanceof UpstreamError)
        return error;
    // Outside of execution only a client's JSON is parsed.
    if (error instanceof SyntaxError)
        return notJson;
    const masked = maskUnexpected(error, message, false);
    if (masked !== error)
        hidden.set(masked, error);
    // What GraphQL itself finds wrong with a request, its variables for one, has no code.
    else if (error instanceof GraphQLError)
        error.extensions.code ??= 'BAD_USER_INPUT';
    return masked;
}
const notJson = createGraphQLError('Expected JSON in `variables` and `extensions`', {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
});
/** Clients get a masked error; whoever runs the gateway gets the real one, and hears when AWS fails. Both get one name for it. */
export function useErrorLog(log) {
    const reportUpstream = (names, { originalError, path }) => {
        if (!(originalError instanceof UpstreamError) || !isOurConcern(originalError))
            return;
        const { extensions, message } = originalError;
        const cause = originalError.cause;
        // An error's own message is no member that JSON would show.
        log.warn({ ...namesOf(names), path, ...extensions, cause, reason: cause?.message }, message);
    };
    const reportHidden = (names, error) => {
        if (!hidden.has(error))
            return;
        log.error({ ...namesOf(names), err: hidden.get(error), path: error.path }, 'unexpected error');
        error.extensions.requestId = names.requestId;
    };
    return {
        ...onOperation(({ args: { contextValue } }) => ({
            onResult: ({ result }) => {
                for (const error of errorsOf(result))
                    reportUpstream(contextValue, error);
            },
        })),
        // The errors of whatever went wrong, execution or not, are masked by now.
        onResultProcess: (payload) => lookAtErrors(payload, (error) => reportHidden(payload.serverContext, error)),
    };
}
/** What a client asked wrongly is no news; what AWS or our credentials cannot do is. */
const isOurConcern = ({ code, aws }) => aws !== undefined && code !== 'BAD_USER_INPUT';
