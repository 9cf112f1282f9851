// What a client may see of an error: AWS's failures as they were translated, GraphQL's own, and nothing else.
import { GraphQLError } from 'graphql';
import { createGraphQLError, isAsyncIterable, maskError as maskUnexpected, type Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import { UpstreamError } from '../../upstream/errors.ts';
import { namesOf, requestIdOf } from '../http/request-id.ts';
import { errorsOf, lookAtErrors, type Part } from './result-parts.ts';

/** What is behind the errors that clients get in place of it. */
const hidden = new WeakMap<GraphQLError, unknown>();

export function maskError(error: unknown, message: string): Error {
  if (error instanceof GraphQLError && error.originalError instanceof UpstreamError) return error;
  // Outside of execution only a client's JSON is parsed.
  if (error instanceof SyntaxError) return notJson;
  const masked = maskUnexpected(error, message, false);
  if (masked !== error) hidden.set(masked as GraphQLError, error);
  // What GraphQL itself finds wrong with a request, its variables for one, has no code.
  else if (error instanceof GraphQLError) error.extensions.code ??= 'BAD_USER_INPUT';
  return masked;
}

const notJson = createGraphQLError('Expected JSON in `variables` and `extensions`', {
  extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
});

/** Clients get a masked error; whoever runs the gateway gets the real one, and hears when AWS fails. Both get one name for it. */
export function useErrorLog(log: Logger): Plugin {
  const reportUpstream = (request: Request, { originalError, path }: GraphQLError) => {
    if (!(originalError instanceof UpstreamError) || !isOurConcern(originalError)) return;
    const { extensions, cause, message } = originalError;
    log.warn({ ...namesOf(request), path, ...extensions, cause }, message);
  };
  const reportHidden = (request: Request, error: GraphQLError) => {
    if (!hidden.has(error)) return;
    log.error({ ...namesOf(request), err: hidden.get(error), path: error.path }, 'unexpected error');
    error.extensions.requestId = requestIdOf(request);
  };
  return {
    onExecute: ({ args: { contextValue } }) => ({
      onExecuteDone: ({ result }) => {
        const report = (part: Part) => {
          for (const error of errorsOf(part)) reportUpstream(contextValue.request, error);
        };
        if (isAsyncIterable(result)) return { onNext: (next) => report(next.result) };
        return report(result);
      },
    }),
    // The errors of whatever went wrong, execution or not, are masked by now.
    onResultProcess: (payload) => lookAtErrors(payload, (error) => reportHidden(payload.request, error)),
  };
}

/** What a client asked wrongly is no news; what AWS or our credentials cannot do is. */
const isOurConcern = ({ code, aws }: UpstreamError): boolean =>
  aws !== undefined && code !== 'BAD_USER_INPUT';
