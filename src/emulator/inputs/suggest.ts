// Names that were meant in place of unknown ones.
import { closest, distance } from 'fastest-levenshtein';

/** The name that was probably meant. */
export function nearest(names: readonly string[], name: string): string | undefined {
  if (names.length === 0) return undefined;
  const lower = names.map((one) => one.toLowerCase());
  const near = closest(name.toLowerCase(), lower);
  const isNear = distance(name.toLowerCase(), near) <= Math.max(2, name.length / 3);
  return isNear ? names[lower.indexOf(near)] : undefined;
}

/** What a message of an unknown name ends with. */
export function didYouMean(names: readonly string[], name: unknown): string {
  const near = typeof name === 'string' ? nearest(names, name.slice(0, 100)) : undefined;
  return near === undefined ? '' : `: did you mean ${near}?`;
}

export function unknownMember(names: readonly string[], name: string): string {
  const near = nearest(names, name);
  return near === undefined
    ? `unknown member: expected one of ${names.join(', ')}`
    : `unknown member: did you mean ${near}?`;
}
