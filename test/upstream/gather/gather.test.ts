// Crowds of different askers, at AWS's call rates.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMetrics } from '../../../src/server/answer/metrics.ts';
import { crowd, makeMany, rest } from '../../support/crowd.ts';
import { openGateway, startGateway, type TestGateway } from '../../support/gateway.ts';
import { createSession } from '../../support/world.ts';

const MANY = 300;
let lead: TestGateway & { close(): Promise<void> };
let channels: string[];
let stages: string[];
let session: Awaited<ReturnType<typeof createSession>>;
let gateway: TestGateway;

beforeAll(async () => {
  lead = await openGateway({ callRates: true, requestTimeoutMs: 120_000 });
  channels = await makeMany(lead, 'Channel', MANY);
  stages = await makeMany(lead, 'Stage', 60, 'tags: [{ key: "of", value: "a crowd" }]');
  session = await createSession(lead, MANY);
});
afterAll(() => lead.close());
beforeEach(async () => {
  gateway = await startGateway({ beside: lead, cached: true });
  await rest(gateway);
});

const channelOf = (arn: string, fields = 'name playbackUrl') => `{ channel(arn: "${arn}") { ${fields} } }`;
const stageOf = (arn: string, fields = 'name') => `{ stage(arn: "${arn}") { ${fields} } }`;
const participantOf = (id: string, fields = 'userId state published') =>
  `{ participant(stageArn: "${session.stageArn}", sessionId: "${session.sessionId}", participantId: "${id}") { ${fields} } }`;

describe('a crowd of different askers', () => {
  it('for participants of one session is answered by pages of its list', async () => {
    const { answers, calls, total, ms, throttled } = await crowd(
      gateway,
      session.participantIds.map((id) => participantOf(id)),
    );
    for (const [index, { data, errors }] of answers.entries()) {
      expect(errors).toBeUndefined();
      expect(data.participant).toEqual({ userId: `user-${index}`, state: 'CONNECTED', published: false });
    }
    expect(calls).toEqual({ GetParticipant: 5, ListParticipants: 3 });
    expect(total).toBeLessThanOrEqual(9);
    expect(ms).toBeLessThan(2_200);
    expect(throttled).toBe(0);
  });

  it('for channels is answered by batches', async () => {
    const { answers, calls, total, ms, throttled } = await crowd(
      gateway,
      channels.map((arn) => channelOf(arn)),
    );
    for (const [index, { data, errors }] of answers.entries()) {
      expect(errors).toBeUndefined();
      expect(data.channel).toEqual({
        name: `channel-${index}`,
        playbackUrl: expect.stringContaining('https://'),
      });
    }
    expect(calls).toEqual({ GetChannel: expect.any(Number), BatchGetChannel: 6 });
    expect(total).toBeLessThanOrEqual(12);
    expect(ms).toBeLessThan(2_200);
    expect(throttled).toBe(0);
  });

  it('for stages is answered by a page of their list, tags too', async () => {
    const { answers, calls, total, ms } = await crowd(
      gateway,
      stages.map((arn) => stageOf(arn, 'name tags { value }')),
    );
    for (const [index, { data }] of answers.entries())
      expect(data.stage).toEqual({ name: `stage-${index}`, tags: [{ value: 'a crowd' }] });
    expect(calls).toEqual({ GetStage: 5, ListStages: 1 });
    expect(total).toBeLessThanOrEqual(8);
    expect(ms).toBeLessThan(1_500);
  });

  it('for two channels each is answered by batches of many', async () => {
    const gone = (arn: string) => arn.replace(/\/.{4}/, '/gone');
    const { answers, calls, codes, ms, throttled } = await crowd(
      gateway,
      channels.slice(0, 100).map((arn, index) => {
        const other = channels[100 + index] as string;
        return `{ one: channel(arn: "${arn}") { name playbackUrl } two: channel(arn: "${index % 10 ? other : gone(other)}") { name } }`;
      }),
    );
    expect(codes).toEqual({});
    for (const [index, { data }] of answers.entries()) {
      expect(data.one.name).toBe(`channel-${index}`);
      expect(data.two?.name).toBe(index % 10 ? `channel-${100 + index}` : undefined);
    }
    expect(calls.BatchGetChannel).toBeLessThanOrEqual(11);
    expect(ms).toBeLessThan(2_200);
    expect(throttled).toBe(0);
  });

  it.each([
    ['details', channelOf, 'channel', () => channels.slice(0, 80), 'ingestEndpoint'],
    [
      'summaries',
      (id: string, fields?: string) => participantOf(id, fields),
      'participant',
      () => session.participantIds.slice(0, 80),
      'userId',
    ],
  ] as const)(
    'that says no-cache is answered together, too: %s',
    async (_what, queryOf, field, ids, member) => {
      const { answers, total } = await crowd(
        gateway,
        ids().map((id) => queryOf(id, member)),
        { headers: { 'cache-control': 'no-cache' } },
      );
      for (const { data } of answers) expect(data[field][member]).toEqual(expect.any(String));
      expect(total).toBeLessThanOrEqual(8);
    },
  );

  it('is answered within a deadline in which it would not be served one by one', async () => {
    const hurried = await startGateway({ beside: lead, cached: true, requestTimeoutMs: 10_000 });
    const { codes } = await crowd(
      hurried,
      channels.map((arn) => channelOf(arn)),
    );
    expect(codes).toEqual({});
  });

  it('keeps nobody from the details of the same, who came after it', async () => {
    const ids = session.participantIds;
    const { answers, calls } = await crowd(gateway, [
      ...ids.map((id) => participantOf(id, 'userId')),
      ...ids.slice(0, 20).map((id) => participantOf(id, 'userId browserName')),
    ]);
    for (const [index, { data, errors }] of answers.entries()) {
      expect(errors).toBeUndefined();
      expect(data.participant.userId).toBe(`user-${index % MANY}`);
      if (index >= MANY) expect(data.participant.browserName).toBe('Firefox');
    }
    expect(calls.GetParticipant).toBeLessThanOrEqual(25);
    expect(calls.ListParticipants).toBe(3);
  });
});

