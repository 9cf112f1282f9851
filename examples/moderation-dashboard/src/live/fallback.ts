// Polling in the place of a subscription, while that is not live.
import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import { type Failure, failureOf } from '../failure.ts';

/** A connection usually takes less, and continues behind the last cursor. */
const PATIENCE_MS = 1_500;
const AGAIN_MS = 2_000;

interface Options<Data, Variables> {
  query: TypedDocumentNode<Data, Variables>;
  variables: Variables;
  /** Undefined: once. A response that has failed is requested again all the same. */
  everyMs?: number;
  afterMs?: number;
  isActive: boolean;
  /** Not called for what arrives after the end: it may be older than what is known by then. */
  onData: (data: Data) => void;
}

interface Requested {
  failure: Failure | undefined;
  /** Of the last response with data. */
  at: Date | undefined;
}

export function useRequests<Data, Variables extends OperationVariables>(
  options: Options<Data, Variables>,
): Requested {
  const { query, variables, everyMs, afterMs = 0, isActive } = options;
  const client = useApolloClient();
  const [requested, setRequested] = useState<Requested>({ failure: undefined, at: undefined });
  const latest = useRef(options);
  latest.current = options;
  // biome-ignore lint/correctness/useExhaustiveDependencies: equal variables are no others
  useEffect(() => {
    if (!isActive) return;
    let isOver = false;
    let timer = setTimeout(request, afterMs);
    async function request() {
      const { data, error } = await client
        .query({ query, variables, fetchPolicy: 'network-only', errorPolicy: 'all' } as never)
        .catch((error: unknown) => ({ data: undefined, error }));
      if (isOver) return;
      const hasData = Object.values(data ?? {}).some(Boolean);
      if (hasData) latest.current.onData(data as Data);
      setRequested(({ at }) => ({ failure: failureOf(error), at: hasData ? new Date() : at }));
      const next = error ? (everyMs ?? AGAIN_MS) : everyMs;
      if (next !== undefined) timer = setTimeout(request, next);
    }
    return () => {
      isOver = true;
      clearTimeout(timer);
      setRequested(({ at }) => ({ failure: undefined, at }));
    };
  }, [client, query, JSON.stringify(variables), everyMs, isActive]);
  return requested;
}

export const useFallback = <Data, Variables extends OperationVariables>(
  state: string,
  options: Omit<Options<Data, Variables>, 'isActive' | 'afterMs'>,
): Requested =>
  useRequests({
    ...options,
    isActive: state !== 'live',
    afterMs: state === 'refused' ? 0 : PATIENCE_MS,
  });
