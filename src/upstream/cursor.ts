// Where an entry stands in the journal: milliseconds since 1970 and a number, as ids of Redis streams are.

/** `1764237600000-3`; with `.2` behind it, the second message that was made of the entry. */
const CURSOR = /^(\d{1,15})-(\d{1,15})(?:\.(\d{1,6}))?$/;

export const isCursor = (text: string): boolean => CURSOR.test(text);

/** Less than zero where `one` is before `other`. Both are cursors. */
export function compareCursors(one: string, other: string): number {
  const [a, b] = [partsOf(one), partsOf(other)];
  for (const [index, part] of a.entries()) {
    const difference = part - (b[index] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** A whole entry is behind all of its messages. */
function partsOf(cursor: string): number[] {
  const [, time, number, message] = CURSOR.exec(cursor) ?? [];
  return [Number(time), Number(number), message === undefined ? Number.MAX_SAFE_INTEGER : Number(message)];
}

/** The next one of the same millisecond. */
export function followerOf(cursor: string): string {
  const [time, number] = partsOf(cursor);
  return `${time}-${(number as number) + 1}`;
}
