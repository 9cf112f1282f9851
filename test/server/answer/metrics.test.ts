import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../../src/emulator/emulator.ts';
import { createMetrics } from '../../../src/server/answer/metrics.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { all, askInParts } from '../../support/parts.ts';
import { ask, before, launchServer, PROGRAM, post } from '../../support/processes.ts';
import { connect, isInstalled, startReplicas, untilElsewhere } from '../../support/redis.ts';

const TOKEN = 'open-sesame';
const bearer = { authorization: `Bearer ${TOKEN}` };

/** Of each sample its value, by name and labels as they stand. */
async function metricsOf(response: Promise<Response>): Promise<Record<string, number>> {
  const text = await (await response).text();
  const samples = text.split('\n').filter((line) => line && !line.startsWith('#'));
  return Object.fromEntries(
    samples.map((line) => [line.replace(/ \S+$/, ''), Number(line.split(' ').at(-1))]),
  );
}
const of = (operation: string, more = '') =>
  `{service="ivs-realtime",region="us-west-2",operation="${operation}"${more}}`;

describe('the program', () => {
  let emulator: Emulator;
  let program: Awaited<ReturnType<typeof launchServer>>;
  beforeAll(async () => {
    emulator = await startEmulator({ seed: 'demo' });
    program = await launchServer(PROGRAM, [], { ...before(emulator), METRICS_TOKEN: TOKEN });
  });
  afterAll(async () => {
    program?.child.kill('SIGKILL');
    await emulator?.close();
  });

  it('tells of requests, calls, quota and cache', async () => {
    emulator.faults.add({ operation: 'ListStages', times: 1, errorType: 'ThrottlingException' });
    emulator.faults.add({ operation: 'ListCompositions', times: 1, errorType: 'ValidationException' });
    const { url } = program;
    // In one request a field fails and another one does not; the second is answered from what is kept.
    await ask(url, 'query Nosy { stages { nodes { name } } }');
    await ask(url, '{ stage: __typename compositions { nodes { arn } } }');
    await ask(url, '{ encoderConfigurations { nodes { name } } }');
    await ask(url, '{ encoderConfigurations { nodes { name } } }');
    await ask(url, '{ nothing }');
    const metrics = await metricsOf(fetch(`${url}/metrics`, { headers: bearer }));
    expect(metrics).toMatchObject({
      'ivs_graphql_requests_total{kind="query",outcome="ok",status="200"}': 3,
      'ivs_graphql_requests_total{kind="query",outcome="client_error",status="200"}': 1,
      'ivs_graphql_requests_total{kind="none",outcome="refused",status="200"}': 1,
      'ivs_graphql_request_duration_seconds_count{kind="query",outcome="ok"}': 3,
      [`ivs_graphql_aws_calls_total${of('ListStages', ',outcome="throttled"')}`]: 1,
      [`ivs_graphql_aws_calls_total${of('ListStages', ',outcome="ok"')}`]: 1,
      [`ivs_graphql_aws_calls_total${of('ListCompositions', ',outcome="client_error"')}`]: 1,
      [`ivs_graphql_aws_call_duration_seconds_count${of('ListStages')}`]: 2,
      [`ivs_graphql_quota_waiting${of('ListStages')}`]: 0,
      ivs_graphql_aws_calls_in_flight: 0,
      [`ivs_graphql_quota_wait_seconds_count${of('ListStages')}`]: 2,
      [`ivs_graphql_quota_oldest_wait_seconds${of('ListStages')}`]: 0,
      [`ivs_graphql_cache_hits_total${of('ListEncoderConfigurations')}`]: 1,
      [`ivs_graphql_cache_misses_total${of('ListEncoderConfigurations')}`]: 1,
      [`ivs_graphql_cache_misses_total${of('ListStages')}`]: 1,
      ivs_graphql_cache_entries: 2,
    });
    // It was slowed down.
    expect(metrics[`ivs_graphql_quota_per_second${of('ListStages')}`]).toBeLessThan(4.9);
    expect(metrics.ivs_graphql_cache_bytes).toBeGreaterThan(100);
    expect(JSON.stringify(metrics)).not.toContain('Nosy');
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(metrics[`ivs_graphql_build_info{version="${version}"}`]).toBe(1);
    expect(metrics.nodejs_eventloop_lag_p99_seconds).toBeGreaterThanOrEqual(0);
  });

  it('asks for its token', async () => {
    const { url } = program;
    const statusOf = async (headers = {}) => (await fetch(`${url}/metrics`, { headers })).status;
    expect(await statusOf()).toBe(401);
    expect(await statusOf({ authorization: 'Bearer open' })).toBe(401);
    expect(await statusOf(bearer)).toBe(200);
    expect((await post(url, '{ __typename }')).status).toBe(200);
  });
});

const start = () =>
  startGateway({ seed: 'demo', cached: true, metrics: createMetrics({ version: '1.2.3' }) });
const metricsIn = ({ fetch }: TestGateway) => metricsOf(Promise.resolve(fetch('http://gateway/metrics')));

it('counts an answer in parts once, with its last part', async () => {
  const gateway = await start();
  const askForAll = async (query: string) => all((await askInParts(gateway, query)).parts);
  await askForAll('{ stages(first: 3) { nodes @stream { name } } }');
  gateway.emulator.faults.add({ operation: 'GetStage', times: 9, errorType: 'InternalServerException' });
  await askForAll('{ stages(first: 3) { nodes { name ... @defer { endpoints { whip } } } } }');
  expect(await metricsIn(gateway)).toMatchObject({
    'ivs_graphql_requests_total{kind="query",outcome="ok",status="200"}': 1,
    'ivs_graphql_requests_total{kind="query",outcome="partial",status="200"}': 1,
  });
});

