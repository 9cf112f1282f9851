// A gateway as its settings have it, from the emulator and Redis to the listener, and its end in the reverse order. It changes
// nothing of its process: the program adds signals (`cli/serve.ts`), the library what a host application needs (`library/create.ts`).
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import type { Emulator } from '../emulator/emulator.ts';
import type { QueueReader } from '../events/queue-reader.ts';
import type { Gateway } from '../server/gateway.ts';
import type { Drain, Listening } from '../server/http/listener.ts';
import type { Clock } from '../upstream/clock.ts';
import type { ClientOptions } from '../upstream/sdk/clients.ts';
import { version } from '../version.ts';
import { readEventsQueue } from './events-queue.ts';
import type { OpenTelemetry } from './open-telemetry.ts';
import { joinReplicas } from './replicas.ts';
import type { Settings } from './settings.ts';
import {
  authenticateBy,
  connectUpstream,
  createMetrics,
  eventObserver,
  gatewayOf,
  requestMetrics,
} from './wiring.ts';

export interface GatewayParts {
  log: Logger;
  clock?: Clock | undefined;
  /** Absent: as the AWS SDK finds them. */
  clients?: Pick<ClientOptions, 'credentials' | 'endpoints' | 'newClient'> | undefined;
  /** Where traces or metrics are sent. */
  telemetry?: OpenTelemetry | undefined;
  /** Whether `/metrics` includes those of the process. */
  hasProcessMetrics: boolean;
}

export interface OpenGateway {
  gateway: Gateway;
  /** The embedded one. */
  emulator: Emulator | undefined;
  /** Listens on the host and port of the settings. */
  listen(): Promise<AddressInfo>;
  /** Receives events of the embedded emulator and of the queue. */
  receiveEvents(): Promise<void>;
  /** Around a time in which the process does not run; with Redis, see `Redis.pause`. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Ends the listener within these times, then everything else. */
  close(times?: Drain): Promise<void>;
}

/** If it rejects, nothing of it is left open. */
export async function openGateway(settings: Settings, parts: GatewayParts): Promise<OpenGateway> {
  const closers: (() => unknown)[] = [];
  // Last, with the spans of all others.
  closers.push(() => parts.telemetry?.stop());
  const closeAll = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    return await openWith(settings, parts, { closers, closeAll });
  } catch (error) {
    await closeAll();
    throw error;
  }
}

interface Closing {
  closers: (() => unknown)[];
  closeAll(): Promise<void>;
}

async function openWith(settings: Settings, parts: GatewayParts, { closers, closeAll }: Closing) {
  const [{ config }, tracing] = [settings, parts.telemetry?.traces];
  const { log, clock, clients, telemetry } = parts;
  const metrics = await createMetrics(config, { version, ofProcess: parts.hasProcessMetrics });
  await telemetry?.start(log, metrics?.registry);
  const embedded = config.backend === 'emulator' ? await import('./embedded-emulator.ts') : undefined;
  const emulator = await embedded?.embedEmulator(config.emulatorPort, config.accounts?.[0]?.id);
  closers.push(() => emulator?.close());
  const redis = await joinReplicas(config, { log, isEmulated: emulator !== undefined });
  closers.push(() => redis?.close());
  if (redis) tracing?.scripts(redis);
  const upstream = await connectUpstream(config, { metrics, emulator, redis, clock, clients, tracing });
  closers.push(() => upstream.close());
  const { createDocumentStore } = await import('../server/limits/document-store.ts');
  const { ResponseCache } = await import('../server/response-cache/responses.ts');
  const { LiveFeeds } = await import('../live/feeds.ts');
  const responses = new ResponseCache({ reuse: upstream.reuse, ...(clock && { clock }) });
  const feeds = new LiveFeeds({ ...config, upstream, shared: redis, rates: config.callRates, log, clock });
  const state = { isReady: true };
  const observer = eventObserver(config, { metrics, emulator, tracing }, upstream.events);
  const gateway = await gatewayOf(settings, {
    ...(redis && { rateStore: { storeClient: redis.client, keyPrefix: redis.keyOf('rate') } }),
    ...(clock && { clock }),
    documents: createDocumentStore(redis),
    upstream,
    feeds,
    responses,
    log,
    ...(config.jwt && { authenticate: await authenticateBy(config.jwt, log) }),
    isReady: () => state.isReady,
    ...(config.events && { events: { ...config.events, ...servedBy(config), observer } }),
    studioUrl: emulator?.studioUrl,
    metrics: requestMetrics(config, metrics, { upstream, responses, shared: redis }),
    tracing,
  });
  closers.push(() => gateway.dispose());
  let listening: Listening | undefined;
  let queue: QueueReader | undefined;
  return {
    gateway,
    emulator,
    listen: async () => {
      const { BEHIND_PROXIES, listen } = await import('../server/http/listener.ts');
      const bounds = config.proxies > 0 ? BEHIND_PROXIES : {};
      const listener = tracing?.listener(gateway.listener) ?? gateway.listener;
      listening = await listen(listener, config, bounds, gateway);
      return listening.address;
    },
    receiveEvents: async () => {
      const receiving = { events: upstream.events, ...servedBy(config), observer };
      if (emulator) embedded?.deliverEvents(emulator, receiving);
      queue = await readEventsQueue(
        config.eventsQueue && { ...config.eventsQueue, ...credentialsOf(parts) },
        { ...receiving, shared: redis, log, trace: tracing?.receive },
      );
    },
    pause: async () => redis?.pause(),
    resume: async () => redis?.resume(),
    close: async (times: Drain = { delayMs: 0, finishMs: 0 }) => {
      state.isReady = false;
      await Promise.all([queue?.stop(), listening?.drain(times)]);
      await closeAll();
    },
  };
}

/** Whose events are recorded. */
const servedBy = ({ regions, accounts }: Settings['config']) => ({
  regions,
  accounts: accounts?.map(({ id }) => id),
});

const credentialsOf = ({ clients }: GatewayParts) =>
  clients?.credentials && { credentials: clients.credentials };
