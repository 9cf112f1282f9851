import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../../src/emulator/emulator.ts';
import { createMetrics } from '../../../src/server/answer/metrics.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { all, askInParts } from '../../support/parts.ts';
import { ask, before, launchServer, PROGRAM, post } from '../../support/processes.ts';

const TOKEN = 'open sesame';
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
      'ivs_graphql_requests_total{kind="query",outcome="ok"}': 3,
      'ivs_graphql_requests_total{kind="query",outcome="partial"}': 1,
      'ivs_graphql_requests_total{kind="none",outcome="refused"}': 1,
      'ivs_graphql_request_duration_seconds_count{kind="query",outcome="ok"}': 3,
      [`ivs_graphql_aws_calls_total${of('ListStages', ',outcome="throttled"')}`]: 1,
      [`ivs_graphql_aws_calls_total${of('ListStages', ',outcome="ok"')}`]: 1,
      [`ivs_graphql_aws_calls_total${of('ListCompositions', ',outcome="error"')}`]: 1,
      [`ivs_graphql_aws_call_duration_seconds_count${of('ListStages')}`]: 2,
      [`ivs_graphql_quota_waiting${of('ListStages')}`]: 0,
      ivs_graphql_aws_calls_in_flight: 0,
      ivs_graphql_cache_hits_total: 1,
      ivs_graphql_cache_misses_total: 3,
      ivs_graphql_cache_entries: 2,
    });
    // It was slowed down.
    expect(metrics[`ivs_graphql_quota_per_second${of('ListStages')}`]).toBeLessThan(4.9);
    expect(metrics.ivs_graphql_cache_bytes).toBeGreaterThan(100);
    expect(JSON.stringify(metrics)).not.toContain('Nosy');
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

const start = () => startGateway({ seed: 'demo', cached: true, metrics: createMetrics() });
const metricsIn = ({ fetch }: TestGateway) => metricsOf(Promise.resolve(fetch('http://gateway/metrics')));

it('counts an answer in parts once, with its last part', async () => {
  const gateway = await start();
  const askForAll = async (query: string) => all((await askInParts(gateway, query)).parts);
  await askForAll('{ stages(first: 3) { nodes @stream { name } } }');
  gateway.emulator.faults.add({ operation: 'GetStage', times: 1, errorType: 'ValidationException' });
  await askForAll('{ stages(first: 3) { nodes { name ... @defer { endpoints { whip } } } } }');
  expect(await metricsIn(gateway)).toMatchObject({
    'ivs_graphql_requests_total{kind="query",outcome="ok"}': 1,
    'ivs_graphql_requests_total{kind="query",outcome="partial"}': 1,
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
