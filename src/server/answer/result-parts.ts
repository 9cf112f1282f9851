// What may hold errors in what goes out: a response, or each part of one that comes in parts.
import type { GraphQLError } from 'graphql';
import { isAsyncIterable, mapAsyncIterator, type Plugin } from 'graphql-yoga';
import type { Part } from '../operation.ts';

/** Each once: one may end several fragments. */
export const errorsOf = ({
  errors = [],
  incremental = [],
  completed = [],
}: Part): readonly GraphQLError[] => [
  ...new Set([...errors, ...[...incremental, ...completed].flatMap((part) => part.errors ?? [])]),
];

type ResultProcess = Parameters<NonNullable<Plugin['onResultProcess']>>[0];

/** Sees the errors of every result, just before it is sent. */
export function lookAtErrors(
  { result, setResult }: Pick<ResultProcess, 'result' | 'setResult'>,
  look: (error: GraphQLError) => void,
): void {
  const lookThrough = <Some>(part: Some): Some => {
    for (const error of errorsOf(part as Part)) look(error);
    return part;
  };
  if (isAsyncIterable(result)) setResult(mapAsyncIterator(result, lookThrough));
  else for (const one of [result].flat()) lookThrough(one);
}