it('keeps what is of single channels to itself', async () => {
  const gateway = await start();
  const channelArn = 'arn:aws:ivs:us-west-2:123456789012:channel/MainStage001';
  await gateway.ask(
    `mutation { putMetadata(input: { channelArn: "${channelArn}", metadata: "x" }) { __typename } }`,
  );
  const text = JSON.stringify(await metricsIn(gateway));
  expect(text).toContain('PutMetadata');
  expect(text).not.toContain('MainStage001');
});

describe('whose fault it is', () => {
  const SERVED = '{ stages(first: 1) { nodes { name } } }';
  const stage = (arn: string) => `{ stage(arn: "${arn}") { arn name endpoints { whip } } }`;
  const TOWN_HALL = 'arn:aws:ivs:us-west-2:123456789012:stage/TownHall0001';
  const fault = (more: object) => ({ operation: '*', times: 100, ...more });
  it.each([
    ['nothing is there', undefined, stage(`${TOWN_HALL}x`), 'ok', 'client_error'],
    ['an ARN that is none', undefined, stage('nonsense'), 'client_error', undefined],
    [
      'AWS finds the input wrong',
      fault({ errorType: 'ValidationException' }),
      SERVED,
      'client_error',
      'client_error',
    ],
    ['AWS is down', fault({ errorType: 'InternalServerException' }), SERVED, 'upstream_error', 'error'],
    // Its ARN is known without AWS: that is no answer.
    [
      'AWS is down, but something is answered',
      fault({ status: 503 }),
      stage(TOWN_HALL),
      'upstream_error',
      'error',
    ],
    [
      'a proxy answers',
      fault({ status: 302, body: '<html>', headers: { 'content-type': 'text/html' } }),
      SERVED,
      'upstream_error',
      'error',
    ],
    ['credentials are refused', fault({ status: 403 }), SERVED, 'upstream_error', 'denied'],
    [
      'a part of AWS is down',
      fault({ operation: 'ListChannels', status: 500 }),
      `{ ${SERVED.slice(1, -1)} channels { nodes { arn } } }`,
      'partial',
      'error',
    ],
  ])('%s', async (_what, given, query, outcome, call) => {
    const gateway = await start();
    if (given) gateway.emulator.faults.add(given);
    await gateway.ask(query);
    const names = Object.keys(await metricsIn(gateway));
    expect(names).toContain(`ivs_graphql_requests_total{kind="query",outcome="${outcome}",status="200"}`);
    const calls = names.filter((name) => name.startsWith('ivs_graphql_aws_calls_total'));
    if (call) expect(calls.join()).toContain(`outcome="${call}"`);
    else expect(calls).toEqual([]);
  });
});

it('tells refused requests by the status of the response', async () => {
  const gateway = await start();
  await gateway.fetch('http://gateway/graphql', {
    method: 'POST',
    body: '{}',
    headers: { 'content-type': 'text/plain' },
  });
  await gateway.ask('{ nothing }');
  expect(await metricsIn(gateway)).toMatchObject({
    'ivs_graphql_requests_total{kind="none",outcome="refused",status="415"}': 1,
    'ivs_graphql_requests_total{kind="none",outcome="refused",status="400"}': 1,
  });
});

it('tells of waits for quota, of those refused for it, and of reads that share a call', async () => {
  const gateway = await startGateway({
    seed: 'demo',
    metrics: createMetrics({ version: '1.2.3' }),
    rates: { ListCompositions: 1 },
  });
  const arnOf = (index: number) => `arn:aws:ivs:us-west-2:123456789012:stage/${1e11 + index}`;
  const query = (index: number) =>
    gateway.ask(`{ compositions(filter: { stageArn: "${arnOf(index)}" }) { nodes { arn } } }`);
  await Promise.all([query(1), query(1), query(2), query(3)]);
  await Promise.all(Array.from({ length: 40 }, (_, index) => query(index + 4)));
  const metrics = await metricsIn(gateway);
  expect(metrics[`ivs_graphql_calls_coalesced_total${of('ListCompositions')}`]).toBe(1);
  expect(metrics[`ivs_graphql_quota_refused_total${of('ListCompositions')}`]).toBeGreaterThan(0);
  expect(metrics[`ivs_graphql_quota_wait_seconds_sum${of('ListCompositions')}`]).toBeGreaterThan(1);
  const outcomes = Object.keys(metrics).filter((name) => name.includes('outcome="throttled"'));
  expect(outcomes.join()).toContain('kind="query"');
});

it.skipIf(!isInstalled)('tells whether Redis is there, and how many replicas are', async () => {
  const { lead, server } = await startReplicas(1);
  const { redis } = await connect({ url: server.url });
  const metrics = createMetrics({ version: '1.2.3' });
  const gateway = await startGateway({ beside: lead, shared: redis, metrics });
  await untilElsewhere(() => redis.replicas() === 2);
  expect(await metricsIn(gateway)).toMatchObject({ ivs_graphql_redis_up: 1, ivs_graphql_replicas: 2 });
  await server.kill();
  await untilElsewhere(() => !redis.isUp());
  expect(await metricsIn(gateway)).toMatchObject({ ivs_graphql_redis_up: 0, ivs_graphql_replicas: 2 });
});
