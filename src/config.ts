// Environment → one checked, typed object. Nothing else reads process.env.
import { z } from 'zod';
import type { Setting } from './help.ts';

/** A setting that cannot be used; its message is one line for whoever starts the program. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;
const region = z.string().regex(REGION, 'an AWS region such as us-west-2');
const port = z.coerce
  .number('a port number from 0 to 65535')
  .int('a port number from 0 to 65535')
  .min(0, 'a port number from 0 to 65535')
  .max(65535, 'a port number from 0 to 65535');
const WHOLE_MILLISECONDS = 'milliseconds, a whole number from 1 to 600000';
const milliseconds = z.coerce
  .number(WHOLE_MILLISECONDS)
  .int(WHOLE_MILLISECONDS)
  .min(1, WHOLE_MILLISECONDS)
  .max(600_000, WHOLE_MILLISECONDS);
const WAIT = 'milliseconds, a whole number from 0 to 600000';
const wait = z.coerce.number(WAIT).int(WAIT).min(0, WAIT).max(600_000, WAIT);
const oneOf = <const V extends [string, ...string[]]>(...values: V) =>
  z.enum(values, `one of ${values.join(', ')}`);
const CALL_RATES = 'operations and their calls a second, such as GetParticipant=20,ListParticipants=10';
const REDIS_EXPECTED = 'a URL such as redis://localhost:6379/0';
const redisUrl = z
  .url({ protocol: /^rediss?$/, hostname: /./, error: REDIS_EXPECTED, abort: true })
  .refine((text) => /^(\/\d*)?$/.test(new URL(text).pathname), REDIS_EXPECTED);
const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host);
/** Whoever could put in keys of his own would be anybody: no plain http but to this machine. */
const KEYS_URL = 'an https URL without a user, or an http one on loopback';
const isSafeForKeys = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  const isPrivate =
    protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname.replace(/[[\]]/g, '')));
  return isPrivate && !username && !password;
};
const LIMITS = 'names of limits and positive numbers, such as calls=500,depth=12';
/** Names with positive numbers: `a=1,b=2.5`. */
const numbers = (expected: string) =>
  z
    .string()
    .regex(/^\s*[A-Za-z]+=\d+(\.\d+)?\s*(,\s*[A-Za-z]+=\d+(\.\d+)?\s*)*$/, expected)
    .refine((list) => !/\b(\w+)=.*\b\1=/.test(list), `${expected}, each name once`)
    .transform((list) => list.split(',').map((pair) => pair.trim().split('=') as [string, string]))
    .transform((pairs) => Object.fromEntries(pairs.map(([name, value]) => [name, Number(value)])))
    .refine((values) => Object.values(values).every((value) => value > 0), expected);
const url = z.url({ protocol: /^https?$/, error: 'an http or https URL' });

const PROXIES = 'how many proxies of your own stand in front, from 0 to 10';
const proxies = z.coerce.number(PROXIES).int(PROXIES).min(0, PROXIES).max(10, PROXIES);
const ORIGINS = 'origins such as https://app.example.com,http://localhost:3000, or *';
const origins = z
  .string()
  .transform((list) => list.split(',').map((origin) => origin.trim()))
  .refine((list) => list.join() === '*' || list.every(isOrigin), ORIGINS)
  .transform((list) => (list.join() === '*' ? ('*' as const) : list));

/** What `serve --help` says of a variable: its meaning, and what holds without it where that is no constant. */
const says = (description: string, otherwise?: string) => ({ description, otherwise });

const environment = z.object({
  HOST: z.string().default('127.0.0.1').meta(says('address to listen on')),
  PORT: port.default(4000).meta(says('port to listen on')),
  IVS_BACKEND: oneOf('emulator', 'aws')
    .default('emulator')
    .meta(says('emulator (embedded, with a demo world) or aws')),
  AWS_REGION: region
    .optional()
    .meta(says('region of lists that name none', 'us-west-2 for the emulator, else it must be set')),
  IVS_REGIONS: z
    .string()
    .transform((list) => list.split(',').map((name) => name.trim()))
    .pipe(z.array(region).min(1))
    .optional()
    .meta(says('comma-separated regions that may be called', 'the value of AWS_REGION')),
  AWS_ENDPOINT_URL: url.optional().meta(says('where AWS is, with IVS_BACKEND=aws')),
  AWS_ENDPOINT_URL_IVS: url.optional().meta(says('the same, for Low-Latency alone')),
  AWS_ENDPOINT_URL_IVS_REALTIME: url.optional().meta(says('the same, for Real-Time alone')),
  REDIS_URL: redisUrl.optional().meta(says('a Redis or Valkey that replicas share: redis://…, rediss://…')),
  IVS_CALL_RATES: numbers(CALL_RATES)
    .optional()
    .meta(says('calls a second that your account was given: GetStage=20,…', 'what AWS publishes')),
  REQUEST_TIMEOUT_MS: milliseconds
    .default(30_000)
    .meta(says('how long the AWS calls of a request may take, waits included')),
  SHUTDOWN_DELAY_MS: wait
    .optional()
    .meta(says('how long requests are still taken after SIGTERM', '0 on loopback, else 5000')),
  AUTH_MODE: oneOf('none', 'jwt')
    .optional()
    .meta(
      says('none, or jwt: who asks needs a token', 'none for the emulator on loopback, else it must be set'),
    ),
  AUTH_JWKS_URI: z
    .string()
    .refine(isSafeForKeys, KEYS_URL)
    .optional()
    .meta(says('with jwt: where the issuer publishes its keys')),
  AUTH_ISSUER: z.string().optional().meta(says('with jwt: the issuer, as the claim iss names it')),
  AUTH_AUDIENCE: z.string().optional().meta(says('with jwt: this gateway, as the claim aud names it')),
  LIMITS: numbers(LIMITS).optional().meta(says('other limits of a request: depth=12,…', 'docs/limits.md')),
  TRUST_PROXY: proxies.default(0).meta(says('how many proxies of your own stand in front')),
  CORS_ORIGINS: origins.optional().meta(says('comma-separated origins whose pages may ask, or *', 'none')),
  INTROSPECTION: oneOf('on', 'off').default('on').meta(says('off hides the schema')),
  GRAPHIQL: oneOf('on', 'off')
    .optional()
    .meta(says('whether browsers get GraphiQL', 'on; off with PERSISTED_OPERATIONS')),
  PERSISTED_OPERATIONS: z
    .string()
    .optional()
    .meta(says('path of a manifest: its operations are then the only ones')),
  METRICS_TOKEN: z.string().optional().meta(says('what /metrics must be asked with, as a bearer token')),
  LOG_LEVEL: oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent')
    .default('info')
    .meta(says('trace, debug, info, warn, error, fatal or silent; the log goes to stderr')),
});

