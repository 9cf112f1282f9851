// The gateway, wired together. What can be wrong with its settings is found out before the schema is built.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { type Config, ConfigError, type Env, examine, needsProfile, type Profile } from './config.ts';
import type { Emulator } from './emulator/emulator.ts';
import { banner } from './help.ts';
import type { Redis } from './redis.ts';
import type { Metrics } from './server/answer/metrics.ts';
import { stopInOrder } from './server/http/shutdown.ts';
import type { Authenticate } from './server/identity/authentication.ts';
import type { Limits } from './server/limits/limits.ts';
import type { PersistedOperation } from './server/limits/manifest.ts';
import { createLog } from './server/log.ts';

/** How long requests in flight may take to finish once the listener is closed. */
const FINISH_MS = 10_000;

export async function serve(): Promise<void> {
  const { config, limits, manifest } = await readSettings(process.env);
  const log = createLog(config.logLevel);
  const metrics = await createMetrics(config);
  const emulator = config.backend === 'emulator' ? await embedEmulator() : undefined;
  const redis = await joinReplicas(config, log, emulator);
  const upstream = await connectUpstream(config, { metrics, emulator, redis });

  const [{ schema }, { createGateway }, { createDocumentStore }, { BEHIND_PROXIES, listen }] =
    await Promise.all([
      import('./schema/index.ts'),
      import('./server/server.ts'),
      import('./server/limits/document-store.ts'),
      import('./server/http/listener.ts'),
    ]);
  const state = { isReady: true };
  const gateway = createGateway({
    ...config,
    limits,
    persistedOperations: await readPersisted(manifest, config, limits, schema),
    ...(redis && { rateStore: { storeClient: redis.client, keyPrefix: redis.keyOf('rate') } }),
    documents: createDocumentStore(redis),
    schema,
    upstream,
    log,
    ...(config.jwt && { authenticate: await authenticateBy(config.jwt, log) }),
    isReady: () => state.isReady,
    metrics: metrics?.plugin({ upstream, token: config.metricsToken }),
  });
  const { address, drain } = await listen(gateway, config, config.proxies > 0 ? BEHIND_PROXIES : {});
  console.log(banner(config, address));
  if (config.isOpen)
    log.warn('AUTH_MODE is none: whoever can reach this gateway can do what its AWS credentials can do');
  stopInOrder(async () => {
    state.isReady = false;
    await drain({ delayMs: config.shutdownDelayMs, finishMs: FINISH_MS });
    upstream.close();
    await redis?.close();
    await emulator?.close();
  }, log);
}

async function readProfile(): Promise<Profile> {
  const { readProfileRegion } = await import('./upstream/sdk/profile.ts');
  return { region: await readProfileRegion() };
}

/** All that can be known to be wrong without asking anybody, at once. */
async function readSettings(env: Env) {
  const { config, problems } = examine(env, needsProfile(env) ? await readProfile() : {});
  const told = (error: unknown) => {
    if (!(error instanceof ConfigError)) throw error;
    problems.push(...error.problems);
    return undefined;
  };
  await checkCallRates(config).catch(told);
  const limits = await readLimits(config).catch(told);
  const manifest = await readManifestFile(config).catch(told);
  if (!limits || problems.length > 0) throw new ConfigError(...problems);
  return { config, limits, manifest };
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
async function createMetrics({ metricsToken, jwt }: Config): Promise<Metrics | undefined> {
  if (jwt && !metricsToken) return undefined;
  const { createMetrics } = await import('./server/answer/metrics.ts');
  return createMetrics();
}

async function embedEmulator(): Promise<Emulator> {
  const { startEmulator } = await import('./emulator/emulator.ts');
  return startEmulator({ seed: 'demo', alive: true });
}

async function joinReplicas({ redisUrl }: Config, log: Logger, emulator?: Emulator) {
  if (!redisUrl) return undefined;
  const { ClusterError, Redis } = await import('./redis.ts');
  // An embedded emulator is nobody else's: what is known of its world means nothing to another one.
  const prefix = `ivs-graphql:${emulator ? randomUUID() : 'aws'}:`;
  return Redis.connect({ url: redisUrl, prefix, log }).catch((error: Error) => {
    throw error instanceof ClusterError ? new ConfigError(`REDIS_URL: ${error.message}`) : error;
  });
}

interface Beside {
  metrics: Metrics | undefined;
  emulator: Emulator | undefined;
  redis: Redis | undefined;
}

async function connectUpstream(
  { callRates, regions, defaultRegion }: Config,
  { metrics, emulator, redis }: Beside,
) {
  const { createUpstream } = await import('./upstream/upstream.ts');
  const upstream = createUpstream({
    observe: metrics?.observe,
    shared: redis,
    regions,
    rates: callRates,
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

async function readPersisted(
  manifest: readonly PersistedOperation[] | undefined,
  { persistedOperations: path, hasIntrospection }: Config,
  limits: Limits,
  schema: GraphQLSchema,
) {
  if (manifest === undefined) return undefined;
  const { readManifest } = await import('./server/limits/manifest.ts');
  try {
    return readManifest(manifest, { schema, limits, hasIntrospection });
  } catch (error) {
    throw wrongManifest(path, error);
  }
}

const wrongManifest = (path: string | undefined, error: unknown) =>
  new ConfigError(`PERSISTED_OPERATIONS: ${path}: ${(error as Error).message}`);

async function authenticateBy(jwt: NonNullable<Config['jwt']>, log: Logger): Promise<Authenticate> {
  const { jwtAuthentication } = await import('./server/identity/jwt.ts');
  return jwtAuthentication(jwt, { log });
}
