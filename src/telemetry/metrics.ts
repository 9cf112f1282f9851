// The metrics of `/metrics` for OpenTelemetry: the same registry under the same names, read once for each export.
import { type Attributes, type HrTime, ValueType } from '@opentelemetry/api';
import { emptyResource } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  type DataPoint,
  DataPointType,
  type Histogram,
  type MetricData,
  type MetricProducer,
} from '@opentelemetry/sdk-metrics';
import type { Registry } from 'prom-client';
import { names } from './names.ts';

interface Sample {
  value: number;
  /** Of a histogram: with `_bucket`, `_sum` or `_count`. */
  metricName?: string;
  labels: Record<string, string | number>;
}

interface Metric {
  name: string;
  help: string;
  type: string;
  values: Sample[];
}

/** Of all that the registry counts: it was made at the start of the process. */
interface Span {
  startTime: HrTime;
  endTime: HrTime;
}

export const producerOf = (registry: Registry): MetricProducer => ({
  collect: async () => {
    const metrics = (await registry.getMetricsAsJSON()) as unknown as Metric[];
    const span = { startTime: timeOf(performance.timeOrigin), endTime: timeOf(Date.now()) };
    const scopeMetrics = [
      { scope: { name: names.tracer }, metrics: metrics.map((metric) => dataOf(metric, span)) },
    ];
    // The reader has the resource.
    return { resourceMetrics: { resource: emptyResource(), scopeMetrics }, errors: [] };
  },
});

const timeOf = (milliseconds: number): HrTime => [
  Math.floor(milliseconds / 1000),
  Math.round((milliseconds % 1000) * 1e6),
];

function dataOf({ name, help, type, values }: Metric, span: Span): MetricData {
  const descriptor = { name, description: help, unit: unitOf(name), valueType: ValueType.DOUBLE };
  const common = { descriptor, aggregationTemporality: AggregationTemporality.CUMULATIVE };
  if (type === 'histogram')
    return { ...common, dataPointType: DataPointType.HISTOGRAM, dataPoints: histogramsOf(values, span) };
  // JSON has no NaN, which prom-client has for an event loop that was never late.
  const dataPoints = values
    .filter(({ value }) => Number.isFinite(value))
    .map(({ value, labels }) => ({ ...span, value, attributes: labels as Attributes }));
  return type === 'counter'
    ? { ...common, dataPointType: DataPointType.SUM, isMonotonic: true, dataPoints }
    : { ...common, dataPointType: DataPointType.GAUGE, dataPoints };
}

/** As UCUM writes them. */
function unitOf(name: string): string {
  if (/_seconds(_total)?$/.test(name)) return 's';
  return /_bytes(_total)?$/.test(name) ? 'By' : '';
}

/** By their labels without `le`. */
function histogramsOf(samples: readonly Sample[], span: Span): DataPoint<Histogram>[] {
  const byLabels = new Map<string, { attributes: Attributes; samples: Sample[] }>();
  for (const sample of samples) {
    const { le: _, ...labels } = sample.labels;
    const key = JSON.stringify(Object.entries(labels).sort());
    const known = byLabels.get(key) ?? { attributes: labels as Attributes, samples: [] };
    known.samples.push(sample);
    byLabels.set(key, known);
  }
  return [...byLabels.values()].map((one) => ({
    ...span,
    attributes: one.attributes,
    value: histogramOf(one.samples),
  }));
}

/** Prometheus counts in each bucket what is in those before it, too. */
function histogramOf(samples: readonly Sample[]): Histogram {
  const sampleOf = (suffix: string) =>
    samples.find(({ metricName }) => metricName?.endsWith(suffix))?.value ?? 0;
  const buckets = samples.filter(({ labels }) => labels.le !== undefined);
  const counts = buckets.map(({ value }, index) => value - (buckets[index - 1]?.value ?? 0));
  const boundaries = buckets.map(({ labels }) => Number(labels.le)).filter(Number.isFinite);
  return { buckets: { boundaries, counts }, sum: sampleOf('_sum'), count: sampleOf('_count') };
}
