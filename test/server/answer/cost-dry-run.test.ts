import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { estimate } from '../../../src/schema/estimate/estimate.ts';
import { schema } from '../../../src/schema/index.ts';
import type { Forecast } from '../../../src/upstream/quota/forecast.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { createSession, createStage } from '../../support/world.ts';

/** What the limits refuse beforehand must not hurt where they were lifted. */
const MANY = Number.POSITIVE_INFINITY;
const UNLIMITED = { fields: MANY, aliases: MANY, depth: MANY, values: MANY, calls: MANY };

const headers = { 'x-ivs-cost': 'dryRun' };
const dryRun = (gateway: TestGateway, query: string, variables = {}) =>
  gateway.ask(query, variables, { headers });
const forecastOf = async (gateway: TestGateway, query: string) =>
  (await dryRun(gateway, query)).extensions?.ivs as unknown as Forecast;

const STAGE_THERE = 'arn:aws:ivs:eu-west-1:123456789012:stage/abc';

const perSecond = 4.9;
const stagesWithPeople = (first: number) =>
  `{ stages(first: ${first}) { nodes { activeSession { participants(first: 5) { nodes { userId } } } } } }`;

describe('a dry run', () => {
  it('answers with what would be called and how long that takes, and calls nothing', async () => {
    const gateway = await startGateway();
    const realTime = { service: 'ivs-realtime', region: 'us-west-2', budget: { perSecond, available: 5 } };
    expect(await dryRun(gateway, stagesWithPeople(20))).toEqual({
      status: 200,
      data: null,
      extensions: {
        ivs: {
          dryRun: true,
          operations: [
            { ...realTime, operation: 'ListStages', calls: 1, waitMs: 0 },
            { ...realTime, operation: 'ListParticipants', calls: 20, waitMs: 3062 },
          ],
          calls: 21,
          waitMs: 3062,
        },
      },
    });
    expect(gateway.calls()).toEqual({});
  });

  it('tells the wait that the real run then has', async () => {
    const gateway = await startGateway({ callRates: true });
    for (let count = 0; count < 20; count += 1) await createSession(gateway, 1);
    const { waitMs } = await forecastOf(gateway, stagesWithPeople(20));
    const start = gateway.clock.now();
    await gateway.data(stagesWithPeople(20));
    expect(Math.abs(gateway.clock.now() - start - waitMs)).toBeLessThanOrEqual(20);
  });

  it('changes nothing, however the header is written', async () => {
    const gateway = await startGateway();
    const mutation = 'mutation { createStage(input: { name: "x" }) { __typename } }';
    for (const value of ['dryRun', 'dryrun', 'DRYRUN', '"dryRun"', 'dryRun, 1', '1,dryRun']) {
      const { data, extensions } = await gateway.ask(mutation, {}, { headers: { 'x-ivs-cost': value } });
      expect([data, extensions?.ivs]).toMatchObject([
        null,
        { calls: 1, operations: [{ operation: 'CreateStage' }] },
      ]);
    }
    expect(gateway.calls()).toEqual({});
    expect(await gateway.data('{ stages { nodes { name } } }')).toEqual({ stages: { nodes: [] } });
  });

  it.each(['true', 'dry-run', 'dryRun;q=1', 'dryRun, true', '0', ''])(
    'that is mistyped as %s is refused and changes nothing',
    async (value) => {
      const gateway = await startGateway();
      const mutation = 'mutation { createStage(input: { name: "x" }) { __typename } }';
      const { status, errors } = await gateway.ask(mutation, {}, { headers: { 'x-ivs-cost': value } });
      expect(status).toBe(400);
      expect(errors).toMatchObject([
        { message: expect.stringContaining('1 or dryRun'), extensions: { code: 'BAD_USER_INPUT' } },
      ]);
      expect(gateway.calls()).toEqual({});
    },
  );

  it('knows the budget of now', async () => {
    const gateway = await startGateway();
    const arn = await createStage(gateway);
    const query = `{ stage(arn: "${arn}") { endpoints { whip } } }`;
    for (let count = 0; count < 5; count += 1) await gateway.data(query);
    const { operations, waitMs } = await forecastOf(gateway, query);
    expect(operations).toMatchObject([
      { operation: 'GetStage', calls: 1, budget: { perSecond, available: 0 } },
    ]);
    expect(waitMs).toBeGreaterThan(0);
    expect(waitMs).toBeLessThanOrEqual(205);
  });

  it('adds the waits of what comes one after the other, and not of what runs side by side', async () => {
    const gateway = await startGateway();
    const people = 'participants(first: 1) { nodes { browserName } }';
    const { operations, waitMs } = await forecastOf(
      gateway,
      `{ stages(first: 15) { nodes { activeSession { ${people} } endpoints { whip } } } channels { nodes { name } } }`,
    );
    const waits = Object.fromEntries(operations.map((some) => [some.operation, some.waitMs]));
    const each = Math.ceil((10 / 4.9) * 1000);
    expect(waits).toEqual({
      ListStages: 0,
      ListParticipants: each,
      GetStage: each,
      GetParticipant: each,
      ListChannels: 0,
    });
    expect(waitMs).toBe(2 * each);
  });

  it('keeps services and regions apart, and counts nothing for a region that is not served', async () => {
    const gateway = await startGateway();
    const arnIn = (region: string) => `arn:aws:ivs:${region}:123456789012:stage/abc`;
    const { operations } = await forecastOf(
      gateway,
      `{ stages { nodes { arn } } there: stages(region: "eu-west-1") { nodes { compositions { nodes { state } } } }
         channels { nodes { arn } } stage(arn: "${arnIn('eu-west-1')}") { name }
         compositions(filter: { stageArn: "${arnIn('eu-west-1')}" }) { nodes { state } }
         mars: stage(arn: "${arnIn('mars-1')}") { name } moon: stages(region: "moon-1") { nodes { arn } } }`,
    );
    expect(
      operations.map(({ service, region, operation, calls }) => `${service} ${region} ${operation} ${calls}`),
    ).toEqual([
      'ivs-realtime us-west-2 ListStages 1',
      'ivs-realtime eu-west-1 ListStages 1',
      'ivs us-west-2 ListChannels 1',
      'ivs-realtime eu-west-1 GetStage 1',
      'ivs-realtime eu-west-1 ListCompositions 51',
    ]);
  });

  it.each([
    ['where it says', 'createStage(input: { region: "eu-west-1" })', 'eu-west-1'],
    ['where what it names is', `deleteStage(input: { arn: "${STAGE_THERE}" })`, 'eu-west-1'],
    [
      'where its stage is',
      `createIngestConfiguration(input: { stageArn: "${STAGE_THERE}", ingestProtocol: RTMPS })`,
      'eu-west-1',
    ],
    [
      'here, whatever it uses',
      `createChannel(input: { recordingConfigurationArn: "${STAGE_THERE}" })`,
      'us-west-2',
    ],
  ])('of a mutation goes %s', async (_what, mutation, region) => {
    const { operations } = await forecastOf(await startGateway(), `mutation { ${mutation} { __typename } }`);
    expect(operations).toMatchObject([{ region, calls: 1 }]);
  });

  it.each([
    ['an introspection', '{ __schema { queryType { name } } __typename }'],
    ['no field at all', '{ stages @skip(if: true) { nodes { arn } } }'],
  ])('of %s costs nothing', async (_what, query) => {
    const gateway = await startGateway();
    expect(await forecastOf(gateway, query)).toEqual({ dryRun: true, operations: [], calls: 0, waitMs: 0 });
  });

  it.each([
    ['a syntax error', '{ stages ', {}],
    ['an unknown field', '{ stages { nodes { nothing } } }', {}],
    ['a variable that is missing', 'query ($arn: ID!) { stage(arn: $arn) { name } }', {}],
    [
      'a variable of another type',
      'query ($first: Int) { stages(first: $first) { nodes { arn } } }',
      { first: 'x' },
    ],
    [
      'two operations and no name',
      'query a { stages { nodes { arn } } } query b { stages { nodes { arn } } }',
      {},
    ],
  ])('of %s answers as the run would', async (_what, query, variables) => {
    const gateway = await startGateway();
    const real = await gateway.ask(query, variables);
    const dry = await dryRun(gateway, query, variables);
    const told = ({ status, errors }: typeof dry) => [status, errors?.map(({ message }) => message)];
    expect(told(dry)).toEqual(told(real));
    expect(dry.errors).toHaveLength(1);
    expect(dry.extensions).toBeUndefined();
    expect(gateway.calls()).toEqual({});
  });

  it('takes the operation that is named', async () => {
    const gateway = await startGateway();
    const response = await gateway.fetch('http://gateway/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({
        query: 'query a { stages { nodes { arn } } } query b { channels { nodes { arn } } }',
        operationName: 'b',
      }),
    });
    expect((await response.json()).extensions.ivs.operations).toMatchObject([{ operation: 'ListChannels' }]);
  });

  // Straight at the estimate, since limits refuse such a document before it.
  it('does not follow fragments that double at each level to their end', () => {
    const levels = Array.from(
      { length: 30 },
      (_, level) =>
        `fragment f${level} on Stage { a: sessions { nodes { stage { ...f${level + 1} } } } b: sessions { nodes { stage { ...f${level + 1} } } } }`,
    );
    const query = `{ stages { nodes { ...f0 } } } ${levels.join(' ')} fragment f30 on Stage { name }`;
    expect(
      estimate({ schema, document: parse(query), target: { account: undefined, region: 'us-west-2' } }),
    ).toMatchObject({
      errors: [{ message: expect.stringMatching(/at most 20000 fields/) }],
    });
  });

  it('counts no further than whole numbers go', async () => {
    const gateway = await startGateway({ server: { limits: UNLIMITED } });
    const deep = (levels: number): string =>
      levels === 0
        ? 'name'
        : `sessions(first: 1000) { nodes { stage { compositions(first: 1000) { nodes { stage { ${deep(levels - 1)} } } } } } }`;
    const { calls } = await forecastOf(gateway, `{ stages(first: 1000) { nodes { ${deep(4)} } } }`);
    expect(calls).toBeGreaterThan(1e6);
    expect(Number.isFinite(calls)).toBe(true);
  });
});
