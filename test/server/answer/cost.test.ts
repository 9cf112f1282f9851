import { createSchema, createYoga, type Plugin } from 'graphql-yoga';
import { describe, expect, it } from 'vitest';
import { useCost } from '../../../src/server/answer/cost.ts';
import type { Cost } from '../../../src/upstream/ledger.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { createSession, createStage } from '../../support/world.ts';

const headers = { 'x-ivs-cost': '1' };
const ask = (gateway: TestGateway, query: string) => gateway.ask(query, {}, { headers });
const costOf = async (gateway: TestGateway, query: string) =>
  (await ask(gateway, query)).extensions?.ivs as Cost;

/** Published at 5 calls a second, of which 2 % are left. */
const perSecond = 4.9;
const realTime = { service: 'ivs-realtime', region: 'us-west-2' };
const unhurried = { ...realTime, coalesced: 0, cached: 0, waitedMs: 0 };

const stagesWithPeople =
  '{ stages(first: 20) { nodes { activeSession { participants(first: 5) { nodes { userId } } } } } }';
const browsersIn = ({ stageArn, sessionId }: { stageArn: string; sessionId: string }) =>
  `{ participants(stageArn: "${stageArn}", sessionId: "${sessionId}") { nodes { userId browserName } } }`;

describe('the cost of', () => {
  it('a nested query is told by operation, with what is left of each budget', async () => {
    const gateway = await startGateway({ callRates: true });
    for (let count = 0; count < 3; count += 1) await createSession(gateway, 2);
    // The rates of reads, which making the sessions did not touch.
    expect(await costOf(gateway, stagesWithPeople)).toEqual({
      operations: [
        { ...unhurried, operation: 'ListStages', calls: 1, budget: { perSecond, available: 4 } },
        { ...unhurried, operation: 'ListParticipants', calls: 3, budget: { perSecond, available: 2 } },
      ],
      calls: 4,
      waitedMs: 0,
    });
    expect(gateway.calls()).toEqual({ ListStages: 1, ListParticipants: 3 });
  });

  it('both services and regions is kept apart', async () => {
    const gateway = await startGateway();
    const { operations } = await costOf(
      gateway,
      '{ stages { nodes { arn } } there: stages(region: "eu-west-1") { nodes { arn } } channels { nodes { arn } } }',
    );
    const places = operations.map(
      ({ service, region, operation, calls }) => `${service} ${region} ${operation} ${calls}`,
    );
    expect(places.sort()).toEqual([
      'ivs us-west-2 ListChannels 1',
      'ivs-realtime eu-west-1 ListStages 1',
      'ivs-realtime us-west-2 ListStages 1',
    ]);
  });

  it('a mutation names the operation that writes', async () => {
    const gateway = await startGateway();
    const { operations } = await costOf(gateway, 'mutation { createStage(input: {}) { __typename } }');
    expect(operations).toMatchObject([{ operation: 'CreateStage', calls: 1, budget: { available: 4 } }]);
    // The next request begins at nothing, but with the budget that is left.
    const next = await costOf(gateway, 'mutation { createStage(input: {}) { __typename } }');
    expect(next.operations).toMatchObject([{ calls: 1, budget: { available: 3 } }]);
  });

  it('equal fields is that of one', async () => {
    const gateway = await startGateway();
    const { operations, calls } = await costOf(
      gateway,
      '{ a: stages { nodes { arn } } b: stages { nodes { name } } c: stages { nodes { arn } } }',
    );
    expect(operations).toMatchObject([{ operation: 'ListStages', calls: 1, coalesced: 2 }]);
    expect(calls).toBe(1);
    expect(gateway.calls()).toEqual({ ListStages: 1 });
  });

  it('a shared call, retries included, is booked on the request that began it; the others say that they joined', async () => {
    const gateway = await startGateway();
    const arns = [await createStage(gateway), await createStage(gateway), await createStage(gateway)];
    gateway.emulator.faults.add({ operation: 'ListStages', times: 1, status: 500 });
    // Time stands still before the second attempt, until each request has come to its first field and so joined.
    const { isBusy } = gateway.clock;
    gateway.clock.isBusy = () => true;
    const costs = arns.map((arn) =>
      costOf(gateway, `{ stages { nodes { arn } } stage(arn: "${arn}") { endpoints { whip } } }`),
    );
    while (gateway.emulator.calls.count('GetStage') < 3) await new Promise(setImmediate);
    gateway.clock.isBusy = isBusy;
    const lists = (await Promise.all(costs)).map(({ operations }) =>
      operations.find(({ operation }) => operation === 'ListStages'),
    );
    const booked = lists.map((list) => `${list?.calls} calls, ${list?.coalesced} coalesced`);
    expect(booked.sort()).toEqual(['0 calls, 1 coalesced', '0 calls, 1 coalesced', '2 calls, 0 coalesced']);
    // The budget is everybody's.
    expect(lists.map((list) => list?.budget)).toEqual(Array(3).fill({ perSecond, available: 3 }));
    expect(gateway.calls()).toEqual({ GetStage: 3, ListStages: 2 });
  });

  it('retries counts each attempt, and no pause before them as a wait', async () => {
    const gateway = await startGateway();
    gateway.emulator.faults.add({ operation: 'ListStages', status: 500 });
    const { data, errors, extensions } = await ask(gateway, '{ stages { nodes { arn } } }');
    expect([data, errors]).toMatchObject([
      { stages: null },
      [{ extensions: { code: 'UPSTREAM_UNAVAILABLE' } }],
    ]);
    expect(extensions?.ivs).toMatchObject({
      operations: [{ operation: 'ListStages', calls: 3, waitedMs: 0 }],
      calls: 3,
      waitedMs: 0,
    });
    expect(gateway.calls()).toEqual({ ListStages: 3 });
  });

  it('waiting for quota is the time that it took, not the sum of those who waited', async () => {
    const gateway = await startGateway({ callRates: true });
    for (let count = 0; count < 20; count += 1) await createSession(gateway, 1);
    const start = gateway.clock.now();
    const { operations, calls, waitedMs } = await costOf(gateway, stagesWithPeople);
    // 20 calls, 5 at once and then 4.9 a second.
    expect(waitedMs).toBeGreaterThan(3_000);
    expect(waitedMs).toBe(gateway.clock.now() - start);
    expect(operations).toMatchObject([
      { operation: 'ListStages', calls: 1, waitedMs: 0 },
      { operation: 'ListParticipants', calls: 20, waitedMs, budget: { perSecond, available: 0 } },
    ]);
    expect(calls).toBe(21);
  });

  it('calls that need not wait has no wait in it, however slow the machine is', async () => {
    const gateway = await startGateway();
    const { clock } = gateway;
    const now = clock.now.bind(clock);
    let looks = 0;
    clock.now = () => {
      looks += 1;
      return now() + looks;
    };
    const cost = await costOf(gateway, '{ stages { nodes { arn } } channels { nodes { arn } } }');
    expect(cost).toMatchObject({ operations: [{ waitedMs: 0 }, { waitedMs: 0 }], waitedMs: 0 });
  });

  it('waiting for two operations side by side is not their sum either', async () => {
    const gateway = await startGateway({ callRates: true });
    const session = await createSession(gateway, 15);
    for (let count = 1; count < 20; count += 1) await createSession(gateway, 1);
    const query = `${browsersIn(session).slice(0, -1)} ${stagesWithPeople.slice(1)}`;
    const { operations, waitedMs } = await costOf(gateway, query);
    const waits = operations.map((operation) => operation.waitedMs).filter((wait) => wait > 0);
    expect(waits).toHaveLength(2);
    expect(waitedMs).toBeGreaterThanOrEqual(Math.max(...waits));
    expect(waitedMs).toBeLessThan(waits.reduce((sum, wait) => sum + wait));
  });

  it('a 429 is a call, a wait and a smaller budget', async () => {
    const gateway = await startGateway();
    gateway.emulator.faults.add({ operation: 'ListStages', times: 1, status: 429 });
    const { operations } = await costOf(gateway, '{ stages { nodes { arn } } }');
    expect(operations).toMatchObject([{ operation: 'ListStages', calls: 2 }]);
    expect(operations[0]?.waitedMs).toBeGreaterThan(100);
    expect(operations[0]?.budget.perSecond).toBeLessThan(perSecond / 1.9);
  });

  it('fields that were throttled is what the others cost, and stands beside their errors', async () => {
    const gateway = await startGateway({ callRates: true, requestTimeoutMs: 2_000 });
    const session = await createSession(gateway, 40);
    const { data, errors, extensions } = await ask(gateway, browsersIn(session));
    expect(data.participants.nodes).toHaveLength(40);
    expect(errors).toHaveLength(26);
    expect(errors?.[0]?.extensions?.code).toBe('THROTTLED');
    expect(extensions?.ivs).toMatchObject({
      operations: [
        { operation: 'ListParticipants', calls: 1 },
        { operation: 'GetParticipant', calls: 14, budget: { perSecond, available: 0 } },
      ],
      calls: 15,
    });
    expect(extensions?.ivs?.waitedMs).toBeGreaterThan(1_500);
    expect(extensions?.ivs?.waitedMs).toBeLessThanOrEqual(2_000);
  });

  it('a field that never got a turn is no call and no wait, however long the others wait', async () => {
    // One call in ten seconds, and no request has so much time.
    const gateway = await startGateway({ rates: { ListStages: 0.1 }, requestTimeoutMs: 5_000 });
    const session = await createSession(gateway, 15);
    await gateway.data('{ stages { nodes { arn } } }');
    const { errors, extensions } = await ask(
      gateway,
      `{ stages { nodes { arn } } ${browsersIn(session).slice(1)}`,
    );
    expect(errors).toMatchObject([{ path: ['stages'], extensions: { code: 'THROTTLED' } }]);
    expect(extensions?.ivs?.waitedMs).toBeGreaterThan(2_000);
    expect(extensions?.ivs?.operations).toContainEqual({
      ...unhurried,
      operation: 'ListStages',
      calls: 0,
      budget: { perSecond: 0.1, available: 0 },
    });
  });

  it.each([
    ['an introspection', '{ __schema { queryType { name } } }'],
    [
      'an ARN of a region that is not served',
      '{ stage(arn: "arn:aws:ivs:sa-east-1:123456789012:stage/abc") { name } }',
    ],
  ])('%s is nothing', async (_what, query) => {
    const gateway = await startGateway();
    expect(await costOf(gateway, query)).toEqual({ operations: [], calls: 0, waitedMs: 0 });
  });

  it('a rate of a single thing and of the account shows the account’s', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const channels = await gateway.data('{ channels { nodes { arn } } }');
    const { operations } = await costOf(
      gateway,
      `mutation { putMetadata(input: { channelArn: "${channels.channels.nodes[0].arn}", metadata: "x" }) { __typename } }`,
    );
    expect(operations).toMatchObject([
      { operation: 'PutMetadata', calls: 1, budget: { perSecond: 151.9, available: 154 } },
    ]);
  });
});

