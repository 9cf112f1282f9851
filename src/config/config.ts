// Environment → one checked, typed object. Nothing else reads process.env.

import type { TelemetrySettings } from '../telemetry/settings.ts';
import { type Account, readAccounts } from './accounts.ts';
import { type JwtSettings, readAuth } from './authentication.ts';
import { ConfigError } from './config-error.ts';
import { problemOfIam } from './environment/redis-iam.ts';
import { isLoopback } from './environment/values.ts';
import { type Environment, environment } from './environment.ts';
import { readTelemetry } from './open-telemetry.ts';
import { Problems } from './problems.ts';
import { type Profile, readRegions } from './regions.ts';
import { secretText } from './secret-files.ts';

export { misspelt } from './misspelt.ts';
export { needsProfile, type Profile } from './regions.ts';
export { ConfigError };

/** A variable of the environment. */
export interface Setting {
  name: string;
  meaning: string;
  /** What holds without it, in words where it is no constant; undefined where there is nothing to say. */
  otherwise: string | undefined;
}

/** All variables that are read, for the help text. */
export const settings = (): Setting[] =>
  Object.entries(environment).map(([name, { meaning, otherwise, default: constant }]) => ({
    name,
    meaning,
    otherwise: otherwise ?? (constant === undefined ? undefined : String(constant)),
  }));

export type Env = Record<string, string | undefined>;

export interface Config {
  host: string;
  port: number;
  /** Of GraphQL. */
  path: string;
  backend: 'emulator' | 'aws';
  /** Where the embedded emulator listens. */
  emulatorPort: number;
  defaultRegion: string;
  regions: string[];
  /** The default one first; undefined: that of the credentials. */
  accounts: Account[] | undefined;
  /** Calls a second that this account was given, by operation, where they differ from AWS’s published rates. */
  callRates: Record<string, number>;
  /** Holds a password, perhaps. */
  redisUrl: string | undefined;
  redisPrefix: string;
  redisIam: Environment['REDIS_IAM'];
  requestTimeoutMs: number;
  /** How long requests are still taken after a signal to stop. */
  shutdownDelayMs: number;
  /** Whose tokens are accepted; undefined without authentication. */
  jwt?: JwtSettings | undefined;
  /** Set explicitly without authentication, although clients may be remote. */
  isOpen: boolean;
  /** Without authentication on loopback, only loopback names are served. */
  isLoopbackOnly: boolean;
  /** By the names of server/limits.ts, where they differ from its numbers. */
  limits: Record<string, number>;
  /** Running, of all callers. */
  maxSubscriptions: number;
  /** Between two reads of what subscribers watch. */
  pollMs: number;
  /** How long a subscriber can continue behind a cursor. */
  replayMs: number;
  proxies: number;
  corsOrigins: '*' | string[];
  corsHeaders: string[];
  hasIntrospection: boolean;
  hasGraphiQL: boolean;
  /** The path of a manifest. */
  persistedOperations: string | undefined;
  /** Where events of EventBridge are received, and the secrets of which one is required; undefined where they are not. */
  events: { path: string; secrets: string[] } | undefined;
  /** Whose messages are events; undefined where none is read. */
  eventsQueue: { url: string; endpoint: string | undefined; defaultRegion: string } | undefined;
  /** The token that `/metrics` requires. */
  metricsToken: string | undefined;
  logLevel: string;
  /** What of OpenTelemetry is wanted; undefined: nothing. */
  telemetry: TelemetrySettings | undefined;
  /** Whether calls to AWS carry the headers of a trace. */
  traceToAws: boolean;
  /** Undefined: as it suits where the log goes. */
  logFormat: 'json' | 'pretty' | undefined;
}

export function readConfig(env: Env, profile: Profile = {}): Config {
  const { config, problems } = examine(env, profile);
  if (problems.length > 0) throw new ConfigError(...problems);
  return config;
}

/** All problems at once, so that one start shows them all. Without problems the config can be used. */
export function examine(env: Env, profile: Profile = {}): { config: Config; problems: string[] } {
  const found = new Problems();
  const data = Object.fromEntries(
    Object.keys(environment).map((name) => [
      name,
      found.read(name as keyof Environment, () => secretText(name, env)),
    ]),
  ) as Environment;
  // Also written so, and then before the others.
  for (const name of ['HTTPS_PROXY', 'HTTP_PROXY'] as const) found.read(name, () => env[name.toLowerCase()]);
  const config = configOf(data, profile, (check) => found.collect(check));
  return { config, problems: found.lines };
}

