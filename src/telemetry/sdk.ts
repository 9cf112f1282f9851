// OpenTelemetry's SDK, where no other part of the program has started one. It reads most variables by itself: endpoints, headers,
// certificates, time-outs, compression, samplers, limits, sizes of batches. Version 2, since 3 needs Node 22.
import { context, propagation, type TextMapPropagator, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  CompositePropagator,
  type ExportResult,
  ExportResultCode,
  W3CBaggagePropagator,
  W3CTraceContextPropagator,
} from '@opentelemetry/core';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
  serviceInstanceIdDetector,
} from '@opentelemetry/resources';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { names } from './names.ts';
import type { Exporter, Propagator, Protocol, TelemetrySettings } from './settings.ts';

/** What is left when the program stops has so long; a collector that does not answer must not hold it. */
const SHUTDOWN_MS = 3_000;

export interface SdkOptions {
  settings: TelemetrySettings;
  version: string;
  /** Of the metrics to be exported. */
  registry: Registry | undefined;
  log: Pick<Logger, 'info' | 'warn'>;
}

interface Started {
  shutdown(): Promise<void>;
}

export async function startSdk(options: SdkOptions): Promise<Started> {
  const { traces, metrics } = options.settings;
  const parts = [
    traces && (await startTraces(traces, options)),
    metrics && (await startMetrics(metrics, options)),
  ];
  return { shutdown: () => within(SHUTDOWN_MS, Promise.allSettled(parts.map((part) => part?.shutdown()))) };
}

async function startTraces({ exporter: name, protocol }: Exporter, { settings, version, log }: SdkOptions) {
  const sdk = await import('@opentelemetry/sdk-trace-base');
  const exporter =
    name === 'console'
      ? new sdk.ConsoleSpanExporter()
      : reporting(await spanExporter(protocol), 'traces', log);
  const provider = new sdk.BasicTracerProvider({
    resource: resourceOf(version),
    spanProcessors: [
      name === 'console' ? new sdk.SimpleSpanProcessor(exporter) : new sdk.BatchSpanProcessor(exporter),
    ],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(await propagatorOf(settings.propagators));
  trace.setGlobalTracerProvider(provider);
  return provider;
}

async function startMetrics({ exporter: name, protocol }: Exporter, options: SdkOptions) {
  const { settings, version, registry, log } = options;
  if (!registry) return undefined;
  const [sdk, { producerOf }] = await Promise.all([
    import('@opentelemetry/sdk-metrics'),
    import('./metrics.ts'),
  ]);
  const exporter =
    name === 'console'
      ? new sdk.ConsoleMetricExporter()
      : reporting(await metricExporter(protocol), 'metrics', log);
  const reader = new sdk.PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis: settings.exportIntervalMillis,
    metricProducers: [producerOf(registry)],
  });
  return new sdk.MeterProvider({ resource: resourceOf(version), readers: [reader] });
}

/** OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES have the last word. */
const resourceOf = (version: string) =>
  defaultResource()
    .merge(resourceFromAttributes({ 'service.name': names.tracer, 'service.version': version }))
    .merge(detectResources({ detectors: [serviceInstanceIdDetector, envDetector] }));

async function spanExporter(protocol: Protocol) {
  const { OTLPTraceExporter } =
    protocol === 'http/json'
      ? await import('@opentelemetry/exporter-trace-otlp-http')
      : await import('@opentelemetry/exporter-trace-otlp-proto');
  return new OTLPTraceExporter();
}

async function metricExporter(protocol: Protocol) {
  const { OTLPMetricExporter } =
    protocol === 'http/json'
      ? await import('@opentelemetry/exporter-metrics-otlp-http')
      : await import('@opentelemetry/exporter-metrics-otlp-proto');
  return new OTLPMetricExporter();
}

interface Exports<Item> {
  export(items: Item, done: (result: ExportResult) => void): void;
}

/** Logs the first of several failures in a row, and the end of them. The SDK keeps silent. */
function reporting<Item, E extends Exports<Item>>(exporter: E, what: string, log: SdkOptions['log']): E {
  const send = exporter.export.bind(exporter);
  let isFailing = false;
  const note = ({ code, error }: ExportResult) => {
    const hasFailed = code !== ExportResultCode.SUCCESS;
    if (hasFailed && !isFailing)
      log.warn({ reason: reasonOf(error) }, `OpenTelemetry: ${what} cannot be sent`);
    if (!hasFailed && isFailing) log.info(`OpenTelemetry: ${what} are sent again`);
    isFailing = hasFailed;
  };
  exporter.export = (items, done) =>
    send(items, (result) => {
      note(result);
      done(result);
    });
  return exporter;
}

/** Not the URL, which can hold a password, nor the response. */
function reasonOf(error: (Error & { code?: unknown }) | undefined): string {
  if (!error) return 'unknown';
  return error.code === undefined ? error.message : `${error.code} ${error.message}`.trim();
}

async function propagatorOf(wanted: readonly Propagator[]): Promise<TextMapPropagator> {
  const propagators: TextMapPropagator[] = [];
  if (wanted.includes('xray')) {
    const { AWSXRayLambdaPropagator } = await import('@opentelemetry/propagator-aws-xray-lambda');
    propagators.push(new AWSXRayLambdaPropagator());
  }
  // The later one has the last word.
  if (wanted.includes('tracecontext')) propagators.push(new W3CTraceContextPropagator());
  if (wanted.includes('baggage')) propagators.push(new W3CBaggagePropagator());
  return new CompositePropagator({ propagators });
}

function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    void work.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
