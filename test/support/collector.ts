// A collector of OpenTelemetry on loopback: OTLP over HTTP as JSON.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Value = Record<string, unknown>;
interface Attribute {
  key: string;
  value: Value;
}
interface Wire {
  attributes?: Attribute[];
}

export interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  /** 1 internal, 2 server, 3 client, 5 consumer. */
  kind: number;
  milliseconds: number;
  /** 2: an error. */
  status: number;
  attributes: Record<string, unknown>;
  events: { name: string; attributes: Record<string, unknown> }[];
  links: { traceId: string; spanId: string }[];
  service: unknown;
}

export interface Metric {
  name: string;
  unit: string;
  sum?: { isMonotonic: boolean; dataPoints: Point[] };
  gauge?: { dataPoints: Point[] };
  histogram?: { dataPoints: Point[] };
}
interface Point {
  attributes: Record<string, unknown>;
  asDouble?: number;
  count?: number;
  sum?: number;
  bucketCounts?: number[];
  explicitBounds?: number[];
}

export class Collector {
  readonly spans: Span[] = [];
  metrics: Metric[] = [];
  /** All that was sent, as text. */
  readonly bodies: string[] = [];
  readonly types = new Set<string | undefined>();
  status = 200;
  readonly #server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    this.types.add(request.headers['content-type']);
    this.bodies.push(body.toString('latin1'));
    if (this.status === 200 && request.headers['content-type'] === 'application/json')
      this.#read(JSON.parse(body.toString()));
    response.writeHead(this.status, { 'content-type': 'application/json' }).end('{}');
  });

  async start(): Promise<this> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening');
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.close().closeAllConnections();
  }

  named(name: string): Span[] {
    return this.spans.filter((span) => span.name === name);
  }

  // biome-ignore lint/suspicious/noExplicitAny: JSON
  #read({ resourceSpans = [], resourceMetrics = [] }: any): void {
    for (const { resource, scopeSpans } of resourceSpans)
      for (const { spans } of scopeSpans)
        for (const span of spans)
          this.spans.push({ ...toSpan(span), service: valuesOf(resource)['service.name'] });
    for (const { scopeMetrics } of resourceMetrics)
      this.metrics = scopeMetrics.flatMap(({ metrics }: { metrics: Metric[] }) => metrics.map(withValues));
  }
}

function valuesOf({ attributes = [] }: Wire): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, plainOf(value)]));
}

function plainOf(value: Value): unknown {
  const { arrayValue } = value as { arrayValue?: { values: Value[] } };
  if (arrayValue) return arrayValue.values.map(plainOf);
  const [text] = Object.values(value);
  return 'intValue' in value ? Number(text) : text;
}

// biome-ignore lint/suspicious/noExplicitAny: JSON
const toSpan = (span: any): Omit<Span, 'service'> => ({
  ...span,
  parentSpanId: span.parentSpanId || undefined,
  milliseconds: (span.endTimeUnixNano - span.startTimeUnixNano) / 1e6,
  status: span.status.code,
  attributes: valuesOf(span),
  events: (span.events ?? []).map((event: Wire & { name: string }) => ({
    name: event.name,
    attributes: valuesOf(event),
  })),
});

function withValues(metric: Metric): Metric {
  const data = metric.sum ?? metric.gauge ?? metric.histogram;
  for (const point of data?.dataPoints ?? []) point.attributes = valuesOf(point as unknown as Wire);
  return metric;
}
