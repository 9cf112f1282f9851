// Each error code of the gateway has a heading in the page on troubleshooting.
import { expect, it } from 'vitest';
import { filesOf, textOf } from '../support/documents.ts';

const headings = [...textOf('docs/how-to/troubleshooting.md').matchAll(/^### (.*)$/gm)].map(
  ([, text]) => text,
);

/** Yoga's and graphql's own, which no file of the gateway names. */
const ofLibraries = ['GRAPHQL_PARSE_FAILED', 'REQUEST_ENTITY_TOO_LARGE'];

it('explains every code', () => {
  const sources = filesOf('src', /(?<!graphiql\/page\/.*)\.ts$/).map(textOf);
  const codes = sources.flatMap((text) =>
    [...text.matchAll(/\bcode(?:: string)?\s*[:=]\s*'([A-Z_]+)'/g)].map(([, code]) => code as string),
  );
  const persisted = [...textOf('src/server/limits/persisted.ts').matchAll(/'([A-Z]+_[A-Z_]+)'/g)].map(
    ([, code]) => code as string,
  );
  expect(codes.length).toBeGreaterThan(20);
  const all = new Set([...codes, ...persisted, ...ofLibraries]);
  expect([...all].filter((code) => !headings.includes(code)).sort()).toEqual([]);
});
