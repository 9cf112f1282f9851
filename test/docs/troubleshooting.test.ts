// Each error code of the gateway has a heading in the page on troubleshooting, and each heading names what exists.
import { expect, it } from 'vitest';
import { environment } from '../../src/config/environment.ts';
import { filesOf, textOf } from '../support/documents.ts';

const page = textOf('docs/how-to/troubleshooting.md');
const [, codesPart = '', startPart = ''] = page.split(
  /^## (?:Error codes|Messages at start|Messages in the log)$/m,
);
const headingsOf = (part: string): string[] =>
  [...part.matchAll(/^### (.*)$/gm)].flatMap(([, text = '']) => text.split(', '));

const sources = filesOf('src', /\.ts$/).filter((file) => !file.includes('graphiql/page/'));
const source = sources.map(textOf).join('\n');

/** Yoga's and graphql's own, which no file of the gateway names. */
const ofLibraries = ['GRAPHQL_PARSE_FAILED', 'REQUEST_ENTITY_TOO_LARGE'];

it('explains every code, and no other', () => {
  const codes = [...source.matchAll(/\bcode(?:: string)?\s*[:=]\s*'([A-Z_]+)'/g)].map(([, code]) => code);
  const persisted = [...textOf('src/server/limits/persisted.ts').matchAll(/'([A-Z]+_[A-Z_]+)'/g)].map(
    ([, code]) => code,
  );
  expect(codes.length).toBeGreaterThan(20);
  expect(headingsOf(codesPart).sort()).toEqual([...new Set([...codes, ...persisted, ...ofLibraries])].sort());
});

it('explains the settings that need more than an expected value', () => {
  const settings = sources.filter((file) => /^src\/(bootstrap|config)\//.test(file)).map(textOf);
  const named = settings.flatMap((text) =>
    [...text.matchAll(/['`]([A-Z][A-Z_]{3,}): /g)].map(([, name]) => name as string),
  );
  expect(named.length).toBeGreaterThan(5);
  const explained = headingsOf(startPart);
  expect([...new Set(named)].filter((name) => !explained.includes(name))).toEqual([]);
});

it('explains no setting or message at start that does not exist', () => {
  const known = (heading: string) =>
    heading in environment || source.toLowerCase().includes(heading.toLowerCase());
  expect(headingsOf(startPart).length).toBeGreaterThan(10);
  expect(headingsOf(startPart).filter((heading) => !known(heading))).toEqual([]);
});

const [, logPart = ''] = page.split('## Messages in the log');
const rows = (logPart.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('| `'));
const explained = rows
  .flatMap((row) => [...(row.split(' | ')[0] ?? '').matchAll(/`(?:… )?([^`]+)`/g)])
  .map(([, message = '']) => message);

it('names messages of the log that the program writes', () => {
  expect(explained.length).toBeGreaterThan(6);
  expect(explained.filter((message) => !source.includes(message))).toEqual([]);
});

it('names each message of the log from warn on', () => {
  // The first text behind the call, up to what is put in.
  const written = /[lL]og\??\.(?:warn|error|fatal)\([^'"`;]*(['"`])((?:(?!\1)[^$\n])+)/g;
  const messages = sources
    .filter((file) => !file.startsWith('src/emulator/'))
    .flatMap((file) => [...textOf(file).matchAll(written)].map(([, , message = '']) => message));
  expect(messages.length).toBeGreaterThan(15);
  expect(messages.filter((message) => !explained.some((row) => message.startsWith(row)))).toEqual([]);
});
