// The gateway, wired together. What can be wrong with its settings is found out before the schema is built.
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import {
  type Config,
  ConfigError,
  type Env,
  examine,
  misspelt,
  needsProfile,
  type Profile,
} from './config.ts';
import type { Emulator } from './emulator/emulator.ts';
import { readEventsQueue } from './events-queue.ts';
import { banner, originOf } from './help.ts';
import type { Redis } from './redis.ts';
import { joinReplicas } from './replicas.ts';
import type { Metrics } from './server/answer/metrics.ts';
import type { GatewayOptions } from './server/gateway.ts';
import { stopInOrder } from './server/http/shutdown.ts';
import type { Authenticate } from './server/identity/authentication.ts';
import type { Limits } from './server/limits/limits.ts';
import { createLog, isPretty } from './server/log.ts';

/** How long requests in flight may take to finish once the listener is closed. */
const FINISH_MS = 10_000;

export async function serve(env: Env, version: string): Promise<void> {
  const settings = await readSettings(env);
  const { config } = settings;
  const log = await createLog({ level: config.logLevel, format: config.logFormat });
  for (const slip of misspelt(env)) log.warn(slip);
  const metrics = await createMetrics(config, version);
  const embedded = config.backend === 'emulator' ? await import('./embedded.ts') : undefined;
  const emulator = await embedded?.embedEmulator(config.emulatorPort);
  const redis = await joinReplicas(config, { log, isEmulated: emulator !== undefined });
  const upstream = await connectUpstream(config, { metrics, emulator, redis });
  const { createDocumentStore } = await import('./server/limits/document-store.ts');
  const { ResponseCache } = await import('./server/response-cache/responses.ts');
  const responses = new ResponseCache(upstream);
  const { LiveFeeds } = await import('./live/feeds.ts');
  const feeds = new LiveFeeds({ ...config, upstream, shared: redis, rates: config.callRates, log });
  const state = { isReady: true };
  const hasEvents = config.events || config.eventsQueue || emulator;
  const observer = hasEvents ? metrics?.events(upstream.events) : undefined;
  const gateway = await gatewayOf(settings, {
    ...(redis && { rateStore: { storeClient: redis.client, keyPrefix: redis.keyOf('rate') } }),
    documents: createDocumentStore(redis),
    upstream,
    feeds,
    responses,
    log,
    ...(config.jwt && { authenticate: await authenticateBy(config.jwt, log) }),
    isReady: () => state.isReady,
    ...(config.events && { events: { ...config.events, regions: config.regions, observer } }),
    metrics: metrics?.requests({ upstream, responses, shared: redis, token: config.metricsToken }),
  });
  const { BEHIND_PROXIES, listen } = await import('./server/http/listener.ts');
  const bounds = config.proxies > 0 ? BEHIND_PROXIES : {};
  const { address, drain } = await listen(gateway.listener, config, bounds, gateway);
  const receiving = { events: upstream.events, regions: config.regions, observer };
  if (emulator) embedded?.deliverEvents(emulator, receiving);
  const queue = await readEventsQueue(config.eventsQueue, { ...receiving, shared: redis, log });
  logStarted(config, { address, emulator, log });
  stopInOrder(async () => {
    state.isReady = false;
    log.info({ delayMs: config.shutdownDelayMs, finishMs: FINISH_MS }, 'draining');
    await Promise.all([queue?.stop(), drain({ delayMs: config.shutdownDelayMs, finishMs: FINISH_MS })]);
    upstream.close();
    await redis?.close();
    await emulator?.close();
    log.info('stopped');
  }, log);
}

async function readProfile(): Promise<Profile> {
  const { readProfileRegion } = await import('./upstream/sdk/profile.ts');
  return { region: await readProfileRegion() };
}

/** `serve --check`: whether all is there that it needs to serve. It does not listen. */
export async function check(env: Env): Promise<boolean> {
  const settings = await readSettings(env);
  const { config } = settings;
  const { fetchKeys, probe, queueChecks, runChecks } = await import('./check.ts');
  const probeAws = async (region: string, log: Logger) => {
    const upstream = await connectUpstream(config, {});
    // Not bound by limits and manifest, which are for clients.
    const gateway = await gatewayOf({ config }, { upstream, log });
    await probe(gateway, region);
    upstream.close();
  };
  const aws = config.regions.map((region) => ({
    what: `AWS in ${region}: credentials, ListStages, ListChannels`,
    run: (log: Logger) => probeAws(region, log),
  }));
  const redis = {
    what: 'Redis',
    run: async (log: Logger) => (await joinReplicas(config, { log, isEmulated: false }))?.close(),
  };
  const issuers = (config.jwt?.issuers ?? []).map(({ issuer, jwksUri }) => ({
    what: `keys of ${issuer}`,
    run: (log: Logger) => fetchKeys(jwksUri, log),
  }));
  for (const slip of misspelt(env)) console.log(`warning ${slip}`);
  return runChecks(
    [
      { what: 'settings', run: () => readPersisted(settings) },
      ...(config.backend === 'aws' ? aws : []),
      ...(config.redisUrl ? [redis] : []),
      ...queueChecks(config.eventsQueue),
      ...issuers,
    ],
    console.log,
  );
}

