import { builder } from './builder.ts';

/** Output only: no argument and no input field takes one. */
builder.scalarType('DateTime', {
  description: 'A moment in time as an RFC 3339 string, always in UTC: `2026-01-31T12:00:00.000Z`.',
  serialize: (date) => date.toISOString(),
});
