// Who waits together: callers with different rights, writes meanwhile, those who come later.
import { GetChannelCommand } from '@aws-sdk/client-ivs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { scopes } from '../../../src/context.ts';
import { createUpstream } from '../../../src/upstream/upstream.ts';
import { boundedTo, callerWith } from '../../support/callers.ts';
import { crowd, makeMany, rest } from '../../support/crowd.ts';
import { openGateway, startGateway, type TestGateway } from '../../support/gateway.ts';

const MANY = 30;
let lead: TestGateway & { close(): Promise<void> };
let channels: string[];
let stages: string[];
let gateway: TestGateway;

beforeAll(async () => {
  lead = await openGateway({ callRates: true });
  channels = await makeMany(lead, 'Channel', MANY);
  stages = await makeMany(lead, 'Stage', MANY);
});
afterAll(() => lead.close());
beforeEach(async () => {
  gateway = await startGateway({ beside: lead, cached: true });
  await rest(gateway);
});

const channelOf = (arn: string, fields = 'name ingestEndpoint') => `{ channel(arn: "${arn}") { ${fields} } }`;
const stageOf = (arn: string, fields = 'name') => `{ stage(arn: "${arn}") { ${fields} } }`;
const turn = () => new Promise(setImmediate);
const rename = (noun: 'Channel' | 'Stage', arn: string, name: string) =>
  gateway.data(
    `mutation { update${noun}(input: { arn: "${arn}", name: "${name}" }) { ... on Update${noun}Payload { __typename } ... on MutationError { message } } }`,
  );