/** All problems that can be found without a network call, at once. */
async function readSettings(env: Env) {
  const { config, problems } = examine(env, needsProfile(env) ? await readProfile() : {});
  const collect = (error: unknown) => {
    if (!(error instanceof ConfigError)) throw error;
    problems.push(...error.problems);
    return undefined;
  };
  await checkCallRates(config).catch(collect);
  const limits = await readLimits(config).catch(collect);
  const manifest = await readManifestFile(config).catch(collect);
  if (!limits || problems.length > 0) throw new ConfigError(...problems, ...misspelt(env));
  return { config, limits, manifest };
}

type Settings = Awaited<ReturnType<typeof readSettings>>;

async function gatewayOf(
  settings: Pick<Settings, 'config'> & Partial<Settings>,
  parts: Pick<GatewayOptions, 'upstream' | 'log'> & Partial<GatewayOptions>,
) {
  const [{ schema }, { createGateway }] = await Promise.all([
    import('./schema/index.ts'),
    import('./server/gateway.ts'),
  ]);
  const { config, limits = {} } = settings;
  const persistedOperations = await readPersisted(settings);
  return createGateway({ ...config, events: undefined, limits, persistedOperations, schema, ...parts });
}

function logStarted(
  config: Config,
  { address, emulator, log }: { address: AddressInfo; emulator: Emulator | undefined; log: Logger },
): void {
  const { backend, regions, defaultRegion } = config;
  const url = `${originOf(address)}/graphql`;
  if (process.stderr.isTTY && isPretty(config.logFormat))
    process.stderr.write(banner({ ...config, emulator: emulator?.url }, url));
  const queue = config.eventsQueue?.url;
  log.info({ url, backend, defaultRegion, regions, emulator: emulator?.url, queue }, 'started');
  if (config.isOpen)
    log.warn('AUTH_MODE is none: anyone who connects can do what the gateway’s AWS credentials allow');
}

async function readLimits({ limits: given }: Config): Promise<Limits> {
  const { defaultLimits } = await import('./server/limits/limits.ts');
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(defaultLimits, name));
  const names = Object.keys(defaultLimits).join(', ');
  if (unknown.length > 0)
    throw new ConfigError(`LIMITS: expected names among ${names}, got ${unknown.join(', ')}`);
  return { ...defaultLimits, ...given };
}

async function checkCallRates({ callRates }: Config): Promise<void> {
  const names = Object.keys(callRates);
  if (names.length === 0) return;
  const { isOperation } = await import('./upstream/operation.ts');
  const unknown = names.filter((name) => !isOperation(name));
  if (unknown.length > 0)
    throw new ConfigError(`IVS_CALL_RATES: expected operations of IVS, got ${unknown.join(', ')}`);
}

async function readManifestFile({ persistedOperations: path }: Config) {
  if (!path) return undefined;
  try {
    const { parseManifest } = await import('./server/limits/manifest.ts');
    return parseManifest(await readFile(path, 'utf8'));
  } catch (error) {
    throw wrongManifest(path, error);
  }
}

/** It is guarded no less than the graph: with tokens for the graph alone, there is none. */
async function createMetrics({ metricsToken, jwt }: Config, version: string): Promise<Metrics | undefined> {
  if (jwt && !metricsToken) return undefined;
  const { createMetrics } = await import('./server/answer/metrics.ts');
  return createMetrics({ version });
}

interface Beside {
  metrics?: Metrics | undefined;
  emulator?: Emulator | undefined;
  redis?: Redis | undefined;
}

async function connectUpstream(
  { callRates, regions, defaultRegion, replayMs }: Config,
  { metrics, emulator, redis }: Beside,
) {
  const { createUpstream } = await import('./upstream/upstream.ts');
  const upstream = createUpstream({
    observer: metrics?.observer,
    shared: redis,
    regions,
    rates: callRates,
    replayMs,
    ...(emulator && {
      endpoint: emulator.url,
      credentials: { accessKeyId: 'emulator', secretAccessKey: 'emulator' },
    }),
  });
  await upstream.checkCredentials(defaultRegion).catch((error: Error) => {
    throw new ConfigError(`no AWS credentials: ${error.message}`);
  });
  return upstream;
}

async function readPersisted({ config, limits, manifest }: Pick<Settings, 'config'> & Partial<Settings>) {
  if (!manifest || !limits) return undefined;
  const [{ readManifest }, { schema }] = await Promise.all([
    import('./server/limits/manifest.ts'),
    import('./schema/index.ts'),
  ]);
  try {
    return readManifest(manifest, { schema, limits, hasIntrospection: config.hasIntrospection });
  } catch (error) {
    throw wrongManifest(config.persistedOperations, error);
  }
}

const wrongManifest = (path: string | undefined, error: unknown) =>
  new ConfigError(`PERSISTED_OPERATIONS: ${path}: ${(error as Error).message}`);

async function authenticateBy(jwt: NonNullable<Config['jwt']>, log: Logger): Promise<Authenticate> {
  const { jwtAuthentication } = await import('./server/identity/jwt.ts');
  return jwtAuthentication(jwt, { log });
}