function configOf(data: Environment, profile: Profile, check: Problems['collect']): Config {
  const isLocal = isLoopback(data.HOST) && data.IVS_BACKEND === 'emulator';
  const jwt = check(() => readJwt(data));
  check(() => checkAuthIsChosen(data, isLocal));
  check(() => refuse(problemOfIam(data.REDIS_URL, data.REDIS_IAM)));
  const { defaultRegion, regions } = check(() => readRegions(data, profile)) ?? {
    defaultRegion: '',
    regions: [],
  };
  return {
    host: data.HOST,
    port: data.PORT,
    path: data.GRAPHQL_PATH,
    backend: data.IVS_BACKEND,
    emulatorPort: data.EMULATOR_PORT,
    defaultRegion,
    regions,
    accounts: check(() => readAccounts(data)),
    callRates: data.IVS_CALL_RATES ?? {},
    redisUrl: data.REDIS_URL,
    redisPrefix: data.REDIS_PREFIX,
    redisIam: data.REDIS_IAM,
    requestTimeoutMs: data.REQUEST_TIMEOUT_MS,
    shutdownDelayMs: data.SHUTDOWN_DELAY_MS ?? (isLoopback(data.HOST) ? 0 : BALANCER_MS),
    jwt,
    isOpen: !isLocal && !jwt,
    isLoopbackOnly: isLoopback(data.HOST) && !jwt,
    limits: data.LIMITS ?? {},
    maxSubscriptions: data.LIVE_MAX_SUBSCRIPTIONS,
    pollMs: data.LIVE_POLL_MS,
    replayMs: data.LIVE_REPLAY_SECONDS * 1000,
    proxies: data.TRUST_PROXY,
    corsOrigins: data.CORS_ORIGINS?.join() === '*' ? '*' : (data.CORS_ORIGINS ?? []),
    corsHeaders: data.CORS_HEADERS ?? [],
    hasIntrospection: data.INTROSPECTION === 'on',
    // Where only known operations are taken, it has nothing to try.
    hasGraphiQL: (data.GRAPHIQL ?? (data.PERSISTED_OPERATIONS ? 'off' : 'on')) === 'on',
    persistedOperations: data.PERSISTED_OPERATIONS,
    events: check(() => readEvents(data, isLoopback(data.HOST) && !jwt)),
    eventsQueue: data.EVENTS_SQS_URL
      ? { url: data.EVENTS_SQS_URL, endpoint: data.AWS_ENDPOINT_URL_SQS, defaultRegion }
      : undefined,
    metricsToken: data.METRICS_TOKEN,
    logLevel: data.LOG_LEVEL,
    logFormat: data.LOG_FORMAT,
    telemetry: readTelemetry(data),
    traceToAws: data.TRACE_TO_AWS === 'on',
  };
}

function checkAuthIsChosen(data: Environment, isLocal: boolean): void {
  if (!data.AUTH_MODE && !isLocal) throw new ConfigError(mustChooseAuth(data));
}

function refuse(problem: string | undefined): void {
  if (problem) throw new ConfigError(problem);
}

/** Without a secret, anyone who connects could make the caches be forgotten. */
function readEvents(data: Environment, isLoopbackOnly: boolean): Config['events'] {
  const { EVENTS_SECRET: secrets = [], EVENTS_PATH: path = '/events', GRAPHQL_PATH: graphqlPath } = data;
  if (path === graphqlPath)
    throw new ConfigError(
      `EVENTS_PATH: expected another path than GRAPHQL_PATH, got ${JSON.stringify(path)}`,
    );
  if (secrets.length > 0 || isLoopbackOnly) return { path, secrets };
  if (!data.EVENTS_PATH) return undefined;
  throw new ConfigError(
    'EVENTS_SECRET: expected a secret, since EVENTS_PATH is set, and HOST is not loopback or AUTH_MODE is jwt; it is not set',
  );
}

function readJwt(data: Environment): Config['jwt'] {
  const { jwt, problems } = readAuth(data);
  if (problems.length > 0) throw new ConfigError(...problems);
  return jwt;
}

/** No balancer reaches loopback. One elsewhere asks /readyz every few seconds; together with the 10 seconds of the drain this
 * stays below the 30 that Kubernetes gives. */
const BALANCER_MS = 5_000;

/** Names the variable: conda, for one, sets HOST for purposes of its own. */
function mustChooseAuth({ IVS_BACKEND: backend, HOST: host }: Environment): string {
  const reasons = [
    ...(backend === 'aws' ? ['IVS_BACKEND is aws'] : []),
    ...(isLoopback(host) ? [] : [`HOST is ${JSON.stringify(host)}, which is not loopback`]),
  ];
  return `AUTH_MODE: expected jwt, or none, set explicitly, to serve without authentication, since ${reasons.join(' and ')}; it is not set`;
}
