// Whether traces and metrics are sent, and how: of the variables of OpenTelemetry.

import type { Exporter, Propagator, TelemetrySettings } from '../telemetry/settings.ts';
import type { Environment } from './environment.ts';

/** Undefined where nothing is sent. */
export function readTelemetry(data: Environment): TelemetrySettings | undefined {
  if (data.OTEL_SDK_DISABLED) return undefined;
  const [traces, metrics] = [tracesOf(data), metricsOf(data)];
  if (!traces && !metrics) return undefined;
  const exportIntervalMillis = data.OTEL_METRIC_EXPORT_INTERVAL;
  return { traces, metrics, propagators: propagatorsOf(data), exportIntervalMillis };
}

function tracesOf(data: Environment): Exporter | undefined {
  const isAimed = data.OTEL_EXPORTER_OTLP_ENDPOINT ?? data.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT;
  const exporter = data.OTEL_TRACES_EXPORTER ?? (isAimed ? 'otlp' : 'none');
  if (exporter === 'none') return undefined;
  return { exporter, protocol: data.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL ?? data.OTEL_EXPORTER_OTLP_PROTOCOL };
}

/** Not for a general endpoint alone: `/metrics` is there, and many collectors of traces take nothing else. */
function metricsOf(data: Environment): Exporter | undefined {
  const isAimed = data.OTEL_EXPORTER_OTLP_METRICS_ENDPOINT;
  const exporter = data.OTEL_METRICS_EXPORTER ?? (isAimed ? 'otlp' : 'none');
  if (exporter === 'none' || exporter === 'prometheus') return undefined;
  return { exporter, protocol: data.OTEL_EXPORTER_OTLP_METRICS_PROTOCOL ?? data.OTEL_EXPORTER_OTLP_PROTOCOL };
}

function propagatorsOf({ OTEL_PROPAGATORS: given }: Environment): Propagator[] {
  const wanted = given ?? ['tracecontext', 'baggage', 'xray'];
  if (wanted.includes('none')) return [];
  return wanted.map((name) => (name === 'xray-lambda' ? 'xray' : name) as Propagator);
}
