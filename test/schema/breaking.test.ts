// A breaking change of the schema is found before it reaches clients and supergraphs.
import { readFileSync } from 'node:fs';
import { diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';
import { expect, it } from 'vitest';
import { printSubgraph } from '../../src/schema/index.ts';

/** The subgraph at the last intended breaking change, and from the first release on that of the latest release: all that the contract has, and the directives of federation. */
const released = readFileSync(new URL('released.graphql', import.meta.url), 'utf8');

/** What breaks clients, and what breaks supergraphs: a lost key, or a field that others may no longer provide. */
async function breaks(before: string, after: string): Promise<string[]> {
  const [old, now] = [before, after].map((sdl) => buildSchema(sdl, { assumeValidSDL: true }));
  const changes = await diff(old ?? null, now ?? null);
  return changes
    .filter(
      ({ type, criticality }) =>
        criticality.level === 'BREAKING' || /^DIRECTIVE_USAGE_.*_REMOVED$/.test(type),
    )
    .map(({ message }) => message);
}

it('the schema breaks nothing that was released', async () => {
  const broken = await breaks(released, await printSubgraph());
  expect(
    broken,
    'If it is meant: a new major version, a word in the CHANGELOG, and CONTRIBUTING.md, "Release"',
  ).toEqual([]);
});

it.each([
  ['a field', '  userId: String @shareable', '  person: String'],
  ['a key', '@key(fields: "arn")', ''],
  ['what others may provide', 'userId: String @shareable', 'userId: String'],
  ['the tag of a contract', 'token: String! @tag(name: "ivs-token")', 'token: String!'],
  ['the type of an argument', 'first: Int = 50', 'first: Int! = 50'],
  ['the value of an enum', '  CONNECTED\n', '  HERE\n'],
])('it sees the loss of %s', async (_what, text, instead) => {
  expect(released).toContain(text);
  expect(await breaks(released, released.replace(text, instead))).not.toEqual([]);
});
