// OpenTelemetry, where it is wanted: an SDK of the gateway's own, or the one that the process was started with. Else nothing of
// it is loaded.
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { TelemetrySettings } from '../telemetry/settings.ts';
import type { Traces } from '../telemetry/telemetry.ts';
import { version } from '../version.ts';

interface Options {
  telemetry: TelemetrySettings | undefined;
  /** Whether calls to AWS carry the headers of a trace. */
  traceToAws: boolean;
  path: string;
  events: { path: string } | undefined;
}

export interface OpenTelemetry {
  /** Undefined where only metrics are sent. */
  traces: Traces | undefined;
  /** For each line of the log. */
  mixin: (() => object) | undefined;
  /** Begins to send. */
  start(log: Logger, registry: Registry | undefined): Promise<void>;
  /** Sends what is left. Never rejects. */
  stop(): Promise<void>;
}

/** Under this name the API finds the SDK, whatever copy of it has registered one. */
const API = Symbol.for('opentelemetry.js.api.1');

/** Whether the process was started with an SDK, as by `node --import @opentelemetry/auto-instrumentations-node/register`. */
export const hasForeignSdk = (): boolean =>
  (globalThis as { [API]?: { trace?: unknown } })[API]?.trace !== undefined;

export async function openTelemetry(options: Options): Promise<OpenTelemetry | undefined> {
  const { telemetry: settings, traceToAws: toAws, path, events } = options;
  const isForeign = hasForeignSdk();
  if (!settings && !isForeign) return undefined;
  const { createTraces, traceIds } = await import('../telemetry/telemetry.ts');
  const traces =
    settings?.traces || isForeign ? createTraces({ toAws, version, path, events: events?.path }) : undefined;
  let sdk: { shutdown(): Promise<void> } | undefined;
  return {
    traces,
    mixin: traces && traceIds,
    start: async (log, registry) => {
      if (isForeign || !settings) return log.info('traces go to the OpenTelemetry SDK of this process');
      const { startSdk } = await import('../telemetry/sdk.ts');
      sdk = await startSdk({ settings, version, registry, log });
    },
    stop: async () => sdk?.shutdown(),
  };
}