/** All variables that are read, for whoever asks for help. */
export const settings = (): Setting[] =>
  Object.entries(environment.shape).map(([name, schema]) => {
    const { description = '', otherwise } = schema.meta() ?? {};
    const constant = schema instanceof z.ZodDefault ? String(schema.def.defaultValue) : undefined;
    return { name, meaning: description, otherwise: (otherwise as string | undefined) ?? constant };
  });

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
  jwt?: { jwksUri: string; issuer: string; audience: string } | undefined;
  /** Set by hand where nobody is asked who they are, though it may matter. */
  isOpen: boolean;
  /** Nobody is asked who they are, and only this machine can reach it: then under no other names either. */
  isLoopbackOnly: boolean;
  /** By the names of server/limits.ts, where they differ from its numbers. */
  limits: Record<string, number>;
  proxies: number;
  corsOrigins: '*' | string[];
  hasIntrospection: boolean;
  hasGraphiQL: boolean;
  /** The path of a manifest. */
  persistedOperations: string | undefined;
  /** What `/metrics` must be asked with. */
  metricsToken: string | undefined;
  logLevel: string;
}

export function readConfig(env: Record<string, string | undefined>): Config {
  // An empty variable is one that is not set, as compose files and shells leave them.
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const { success, data, error } = environment.safeParse(set);
  if (!success) throw new ConfigError(describe(error.issues[0], set));
  const isLocal = isLoopback(data.HOST) && data.IVS_BACKEND === 'emulator';
  const jwt = readJwt(data);
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
    corsOrigins: data.CORS_ORIGINS ?? [],
    hasIntrospection: data.INTROSPECTION === 'on',
    // Where only known operations are taken, it has nothing to try.
    hasGraphiQL: (data.GRAPHIQL ?? (data.PERSISTED_OPERATIONS ? 'off' : 'on')) === 'on',
    persistedOperations: data.PERSISTED_OPERATIONS,
    metricsToken: data.METRICS_TOKEN,
    logLevel: data.LOG_LEVEL,
  };
}

function readJwt(data: z.infer<typeof environment>): Config['jwt'] {
  const { AUTH_JWKS_URI: jwksUri, AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience } = data;
  const named = Object.entries({ AUTH_JWKS_URI: jwksUri, AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience });
  const given = named.find(([, value]) => value)?.[0];
  if (!data.AUTH_MODE && given)
    throw new ConfigError(`AUTH_MODE: expected jwt, since ${given} is set; it is not set`);
  if (data.AUTH_MODE !== 'jwt') return undefined;
  if (jwksUri && issuer && audience) return { jwksUri, issuer, audience };
  const missing = named.find(([, value]) => !value)?.[0] as keyof typeof EXPECTED;
  throw new ConfigError(`${missing}: expected ${EXPECTED[missing]}, since AUTH_MODE is jwt; it is not set`);
}

/** No balancer reaches loopback. One elsewhere asks /readyz every few seconds; together with the 10 seconds of the drain this
 * stays below the 30 that Kubernetes gives. */
const BALANCER_MS = 5_000;

const EXPECTED = {
  AUTH_JWKS_URI: `the issuer's key set, ${KEYS_URL}`,
  AUTH_ISSUER: 'the issuer, as the claim iss of its tokens names it',
  AUTH_AUDIENCE: 'the name of this gateway, as the claim aud of the tokens for it says it',
};

const MUST_CHOOSE_AUTH =
  'AUTH_MODE: expected jwt, or none, set by hand, to serve real AWS or another host than loopback without authentication; it is not set';

/** As browsers send it: no path, lower case, no default port. There are no patterns. */
const isOrigin = (text: string): boolean =>
  URL.canParse(text) && new URL(text).origin === text && text !== 'null' && !text.includes('*');

function describe(issue: z.core.$ZodIssue | undefined, env: Record<string, string | undefined>): string {
  const name = String(issue?.path[0]);
  // What cannot be read as a URL may hold a password all the same.
  const came = name === 'REDIS_URL' ? 'another text, not shown here' : JSON.stringify(env[name]);
  return `${name}: expected ${issue?.message}, got ${came}`;
}
