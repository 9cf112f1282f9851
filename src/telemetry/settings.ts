// What of OTEL_* the gateway decides by itself. Types only; src/config/open-telemetry.ts reads them.
export type Protocol = 'http/protobuf' | 'http/json';
export type Propagator = 'tracecontext' | 'baggage' | 'xray';

export interface Exporter {
  exporter: 'otlp' | 'console';
  protocol: Protocol;
}

export interface TelemetrySettings {
  traces: Exporter | undefined;
  metrics: Exporter | undefined;
  propagators: readonly Propagator[];
  /** Of the metrics. */
  exportIntervalMillis: number;
}
