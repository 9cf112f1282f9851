// Equal names and equal ids in two accounts: each account is as if it were the only one, in its answers and in its AWS calls.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seedDemo } from '../../src/emulator/demo/demo.ts';
import { receiverOf } from '../../src/events/receiver.ts';
import { ACCOUNTS, OTHER, OWN } from '../support/accounts.ts';
import { eventOf } from '../support/events.ts';
import { openGateway } from '../support/gateway.ts';

const REGION = 'us-west-2';
const arnOf = (account: string, kind: string) =>
  `arn:aws:ivs:${REGION}:${account}:${kind === 'stage' ? 'stage/TownHall0001' : 'channel/MainStage001'}`;

type Step =
  | { do: 'read'; account: string; query: number }
  | { do: 'both'; query: number }
  | { do: 'write'; account: string; kind: string }
  | { do: 'event'; account: string; kind: string };

const QUERIES = [
  (account: string) => `stage(arn: "${arnOf(account, 'stage')}") { name tags { key value } }`,
  (account: string) =>
    `stage(arn: "${arnOf(account, 'stage')}") { endpoints { whip } activeSession { sessionId } }`,
  (account: string) => `stages(account: "${account}", first: 3) { nodes { name arn } }`,
  (account: string) => `channel(arn: "${arnOf(account, 'channel')}") { name playbackUrl }`,
  (account: string) => `channels(account: "${account}", first: 3) { nodes { name arn } }`,
  (account: string) => `streams(account: "${account}") { nodes { channelArn viewerCount } }`,
  (account: string) => `streamKeys(channelArn: "${arnOf(account, 'channel')}") { nodes { arn } }`,
] as const;

const account = fc.constantFrom(OWN, OTHER);
const kind = fc.constantFrom('stage', 'channel');
const query = fc.nat(QUERIES.length - 1);
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { arbitrary: fc.record({ do: fc.constant('read' as const), account, query }), weight: 4 },
    { arbitrary: fc.record({ do: fc.constant('both' as const), query }), weight: 2 },
    { arbitrary: fc.record({ do: fc.constant('write' as const), account, kind }), weight: 1 },
    { arbitrary: fc.record({ do: fc.constant('event' as const), account, kind }), weight: 1 },
  ),
  { minLength: 4, maxLength: 24 },
);

/** Far above what a run asks for: no call waits, so no response grows old. */
const rates = Object.fromEntries(
  ['GetStage', 'ListStages', 'GetChannel', 'BatchGetChannel', 'ListChannels', 'ListStreams', 'ListStreamKeys']
    .concat(['UpdateStage', 'UpdateChannel', 'ListTagsForResource'])
    .map((name) => [name, 10_000]),
);

interface Outcome {
  answer: unknown;
  calls: string[];
}

/** What each step returns and costs in each of these accounts. The steps of others are left out. */
async function run(all: readonly Step[], accounts: readonly string[]): Promise<Record<string, Outcome[]>> {
  const gateway = await openGateway({
    accounts: ACCOUNTS.filter(({ id }) => accounts.includes(id)),
    cached: true,
    rates,
  });
  try {
    for (const id of accounts) seedDemo(gateway.emulator.accounts.of(id));
    const receive = receiverOf({ events: gateway.events, regions: [REGION], accounts });
    const outcomes: Record<string, Outcome[]> = Object.fromEntries(accounts.map((id) => [id, []]));
    for (const [index, step] of all.entries()) {
      const concerned = step.do === 'both' ? accounts : [step.account].filter((id) => accounts.includes(id));
      const answers = await take(step, index, concerned, gateway, receive);
      const log = gateway.emulator.calls.log();
      for (const id of accounts) {
        const calls = log.filter(({ account }) => account === id).map(({ operation }) => operation);
        if (concerned.includes(id)) outcomes[id]?.push({ answer: answers[id], calls: calls.sort() });
        else expect(calls).toEqual([]);
      }
      gateway.emulator.calls.reset();
    }
    return outcomes;
  } finally {
    await gateway.close();
  }
}

