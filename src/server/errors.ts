// What a client may see of an error: AWS's failures as they were translated, GraphQL's own, and nothing else.
import { GraphQLError } from 'graphql';
import { createGraphQLError, maskError as maskUnexpected, type Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import { UpstreamError } from '../upstream/errors.ts';

export function maskError(error: unknown, message: string): Error {
  if (error instanceof GraphQLError && error.originalError instanceof UpstreamError) return error;
  // What graphql-js itself finds wrong with a request, its variables for one, has no code.
  if (error instanceof GraphQLError && !error.originalError) error.extensions.code ??= 'BAD_USER_INPUT';
  // Outside of execution only a client's JSON is parsed.
  if (error instanceof SyntaxError) return notJson;
  return maskUnexpected(error, message, false);
}

const notJson = createGraphQLError('Expected JSON in `variables` and `extensions`', {
  extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
});

/** Clients get a masked error; whoever runs the gateway gets the real one, and hears when AWS fails. */
export function useErrorLog(log: Logger): Plugin {
  const report = ({ originalError, path }: GraphQLError) => {
    if (!originalError || originalError instanceof GraphQLError) return;
    if (!(originalError instanceof UpstreamError))
      log.error({ err: originalError, path }, 'unexpected error');
    else if (isOurConcern(originalError)) {
      log.warn({ path, ...originalError.extensions, cause: originalError.cause }, originalError.message);
    }
  };
  return {
    onExecute: () => ({
      onExecuteDone: ({ result }) => {
        if ('errors' in result) for (const error of result.errors ?? []) report(error);
      },
    }),
  };
}

/** What a client asked wrongly is no news; what AWS or our credentials cannot do is. */
const isOurConcern = ({ code, aws }: UpstreamError): boolean =>
  aws !== undefined && code !== 'BAD_USER_INPUT';
