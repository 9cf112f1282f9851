// Operations of one request share what is the request's, and run side by side without touching each other.
import { parse } from 'graphql';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  anonymous,
  type Context,
  createOperationContext,
  createRequestContext,
  type RequestContext,
} from '../../../src/context.ts';
import { type Emulator, startEmulator } from '../../../src/emulator/emulator.ts';
import { LiveFeeds } from '../../../src/live/feeds.ts';
import { schema } from '../../../src/schema/index.ts';
import { executeWhole } from '../../../src/server/graphql-js.ts';
import { createUpstream, type Upstream } from '../../../src/upstream/upstream.ts';
import { LeapingClock } from '../../support/clock.ts';

const STAGE = 'arn:aws:ivs:us-west-2:123456789012:stage/TownHall0001';

let emulator: Emulator;
let upstream: Upstream;
let clock: LeapingClock;
let entries: Parameters<RequestContext['audit']>[0][];

beforeEach(async () => {
  clock = new LeapingClock();
  emulator = await startEmulator({ seed: 'demo' });
  upstream = createUpstream({
    clock,
    regions: ['us-west-2'],
    rates: { ListCompositions: 0.1 },
    endpoint: emulator.url,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  clock.isBusy = () => upstream.inFlight() > 0;
  entries = [];
});
afterEach(async () => {
  upstream.close();
  await emulator.close();
});

const request = (timeoutMs = 30_000) =>
  createRequestContext({
    ...{
      upstream,
      feeds: new LiveFeeds({ upstream }),
      timeoutMs,
      fresh: true,
      caller: anonymous('somebody'),
    },
    defaultTarget: { account: undefined, region: 'us-west-2' },
    signal: new AbortController().signal,
    log: { warn() {}, warnOnce() {} },
    audit: (entry) => void entries.push(entry),
  });

const run = async (context: Context, query: string) => {
  const { data, errors } = await executeWhole({ schema, document: parse(query), contextValue: context });
  return {
    data: data as Record<string, never> | null,
    errors: errors?.map(({ extensions }) => extensions.code),
  };
};
const callsOf = (context: Context) =>
  Object.fromEntries(context.cost().operations.map(({ operation, calls }) => [operation, calls]));

const readName = `{ stage(arn: "${STAGE}") { name } }`;
const rename = `updateStage(input: { arn: "${STAGE}", name: "new" }) { __typename }`;
/** Something new, for what it says of the stage. */
const look = `createIngestConfiguration(input: { stageArn: "${STAGE}", ingestProtocol: RTMPS }) {
  ... on CreateIngestConfigurationPayload { ingestConfiguration { stage { name } } } }`;
const create = (name: string) =>
  `mutation { createStage(input: { name: "${name}" }) { ... on CreateStagePayload { stage { arn } } } }`;

it('loaders and ledgers are apart: what one writes, only that one reads anew', async () => {
  const shared = request();
  const [writing, reading] = [createOperationContext(shared), createOperationContext(shared)];
  const [written, read] = await Promise.all([
    run(writing, `mutation { before: ${look} ${rename} after: ${look} }`),
    run(reading, readName),
  ]);
  const { before, after } = written.data as Made;
  expect(read.errors).toBeUndefined();
  expect(before.ingestConfiguration.stage).not.toEqual({ name: 'new' });
  expect(after.ingestConfiguration.stage).toEqual({ name: 'new' });
  expect(callsOf(writing)).toEqual({ CreateIngestConfiguration: 2, GetStage: 2, UpdateStage: 1 });
  // In the same operation it is the answer of before.
  expect(await run(reading, readName)).toEqual(read);
  expect(callsOf(reading)).toEqual({ GetStage: 1 });
  const next = createOperationContext(shared);
  expect((await run(next, readName)).data).toEqual({ stage: { name: 'new' } });
});

it('trails are apart: each mutation tells of its own calls', async () => {
  const shared = request();
  const made = await Promise.all(
    ['one', 'two'].map((name) => run(createOperationContext(shared), create(name))),
  );
  const arns = made.map(({ data }) => [(data as Made).createStage.stage.arn]);
  expect(entries.map((entry) => entry.arns).sort()).toEqual(arns.sort());
  const ids = entries.map(({ awsRequestIds }) => awsRequestIds);
  expect(ids.map(({ length }) => length)).toEqual([1, 1]);
  expect(new Set(ids.flat()).size).toBe(2);
});
// biome-ignore lint/suspicious/noExplicitAny: the shape is that of the mutation
type Made = any;

it('deadlines are apart: each begins with its operation', async () => {
  const shared = request(6_000);
  const early = createOperationContext(shared);
  const list = '{ compositions { nodes { arn } } }';
  // The only call of ten seconds.
  expect((await run(early, list)).errors).toBeUndefined();
  await new Promise<void>((resolve) => clock.after(5_000, resolve));
  const late = createOperationContext(shared);
  const [refused, waited] = await Promise.all([
    run(early, `{ compositions(filter: { stageArn: "${STAGE}" }) { nodes { arn } } }`),
    run(late, list),
  ]);
  expect([refused.errors, waited.errors]).toEqual([['THROTTLED'], undefined]);
});
