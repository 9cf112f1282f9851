// A polled query. Keeps its last data on the screen while it loads, or after it has failed.
import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { type Failure, failureOf } from './failure.ts';

/** As many as the gateway gives of a list at once. */
export const LIMIT = 1000;
/** AWS gives a hundred a call, and one call for none. */
export const callsFor = (count: number): number => Math.max(1, Math.ceil(count / 100));

interface Polled<Data> {
  data: Data | undefined;
  failure: Failure | undefined;
  /** What is shown is not what is there now. */
  isStale: boolean;
}

export function usePolled<Data, Variables extends OperationVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  everyMs: number,
): Polled<Data> {
  const options = {
    variables,
    pollInterval: everyMs,
    fetchPolicy: 'cache-and-network',
    // What is there is shown, beside what failed.
    errorPolicy: 'all',
  } as const;
  // Its options are typed for queries with and without variables apart.
  const result = useQuery(query, options as never);
  const data = (result.data ?? result.previousData) as Data | undefined;
  const failure = failureOf(result.error);
  return { data, failure, isStale: failure !== undefined && Object.values(data ?? {}).some(Boolean) };
}
