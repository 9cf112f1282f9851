// What of OpenTelemetry is loaded, and whose SDK gets the spans.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readSettings } from '../../src/bootstrap/settings.ts';
import { readConfig } from '../../src/config/config.ts';
import { startHeaderRecorder } from '../support/aws-headers.ts';
import { Collector } from '../support/collector.ts';
import { ask, run, serving } from '../support/processes.ts';

let collector: Collector;
beforeAll(async () => {
  collector = await new Collector().start();
});
afterAll(() => collector.close());

/** Code that a process runs before the program. */
const importing = (code: string) => `--import=data:text/javascript,${encodeURIComponent(code)}`;
const resolved = (name: string) => JSON.stringify(import.meta.resolve(name));

it('nothing of its SDK is loaded where nothing is wanted', async () => {
  const code = `
    import { createRequire } from 'node:module';
    const { cache } = createRequire(process.cwd() + '/');
    process.on('exit', () => console.log(Object.keys(cache).filter((path) => path.includes('opentelemetry')).join()));`;
  const env = { PORT: '0', OTEL_SERVICE_NAME: 'named', NODE_OPTIONS: importing(code) };
  const { url, child, said, ended } = await serving(['serve'], env);
  await ask(url, '{ stages(first: 1) { nodes { arn } } }');
  child.kill('SIGTERM');
  await ended;
  // The client of Prometheus loads its interfaces.
  const loaded = said.out.trim().split(',');
  expect(loaded.filter((path) => !/@opentelemetry.api./.test(path))).toEqual([]);
});

it('spans go to the SDK that the process was started with, and to no second one', async () => {
  const code = `
    import { context, trace } from ${resolved('@opentelemetry/api')};
    import { AsyncLocalStorageContextManager } from ${resolved('@opentelemetry/context-async-hooks')};
    import { OTLPTraceExporter } from ${resolved('@opentelemetry/exporter-trace-otlp-http')};
    import { resourceFromAttributes } from ${resolved('@opentelemetry/resources')};
    import { BasicTracerProvider, SimpleSpanProcessor } from ${resolved('@opentelemetry/sdk-trace-base')};
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    trace.setGlobalTracerProvider(new BasicTracerProvider({
      resource: resourceFromAttributes({ 'service.name': 'theirs' }),
      spanProcessors: [new SimpleSpanProcessor(new OTLPTraceExporter())],
    }));`;
  const { url, said } = await serving(['serve'], {
    PORT: '0',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    // Theirs to read.
    OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
    NODE_OPTIONS: importing(code),
  });
  expect(said.err).toContain('traces go to the OpenTelemetry SDK of this process');
  await ask(url, 'query Theirs { stages(first: 1) { nodes { arn } } }');
  await expect.poll(() => collector.named('POST /graphql')).toHaveLength(1);
  const [request] = collector.named('POST /graphql');
  const spans = collector.spans.filter(({ traceId }) => traceId === request?.traceId);
  expect(spans.map(({ name }) => name)).toContain('IVSRealTime.ListStages');
  expect(new Set(spans.map(({ service }) => service))).toEqual(new Set(['theirs']));
});

