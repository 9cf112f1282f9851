// Variables of OpenTelemetry, as far as the gateway reads them. Its SDK reads more of them by itself.
import { endpoint } from './values.ts';
import { defaulting, list, oneOf, optional, text, wholeNumber } from './variable.ts';

const PROPAGATORS = ['tracecontext', 'baggage', 'xray', 'xray-lambda', 'none'];
const protocol = oneOf('http/protobuf', 'http/json');
const boolean = {
  expected: 'true or false',
  read: (given: string) => (/^(true|false)$/i.test(given) ? given.toLowerCase() === 'true' : undefined),
};
const ratio = {
  expected: 'a number from 0 to 1',
  read: (given: string) => (/^(0?\.\d+|0|1(\.0*)?|0\.)$/.test(given) ? Number(given) : undefined),
};
const pairs = {
  expected: 'pairs such as deployment.environment.name=prod,service.namespace=video',
  read: (given: string) => (/^\s*[^=,\s]+=[^,]*(,\s*[^=,\s]+=[^,]*)*,?\s*$/.test(given) ? given : undefined),
};

export const telemetry = {
  OTEL_SDK_DISABLED: defaulting(boolean, 'true: neither traces nor metrics are sent', false),
  OTEL_EXPORTER_OTLP_ENDPOINT: optional(
    endpoint,
    'URL of a collector, such as http://localhost:4318: traces are sent to its path /v1/traces',
  ),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: optional(endpoint, 'whole URL that traces are sent to'),
  OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: optional(endpoint, 'whole URL that metrics are sent to'),
  OTEL_EXPORTER_OTLP_PROTOCOL: defaulting(protocol, 'form in which they are sent', 'http/protobuf'),
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: optional(protocol, 'the same, for traces'),
  OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: optional(protocol, 'the same, for metrics'),
  OTEL_TRACES_EXPORTER: optional(
    oneOf('otlp', 'console', 'none'),
    'otlp, console (on stdout) or none',
    'otlp if an endpoint of traces is set, else none',
  ),
  OTEL_METRICS_EXPORTER: optional(
    oneOf('otlp', 'console', 'prometheus', 'none'),
    'otlp: metrics are sent, too; prometheus and none: only /metrics has them',
    'otlp if OTEL_EXPORTER_OTLP_METRICS_ENDPOINT is set, else none',
  ),
  OTEL_METRIC_EXPORT_INTERVAL: defaulting(
    wholeNumber(100, 3_600_000, 'milliseconds, a whole number from 100 to 3600000'),
    'milliseconds between two exports of metrics',
    60_000,
  ),
  OTEL_SERVICE_NAME: optional(text, 'name of the gateway in traces and metrics', 'ivs-graphql'),
  OTEL_RESOURCE_ATTRIBUTES: optional(pairs, 'further attributes of the gateway'),
  OTEL_TRACES_SAMPLER: defaulting(
    oneOf(
      'always_on',
      'always_off',
      'traceidratio',
      'parentbased_always_on',
      'parentbased_always_off',
      'parentbased_traceidratio',
    ),
    'which requests are traced; parentbased: as their client has decided, if it has',
    'parentbased_always_on',
  ),
  OTEL_TRACES_SAMPLER_ARG: optional(ratio, 'share of traces, for the samplers with a ratio', '1'),
  OTEL_PROPAGATORS: optional(
    list(`names among ${PROPAGATORS.join(', ')}`, (items) =>
      items.every((item) => PROPAGATORS.includes(item)),
    ),
    'headers from which a request takes its trace',
    'tracecontext,baggage,xray',
  ),
  TRACE_TO_AWS: defaulting(
    oneOf('on', 'off'),
    'on: calls to AWS carry traceparent and tracestate, unsigned',
    'off',
  ),
};
