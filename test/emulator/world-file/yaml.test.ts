// YAML of world files: what the library refuses, aliases, merge keys, and the line of each wrong value.
import { ListStagesCommand } from '@aws-sdk/client-ivs-realtime';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { worldNode } from '../../../src/emulator/world-file/format.ts';
import { formatPath, type Node, type Path } from '../../../src/emulator/world-file/node.ts';
import { emulate } from '../support/emulate.ts';
import { problemsOf, writeWorld } from '../support/world-file.ts';

const bomb = [
  'a: &a [x]',
  ...'bcdefgh'
    .split('')
    .map((name, index) => `${name}: &${name} [${Array(10).fill(`*${'abcdefgh'[index]}`)}]`),
];

test.each([
  ['stages: *nobody', 'world.yaml:1:9: expected an alias of an anchor before it, got *nobody'],
  [bomb.join('\n'), 'world.yaml:8:35: expected aliases of fewer values, got too many'],
  ['stages: &a\n  - *a', 'world.yaml:2:5: expected an alias of a value that does not contain it, got *a'],
  [
    'stages:\n  - <<: 5',
    'world.yaml:2:9: expected an alias of an object, or a list of such aliases, beside <<',
  ],
  ['stages: []\n---\nstages: []', 'world.yaml:2:1: expected one document, got another one'],
  [`stages: ${'['.repeat(20_000)}`, 'world.yaml:1:72: expected at most 64 levels, got more'],
  [`stages:\n  ${'- '.repeat(20_000)}`, /^world\.yaml:2:\d+: expected at most 64 levels, got more$/],
  ['stages: !!int x', /^world\.yaml:1:\d+: /],
  ['%YAML 1.1\n---\ntime: 5', 'world.yaml:3:7: time: expected a time of ISO 8601'],
])('YAML that is refused in one line: %#', async (text, problem) => {
  const [line, ...others] = await problemsOf(text);
  expect(others).toEqual([]);
  expect(line).toEqual(
    typeof problem === 'string' ? expect.stringContaining(problem) : expect.stringMatching(problem),
  );
});

const nameOfStages = async (text: string, accountId?: string) => {
  const { realtime } = await emulate({ world: writeWorld(text), ...(accountId && { accountId }) });
  return (await realtime.send(new ListStagesCommand({}))).stages?.map(({ name, tags }) => [name, tags]);
};

test('merge keys and aliases are read', async () => {
  const text =
    'stages:\n  - &a { name: a, tags: &t { x: y } }\n  - { <<: *a, name: b }\n  - { <<: [*a], tags: *t }';
  expect(await nameOfStages(text)).toEqual([
    ['a', { x: 'y' }],
    ['b', { x: 'y' }],
    ['a', { x: 'y' }],
  ]);
});

test('a wrong value is shown where it stands: behind an alias or a merge key', async () => {
  expect(await problemsOf('stages:\n  - &a\n    name: 5\n    nam: x\n  - <<: *a\n    id: b')).toEqual([
    'world.yaml:3:11: stages[0].name: expected a text, got 5: put it in quotes',
    'world.yaml:3:11: stages[1].name: expected a text, got 5: put it in quotes',
    'world.yaml:4:5: stages[0].nam: unknown member: did you mean name?',
    'world.yaml:4:5: stages[1].nam: unknown member: did you mean name?',
  ]);
});

test('a member without a value is absent', async () => {
  const names = ['time', 'region', 'regions', 'accounts', 'channels', 'replications', 'compositions'];
  const session = '    - startedAt:\n      participants: [{ userId: , events: , leftAt: }]';
  const text = `${names.map((name) => `${name}:\n`).join('')}stages:\n  - name: a\n    tags:\n    sessions:\n${session}\n  - { name: b, sessions: }`;
  expect(await nameOfStages(text)).toEqual([
    ['a', {}],
    ['b', {}],
  ]);
  expect(await problemsOf('channels:\n  - { streams: , revocations: , streamKey: , name: }')).toEqual([]);
});

test('account ids need no quotes', async () => {
  const text = 'accounts:\n  000000000012: { stages: [{ name: a }] }';
  expect(await nameOfStages(text, '000000000012')).toEqual([['a', {}]]);
});

/** A value of each leaf and each collection that is of another type, at the path to it. */
function* wrongValues(node: Node, path: Path): Generator<[path: Path, value: unknown]> {
  yield [path, node.kind === 'number' || node.kind === 'boolean' ? 'x' : 7];
  if (node.kind === 'object')
    for (const [name, member] of Object.entries(node.members))
      yield* wrongValues(member.node, [...path, name]);
  if (node.kind === 'list') yield* wrongValues(node.of, [...path, 0]);
  if (node.kind === 'map') yield* wrongValues(node.of, [...path, nameIn(path)]);
}

const nameIn = (path: Path): string =>
  ({ accounts: '210987654321', regions: 'eu-west-1' })[String(path.at(-1))] ?? 'key';

const nested = (path: Path, value: unknown): unknown =>
  path.reduceRight<unknown>((inner, part) => (part === 0 ? [inner] : { [part]: inner }), value);

test('each wrong value of the format is shown in its line', async () => {
  // Other accounts and regions have the same members again
  const values = [...wrongValues(worldNode, [])].filter(
    ([path]) => path.length > 0 && (!['accounts', 'regions'].includes(String(path[0])) || path.length < 6),
  );
  expect(values.length).toBeGreaterThan(150);
  for (const [path, value] of values) {
    const text = stringify(nested(path, value));
    const [last] = text.trimEnd().split('\n').reverse();
    const lines = text.trimEnd().split('\n').length;
    const column = String(last).lastIndexOf(String(value)) + 1;
    const start = `world.yaml:${lines}:${column}: ${formatPath(path)}: expected `;
    expect((await problemsOf(text)).map((line) => line.slice(0, start.length))).toContain(start);
  }
});
