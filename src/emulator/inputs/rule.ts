// A rule for a value, and the usual ones.

/** Of draft 2020-12, which OpenAPI 3.1 uses. */
export type JsonSchema = Record<string, unknown>;

/** Of members that are not declared. Without `additionalProperties`, openapi-typescript takes it for an empty one. */
export const anyObject: JsonSchema = { type: 'object', additionalProperties: true };

export interface Rule {
  expected: string;
  fits: (value: unknown) => boolean;
  /** What a message says that it got, for what may be secret. */
  show?: (value: unknown) => string;
  /** What fits, as far as JSON Schema can say it: it accepts at least all that does. */
  schema: JsonSchema;
  /** All that fit, for a hint at what was meant. */
  values?: readonly string[];
  /** Holds for each item of a list, or each value of an object. */
  each?: Rule;
  /** Holds for each name in an object. */
  names?: Rule;
}

export const matching = (pattern: RegExp, expected: string, max?: number): Rule => ({
  expected,
  fits: (value) => typeof value === 'string' && pattern.test(value) && (!max || lengthOf(value) <= max),
  schema: {
    type: 'string',
    // JSON Schema has no flags
    ...(!/[is]/.test(pattern.flags) && { pattern: pattern.source }),
    ...(max && { maxLength: max }),
  },
});
/** Of characters, as JSON Schema counts. */
export const lengthOf = (value: string) => [...value].length;
// Python and Go read the patterns, too: `re` has no \P{Cc}, and RE2 repeats at most 1,000 times
export const printable = (max: number): Rule =>
  matching(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be in it
    /^[^\x00-\x1f\x7f-\x9f]*$/,
    `a string of at most ${max} characters, none of them a control character`,
    max,
  );
export const wholeNumber = (min: number, max: number, unit = ''): Rule => ({
  expected: `${unit}a whole number from ${min} to ${max}`,
  fits: (value) => Number.isInteger(value) && (value as number) >= min && (value as number) <= max,
  schema: { type: 'integer', minimum: min, maximum: max },
});
export const oneOf = (values: readonly string[]): Rule => ({
  expected: `one of ${values.join(', ')}`,
  fits: (value) => values.includes(value as string),
  schema: { type: 'string', enum: values },
  values,
});
export const listOf = (max: number, each: Rule): Rule => ({
  expected: `a list of at most ${max}`,
  fits: (value) => Array.isArray(value) && value.length <= max,
  schema: { type: 'array', maxItems: max, items: each.schema },
  each,
});
export const objectOf = (max: number, names: Rule, each: Rule): Rule => ({
  expected: `an object with at most ${max} members`,
  fits: (value) => isObject(value) && Object.keys(value).length <= max,
  show: (value) => (isObject(value) ? `${Object.keys(value).length} members` : describe(value)),
  schema: {
    type: 'object',
    maxProperties: max,
    propertyNames: names.schema,
    additionalProperties: each.schema,
  },
  names,
  each,
});
export const type = (name: 'string' | 'boolean' | 'function'): Rule => ({
  expected: `a ${name}`,
  fits: (value) => typeof value === name,
  schema: { type: name },
});

export function describe(value: unknown): string {
  if (value === undefined) return 'none';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'string' ? shortened(value) : String(value);
}

const shortened = (text: string): string =>
  text.length <= 100 ? JSON.stringify(text) : `${JSON.stringify(text.slice(0, 100))}… of ${lengthOf(text)}`;

/** Of any realm, as test runners have several. Not a Map, a list or a promise. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) === '[object Object]';
}
