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

it('explains the settings that need more than an expected value', () => {
  const sources = ['config', 'serve', 'auth-settings', 'auth-issuers'].map((name) =>
    textOf(`src/${name}.ts`),
  );
  const named = sources.flatMap((text) =>
    [...text.matchAll(/['`]([A-Z][A-Z_]{3,}): /g)].map(([, name]) => name as string),
  );
  expect(named.length).toBeGreaterThan(5);
  const explained = headings.flatMap((heading) => heading?.split(', ') ?? []);
  const missing = [...new Set(named)].filter((name) => !explained.includes(name));
  expect(missing).toEqual([]);
});

it('names messages of the log that the program writes', () => {
  const [, section = ''] = textOf('docs/how-to/troubleshooting.md').split('## Messages in the log');
  const rows = (section.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('| `'));
  const messages = rows.flatMap((row) => [...(row.split(' | ')[0] ?? '').matchAll(/`(?:… )?([^`]+)`/g)]);
  const source = filesOf('src', /\.ts$/).map(textOf).join('\n');
  expect(messages.length).toBeGreaterThan(6);
  expect(messages.map(([, message = '']) => message).filter((message) => !source.includes(message))).toEqual(
    [],
  );
});
