import { DateTimeResolver } from 'graphql-scalars';
import { builder } from './builder.ts';

builder.addScalarType('DateTime', DateTimeResolver, {
  description: 'A moment in time as an RFC 3339 string, always in UTC: `2026-01-31T12:00:00.000Z`.',
});