describe('callers who wait together', () => {
  it.each([
    ['channel', () => channels, channelOf],
    ['stage', () => stages, stageOf],
  ] as const)('get each a %s of its own bounds alone', async (noun, arns, queryOf) => {
    // Of three askers one may not have what he asks for.
    const { answers, calls, codes } = await crowd(
      gateway,
      arns().map((arn) => queryOf(arn)),
      { callerOf: (index) => boundedTo(arns()[index % 3 === 2 ? 0 : index] as string) },
    );
    expect(codes).toEqual({ FORBIDDEN: MANY / 3 });
    for (const [index, { data }] of answers.entries())
      expect(data[noun]?.name).toBe(index % 3 === 2 ? undefined : `${noun}-${index}`);
    expect(Object.values(calls).reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(7);
  });

  it('get a secret if they may, and nobody else does', async () => {
    const made = await Promise.all(
      channels.map((arn) =>
        lead.data(`{ channel(arn: "${arn}") { streamKeys(first: 1) { nodes { arn } } } }`),
      ),
    );
    await rest(gateway);
    const keys = made.map(({ channel }) => channel.streamKeys.nodes[0].arn as string);
    const plain = callerWith(scopes.filter((scope) => scope !== 'ivs:secret'));
    const ask = () =>
      crowd(
        gateway,
        keys.map((arn) => `{ streamKey(arn: "${arn}") { arn channelArn tags { key } value } }`),
        { callerOf: (index) => (index % 2 ? plain : callerWith()) },
      );
    for (let times = 0; times < 2; times += 1) {
      const { answers, calls, codes } = await ask();
      expect(codes).toEqual({ FORBIDDEN: MANY / 2 });
      const values = answers.map(({ data }) => data.streamKey?.value).filter(Boolean);
      expect(new Set(values).size).toBe(MANY / 2);
      for (const [index, { data }] of answers.entries()) {
        expect(data.streamKey).toMatchObject({ arn: keys[index], channelArn: channels[index] });
        expect(data.streamKey.value).toEqual(index % 2 ? null : expect.stringMatching(/^sk_/));
      }
      // Secrets are read anew.
      expect(calls.BatchGetStreamKey).toBeGreaterThanOrEqual(1);
      await gateway.clock.after(2_000, () => {});
    }
  });
});

describe('a write', () => {
  it.each([
    ['Channel', 'BatchGetChannel', () => channels, channelOf],
    ['Stage', 'ListStages', () => stages, stageOf],
  ] as const)(
    'of a %s is seen by who asks after it, while %s is under way',
    async (noun, many, arns, queryOf) => {
      const field = noun.toLowerCase();
      const arn = arns()[20] as string;
      // What AWS read before the write, on its way.
      const body = JSON.stringify({ [`${field}s`]: [{ arn, name: 'old' }] });
      gateway.emulator.faults.add({ operation: many, status: 200, body, delayMs: 300, times: 1 });
      const before = crowd(
        gateway,
        arns().map((one) => queryOf(one)),
      );
      while (gateway.emulator.calls.count(many) === 0) await turn();
      await rename(noun, arn, 'new');
      const after = gateway.ask(queryOf(arn));
      expect((await after).data[field].name).toBe('new');
      expect((await before).answers[20]?.data[field].name).toBe('old');
      // What was read before is not reused.
      expect((await gateway.data(queryOf(arn)))[field].name).toBe('new');
      await rest(gateway);
      await rename(noun, arn, `${field}-20`);
    },
  );
});

describe('a change from outside', () => {
  it('is seen by who says no-cache though a page is cached', async () => {
    await gateway.data('{ stages(first: 100) { nodes { name } } }');
    const arn = stages[25] as string;
    await lead.data(
      `mutation { updateStage(input: { arn: "${arn}", name: "from-outside" }) { ... on UpdateStagePayload { __typename } } }`,
    );
    const { answers } = await crowd(
      gateway,
      stages.map((stage) => stageOf(stage)),
      {
        headers: { 'cache-control': 'no-cache' },
      },
    );
    expect(answers[25]?.data.stage.name).toBe('from-outside');
    await lead.data(
      `mutation { updateStage(input: { arn: "${arn}", name: "stage-25" }) { ... on UpdateStagePayload { __typename } } }`,
    );
  });
});

describe('what a list told', () => {
  it('serves those who come later and must wait, as long as it is cached', async () => {
    await gateway.data('{ stages(first: 100) { nodes { name } } }');
    gateway.calls();
    const { calls } = await crowd(
      gateway,
      stages.slice(0, 8).map((arn) => stageOf(arn)),
    );
    expect(calls).toEqual({ GetStage: 5 });
  });

  it('serves the same requests again from the response cache, until it is outdated', async () => {
    const queries = stages.map((arn) => stageOf(arn));
    const ask = () => crowd(gateway, queries);
    expect((await ask()).calls).toEqual({ GetStage: 5, ListStages: 1 });
    expect((await ask()).calls).toEqual({});
    await rename('Stage', stages[20] as string, 'new');
    const { answers, calls } = await ask();
    expect(answers[20]?.data.stage.name).toBe('new');
    expect(calls.ListStages).toBe(1);
    await rename('Stage', stages[20] as string, 'stage-20');
  });

  it('is not taken for details, nor kept as if it were', async () => {
    const queries = stages.map((arn) => stageOf(arn));
    await crowd(gateway, queries);
    const { answers } = await crowd(
      gateway,
      stages.slice(10, 14).map((arn) => stageOf(arn, 'name endpoints { whip }')),
    );
    for (const { data } of answers) expect(data.stage.endpoints.whip).toEqual(expect.any(String));
  });

  it('is completed for who needs more of it later in the same request', async () => {
    const { control } = gateway.emulator;
    const joined = stages.map((stageArn) => ({ stageArn, ...control.join({ stageArn }) }));
    const fields = 'name activeSession { sessionId stage { endpoints { whip } } }';
    const { answers, codes } = await crowd(
      gateway,
      stages.map((arn) => stageOf(arn, fields)),
    );
    expect(codes).toEqual({});
    for (const [index, { data }] of answers.entries())
      expect(data.stage).toMatchObject({
        name: `stage-${index}`,
        activeSession: { stage: { endpoints: { whip: expect.any(String) } } },
      });
    for (const { stageArn, participantId } of joined) control.leave({ stageArn, participantId });
  });
});

describe('turns', () => {
  it('are fair: who asks for one thing goes along with the first batch behind who asks for 200', async () => {
    const upstream = createUpstream({
      regions: ['us-west-2'],
      endpoint: gateway.emulator.url,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      clock: gateway.clock,
    });
    const isBusy = gateway.clock.isBusy;
    gateway.clock.isBusy = () => isBusy() || upstream.inFlight() > 0;
    const target = { account: undefined, region: 'us-west-2' };
    const open = () => upstream.open({ signal: new AbortController().signal, timeoutMs: 30_000 });
    const [greedy, modest] = [open(), open()];
    const ends: string[] = [];
    const gone = (index: number) => `arn:aws:ivs:us-west-2:123456789012:channel/gone${index}`;
    const many = Array.from({ length: 400 }, (_, index) =>
      greedy.send(target, new GetChannelCommand({ arn: gone(index) })).catch(() => ends.push('greedy')),
    );
    const { channel } = await modest.send(target, new GetChannelCommand({ arn: channels[3] as string }));
    expect(channel?.name).toBe('channel-3');
    expect(ends.length).toBeLessThan(320);
    await Promise.all(many);
    upstream.close();
  });
});

describe('other resources', () => {
  it.each([
    ['EncoderConfiguration', 5, ''],
    [
      'AdConfiguration',
      3,
      ', mediaTailorPlaybackConfigurations: [{ playbackConfigurationArn: "arn:aws:mediatailor:us-west-2:123456789012:playbackConfiguration/of-a-crowd" }]',
    ],
    ['RecordingConfiguration', 3, ', destinationConfiguration: { s3: { bucketName: "of-a-crowd" } }'],
  ])(
    'that are listed by region are gathered, too: %s, behind the %i that need not wait',
    async (noun, perSecond, input) => {
      const arns = await makeMany(gateway, noun, 20, input);
      const field = `${noun.charAt(0).toLowerCase()}${noun.slice(1)}`;
      const { answers, total, codes } = await crowd(
        gateway,
        arns.map((arn) => `{ ${field}(arn: "${arn}") { name } }`),
      );
      expect(codes).toEqual({});
      for (const [index, { data }] of answers.entries()) expect(data[field].name).toBe(`${field}-${index}`);
      expect(total).toBe(perSecond + 1);
    },
  );

  it('within a resource, by the list of that one: sessions of a stage', async () => {
    const stageArn = stages[0] as string;
    const ids: string[] = [];
    for (let count = 0; count < 20; count += 1) {
      const { sessionId, participantId } = gateway.emulator.control.join({ stageArn });
      gateway.emulator.control.leave({ stageArn, participantId });
      ids.push(sessionId);
    }
    const { answers, calls } = await crowd(
      gateway,
      ids.map((id) => `{ stageSession(stageArn: "${stageArn}", sessionId: "${id}") { sessionId endTime } }`),
    );
    for (const [index, { data }] of answers.entries())
      expect(data.stageSession).toEqual({ sessionId: ids[index], endTime: expect.any(String) });
    expect(calls).toEqual({ GetStageSession: 5, ListStageSessions: 1 });
  });
});
