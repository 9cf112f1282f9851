// The spans of the program, seen by a collector.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/emulator.ts';
import { Collector, type Span } from '../support/collector.ts';
import { KEY, stageUpdate } from '../support/events.ts';
import { ask, before as beside, firstMessage, launchServer, PROGRAM, serving } from '../support/processes.ts';
import { isInstalled, startRedis } from '../support/redis.ts';
import { startSqs } from '../support/sqs.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = 'b7ad6b7169203331';
const traceparent = `00-${TRACE}-${PARENT}-01`;
const [SERVER, CLIENT, CONSUMER, ERROR] = [2, 3, 5, 2];

let collector: Collector;
let emulator: Emulator;
let program: Awaited<ReturnType<typeof launchServer>>;

const sending = () => ({
  OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
  OTEL_BSP_SCHEDULE_DELAY: '20',
});

beforeAll(async () => {
  collector = await new Collector().start();
  emulator = await startEmulator({ seed: 'demo' });
  program = await launchServer(PROGRAM, ['serve'], {
    ...beside(emulator),
    ...sending(),
    LOG_LEVEL: 'debug',
    EVENTS_SECRET: KEY,
  });
});
afterAll(async () => {
  program.child.kill('SIGKILL');
  await emulator.close();
  collector.close();
});

/** The spans of a request, when that of HTTP is there. */
async function spansOf(traceId: string, count = 1): Promise<Span[]> {
  const found = () => collector.spans.filter((span) => span.traceId === traceId);
  await expect.poll(() => found().filter(({ kind }) => kind === SERVER)).toHaveLength(count);
  return found();
}

const newTrace = () => randomUUID().replaceAll('-', '');
const continuing = (traceId: string) => ({ traceparent: `00-${traceId}-${PARENT}-01` });
const one = (spans: readonly Span[], name: string) => {
  const named = spans.filter((span) => span.name === name);
  expect(named.map(({ name: found }) => found)).toEqual([name]);
  return named[0] as Span;
};
const linesOf = (traceId: string) =>
  program.said.err
    .split('\n')
    .filter((line) => line.includes(traceId))
    .map((line) => JSON.parse(line));

