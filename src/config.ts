// Environment → one checked, typed object. Nothing else reads process.env.
import { type JwtSettings, readAuth } from './auth-settings.ts';
import { type Environment, environment, isLoopback } from './environment.ts';
import type { Setting } from './help.ts';

/** A setting that cannot be used; its message is one line for whoever starts the program. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** All variables that are read, for whoever asks for help. */
export const settings = (): Setting[] =>
  Object.entries(environment).map(([name, { meaning, otherwise, default: constant }]) => ({
    name,
    meaning,
    otherwise: otherwise ?? (constant === undefined ? undefined : String(constant)),
  }));

export interface Config {
  host: string;
  port: number;
  backend: 'emulator' | 'aws';
  defaultRegion: string;
  regions: string[];
  /** Calls a second that this account was given, by operation, where they differ from what AWS publishes. */
  callRates: Record<string, number>;
  /** Holds a password, perhaps. */
  redisUrl: string | undefined;
  requestTimeoutMs: number;
  /** How long requests are still taken after a signal to stop. */
  shutdownDelayMs: number;
  /** Whose tokens are taken; undefined where nobody is asked who they are. */
  jwt?: JwtSettings | undefined;
  /** Set by hand where nobody is asked who they are, though it may matter. */
  isOpen: boolean;
  /** Nobody is asked who they are, and only this machine can reach it: then under no other names either. */
  isLoopbackOnly: boolean;
  /** By the names of server/limits.ts, where they differ from its numbers. */
  limits: Record<string, number>;
  proxies: number;
  corsOrigins: '*' | string[];
  corsHeaders: string[];
  hasIntrospection: boolean;
  hasGraphiQL: boolean;
  /** The path of a manifest. */
  persistedOperations: string | undefined;
  /** What `/metrics` must be asked with. */
  metricsToken: string | undefined;
  logLevel: string;
}

export function readConfig(env: Record<string, string | undefined>): Config {
  const data = Object.fromEntries(
    Object.keys(environment).map((name) => [name, readVariable(name as keyof Environment, env[name])]),
  ) as Environment;
  const isLocal = isLoopback(data.HOST) && data.IVS_BACKEND === 'emulator';
  const { jwt, problems } = readAuth(data);
  if (problems[0]) throw new ConfigError(problems[0]);
  if (!data.AUTH_MODE && !isLocal) throw new ConfigError(MUST_CHOOSE_AUTH);
  const defaultRegion = data.AWS_REGION ?? (data.IVS_BACKEND === 'emulator' ? 'us-west-2' : undefined);
  if (!defaultRegion)
    throw new ConfigError(
      'AWS_REGION: expected an AWS region such as us-west-2, since IVS_BACKEND is aws; it is not set',
    );
  const regions = data.IVS_REGIONS ?? [defaultRegion];
  if (!regions.includes(defaultRegion)) {
    throw new ConfigError(
      `IVS_REGIONS: expected a list with AWS_REGION (${defaultRegion}) in it, got ${regions.join(',')}`,
    );
  }
  return {
    host: data.HOST,
    port: data.PORT,
    backend: data.IVS_BACKEND,
    defaultRegion,
    regions,
    callRates: data.IVS_CALL_RATES ?? {},
    redisUrl: data.REDIS_URL,
    requestTimeoutMs: data.REQUEST_TIMEOUT_MS,
    shutdownDelayMs: data.SHUTDOWN_DELAY_MS ?? (isLoopback(data.HOST) ? 0 : BALANCER_MS),
    jwt,
    isOpen: !isLocal && !jwt,
    isLoopbackOnly: isLoopback(data.HOST) && !jwt,
    limits: data.LIMITS ?? {},
    proxies: data.TRUST_PROXY,
    corsOrigins: data.CORS_ORIGINS?.join() === '*' ? '*' : (data.CORS_ORIGINS ?? []),
    corsHeaders: data.CORS_HEADERS ?? [],
    hasIntrospection: data.INTROSPECTION === 'on',
    // Where only known operations are taken, it has nothing to try.
    hasGraphiQL: (data.GRAPHIQL ?? (data.PERSISTED_OPERATIONS ? 'off' : 'on')) === 'on',
    persistedOperations: data.PERSISTED_OPERATIONS,
    metricsToken: data.METRICS_TOKEN,
    logLevel: data.LOG_LEVEL,
  };
}

/** No balancer reaches loopback. One elsewhere asks /readyz every few seconds; together with the 10 seconds of the drain this
 * stays below the 30 that Kubernetes gives. */
const BALANCER_MS = 5_000;

const MUST_CHOOSE_AUTH =
  'AUTH_MODE: expected jwt, or none, set by hand, to serve real AWS or another host than loopback without authentication; it is not set';

/** An empty variable is one that is not set, as compose files and shells leave them. */
function readVariable(name: keyof Environment, given: string | undefined) {
  const { read, expected, default: otherwise } = environment[name];
  if (given === undefined || given === '') return otherwise;
  const value = read(given);
  if (value !== undefined) return value;
  // What cannot be read as a URL may hold a password all the same.
  const wanted = typeof expected === 'string' ? expected : expected(given);
  const got = name === 'REDIS_URL' ? 'another text, not shown here' : JSON.stringify(given);
  throw new ConfigError(`${name}: expected ${wanted}, got ${got}`);
}
