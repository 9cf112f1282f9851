// Names that were meant in place of unknown ones.
import { closest, distance } from 'fastest-levenshtein';

/** The name that was probably meant. */
export function nearest(names: readonly string[], name: string): string | undefined {
  if (names.length === 0) return undefined;
  const near = closest(name, names as string[]);
  return distance(name, near) <= Math.max(2, name.length / 3) ? near : undefined;
}

export function unknownMember(names: readonly string[], name: string): string {
  const near = nearest(names, name);
  return near === undefined
    ? `unknown member: expected one of ${names.join(', ')}`
    : `unknown member: did you mean ${near}?`;
}
