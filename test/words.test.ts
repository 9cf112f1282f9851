// The words of descriptions, documents, help, messages, comments and identifiers. Readers whose English is second-hand must
// know each of them, so a private vocabulary is a fault.
import { parseSync } from '@swc/core';
import { describe, expect, it } from 'vitest';
import { schema } from '../src/schema/index.ts';
import { filesOf, textOf } from './support/documents.ts';

/** What says less than the exact word. */
const PRIVATE =
  /\b(whoever|nobody|somebody|everybody|himself|herself|thing|things|shall|mend|mended|mends|told|tell|tells|telling|asker|askers|asked for|asks for|asked who|hang up|hung up|by hand|goes on|go on|going on|of yours|given out|is no [a-z]+;|he|him|his)\b/gi;

const wordsIn = (text: string): string[] => text.match(PRIVATE) ?? [];
const report = (texts: readonly [place: string, text: string][]) =>
  texts
    .map(([place, text]) => [place, [...new Set(wordsIn(text).map((word) => word.toLowerCase()))].join(', ')])
    .filter(([, words]) => words)
    .map(([place, words]) => `${place}: ${words}`);

/** Without code, which has the words of its language. */
const prose = (text: string) => text.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '');

/** Longer sentences hold more than one fact. */
const MAX_WORDS = 25;
/** Code and constants count as one word, and so do lists of them. */
const withoutMarkup = (text: string) =>
  text
    .replace(/```[\s\S]*?```|<!--[\s\S]*?-->/g, '')
    .replace(/<br>/g, '\n\n')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/`[^`\n]*`|\b[A-Z]+_[A-Z_]+\b/g, 'code')
    .replace(/code(, code)+/g, 'codes');
/** Table cells, list items, headings and paragraphs end a sentence, too. */
const longSentences = (text: string) =>
  withoutMarkup(text)
    .split(/\n\s*\n|\n(?=\s*[-*|#\d])|\||(?<=[.!?])\s+/)
    .map((sentence) => sentence.replace(/\s+/g, ' ').trim())
    .filter(
      (sentence) => (sentence.match(/\p{L}[\p{L}\p{N}’'./-]*|\p{N}[\p{N}.,]*/gu) ?? []).length > MAX_WORDS,
    );

const documents = filesOf(
  '.',
  /^(README|CHANGELOG|CODE_OF_CONDUCT|CONTRIBUTING|SECURITY|SUPPORT|ROADMAP)\.md$|^(docs|deploy)\/.*\.md$/,
);

/** The parts of the program, and of the example, whose comments and identifiers are checked. */
const code = [
  ...filesOf('src', /\.(ts|js)$/).filter((file) => !/graphiql\/page\//.test(file)),
  ...filesOf('examples/moderation-dashboard/src', /\.(tsx?|css)$/),
];

/** Of types, fields, arguments and values. */
const descriptions = Object.values(schema.getTypeMap())
  .filter(({ name }) => !name.startsWith('__'))
  .flatMap((type) => {
    const members = 'getFields' in type ? Object.values(type.getFields()) : [];
    const values = 'getValues' in type ? type.getValues() : [];
    const args = members.flatMap((member) => ('args' in member ? member.args : []));
    return [type, ...members, ...values, ...args].map(({ name, description }): [string, string] => [
      `${type.name}.${name}`,
      description ?? '',
    ]);
  });

describe('no private words', () => {
  it('in descriptions of the schema', () => {
    expect(report(descriptions.map(([place, text]) => [place, prose(text)]))).toEqual([]);
  });

  it.each(documents)('in %s', (file) => {
    const lines = prose(textOf(file)).split('\n');
    expect(report(lines.map((line): [string, string] => [line, line]))).toEqual([]);
  });

  it('in messages', () => {
    const sources = filesOf('src', /\.ts$/).filter(
      (file) => !/emulator\/constraints|graphiql\/page|-scripts\.ts$/.test(file),
    );
    expect(report(sources.flatMap((file) => literalsOf(file)))).toEqual([]);
  });

  it('in comments', () => {
    expect(report(code.flatMap(commentsOf))).toEqual([]);
  });

  it('in identifiers', () => {
    expect(report(code.filter((file) => !/\.css$/.test(file)).flatMap(identifiersOf))).toEqual([]);
  });
});

describe(`sentences have ${MAX_WORDS} words at most`, () => {
  it('in descriptions of the schema', () => {
    expect(
      descriptions.flatMap(([place, text]) => longSentences(text).map((found) => [place, found])),
    ).toEqual([]);
  });

  it.each(documents)('in %s', (file) => {
    expect(longSentences(textOf(file))).toEqual([]);
  });
});

it('README has 120 lines at most', () => {
  expect(textOf('README.md').split('\n').length).toBeLessThanOrEqual(121);
});

type Node = { type?: string; value?: string; raw?: string };

const parsed = (file: string): unknown =>
  parseSync(textOf(file), { syntax: 'typescript', tsx: file.endsWith('.tsx') });

function nodesOf(root: unknown): Node[] {
  if (typeof root !== 'object' || root === null) return [];
  return [root, ...Object.values(root).flatMap(nodesOf)];
}

/** Texts with a space: names and keys have none. */
function literalsOf(file: string): [string, string][] {
  const texts = nodesOf(parsed(file)).map(({ type, value, raw }) =>
    type === 'StringLiteral' ? value : type === 'TemplateElement' ? raw : undefined,
  );
  return texts
    .filter((text): text is string => text?.includes(' ') === true)
    .map((text) => [`${file}: ${text.trim().slice(0, 90)}`, prose(text)]);
}

const commentsOf = (file: string): [string, string][] =>
  [...textOf(file).matchAll(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/g)].map(([comment]) => [
    `${file}: ${comment.slice(0, 90)}`,
    prose(comment),
  ]);

/** `goOn` and `GO_ON` have the words "go on". */
const identifiersOf = (file: string): [string, string][] =>
  nodesOf(parsed(file))
    .filter(({ type }) => type === 'Identifier')
    .map(({ value = '' }) => [
      `${file}: ${value}`,
      value.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replaceAll('_', ' '),
    ]);
