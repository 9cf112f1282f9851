import { builder } from './builder.ts';

/** Dates of cached responses are written for each request that reads them. */
const texts = new WeakMap<Date, string>();

function textOf(date: Date): string {
  const known = texts.get(date);
  if (known !== undefined) return known;
  const text = date.toISOString();
  texts.set(date, text);
  return text;
}

// `toISOString` obeys the specification: three digits of fraction, and UTC as `Z`.
/** Output only: no argument and no input field takes one. */
builder.scalarType('DateTime', {
  description: 'A point in time as an RFC 3339 string in UTC: `2026-01-31T12:00:00.000Z`.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time.html',
  serialize: textOf,
});
