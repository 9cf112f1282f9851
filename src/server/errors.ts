// What a client may see of an error: AWS's failures as they were translated, GraphQL's own, and nothing else.
import { GraphQLError } from 'graphql';
import { maskError as maskUnexpected, type Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import { UpstreamError } from '../upstream/errors.ts';

export function maskError(error: unknown, message: string): Error {
  if (error instanceof GraphQLError && error.originalError instanceof UpstreamError) return error;
  return maskUnexpected(error, message, false);
}

const isExpected = (error: GraphQLError): boolean =>
  !error.originalError ||
  error.originalError instanceof UpstreamError ||
  error.originalError instanceof GraphQLError;

/** Clients get a masked error; whoever runs the gateway gets the real one. */
export function useErrorLog(log: Logger): Plugin {
  const report = (errors: readonly GraphQLError[] | undefined) => {
    for (const error of errors ?? []) {
      if (!isExpected(error)) log.error({ err: error.originalError, path: error.path }, 'unexpected error');
    }
  };
  return {
    onExecute: () => ({
      onExecuteDone: ({ result }) => ('errors' in result ? report(result.errors) : undefined),
    }),
  };
}