describe('the trace of a request', () => {
  it('continues its client’s, and has parse, validate, the operation and its calls', async () => {
    await ask(program.url, 'query Live { stages(first: 1) { nodes { name } } }', { traceparent });
    const spans = await spansOf(TRACE);
    const request = one(spans, 'POST /graphql');
    const operation = one(spans, 'query');
    expect([request.parentSpanId, request.kind, request.status]).toEqual([PARENT, SERVER, 0]);
    expect(request.attributes).toMatchObject({
      'http.request.method': 'POST',
      'http.route': '/graphql',
      'http.response.status_code': 200,
      'url.path': '/graphql',
      'graphql.operation.name': 'Live',
      'ivs_graphql.outcome': 'ok',
    });
    for (const name of ['graphql.parse', 'graphql.validate', 'query'])
      expect(one(spans, name).parentSpanId).toBe(request.spanId);
    expect(operation.attributes).toMatchObject({
      'graphql.operation.type': 'query',
      'graphql.operation.name': 'Live',
      'ivs_graphql.document.hash': expect.stringMatching(/^[0-9a-f]{64}$/),
      'ivs_graphql.aws.calls': 1,
      'ivs_graphql.aws.cached': 0,
    });
    const call = one(spans, 'IVSRealTime.ListStages');
    expect([call.parentSpanId, call.kind]).toEqual([operation.spanId, CLIENT]);
    expect(call.attributes).toEqual({
      'rpc.system': 'aws-api',
      'rpc.service': 'IVSRealTime',
      'rpc.method': 'ListStages',
      'cloud.region': 'us-west-2',
      'http.response.status_code': 200,
      'aws.request_id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(request.service).toBe('ivs-graphql');
  });

  it('is in each line of the log of the request', async () => {
    const traceId = newTrace();
    await ask(
      program.url,
      'mutation { createStage(input: { name: "logged" }) { __typename } }',
      continuing(traceId),
    );
    const spans = await spansOf(traceId);
    await expect.poll(() => linesOf(traceId)).toHaveLength(2);
    expect(linesOf(traceId)).toMatchObject([
      { audit: true, trace_id: traceId, span_id: one(spans, 'mutation').spanId },
      { msg: 'request', trace_id: traceId, span_id: one(spans, 'POST /graphql').spanId },
    ]);
  });

  it('shows waits for quota and reads from the cache', async () => {
    const traceId = newTrace();
    const query =
      '{ stages(first: 50) { nodes { activeSession { participants(first: 1) { nodes { userId } } } } } }';
    await ask(program.url, query, continuing(traceId));
    const spans = await spansOf(traceId);
    const operation = one(spans, 'query');
    const waits = spans.filter(
      ({ name, attributes }) =>
        name === 'ivs_graphql.quota.wait' && attributes['rpc.method'] === 'ListParticipants',
    );
    const longest = Math.max(...waits.map(({ milliseconds }) => milliseconds));
    expect(waits.length).toBeGreaterThan(0);
    expect(waits[0]).toMatchObject({
      parentSpanId: operation.spanId,
      attributes: { 'ivs_graphql.quota.wait_end': 'admitted' },
    });
    expect(operation.attributes['ivs_graphql.quota.wait_ms']).toBeGreaterThanOrEqual(Math.floor(longest) - 1);
    // Another document, which the response cache does not have.
    const second = newTrace();
    await ask(program.url, query.replace('userId', 'id'), continuing(second));
    const reads = one(await spansOf(second), 'query').events.map(({ attributes }) => attributes);
    const again = reads.find((read) => read['rpc.method'] === 'ListParticipants');
    expect(again).toMatchObject({ 'ivs_graphql.aws.calls': 0, 'ivs_graphql.aws.coalesced': 0 });
    expect(again?.['ivs_graphql.aws.cached']).toBeGreaterThan(0);
  });

  it('shows a response of the response cache', async () => {
    const query = '{ recordingConfigurations { nodes { name arn } } }';
    // Stored at its second time, and for as long as the response of AWS is good.
    const isStored = async () => {
      const traceId = newTrace();
      await ask(program.url, query, continuing(traceId));
      const [request, ...others] = (await spansOf(traceId)).reverse();
      return others.length === 0 && request?.attributes['ivs_graphql.response.cached'];
    };
    await expect.poll(isStored).toBe(true);
  });

  it('shows what a read waits for that another request has begun', async () => {
    emulator.faults.add({ operation: 'ListEncoderConfigurations', delayMs: 300, times: 1 });
    const [first, second] = [newTrace(), newTrace()];
    const leading = ask(program.url, '{ encoderConfigurations { nodes { arn } } }', continuing(first));
    await expect.poll(() => emulator.calls.counts().ListEncoderConfigurations).toBe(1);
    await ask(program.url, '{ encoderConfigurations { nodes { name } } }', continuing(second));
    await leading;
    const leader = one(await spansOf(first), 'query');
    const spans = await spansOf(second);
    expect(one(spans, 'ivs_graphql.flight.wait')).toMatchObject({
      parentSpanId: one(spans, 'query').spanId,
      links: [{ traceId: first, spanId: leader.spanId }],
    });
    expect(one(spans, 'query').attributes['ivs_graphql.aws.coalesced']).toBe(1);
  });

  it('has errors as status, and what AWS calls them', async () => {
    const errorType = 'AccessDeniedException';
    emulator.faults.add({ operation: 'ListStorageConfigurations', status: 403, errorType, times: 1 });
    const traceId = newTrace();
    await ask(program.url, '{ storageConfigurations { nodes { arn } } }', continuing(traceId));
    const spans = await spansOf(traceId);
    expect(one(spans, 'IVSRealTime.ListStorageConfigurations')).toMatchObject({
      status: ERROR,
      attributes: { 'http.response.status_code': 403, 'error.type': errorType },
    });
    expect(one(spans, 'query')).toMatchObject({
      status: ERROR,
      attributes: {
        'ivs_graphql.outcome': 'upstream_error',
        'ivs_graphql.error.codes': ['UPSTREAM_ACCESS_DENIED'],
      },
    });
  });

  it('has no operation where a document is refused', async () => {
    const traceId = newTrace();
    await ask(program.url, '{ nothing }', continuing(traceId));
    const spans = await spansOf(traceId);
    expect(spans.map(({ name }) => name).sort()).toEqual([
      'POST /graphql',
      'graphql.parse',
      'graphql.validate',
    ]);
    expect(one(spans, 'graphql.validate')).toMatchObject({
      status: ERROR,
      attributes: { 'error.type': 'GRAPHQL_VALIDATION_FAILED' },
    });
  });

  it('continues that of X-Ray, but not before that of W3C', async () => {
    const xray = { 'x-amzn-trace-id': `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=${PARENT};Sampled=1` };
    await ask(program.url, '{ __typename }', xray);
    const spans = await spansOf('5759e988bd862e3fe1be46a994272793');
    expect(one(spans, 'POST /graphql').parentSpanId).toBe(PARENT);
    const traceId = newTrace();
    await ask(program.url, '{ __typename }', { ...xray, ...continuing(traceId) });
    await spansOf(traceId);
  });

  it('has no text, variable, token or query string', async () => {
    const [word, token] = [`word-${newTrace()}`, `token-${newTrace()}`];
    const headers = { authorization: `Bearer ${token}`, cookie: token, ...continuing(newTrace()) };
    await ask(program.url, `mutation { createStage(input: { name: "${word}" }) { __typename } }`, headers);
    const traceId = newTrace();
    const query = encodeURIComponent(`query Named($id: ID! = "${word}") { node(id: $id) { id } }`);
    await fetch(`${program.url}/graphql?query=${query}&secret=${word}`, { headers: continuing(traceId) });
    await spansOf(traceId);
    const sent = collector.bodies.join('\n');
    expect(sent).toContain('Named');
    expect(sent).not.toContain(word);
    expect(sent).not.toContain(token);
  });
});

describe('what is no single request', () => {
  const isOfMessage = ({ name, attributes }: Span) =>
    name === 'subscription' && attributes['graphql.operation.name'] === 'Watch';

  it('a message of a subscription is a trace of its own, linked with its beginning', async () => {
    const { arn } = await newStage();
    await firstMessage(program.url, `subscription Watch { participants(stageArn: "${arn}") { __typename } }`);
    await expect.poll(() => collector.spans.some(isOfMessage)).toBe(true);
    const message = collector.spans.find(isOfMessage) as Span;
    expect(message.parentSpanId).toBeUndefined();
    const [link] = message.links as [Span['links'][0]];
    // It has ended although the subscription may not have.
    const begun = await spansOf(link.traceId);
    expect(one(begun, 'POST /graphql').spanId).toBe(link.spanId);
    expect(one(begun, 'graphql.subscribe').parentSpanId).toBe(link.spanId);
    const reads = collector.spans.filter(({ kind, parentSpanId }) => kind === CLIENT && !parentSpanId);
    expect(reads.flatMap(({ links }) => links)).toContainEqual(expect.objectContaining(link));
  });

  it('an event is in the span of its request', async () => {
    const traceId = newTrace();
    const { arn } = await newStage();
    const body = JSON.stringify(stageUpdate(arn, 'p1'));
    const headers = { 'content-type': 'application/json', 'x-ivs-events-key': KEY, ...continuing(traceId) };
    await fetch(`${program.url}/events`, { method: 'POST', headers, body });
    expect(one(await spansOf(traceId), 'POST /events').attributes).toMatchObject({
      'http.route': '/events',
      'ivs_graphql.event.outcome': 'accepted',
    });
    expect(collector.bodies.join('')).not.toContain(KEY);
  });

  it('health checks and metrics have none', async () => {
    for (const path of ['/livez', '/readyz', '/metrics']) await fetch(`${program.url}${path}`);
    const traceId = newTrace();
    await ask(program.url, '{ __typename }', continuing(traceId));
    await spansOf(traceId);
    // Their names would be that of the method alone.
    const paths = collector.spans.map(({ attributes }) => attributes['url.path']);
    expect(paths).toContain('/graphql');
    expect(paths.filter((path) => /livez|readyz|metrics/.test(String(path)))).toEqual([]);
  });

  async function newStage(): Promise<{ arn: string }> {
    const mutation = 'mutation { createStage(input: {}) { ... on CreateStagePayload { stage { arn } } } }';
    const { data } = await ask(program.url, mutation);
    return data.createStage.stage;
  }
});

describe('a gateway', () => {
  it('sends what is left when it stops: of Lambda, a queue, Redis and requests', async () => {
    const [sqs, redis] = [await startSqs(), isInstalled ? await startRedis() : undefined];
    const { url, child, ended } = await serving(['serve'], {
      ...beside(emulator),
      ...sending(),
      OTEL_BSP_SCHEDULE_DELAY: '60000',
      OTEL_SERVICE_NAME: 'stopping',
      EVENTS_SQS_URL: sqs.url,
      ...(redis && { REDIS_URL: redis.url }),
      _X_AMZN_TRACE_ID: `Root=1-6759e988-bd862e3fe1be46a994272793;Parent=${PARENT};Sampled=1`,
    });
    await ask(url, '{ stages(first: 1) { nodes { arn } } }');
    sqs.send(stageUpdate('arn:aws:ivs:us-west-2:123456789012:stage/abcdEFGHijkl', 'p1'));
    await expect
      .poll(() => sqs.requests.some(({ operation }) => operation === 'DeleteMessageBatch'))
      .toBe(true);
    const spans = () => collector.spans.filter(({ service }) => service === 'stopping');
    expect(spans()).toEqual([]);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    const request = one(spans(), 'POST /graphql');
    expect([request.traceId, request.parentSpanId]).toEqual(['6759e988bd862e3fe1be46a994272793', PARENT]);
    expect(one(spans(), 'IVSRealTime.ListStages').traceId).toBe(request.traceId);
    const event = one(spans(), 'process events');
    expect([event.kind, event.parentSpanId]).toEqual([CONSUMER, undefined]);
    expect(event.attributes).toMatchObject({
      'messaging.system': 'aws_sqs',
      'ivs_graphql.event.outcome': 'accepted',
    });
    const scripts = spans().filter(({ name }) => name === 'EVALSHA');
    if (redis) expect(scripts[0]).toMatchObject({ kind: CLIENT, attributes: { 'db.system.name': 'redis' } });
    // Those that belong to the replica, such as its heartbeat, have none.
    const owners = [request.traceId, event.traceId];
    expect(scripts.filter(({ traceId }) => !owners.includes(traceId))).toEqual([]);
  });

  it('logs once that the collector fails, serves meanwhile, and sends protobuf by default', async () => {
    const failing = await new Collector().start();
    onTestFinished(() => failing.close());
    failing.status = 400;
    const { url, said } = await serving(['serve'], {
      ...beside(emulator),
      OTEL_EXPORTER_OTLP_ENDPOINT: failing.url,
      OTEL_BSP_SCHEDULE_DELAY: '20',
    });
    const send = async () => {
      const sent = failing.bodies.length;
      expect(await ask(url, 'query Binary { __typename }')).toEqual({ data: { __typename: 'Query' } });
      await expect.poll(() => failing.bodies.length).toBeGreaterThan(sent);
    };
    await send();
    await expect.poll(() => said.err).toContain('traces cannot be sent');
    await send();
    failing.status = 200;
    await send();
    await expect.poll(() => said.err).toContain('traces are sent again');
    expect(said.err.match(/cannot be sent/g)).toHaveLength(1);
    expect([...failing.types]).toEqual(['application/x-protobuf']);
    expect(failing.bodies.at(-1)).toContain('Binary');
  });
});
