// The words of everything that users read: descriptions, documents, help, messages. Readers whose English is second-hand
// must know each of them, so a private vocabulary is a fault.
import { parseSync } from '@swc/core';
import { describe, expect, it } from 'vitest';
import { schema } from '../src/schema/index.ts';
import { filesOf, textOf } from './support/documents.ts';

/** What says less than the exact word. */
const PRIVATE =
  /\b(whoever|nobody|somebody|everybody|himself|herself|thing|things|shall|mend|mended|mends|told|tells|asked for|asks for|hang up|hung up|by hand|goes on|go on|of yours|given out|is no [a-z]+;|he|his)\b/gi;

const wordsIn = (text: string): string[] => text.match(PRIVATE) ?? [];
const report = (texts: readonly [place: string, text: string][]) =>
  texts
    .map(([place, text]) => [place, [...new Set(wordsIn(text).map((word) => word.toLowerCase()))].join(', ')])
    .filter(([, words]) => words)
    .map(([place, words]) => `${place}: ${words}`);

/** Without code, which has the words of its language. */
const prose = (text: string) => text.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '');

describe('no private words', () => {
  it('in descriptions of the schema', () => {
    const texts = Object.values(schema.getTypeMap()).flatMap((type) => {
      const members = 'getFields' in type ? Object.values(type.getFields()) : [];
      const values = 'getValues' in type ? type.getValues() : [];
      const args = members.flatMap((member) => ('args' in member ? member.args : []));
      return [type, ...members, ...values, ...args].map(({ name, description }): [string, string] => [
        `${type.name}.${name}`,
        prose(description ?? ''),
      ]);
    });
    expect(report(texts)).toEqual([]);
  });

  it.each(
    filesOf(
      '.',
      /^(README|CHANGELOG|CODE_OF_CONDUCT|CONTRIBUTING|SECURITY|SUPPORT|ROADMAP)\.md$|^docs\/.*\.md$/,
    ),
  )('in %s', (file) => {
    const lines = prose(textOf(file)).split('\n');
    expect(report(lines.map((line): [string, string] => [line, line]))).toEqual([]);
  });

  it('in messages', () => {
    const sources = filesOf('src', /\.ts$/).filter(
      (file) => !/emulator\/constraints|graphiql\/page|-scripts\.ts$/.test(file),
    );
    expect(report(sources.flatMap((file) => literalsOf(file)))).toEqual([]);
  });
});

/** Texts with a space: names and keys have none. */
function literalsOf(file: string): [string, string][] {
  const found: [string, string][] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, value, raw } = node as { type?: string; value?: string; raw?: string };
    const text = type === 'StringLiteral' ? value : type === 'TemplateElement' ? raw : undefined;
    if (text?.includes(' ')) found.push([`${file}: ${text.trim().slice(0, 90)}`, prose(text)]);
    for (const child of Object.values(node)) visit(child);
  };
  visit(parseSync(textOf(file), { syntax: 'typescript' }));
  return found;
}