describe('the extension', () => {
  it('is not there without the header', async () => {
    const gateway = await startGateway();
    const answer = await gateway.ask('{ stages { nodes { arn } } }');
    expect(answer).toEqual({ status: 200, data: { stages: { nodes: [] } } });
  });

  it.each(['"1"', ' 1 ', '1, 1'])('is there with the header %s', async (value) => {
    const gateway = await startGateway();
    const headers = { 'x-ivs-cost': value };
    const { extensions } = await gateway.ask('{ stages { nodes { arn } } }', {}, { headers });
    expect(extensions?.ivs?.calls).toBe(1);
  });

  // No plugin of the gateway adds an extension yet, so this one has a server of its own.
  it('keeps those of others', async () => {
    const cost = { operations: [], calls: 0, waitedMs: 0 };
    const other = { tracing: { version: 1 } };
    const tracing: Plugin = {
      onExecute: () => ({
        onExecuteDone: ({ result, setResult }) => setResult({ ...result, extensions: other }),
      }),
    };
    const yoga = createYoga({
      schema: createSchema({ typeDefs: 'type Query { a: Int }' }),
      context: () => ({ cost: () => cost, forecast: () => ({ ...cost, waitMs: 0 }), defaultRegion: '' }),
      logging: false,
      plugins: [tracing, useCost()],
    });
    const response = await yoga.fetch('http://gateway/graphql?query={a}', { headers });
    expect(await response.json()).toEqual({ data: { a: null }, extensions: { ...other, ivs: cost } });
  });
});