type Gateway = Awaited<ReturnType<typeof openGateway>>;

async function take(
  step: Step,
  index: number,
  concerned: readonly string[],
  gateway: Gateway,
  receive: ReturnType<typeof receiverOf>,
): Promise<Record<string, unknown>> {
  const results: Record<string, unknown> = {};
  if (step.do === 'read' || step.do === 'both') {
    const fields = concerned.map((id) => `of${id}: ${QUERIES[step.query]?.(id)}`);
    const data = fields.length > 0 ? await gateway.data(`{ ${fields.join(' ')} }`) : {};
    for (const id of concerned) results[id] = data[`of${id}`];
  }
  for (const id of concerned) {
    if (step.do === 'write')
      results[id] = await rename(gateway, arnOf(id, step.kind), step.kind, `w${index}`);
    if (step.do === 'event') results[id] = await renameBelow(gateway, id, step.kind, `e${index}`, receive);
  }
  return results;
}

async function rename({ data }: Gateway, arn: string, kind: string, name: string): Promise<unknown> {
  const field = kind === 'stage' ? 'updateStage' : 'updateChannel';
  return data(`mutation { ${field}(input: { arn: "${arn}", name: "${name}" }) { __typename } }`);
}

/** By another client of AWS, of which an event of CloudTrail tells. */
async function renameBelow(
  { emulator }: Gateway,
  id: string,
  kind: string,
  name: string,
  receive: ReturnType<typeof receiverOf>,
): Promise<unknown> {
  const world = emulator.accounts.of(id).world(REGION);
  const arn = arnOf(id, kind);
  const resource = kind === 'stage' ? world.stages.get(arn) : world.channels.get(arn);
  Object.assign(resource as object, { name });
  const eventName = kind === 'stage' ? 'UpdateStage' : 'UpdateChannel';
  const detail = { eventName, awsRegion: REGION, requestParameters: { arn, name } };
  return receive(JSON.stringify({ ...eventOf('AWS API Call via CloudTrail', { detail }), account: id }));
}

/** Equal ids stay, so that only what is of the other account would differ. */
const without = (id: string, outcomes: readonly Outcome[] | undefined) =>
  JSON.parse(JSON.stringify(outcomes).replaceAll(id, 'ACCOUNT'));

test('two accounts never share an answer, nor a call', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const both = await run(all, [OWN, OTHER]);
      for (const id of [OWN, OTHER]) {
        const alone = await run(all, [id]);
        expect(without(id, both[id])).toEqual(without(id, alone[id]));
      }
    }),
    { numRuns: 12 },
  );
});

test('each account has the whole rate of each operation', async () => {
  const read = async (accounts: readonly string[]) => {
    const gateway = await openGateway({ accounts: ACCOUNTS, callRates: true });
    try {
      for (const id of [OWN, OTHER]) seedDemo(gateway.emulator.accounts.of(id));
      const fields = accounts.map(
        (id) =>
          `{ stage(arn: "${arnOf(id, 'stage')}") { activeSession { participants(first: 30) { nodes { browserName } } } } }`,
      );
      const before = gateway.clock.now();
      await Promise.all(fields.map((field) => gateway.data(field)));
      return {
        elapsedMs: gateway.clock.now() - before,
        statuses: Object.keys(gateway.emulator.calls.statuses()),
        calls: gateway.emulator.calls.count(),
      };
    } finally {
      await gateway.close();
    }
  };
  const [one, two] = [await read([OWN]), await read([OWN, OTHER])];
  expect([one.statuses, two.statuses]).toEqual([['200'], ['200']]);
  expect(one.elapsedMs).toBeGreaterThan(1000);
  expect(two).toEqual({ ...one, calls: 2 * one.calls });
});
