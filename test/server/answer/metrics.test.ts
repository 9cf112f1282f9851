import { expect, it } from 'vitest';
import { startEmulator } from '../../../src/emulator/emulator.ts';
import { ask, before, post, serving } from '../../support/processes.ts';

/** Of each sample its value, by name and labels as they stand. */
async function metricsOf(url: string): Promise<Record<string, number>> {
  const text = await fetch(`${url}/metrics`).then((response) => response.text());
  const samples = text.split('\n').filter((line) => line && !line.startsWith('#'));
  return Object.fromEntries(
    samples.map((line) => [line.replace(/ \S+$/, ''), Number(line.split(' ').at(-1))]),
  );
}
const of = (operation: string, more = '') =>
  `{service="ivs-realtime",region="us-west-2",operation="${operation}"${more}}`;

it('tells of requests, calls, quota and cache', async () => {
  const emulator = await startEmulator({ seed: 'demo' });
  emulator.faults.add({ operation: 'ListStages', times: 1, errorType: 'ThrottlingException' });
  emulator.faults.add({ operation: 'ListCompositions', times: 1, errorType: 'ValidationException' });
  const { url } = await serving([], before(emulator));
  // In one request a field fails and another one does not; the second is answered from what is kept.
  await ask(url, 'query Nosy { stages { nodes { name } } }');
  await ask(url, '{ stage: __typename compositions { nodes { arn } } }');
  await ask(url, '{ encoderConfigurations { nodes { name } } }');
  await ask(url, '{ encoderConfigurations { nodes { name } } }');
  await ask(url, '{ nothing }');
  const metrics = await metricsOf(url);
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
  await emulator.close();
}, 30_000);

it('counts an answer in parts once, with its last part', async () => {
  const emulator = await startEmulator({ seed: 'demo' });
  const { url } = await serving([], before(emulator));
  const inParts = (query: string) =>
    post(url, query, { accept: 'multipart/mixed' }).then((response) => response.text());
  await inParts('{ stages(first: 3) { nodes @stream { name } } }');
  emulator.faults.add({ operation: 'GetStage', times: 1, errorType: 'ValidationException' });
  await inParts('{ stages(first: 3) { nodes { name ... @defer { endpoints { whip } } } } }');
  expect(await metricsOf(url)).toMatchObject({
    'ivs_graphql_requests_total{kind="query",outcome="ok"}': 1,
    'ivs_graphql_requests_total{kind="query",outcome="partial"}': 1,
  });
  await emulator.close();
}, 30_000);

it('keeps what is of single channels to itself', async () => {
  const emulator = await startEmulator({ seed: 'demo' });
  const { url } = await serving([], before(emulator));
  const channelArn = 'arn:aws:ivs:us-west-2:123456789012:channel/MainStage001';
  await ask(
    url,
    `mutation { putMetadata(input: { channelArn: "${channelArn}", metadata: "x" }) { __typename } }`,
  );
  const text = JSON.stringify(await metricsOf(url));
  expect(text).toContain('PutMetadata');
  expect(text).not.toContain('MainStage001');
  await emulator.close();
}, 30_000);

it('asks for its token', async () => {
  const { url } = await serving([], { PORT: '0', METRICS_TOKEN: 'open sesame' });
  const statusOf = async (headers = {}) => (await fetch(`${url}/metrics`, { headers })).status;
  expect(await statusOf()).toBe(401);
  expect(await statusOf({ authorization: 'Bearer open' })).toBe(401);
  expect(await statusOf({ authorization: 'Bearer open sesame' })).toBe(200);
  expect((await post(url, '{ __typename }')).status).toBe(200);
}, 30_000);
