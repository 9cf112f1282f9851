// What becomes of those who wait together when the call for many fails: each hears what he would hear alone.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../../src/emulator/faults/fault.ts';
import { crowd, makeMany, rest } from '../../support/crowd.ts';
import { openGateway, startGateway, type TestGateway } from '../../support/gateway.ts';

const MANY = 60;
let lead: TestGateway & { close(): Promise<void> };
let arns: { channel: string[]; stage: string[] };
let gateway: TestGateway;

beforeAll(async () => {
  lead = await openGateway({ callRates: true });
  arns = { channel: await makeMany(lead, 'Channel', MANY), stage: await makeMany(lead, 'Stage', MANY) };
});
afterAll(() => lead.close());
beforeEach(async () => {
  gateway = await startGateway({ beside: lead, cached: true });
  await rest(gateway);
});

type Noun = 'channel' | 'stage';
const many = { channel: 'BatchGetChannel', stage: 'ListStages' } as const;
const single = { channel: 'GetChannel', stage: 'GetStage' } as const;
const queriesOf = (noun: Noun) => arns[noun].map((arn) => `{ ${noun}(arn: "${arn}") { name } }`);
const ask = (noun: Noun, from = gateway) => crowd(from, queriesOf(noun));
const strike = (noun: Noun, fault: Omit<Fault, 'operation'>) =>
  gateway.emulator.faults.add({ operation: many[noun], ...fault });
const turn = () => new Promise(setImmediate);

function expectAll(noun: Noun, { answers, throttled }: Awaited<ReturnType<typeof crowd>>): void {
  for (const [index, { data, errors }] of answers.entries()) {
    expect(errors).toBeUndefined();
    expect(data[noun].name).toBe(`${noun}-${index}`);
  }
  expect(throttled).toBe(0);
}

const denied = { status: 403, errorType: 'AccessDeniedException', message: 'not for you' };
const failing = { status: 500, errorType: 'InternalServerException' };

describe.each(['channel', 'stage'] as const)('where the call for many %ss', (noun) => {
  it.each([
    ['fails', failing],
    ['is cut', { reset: true as const }],
    ['gets an answer of another shape', { status: 200, body: '{"channels":7,"stages":7}' }],
  ])('%s once, they are answered together all the same', async (_how, fault) => {
    strike(noun, { ...fault, times: 1 });
    const answered = await ask(noun);
    expectAll(noun, answered);
    expect(answered.total).toBeLessThan(12);
  });

  it('always fails, they are answered one by one', async () => {
    strike(noun, failing);
    const answered = await ask(noun);
    expectAll(noun, answered);
    expect(answered.calls[single[noun]]).toBe(MANY);
    expect(answered.calls[many[noun]]).toBeLessThanOrEqual(6);
  });

  it('draws a 429, they are answered together later', async () => {
    strike(noun, { status: 429, errorType: 'ThrottlingException', times: 1 });
    const { answers, calls, codes } = await ask(noun);
    expect(codes).toEqual({});
    for (const [index, { data }] of answers.entries()) expect(data[noun].name).toBe(`${noun}-${index}`);
    expect(calls[single[noun]]).toBeLessThan(20);
  });

  it('is denied, they are answered one by one, and nobody tries again for ten minutes', async () => {
    strike(noun, denied);
    const answered = await ask(noun);
    expectAll(noun, answered);
    expect(answered.calls).toEqual({ [single[noun]]: MANY, [many[noun]]: 1 });
    await rest(gateway);
    expect((await ask(noun)).calls).toEqual({ [single[noun]]: MANY });
    for (let minutes = 0; minutes < 10; minutes += 1) await rest(gateway);
    expect((await ask(noun)).calls[many[noun]]).toBeGreaterThan(0);
  });

  it('is denied, those who cannot start in time hear of it at once', async () => {
    const hurried = await startGateway({ beside: lead, cached: true, requestTimeoutMs: 5_000 });
    strike(noun, denied);
    const start = hurried.clock.now();
    const refusedAt: number[] = [];
    const answers = await Promise.all(
      queriesOf(noun).map(async (query) => {
        const answer = await hurried.ask(query);
        if (answer.errors) refusedAt.push(hurried.clock.now() - start);
        return answer;
      }),
    );
    const errors = answers.flatMap((answer) => answer.errors ?? []);
    // 5 at once, and then 4.9 a second.
    expect(errors.length).toBe(MANY - 29);
    for (const { extensions } of errors)
      expect(extensions).toMatchObject({
        code: 'THROTTLED',
        retryAfterMs: expect.any(Number),
        aws: { operation: single[noun] },
      });
    expect(Math.max(...refusedAt)).toBeLessThan(500);
  });

  it('hangs, they are answered without it', async () => {
    strike(noun, { hang: true, times: 1 });
    const answering = ask(noun);
    while (gateway.emulator.calls.count(many[noun]) === 0) await turn();
    gateway.hanging.calls = 1;
    const answered = await answering;
    gateway.hanging.calls = 0;
    expectAll(noun, answered);
    expect(answered.ms).toBeLessThan(3_000);
    expect(answered.calls[many[noun]]).toBeLessThanOrEqual(3);
    expect(answered.total).toBeLessThan(25);
  });
});

