// What is read off AWS's own schemas must be there in all 80 operations.
import * as ivs from '@aws-sdk/client-ivs';
import * as ivsRealtime from '@aws-sdk/client-ivs-realtime';
import { expect, it } from 'vitest';
import { lowLatency } from '../../src/emulator/model/constraints/low-latency.ts';
import { realtime } from '../../src/emulator/model/constraints/realtime.ts';
import { arnsNamedIn } from '../../src/upstream/arns-named.ts';
import { type AwsCommand, operationOf } from '../../src/upstream/operation.ts';

type Structure = [
  kind: number,
  namespace: string,
  name: string,
  traits: unknown,
  names: string[],
  types: unknown[],
];
const resolve = (type: unknown): unknown =>
  typeof type === 'function'
    ? resolve(type())
    : Array.isArray(type) && type.length === 2
      ? resolve(type[0])
      : type;
const operations = [ivs, ivsRealtime]
  .flatMap((sdk) => Object.entries(sdk).filter(([name]) => /^[A-Z]\w+Command$/.test(name)))
  .map(([, Command]) => {
    const command = new (Command as new (input: object) => AwsCommand)({});
    const schema = (command as unknown as { schema: unknown[] }).schema;
    return {
      ...operationOf(command),
      input: resolve(schema[4]) as Structure,
      output: resolve(schema[5]) as Structure,
    };
  });
type Described = (typeof operations)[number];
const kindOfNew = (operation: Described) => (operation.isRead ? undefined : operation.creates);
const namesOf = (structure: Structure) => (Array.isArray(structure) ? (structure[4] ?? []) : []);

it('finds every member of an input that holds an ARN by its name', () => {
  const holding = [lowLatency, realtime].flatMap((constraints) =>
    Object.values(constraints).flatMap((members) =>
      Object.entries(members)
        .filter(([, { pattern, each }]) => /arn:aws/.test(String((each ?? { pattern }).pattern)))
        .map(([name]) => name),
    ),
  );
  expect(new Set(holding).size).toBeGreaterThan(10);
  for (const name of holding) expect([name, arnsNamedIn({ deep: [{ [name]: 'x' }] })]).toEqual([name, ['x']]);
});

it('knows what each operation makes that makes something', () => {
  const kinds = operations.map(kindOfNew).filter((kind) => kind !== undefined);
  expect(new Set(kinds)).toEqual(
    new Set([
      'ad-configuration',
      'channel',
      'composition',
      'encoder-configuration',
      'ingest-configuration',
      'playback-key',
      'playback-restriction-policy',
      'public-key',
      'recording-configuration',
      'stage',
      'storage-configuration',
      'stream-key',
    ]),
  );
});

it('has no other write that names nothing', () => {
  const nameless = operations.filter(
    (operation) =>
      !operation.isRead &&
      kindOfNew(operation) === undefined &&
      !namesOf(operation.input).some((name) => /arns?$/i.test(name)),
  );
  // Its pairs name their channels.
  expect(nameless.map(({ name }) => name)).toEqual(['BatchStartViewerSessionRevocation']);
});

it('lists either things with an ARN, or parts of what the input names, or two that it knows', () => {
  const odd = operations
    .filter(({ name }) => name.startsWith('List'))
    .filter(({ input, output }) => {
      const lists = (output[5] as unknown[])
        .map(resolve)
        .filter((type) => Array.isArray(type) && type[0] === 1);
      const items = lists.map((list) => resolve((list as unknown[])[4]) as Structure);
      const isOfOne = namesOf(input).some((name) => /^(stage|channel|resource)Arn$/.test(name));
      return !isOfOne && !items.every((item) => namesOf(item).includes('arn'));
    });
  expect(odd.map(({ name }) => name).sort()).toEqual(['ListParticipantReplicas', 'ListStreams']);
});