describe('a read that need not wait', () => {
  it('goes at once, as itself', async () => {
    const first = gateway.clock.now();
    const { calls } = await crowd(gateway, [
      ...channels.slice(0, 5).map((arn) => channelOf(arn)),
      ...stages.slice(0, 5).map((arn) => stageOf(arn)),
    ]);
    expect(calls).toEqual({ GetChannel: 5, GetStage: 5 });
    expect(gateway.clock.now()).toBe(first);
  });

  it('waits for its turn alone where nobody waits with it', async () => {
    const { calls } = await crowd(
      gateway,
      channels.slice(0, 6).map((arn) => channelOf(arn)),
    );
    expect(calls).toEqual({ GetChannel: 6 });
  });
});

describe('each of a crowd', () => {
  it('is told what it cost, and all of them together what was called', async () => {
    const { answers, calls } = await crowd(
      gateway,
      [...channels.slice(0, 80).map((arn) => channelOf(arn)), ...stages.map((arn) => stageOf(arn))],
      { headers: { 'x-ivs-cost': '1' } },
    );
    const costs = answers.map(({ extensions }) => extensions?.ivs?.operations ?? []);
    for (const cost of costs)
      expect(
        cost.reduce((sum, { calls: sent, coalesced, cached }) => sum + sent + coalesced + cached, 0),
      ).toBe(1);
    const operations = costs.flat();
    const sums: Record<string, number> = {};
    for (const { operation, calls: sent } of operations) sums[operation] = (sums[operation] ?? 0) + sent;
    expect(sums).toEqual(calls);
    for (const { waitedMs } of operations) expect(waitedMs).toBeLessThanOrEqual(300);
  });

  it('hears that something is not there, from the batch as from its own call', async () => {
    const gone = channels.slice(0, 60).map((arn) => arn.replace(/\/.{4}/, '/gone'));
    const { answers, calls, codes } = await crowd(gateway, [
      ...gone.map((arn) => channelOf(arn)),
      ...channels.slice(0, 60).map((arn) => channelOf(arn)),
    ]);
    expect(codes).toEqual({});
    for (const [index, { data }] of answers.entries())
      if (index < 60) expect(data.channel).toBeNull();
      else expect(data.channel.name).toBe(`channel-${index - 60}`);
    expect(calls.BatchGetChannel).toBeLessThanOrEqual(3);
  });

  it('who asks for what is not in the list hears of it from its own call', async () => {
    const gone = stages.slice(0, 5).map((arn) => arn.replace(/\/.{4}/, '/gone'));
    const { answers, calls } = await crowd(
      gateway,
      [...stages, ...gone].map((arn) => stageOf(arn)),
    );
    for (const [index, { data }] of answers.entries())
      expect(data.stage?.name).toBe(index < 60 ? `stage-${index}` : undefined);
    expect(calls).toEqual({ GetStage: 10, ListStages: 1 });
  });

  it('is counted in the metrics', async () => {
    const watched = await startGateway({
      beside: lead,
      cached: true,
      metrics: createMetrics({ version: 'test' }),
    });
    const { calls } = await crowd(
      watched,
      channels.slice(0, 60).map((arn) => channelOf(arn)),
    );
    const text = await (await watched.fetch('http://gateway/metrics')).text();
    const gathered = /calls_gathered_total\{[^}]*operation="GetChannel"\} (\d+)/.exec(text)?.[1];
    expect(Number(gathered)).toBe(60 - (calls.GetChannel ?? 0) - (calls.BatchGetChannel ?? 0));
  });
});