describe('a batch', () => {
  it('that AWS refuses for one of those in it is halved until the others are answered', async () => {
    const poison = arns.channel[30] as string;
    strike('channel', {
      status: 400,
      errorType: 'ValidationException',
      match: ({ arns: asked }) => (asked as string[]).includes(poison),
    });
    const answered = await ask('channel');
    expectAll('channel', answered);
    expect(answered.calls.BatchGetChannel).toBeLessThan(16);
    expect(answered.calls.GetChannel).toBeLessThan(25);
  });

  it('that leaves one out, or fails it for another reason than that it is gone, leaves it to its own call', async () => {
    const [left, ...others] = arns.channel.slice(5, 10) as [string, ...string[]];
    const found = others.map((arn) => ({ arn, name: 'from the batch' }));
    const errors = [{ arn: arns.channel[11], code: '500', message: 'not now' }];
    strike('channel', { status: 200, body: JSON.stringify({ channels: found, errors }), times: 1 });
    const { answers, codes } = await ask('channel');
    expect(codes).toEqual({});
    const names = answers.map(({ data }) => data.channel.name);
    expect(names.filter((name) => name === 'from the batch')).toHaveLength(4);
    expect(names[5]).toBe('channel-5');
    expect(left).toBe(arns.channel[5]);
    expect(names[11]).toBe('channel-11');
  });

  it('goes on for the others when one of them leaves, and ends when all have left', async () => {
    strike('channel', { hang: true });
    const clients = queriesOf('channel').map((query) => {
      const client = new AbortController();
      const answer = gateway.ask(query, {}, { signal: client.signal });
      return {
        client,
        name: answer.then(({ data }) => data.channel.name).catch((error: Error) => error.name),
      };
    });
    while (gateway.emulator.calls.count('BatchGetChannel') === 0) await turn();
    clients[10]?.client.abort();
    expect(await clients[10]?.name).toBe('AbortError');
    expect(gateway.emulator.calls.count('BatchGetChannel')).toBe(1);
    expect(gateway.clock.isBusy()).toBe(true);
    const left = performance.now();
    for (const { client } of clients) client.abort();
    const names = await Promise.all(clients.map(({ name }) => name));
    expect(names.slice(5).every((name) => name === 'AbortError')).toBe(true);
    while (gateway.clock.isBusy()) await turn();
    // Of itself, a call ends after 10 s.
    expect(performance.now() - left).toBeLessThan(5_000);
  });

  it('times out for one of those in it as its own call would', async () => {
    const hurried = await startGateway({ beside: lead, cached: true, requestTimeoutMs: 1_500 });
    strike('channel', { hang: true });
    const { answers } = await ask('channel', hurried);
    const aboard = answers.filter(({ errors }) => errors?.[0]?.extensions?.code === 'UPSTREAM_TIMEOUT');
    expect(aboard.length).toBeGreaterThanOrEqual(50);
    for (const { errors } of aboard)
      expect(errors?.[0]?.extensions?.aws).toMatchObject({ operation: 'GetChannel' });
  });
});
