// How many subscriptions there may be, what a slow reader gets, and how they end with the gateway.
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createMetrics } from '../../../src/server/answer/metrics.ts';
import { listen as listenAt } from '../../../src/server/http/listener.ts';
import { callerWith } from '../../support/callers.ts';
import { listenTo } from '../../support/listening.ts';
import { listen, SAID, saidIn, startLive } from '../../support/live.ts';

describe('the number of subscriptions', () => {
  it('is bounded for one caller', async () => {
    const { gateway } = await startLive({ server: { limits: { subscriptionsPerCaller: 2 } } });
    const readers = [await listen(gateway), await listen(gateway, { variables: { after: 'c0' } })];
    const { response, end } = await listen(gateway);
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(await end()).toMatch(/"message":"Expected at most 2 subscriptions .*"code":"THROTTLED"/);
    const other = callerWith();
    await gateway.ask('{ __typename }', {}, { caller: other });
    expect((await listen(gateway, { headers: { 'x-caller': other.subject } })).response.status).toBe(200);
    readers[0]?.leave();
    expect((await listen(gateway)).response.status).toBe(200);
  });

  it('is bounded in all', async () => {
    const { gateway } = await startLive({ server: { maxSubscriptions: 1 } });
    const first = await listen(gateway);
    const { response } = await listen(gateway);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
    first.leave();
    expect((await listen(gateway)).response.status).toBe(200);
  });

  it('counts none of the requests in progress, nor of the connections', async () => {
    const { gateway, source } = await startLive({
      server: { limits: { requests: 1, requestsPerCaller: 1 } },
    });
    const room = { connections: 2, connectionsPerAddress: 2 };
    const address = { host: '127.0.0.1', port: 0 };
    const listening = await listenAt(gateway.handler, address, room, gateway.longLived);
    onTestFinished(() => listening.drain({ delayMs: 0, finishMs: 0 }));
    const url = `http://127.0.0.1:${listening.address.port}/graphql`;
    const readers = [];
    for (let number = 0; number < 5; number += 1) readers.push(await listen(gateway, { url }));
    for (const { until } of readers) await until(/state/);
    expect((await fetch(`${url}?query={__typename}`)).status).toBe(200);
    source.say();
    for (const { until } of readers) await until(/"number":1/);
  });
});

describe('a slow reader', () => {
  /** 10 KB in each message. */
  const LARGE = 'subscription { said { kind number padding(length: 10000) } }';

  it('is skipped beyond its bound, then told of the gap and of the state', async () => {
    const { gateway, source, ticks } = await startLive();
    const { url } = await listenTo(gateway);
    const fast = await listen(gateway, { url, query: LARGE });
    const slow = connect(Number(new URL(url).port), '127.0.0.1');
    onTestFinished(() => void slow.destroy());
    const query = `query=${encodeURIComponent(LARGE)}`;
    slow.write(`GET /graphql?${query} HTTP/1.1\r\nhost: localhost\r\naccept: text/event-stream\r\n\r\n`);
    await once(slow, 'readable');
    await vi.waitFor(() => expect(source.listeners.size).toBe(2));
    // The kernel's buffers hold some megabytes.
    let said = 0;
    for (let round = 0; round < 60; round += 1) {
      for (let number = 0; number < 20; number += 1) said = source.say();
      await fast.until(new RegExp(`"number":${said}\\b`));
    }
    let text = '';
    slow.on('data', (bytes) => (text += bytes));
    await vi.waitFor(() => {
      ticks.pass(1);
      expect(text).toContain('"kind":"gap"');
    });
    const after = source.say();
    await vi.waitFor(() => expect(text).toContain(`"number":${after}`));
    const seen = saidIn(text);
    const gap = seen.indexOf(`gap ${said}`);
    expect(seen.slice(gap)).toEqual([`gap ${said}`, `state ${said}`, `said ${after}`]);
    expect(seen.slice(1, gap)).toEqual(Array.from({ length: gap - 1 }, (_, index) => `said ${index + 1}`));
    expect(gap).toBeLessThan(said);
    expect(source.counts.resumed).toBe(1);
  });

  it('is cut when it reads nothing for half a minute', async () => {
    const { gateway, source, ticks } = await startLive();
    // Without a socket their queue is a stream's. For each a reader that reads shows what has been delivered.
    const readers = [];
    for (const query of [LARGE, LARGE.replace('kind', '')]) {
      await listen(gateway, { query });
      readers.push(await listen(gateway, { query }));
    }
    for (let round = 0; round < 5; round += 1) {
      let said = 0;
      for (let number = 0; number < 20; number += 1) said = source.say();
      for (const { until } of readers) await until(new RegExp(`"number":${said}\\b`));
      // Reading without a socket needs no turn of the event loop, and a queue is looked at once in each.
      await new Promise((resolve) => setImmediate(resolve));
    }
    ticks.pass(29);
    expect(source.listeners.size).toBe(4);
    ticks.pass(2);
    expect(source.listeners.size).toBe(2);
  });

  it('is none who gets a burst in one turn', async () => {
    const { gateway, source } = await startLive();
    const { url } = await listenTo(gateway);
    const { until } = await listen(gateway, { url });
    await until(/state/);
    for (let number = 0; number < 500; number += 1) source.say();
    expect(saidIn(await until(/"number":500\b/))).toHaveLength(501);
    expect(source.counts.resumed).toBe(0);
  });
});

describe('a drain', () => {
  it('takes no new ones, and ends the others without `complete`, spread in time', async () => {
    const { gateway, source } = await startLive();
    const { clock } = gateway;
    const readers = [];
    for (let number = 0; number < 4; number += 1) readers.push(await listen(gateway));
    const isBusy = vi.spyOn(clock, 'isBusy').mockReturnValue(true);
    gateway.longLived.drain({ delayMs: 1_000, finishMs: 500 });
    const { response } = await listen(gateway);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('1');
    source.say();
    const began = clock.now();
    const ends: number[] = [];
    const texts = readers.map(async ({ end }) => {
      const text = await end();
      ends.push(clock.now() - began);
      return text;
    });
    isBusy.mockRestore();
    for (const text of await Promise.all(texts)) {
      expect(saidIn(text)).toEqual(['state 0', 'said 1']);
      expect(text).not.toContain('complete');
    }
    expect(Math.max(...ends)).toBeLessThanOrEqual(1_500);
    expect(source.counts.closed).toBe(1);
  });

  it('lets the listener close', async () => {
    const { gateway } = await startLive();
    const { url, drain } = await listenTo(gateway);
    const { until, end } = await listen(gateway, { url });
    await until(/state/);
    await drain({ delayMs: 0, finishMs: 60_000 });
    expect(await end()).not.toContain('complete');
  });
});

it('metrics show what runs, what was sent and what was refused', async () => {
  const metrics = createMetrics({ version: '1.2.3' });
  const { gateway, source } = await startLive({ metrics, server: { maxSubscriptions: 2 } });
  const one = await listen(gateway);
  const other = await listen(gateway, { headers: { accept: 'multipart/mixed;subscriptionSpec=1.0' } });
  await (await listen(gateway)).end();
  source.say();
  for (const { until } of [one, other]) await until(/"number":1/);
  const text = await (await gateway.fetch('http://gateway/metrics')).text();
  const shown = text.split('\n').filter((line) => /^ivs_graphql_subscription/.test(line));
  expect(shown).toEqual([
    'ivs_graphql_subscriptions{transport="sse"} 1',
    'ivs_graphql_subscriptions{transport="multipart"} 1',
    'ivs_graphql_subscriptions{transport="websocket"} 0',
    'ivs_graphql_subscriptions_refused_total{reason="draining"} 0',
    'ivs_graphql_subscriptions_refused_total{reason="total"} 1',
    'ivs_graphql_subscriptions_refused_total{reason="caller"} 0',
    'ivs_graphql_subscription_messages_total 4',
    'ivs_graphql_subscription_gaps_total 0',
  ]);
});

it('subscribers whose tokens end together share a timer', async () => {
  const { gateway } = await startLive({ caller: callerWith(undefined, { expiresAt: 5_000 }) });
  const isBusy = vi.spyOn(gateway.clock, 'isBusy').mockReturnValue(true);
  const after = vi.spyOn(gateway.clock, 'after');
  const stops: unknown[] = [];
  const readers = [];
  for (let number = 0; number < 3; number += 1) readers.push(await listen(gateway, { query: SAID }));
  stops.push(...after.mock.results);
  isBusy.mockRestore();
  for (const { end } of readers) expect(await end()).toContain('event: complete');
  // One for each request, until it becomes a subscription, and one for all subscriptions.
  expect(stops).toHaveLength(4);
});
