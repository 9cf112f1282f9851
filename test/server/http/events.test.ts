// `POST /events`, as EventBridge uses it.
import { describe, expect, it } from 'vitest';
import { createMetrics } from '../../../src/server/answer/metrics.ts';
import {
  deliver,
  EVENTS,
  eventOf,
  heartbeat,
  KEY,
  listenForEvents,
  stageUpdate,
} from '../../support/events.ts';
import { startGateway, type TestGatewayOptions } from '../../support/gateway.ts';

const STAGE = 'arn:aws:ivs:us-west-2:123456789012:stage/TownHall0001';
const event = (parts = {}) => stageUpdate(STAGE, 'p1', 'Participant Published', parts);
const open = async ({ server, ...options }: TestGatewayOptions = {}) => {
  const gateway = await startGateway({ ...options, server: { events: EVENTS, ...server } });
  return { gateway, ...(await listenForEvents(gateway)) };
};

it('takes an event once', async () => {
  const { send } = await open();
  const first = event();
  expect(await send(first)).toMatchObject({ status: 200, body: { outcome: 'accepted' } });
  expect(await send(first)).toMatchObject({ status: 200, body: { outcome: 'duplicate' } });
  expect(await send(event())).toMatchObject({ status: 200, body: { outcome: 'accepted' } });
});

it('takes an event again after an hour, which does no harm', async () => {
  const { send, gateway } = await open();
  const first = event();
  await send(first);
  gateway.clock.now = () => 3_600_000;
  expect((await send(first)).body.outcome).toBe('accepted');
});

it('calls AWS for no event', async () => {
  const { send, gateway } = await open();
  for (let count = 0; count < 5; count += 1) await send(event());
  expect(gateway.calls()).toEqual({});
});

describe('refuses', () => {
  const big = event({ detail: { text: 'x'.repeat(1024 * 1024) } });
  it.each([
    ['a wrong secret', event(), { headers: { 'x-ivs-events-key': 'wrong' } }, 401, 'UNAUTHENTICATED'],
    ['no secret', event(), { headers: { 'x-ivs-events-key': '' } }, 401, 'UNAUTHENTICATED'],
    ['a part of it', event(), { headers: { 'x-ivs-events-key': KEY.slice(1) } }, 401, 'UNAUTHENTICATED'],
    [
      'both secrets at once',
      event(),
      { headers: { 'x-ivs-events-key': `${KEY},${KEY}` } },
      401,
      'UNAUTHENTICATED',
    ],
    ['what is no JSON', '{', {}, 400, 'BAD_REQUEST'],
    ['an empty body', '', {}, 400, 'BAD_REQUEST'],
    ['what is no event', {}, {}, 400, 'BAD_REQUEST'],
    ['an event of another source', eventOf('x', { source: 'aws.s3' }), {}, 400, 'BAD_REQUEST'],
    ['a large body', big, {}, 413, 'BAD_REQUEST'],
    ['a form of a web page', event(), { headers: { 'content-type': 'text/plain' } }, 415, 'BAD_REQUEST'],
    ['a read', '', { method: 'GET' }, 405, 'METHOD_NOT_ALLOWED'],
  ])('%s', async (_, given, options, status, code) => {
    const { url } = await open();
    const { status: told, body } = await deliver(url, given, options);
    expect([told, body.errors[0].extensions.code]).toEqual([status, code]);
    expect(JSON.stringify(body)).not.toContain(KEY);
  });

  it('and says so in the log, where AWS sends something unknown', async () => {
    const { send, gateway } = await open();
    await send({ id: 7 });
    expect(gateway.log).toMatchObject([
      { msg: 'malformed event', reason: expect.stringMatching(/^id: expected/) },
    ]);
  });
});

it('takes either of two secrets', async () => {
  const secrets = [KEY, 'the-next-secret-of-the-tests'];
  const { url } = await open({ server: { events: { ...EVENTS, secrets } } });
  for (const key of secrets)
    expect(await deliver(url, event(), { headers: { 'x-ivs-events-key': key } })).toMatchObject({
      status: 200,
    });
});

it('without a secret takes events under names of this machine only', async () => {
  const { url } = await open({ server: { events: { ...EVENTS, secrets: [] }, isLoopbackOnly: true } });
  expect((await deliver(url, event())).status).toBe(200);
  expect((await deliver(url, event(), { headers: { host: 'evil.example' } })).status).toBe(403);
});

it('leaves other paths to the engine, and itself where it is not wanted', async () => {
  const { url, post } = await open();
  expect((await post('{ __typename }')).status).toBe(200);
  expect((await fetch(`${url}/more`)).status).toBe(404);
  const gateway = await startGateway();
  const without = await listenForEvents(gateway);
  expect((await fetch(without.url, { method: 'POST', body: '{}' })).status).toBe(404);
});

it('counts the events of accounts that are not served, and forgets nothing for them', async () => {
  const metrics = createMetrics({ version: '1.2.3' });
  const accounts = ['123456789012', '210987654321'];
  const gateway = await startGateway({ metrics, server: { events: { ...EVENTS, accounts } } });
  const { send } = await listenForEvents(gateway);
  const outcomes = [];
  for (const account of [...accounts, '333333333333', undefined])
    outcomes.push((await send({ ...event(), account })).body.outcome);
  expect(outcomes).toEqual(['accepted', 'accepted', 'other_account', 'other_account']);
  const text = await (await gateway.fetch('http://gateway/metrics')).text();
  expect(text).toContain('ivs_graphql_events_total{kind="IVS Stage Update",outcome="other_account"} 2');
});

it('counts events by kind and outcome, their age, and the heartbeat', async () => {
  const metrics = createMetrics({ version: '1.2.3' });
  const gateway = await startGateway({ metrics, server: { events: EVENTS } });
  const { send, url } = await listenForEvents(gateway);
  const samples = async () => {
    const text = await (await gateway.fetch('http://gateway/metrics')).text();
    const lines = text.split('\n').filter((line) => line.startsWith('ivs_graphql_event'));
    return Object.fromEntries(
      lines.map((line) => [line.slice(12, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]),
    );
  };
  expect(await samples()).toMatchObject({ events_heartbeat_up: 0 });
  const first = event({ time: new Date(-45_000).toISOString() });
  await send(first);
  await send(first);
  await send(eventOf('IVS Stage Dance'));
  await send(event({ region: 'ap-northeast-1' }));
  await send('{');
  await deliver(url, event(), { headers: { 'x-ivs-events-key': 'wrong' } });
  expect(await send(heartbeat())).toMatchObject({ body: { outcome: 'accepted' } });
  const stage = 'kind="IVS Stage Update"';
  expect(await samples()).toMatchObject({
    [`events_total{${stage},outcome="accepted"}`]: 1,
    [`events_total{${stage},outcome="duplicate"}`]: 1,
    [`events_total{${stage},outcome="other_region"}`]: 1,
    'events_total{kind="other",outcome="accepted"}': 1,
    'events_total{kind="other",outcome="malformed"}': 1,
    'events_total{kind="other",outcome="unauthorized"}': 1,
    'events_total{kind="Scheduled Event",outcome="accepted"}': 1,
    [`event_age_seconds_bucket{le="30",${stage}}`]: 0,
    [`event_age_seconds_bucket{le="60",${stage}}`]: 1,
    events_heartbeat_up: 1,
  });
  gateway.clock.now = () => 150_001;
  expect(await samples()).toMatchObject({ events_heartbeat_up: 0 });
});
