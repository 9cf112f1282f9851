// Environment → one checked, typed object. Nothing else reads process.env.
import { closest, distance } from 'fastest-levenshtein';
import { type Account, readAccounts } from './account-settings.ts';
import { type JwtSettings, readAuth } from './auth-settings.ts';
import { ConfigError } from './config-error.ts';
import { problemOfIam } from './environment/redis-iam.ts';
import { isLoopback } from './environment/values.ts';
import { type Environment, environment } from './environment.ts';
import type { Setting } from './help.ts';
import { readTelemetry } from './otel-settings.ts';
import { mayHoldSecret, secretText } from './secret-files.ts';
import type { TelemetrySettings } from './telemetry/settings.ts';

export { ConfigError };

/** All variables that are read, for the help text. */
export const settings = (): Setting[] =>
  Object.entries(environment).map(([name, { meaning, otherwise, default: constant }]) => ({
    name,
    meaning,
    otherwise: otherwise ?? (constant === undefined ? undefined : String(constant)),
  }));

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

export type Env = Record<string, string | undefined>;

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

/** Others' names that are near one of ours by nature, those of OpenTelemetry's SDK, and proxies, which are also written in lower case. */
const OTHERS = /^(AWS_ENDPOINT_URL_\w+|(HTTPS?|ALL|NO)_PROXY|OTEL_\w+)$/i;
/** Two letters of a long name are a slip; of a short one, another name: HOME is not HOST. */
const slipsIn = ({ length }: string): number => (length < 5 ? 0 : length < 8 ? 1 : 2);

/** Of variables that nothing reads, and that are nearly called like one that is, a line each. */
export function misspelt(env: Env): string[] {
  const names = Object.keys(environment);
  return Object.keys(env)
    .filter((name) => env[name] && !names.includes(name) && !OTHERS.test(name))
    .map((name) => ({ name, meant: closest(name.toUpperCase(), names) }))
    .filter(({ name, meant }) => distance(name.toUpperCase(), meant) <= slipsIn(meant))
    .map(({ name, meant }) => `${name} is not a setting and has no effect. Did you mean ${meant}?`);
}

class Problems {
  readonly lines: string[] = [];
  readonly #wrong = new Set<string>();

  /** The value, or what holds without one. */
  read(name: keyof Environment, given: () => string | undefined) {
    return this.collect(() => readVariable(name, given()), name) ?? environment[name].default;
  }

  collect<Value>(check: () => Value, name?: string): Value | undefined {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      // Consequences of a wrong value are not reported.
      const names = (line: string) => line.match(/\b[A-Z][A-Z_]+\b/g) ?? [];
      this.lines.push(...error.problems.filter((line) => !names(line).some((one) => this.#wrong.has(one))));
      if (name) this.#wrong.add(name);
      return undefined;
    }
  }
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

/** Where the demo world has something. */
const DEMO_REGIONS = ['us-west-2', 'eu-west-1'];

/** What ~/.aws says, as far as it is wanted. */
export interface Profile {
  region?: string | undefined;
}

/** Whether the profile's region decides; then only is it worth a look at the files. */
export const needsProfile = (env: Env): boolean =>
  env.IVS_BACKEND === 'aws' && !env.AWS_REGION && !env.AWS_DEFAULT_REGION;

/** In the order of the AWS CLI and SDKs. The demo world is where it is, whatever the machine is used for otherwise. */
function readRegion(data: Environment, profile: Profile): string {
  if (data.AWS_REGION) return data.AWS_REGION;
  if (data.IVS_BACKEND === 'emulator') return 'us-west-2';
  if (data.AWS_DEFAULT_REGION) return data.AWS_DEFAULT_REGION;
  const region = profile.region && environment.AWS_REGION.read(profile.region);
  if (region) return region;
  throw new ConfigError(
    `AWS_REGION: expected an AWS region such as us-west-2, since IVS_BACKEND is aws; neither it nor AWS_DEFAULT_REGION is set, and the profile in ~/.aws has ${profile.region ? JSON.stringify(profile.region) : 'none'}`,
  );
}

function readRegions(data: Environment, profile: Profile): Pick<Config, 'defaultRegion' | 'regions'> {
  const defaultRegion = readRegion(data, profile);
  const demo = data.IVS_BACKEND === 'emulator' ? DEMO_REGIONS : [];
  const regions = data.IVS_REGIONS ?? [...new Set([defaultRegion, ...demo])];
  if (regions.includes(defaultRegion)) return { defaultRegion, regions };
  throw new ConfigError(
    `IVS_REGIONS: expected a list with AWS_REGION (${defaultRegion}) in it, got ${regions.join(',')}`,
  );
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

/** An empty variable is one that is not set, as compose files and shells leave them. */
function readVariable(name: keyof Environment, given: string | undefined) {
  const { read, expected, default: otherwise } = environment[name];
  if (given === undefined || given === '') return otherwise;
  const value = read(given);
  if (value !== undefined) return value;
  // What cannot be read as a URL may hold a password all the same.
  const wanted = typeof expected === 'string' ? expected : expected(given);
  const got = mayHoldSecret(name) ? 'another text, not shown here' : JSON.stringify(given);
  throw new ConfigError(`${name}: expected ${wanted}, got ${got}`);
}
