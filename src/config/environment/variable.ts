// What a variable of the environment is, and how texts of general kinds are read.
import { shownUrl } from '../../http/shown-url.ts';

/** How the text of a variable is read. `read` returns undefined for a text that is not what is expected. */
export interface Reader<Value> {
  expected: string | ((text: string) => string);
  read: (text: string) => Value | undefined;
  /** A text that was refused, as its message has it. Absent: the text itself. */
  show?: ((text: string) => string) | undefined;
}

export interface Variable<Value> extends Reader<NonNullable<Value>> {
  meaning: string;
  /** What holds without it, in words, where that is no constant. */
  otherwise?: string | undefined;
  default: Value;
}

export const optional = <Value>(reader: Reader<Value>, meaning: string, otherwise?: string) =>
  ({ ...reader, meaning, otherwise, default: undefined }) as Variable<Value | undefined>;

export const defaulting = <Value>(reader: Reader<Value>, meaning: string, value: Value) =>
  ({ ...reader, meaning, default: value }) as Variable<Value>;

export const text: Reader<string> = { expected: 'a text', read: (given) => given };

export const matching = (expected: string, isGood: (text: string) => boolean): Reader<string> => ({
  expected,
  read: (given) => (isGood(given) ? given.trim() : undefined),
});

/** The same for URLs. */
export const matchingUrl = (...rule: Parameters<typeof matching>): Reader<string> => ({
  ...matching(...rule),
  show: shownUrl,
});

export const oneOf = <const Value extends string>(...values: Value[]): Reader<Value> => ({
  expected: `one of ${values.join(', ')}`,
  read: (given) => values.find((value) => value === given),
});

export const wholeNumber = (min: number, max: number, expected: string): Reader<number> => ({
  expected,
  read: (given) => {
    const value = Number(given);
    return Number.isInteger(value) && value >= min && value <= max ? value : undefined;
  },
});

export const milliseconds = (min: number): Reader<number> =>
  wholeNumber(min, 600_000, `milliseconds, a whole number from ${min} to 600000`);

export const list = (expected: string, isGood: (items: string[]) => boolean): Reader<string[]> => ({
  expected,
  read: (given) => {
    const items = given.split(',').map((item) => item.trim());
    return isGood(items) ? items : undefined;
  },
});

/** Names with positive numbers: `a=1,b=2.5`, each name once. One may have a number and a colon in front: `1:a=2`. */
export const numbers = (expected: string): Reader<Record<string, number>> => ({
  expected: (given) => (/\b(\w+)=.*\b\1=/.test(given) ? `${expected}, each name once` : expected),
  read: (given) => {
    if (!/^\s*(\d+:)?[A-Za-z]+=\d+(\.\d+)?\s*(,\s*(\d+:)?[A-Za-z]+=\d+(\.\d+)?\s*)*$/.test(given))
      return undefined;
    const pairs = given.split(',').map((pair) => pair.trim().split('=') as [string, string]);
    const values = new Map(pairs.map(([name, value]) => [name, Number(value)]));
    const isGood = values.size === pairs.length && [...values.values()].every((value) => value > 0);
    return isGood ? Object.fromEntries(values) : undefined;
  },
});
