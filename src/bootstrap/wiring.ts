// The parts of a gateway, connected: Redis, the upstream, the engine. One place for the program and the library.
import type { Logger } from 'pino';
import { type Config, ConfigError } from '../config/config.ts';
import type { Emulator } from '../emulator/emulator.ts';
import type { EventObserver } from '../events/receiver.ts';
import type { Redis } from '../redis/redis.ts';
import type { Metrics } from '../server/answer/metrics.ts';
import type { GatewayOptions } from '../server/gateway.ts';
import type { Authenticate } from '../server/identity/authentication.ts';
import type { Traces } from '../telemetry/telemetry.ts';
import type { EventLog } from '../upstream/changes.ts';
import type { Clock } from '../upstream/clock.ts';
import type { ClientOptions } from '../upstream/sdk/clients.ts';
import { readPersisted, type Settings } from './settings.ts';

export async function gatewayOf(
  settings: Pick<Settings, 'config'> & Partial<Settings>,
  parts: Pick<GatewayOptions, 'upstream' | 'log'> & Partial<GatewayOptions>,
) {
  const [{ schema }, { createGateway }] = await Promise.all([
    import('../schema/index.ts'),
    import('../server/gateway.ts'),
  ]);
  const { config, limits = {} } = settings;
  const persistedOperations = await readPersisted(settings);
  const defaultAccount = config.accounts?.[0]?.id;
  const fixed = { defaultAccount, events: undefined, limits, persistedOperations, schema };
  return createGateway({ ...config, ...fixed, ...parts });
}

/** They are guarded no less than the graph: with tokens for the graph alone, there is no `/metrics`. */
const isMetricsHidden = ({ metricsToken, jwt }: Config): boolean => !!jwt && !metricsToken;

export async function createMetrics(
  config: Config,
  options: { version: string; ofProcess: boolean },
): Promise<Metrics | undefined> {
  if (isMetricsHidden(config) && !config.telemetry?.metrics) return undefined;
  const { createMetrics } = await import('../server/answer/metrics.ts');
  return createMetrics(options);
}

interface Beside {
  metrics?: Metrics | undefined;
  emulator?: Emulator | undefined;
  redis?: Redis | undefined;
  clock?: Clock | undefined;
  tracing?: Traces | undefined;
  clients?: Pick<ClientOptions, 'credentials' | 'endpoints' | 'newClient'> | undefined;
}

export const requestMetrics = (
  config: Config,
  metrics: Metrics | undefined,
  shown: Omit<Parameters<Metrics['requests']>[0], 'token' | 'isHidden'>,
) => metrics?.requests({ ...shown, token: config.metricsToken, isHidden: isMetricsHidden(config) });

/** Where events are received. */
export function eventObserver(
  { events, eventsQueue }: Config,
  { metrics, emulator, tracing }: Beside,
  log: EventLog,
): EventObserver | undefined {
  if (!events && !eventsQueue && !emulator) return undefined;
  const counting = metrics?.events(log);
  return tracing?.observer(counting) ?? counting;
}

export async function connectUpstream(
  { callRates, accounts, regions, defaultRegion, replayMs }: Config,
  { metrics, emulator, redis, clock, clients, tracing }: Beside,
) {
  const { createUpstream } = await import('../upstream/upstream.ts');
  const own = accounts?.find(({ roleArn }) => !roleArn)?.id;
  const upstream = createUpstream({
    ...clients,
    clock,
    observer: metrics?.observer,
    tracing: tracing?.calls,
    shared: redis,
    accounts,
    regions,
    stsRegion: defaultRegion,
    rates: callRates,
    replayMs,
    ...(emulator && {
      endpoint: emulator.url,
      // The access key id chooses the account.
      credentials: {
        accessKeyId: own ?? 'emulator',
        secretAccessKey: 'emulator',
        ...(own && { accountId: own }),
      },
    }),
  });
  const account = await upstream.checkCredentials().catch((error: Error) => {
    upstream.close();
    if (error instanceof ConfigError) throw error;
    throw new ConfigError(`no AWS credentials: ${error.message}`);
  });
  if (!own || !account || account === own) return upstream;
  upstream.close();
  throw new ConfigError(
    `IVS_ACCOUNTS: expected a role of account ${own}, or credentials of it, got credentials of account ${account}`,
  );
}

export async function authenticateBy(jwt: NonNullable<Config['jwt']>, log: Logger): Promise<Authenticate> {
  const { jwtAuthentication } = await import('../server/identity/jwt.ts');
  return jwtAuthentication(jwt, { log });
}