it('metrics have the names and values of /metrics; AWS gets the trace where it is wanted', async () => {
  const { seen, url: awsUrl } = await startHeaderRecorder();
  const { url, child, ended } = await serving(['serve'], {
    ...{ PORT: '0', IVS_BACKEND: 'aws', AUTH_MODE: 'none', AWS_REGION: 'us-west-2' },
    ...{ AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any' },
    AWS_ENDPOINT_URL: awsUrl,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_METRICS_EXPORTER: 'otlp',
    TRACE_TO_AWS: 'on',
  });
  await ask(url, '{ stages { nodes { arn } } }');
  const shown = await (await fetch(`${url}/metrics`)).text();
  child.kill('SIGTERM');
  expect(await ended).toBe(0);

  const [call] = collector.named('IVSRealTime.ListStages').slice(-1);
  expect(seen[0]?.traceparent).toBe(`00-${call?.traceId}-${call?.spanId}-01`);
  expect(seen[0]?.authorization).not.toContain('trace');

  const names = [...shown.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
  expect(collector.metrics.map(({ name }) => name).sort()).toEqual(names.sort());
  const named = (name: string) => collector.metrics.find((metric) => metric.name === name);
  expect(named('ivs_graphql_requests_total')).toMatchObject({
    unit: '',
    sum: {
      isMonotonic: true,
      dataPoints: [{ asDouble: 1, attributes: { kind: 'query', outcome: 'ok', status: 200 } }],
    },
  });
  const [point] = named('ivs_graphql_aws_call_duration_seconds')?.histogram?.dataPoints ?? [];
  expect(point?.attributes).toEqual({
    service: 'ivs-realtime',
    region: 'us-west-2',
    operation: 'ListStages',
  });
  expect(point?.count).toBe(1);
  expect(point?.bucketCounts?.reduce((sum, count) => sum + count, 0)).toBe(1);
  expect(point?.bucketCounts).toHaveLength((point?.explicitBounds?.length ?? 0) + 1);
});

it.each([
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318', 'an http or https URL'],
  ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc', 'one of http/protobuf, http/json'],
  ['OTEL_TRACES_EXPORTER', 'zipkin', 'one of otlp, console, none'],
  ['OTEL_TRACES_SAMPLER', 'sometimes', 'one of always_on, '],
  ['OTEL_TRACES_SAMPLER_ARG', '10', 'a number from 0 to 1'],
  ['OTEL_SDK_DISABLED', 'yes', 'true or false'],
  ['OTEL_PROPAGATORS', 'tracecontext,b3', 'names among tracecontext, '],
  ['OTEL_RESOURCE_ATTRIBUTES', 'prod', 'pairs such as '],
  ['OTEL_METRIC_EXPORT_INTERVAL', '1', 'milliseconds, '],
])('%s=%s is refused', (name, value, expected) => {
  expect(() => readConfig({ [name]: value })).toThrow(`${name}: expected ${expected}`);
});

it('a wrong value has no effect where all of it is off', async () => {
  const wrong = { OTEL_TRACES_EXPORTER: 'zipkin', OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' };
  const { config } = await readSettings({ ...wrong, OTEL_SDK_DISABLED: 'TRUE' });
  expect(config.telemetry).toBeUndefined();
  await expect(readSettings({ ...wrong, OTEL_SDK_DISABLED: 'false' })).rejects.toThrow(
    'OTEL_TRACES_EXPORTER',
  );
});

it('a wrong setting is one line', async () => {
  const { code, err } = await run(['serve'], { OTEL_TRACES_EXPORTER: 'zipkin' });
  expect([code, err.trim().split('\n').length]).toEqual([1, 1]);
});

it.each([
  [{}, undefined],
  [{ OTEL_SERVICE_NAME: 'named' }, undefined],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318' }, { traces: 'otlp', metrics: undefined }],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318', OTEL_SDK_DISABLED: 'true' }, undefined],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318', OTEL_TRACES_EXPORTER: 'none' }, undefined],
  [{ OTEL_TRACES_EXPORTER: 'console' }, { traces: 'console', metrics: undefined }],
  [{ OTEL_METRICS_EXPORTER: 'otlp' }, { traces: undefined, metrics: 'otlp' }],
  [{ OTEL_METRICS_EXPORTER: 'prometheus' }, undefined],
  [{ OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'http://c/m' }, { traces: undefined, metrics: 'otlp' }],
])('%j: what is sent', (env, expected) => {
  const { telemetry } = readConfig(env as Record<string, string>);
  const sent = telemetry && {
    traces: telemetry.traces?.exporter,
    metrics: telemetry.metrics?.exporter,
  };
  expect(sent).toEqual(expected);
});
