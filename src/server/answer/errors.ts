// What a client may see of an error: AWS's failures as they were translated, GraphQL's own, and nothing else.
import { GraphQLError } from 'graphql';
import { createGraphQLError, maskError as maskUnexpected, type Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import { UpstreamError } from '../../upstream/errors.ts';
import { namesOf, type RequestNames } from '../http/request-id.ts';
import { onOperation } from '../operation.ts';
import { errorsOf, lookAtErrors } from './result-parts.ts';

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

/** Clients get a masked error; the log gets the real one, and failures of AWS. Both have the same request id. */
export function useErrorLog(log: Logger): Plugin<object, RequestNames> {
  const reportUpstream = (names: RequestNames, { originalError, path }: GraphQLError) => {
    if (!(originalError instanceof UpstreamError) || !isOurConcern(originalError)) return;
    const { extensions, message } = originalError;
    const cause = originalError.cause as Error | undefined;
    // An error's own message is no member that JSON would show.
    log.warn({ ...namesOf(names), path, ...extensions, cause, reason: cause?.message }, message);
  };
  const reportHidden = (names: RequestNames, error: GraphQLError, client: AbortSignal) => {
    if (!hidden.has(error) || isEndOf(client, thrown(hidden.get(error)))) return;
    log.error({ ...namesOf(names), err: thrown(hidden.get(error)), path: error.path }, 'unexpected error');
    error.extensions.requestId = names.requestId;
  };
  return {
    ...onOperation<RequestNames>(({ args: { contextValue } }) => ({
      onResult: ({ result }) => {
        for (const error of errorsOf(result)) reportUpstream(contextValue, error);
      },
    })),
    // The errors of whatever went wrong, execution or not, are masked by now.
    onResultProcess: (payload) =>
      lookAtErrors(payload, (error) => reportHidden(payload.serverContext, error, payload.request.signal)),
  };
}

/** What a resolver threw, without GraphQL's error around it: of graphql 17 it is also its `cause`, whose message pino appends. */
const thrown = (error: unknown): unknown => (error instanceof GraphQLError && error.originalError) || error;

/** A host ends a request with any reason, an error or not, which is no fault of the gateway. */
const isEndOf = ({ aborted, reason }: AbortSignal, error: unknown): boolean =>
  aborted && (error === reason || (error as { thrownValue?: unknown } | null)?.thrownValue === reason);

/** An invalid request is not logged as a problem; a failure of AWS or of our credentials is. */
const isOurConcern = ({ code, aws }: UpstreamError): boolean =>
  aws !== undefined && code !== 'BAD_USER_INPUT';
