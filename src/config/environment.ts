// The environment variables: what each means, what it may hold, and what holds without it.
import { redisIam } from './environment/redis-iam.ts';
import { telemetry } from './environment/telemetry.ts';
import {
  accounts,
  endpoint,
  eventsSecrets,
  externalId,
  headerNames,
  headerSecret,
  isRegion,
  keysUrl,
  origins,
  pathLike,
  proxyUrl,
  queueUrl,
  REGION,
  redisPrefix,
  redisUrl,
  region,
  scopePrefix,
  texts,
} from './environment/values.ts';
import {
  defaulting,
  list,
  milliseconds,
  numbers,
  oneOf,
  optional,
  text,
  type Variable,
  wholeNumber,
} from './environment/variable.ts';

/** Read by secret-files.ts. The variables that have one are those that are secret. */
const fileOf = (name: string) =>
  optional({ ...text, expected: 'the path of a file' }, `path of a file with the value of ${name}`);

const logLevel = oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent');

export const environment = {
  HOST: defaulting(text, 'address to listen on', '127.0.0.1'),
  PORT: defaulting(wholeNumber(0, 65_535, 'a port number from 0 to 65535'), 'port to listen on', 4000),
  GRAPHQL_PATH: defaulting(pathLike('/api/graphql'), 'path of GraphQL, GraphiQL and web sockets', '/graphql'),
  IVS_BACKEND: defaulting(
    oneOf('emulator', 'aws'),
    'emulator (embedded, with a demo world) or aws',
    'emulator',
  ),
  EMULATOR_PORT: defaulting(
    wholeNumber(0, 65_535, 'a port number from 0 to 65535'),
    'port of the embedded emulator, on 127.0.0.1; 0 takes any',
    0,
  ),
  AWS_REGION: optional(
    region,
    'region of lists that name none',
    'us-west-2 for the emulator, else AWS_DEFAULT_REGION, else that of the profile in ~/.aws',
  ),
  AWS_DEFAULT_REGION: optional(region, 'the same, for IVS_BACKEND=aws without AWS_REGION'),
  IVS_REGIONS: optional(
    list(REGION, (items) => items.every(isRegion)),
    'comma-separated regions that may be called',
    'the value of AWS_REGION; for the emulator us-west-2 and eu-west-1, too',
  ),
  IVS_ACCOUNTS: optional(
    accounts,
    'comma-separated accounts that may be called, the default one first; one without a role is that of the gateway’s credentials',
    'the account of the gateway’s credentials',
  ),
  IVS_EXTERNAL_ID: optional(
    externalId,
    'external id with which roles are assumed; or one for each account: 123456789012=…,210987654321=…',
    'none',
  ),
  AWS_ENDPOINT_URL: optional(endpoint, 'endpoint of AWS, with IVS_BACKEND=aws'),
  AWS_ENDPOINT_URL_IVS: optional(endpoint, 'endpoint of the Low-Latency API'),
  AWS_ENDPOINT_URL_IVS_REALTIME: optional(endpoint, 'endpoint of the Real-Time API'),
  AWS_ENDPOINT_URL_STS: optional(endpoint, 'endpoint of STS, which roles are assumed with'),
  AWS_ENDPOINT_URL_SQS: optional(endpoint, 'endpoint of SQS', 'the host of EVENTS_SQS_URL'),
  HTTPS_PROXY: optional(proxyUrl, 'HTTP proxy for https requests to AWS and to token issuers'),
  HTTP_PROXY: optional(proxyUrl, 'HTTP proxy for http requests'),
  NO_PROXY: optional(text, 'hosts without proxy; localhost never uses one'),
  REDIS_URL: optional(
    redisUrl,
    'Redis or Valkey shared by replicas: redis://…, redis+cluster://…, redis+sentinel://…; rediss for TLS',
  ),
  REDIS_URL_FILE: fileOf('REDIS_URL'),
  REDIS_IAM: optional(
    redisIam,
    'log in to ElastiCache or MemoryDB with AWS credentials, as the user of REDIS_URL',
    'the password of REDIS_URL',
  ),
  REDIS_PREFIX: defaulting(
    redisPrefix,
    'first part of all keys; gateways with the same one are replicas of one another',
    'ivs-graphql',
  ),
  IVS_CALL_RATES: optional(
    numbers('operations and their calls a second, such as GetParticipant=20,210987654321:GetParticipant=10'),
    'calls per second that AWS granted to your accounts: GetStage=20,…; to one of several: 210987654321:GetStage=20',
    'AWS’s published rates',
  ),
  REQUEST_TIMEOUT_MS: defaulting(
    milliseconds(1),
    'deadline of a request’s AWS calls in milliseconds, waits included',
    30_000,
  ),
  SHUTDOWN_DELAY_MS: optional(
    milliseconds(0),
    'milliseconds in which requests are still accepted after SIGTERM',
    '0 on loopback, else 5000',
  ),
  AUTH_MODE: optional(
    oneOf('none', 'jwt'),
    'none, or jwt: requests need a token',
    'none for the emulator on loopback, else required',
  ),
  AUTH_JWKS_URI: optional(keysUrl, 'with jwt: URL of the issuer’s key set'),
  AUTH_ISSUER: optional(text, 'with jwt: expected value of the claim iss'),
  AUTH_AUDIENCE: optional(text, 'with jwt: expected value of the claim aud'),
  AUTH_CLIENT_ID: optional(
    texts,
    'instead of AUTH_AUDIENCE, for Cognito: comma-separated app clients, expected in the claim client_id',
  ),
  AUTH_SCOPES_CLAIM: optional(
    texts,
    'comma-separated paths of claims that hold scopes, such as realm_access.roles',
    'scope,scp,permissions',
  ),
  AUTH_SCOPE_PREFIX: optional(
    scopePrefix,
    'prefix of scope names, such as https://ivs.example.com/',
    'nothing',
  ),
  AUTH_ISSUERS: optional(
    text,
    'instead of the six above: several issuers as JSON, such as [{"issuer":"…","jwksUri":"…","audience":"…"}]',
  ),
  AUTH_CLOCK_SKEW_SECONDS: defaulting(
    wholeNumber(0, 300, 'seconds, a whole number from 0 to 300'),
    'tolerated clock skew of issuers in seconds',
    10,
  ),
  LIMITS: optional(
    numbers('names of limits and positive numbers, such as calls=500,depth=12'),
    'changed limits of requests: depth=12,…',
    'docs/reference/limits.md',
  ),
  LIVE_MAX_SUBSCRIPTIONS: defaulting(
    wholeNumber(1, 1_000_000, 'a whole number from 1 to 1000000'),
    'running subscriptions of all callers; LIMITS=subscriptionsPerCaller=… for one',
    10_000,
  ),
  LIVE_POLL_MS: defaulting(
    wholeNumber(500, 600_000, 'milliseconds, a whole number from 500 to 600000'),
    'least milliseconds between two reads of what subscribers watch',
    2000,
  ),
  LIVE_REPLAY_SECONDS: defaulting(
    wholeNumber(10, 86_400, 'seconds, a whole number from 10 to 86400'),
    'how long a subscriber can continue behind a cursor, in seconds',
    600,
  ),
  TRUST_PROXY: defaulting(
    wholeNumber(0, 10, 'number of trusted proxies in front, from 0 to 10'),
    'number of trusted proxies in front',
    0,
  ),
  CORS_ORIGINS: optional(origins, 'comma-separated origins whose pages may send requests, or *', 'none'),
  CORS_HEADERS: optional(
    headerNames,
    'comma-separated headers that such pages may send, in addition to the usual ones',
    'docs/reference/http.md',
  ),
  INTROSPECTION: defaulting(oneOf('on', 'off'), 'off disables introspection', 'on'),
  GRAPHIQL: optional(
    oneOf('on', 'off'),
    'whether browsers get GraphiQL',
    'on; off with PERSISTED_OPERATIONS',
  ),
  PERSISTED_OPERATIONS: optional(text, 'path of a manifest; only its operations are served'),
  EVENTS_SECRET: optional(
    eventsSecrets,
    'value of the header x-ivs-events-key that POST /events requires; two, comma-separated, during a rotation',
    'none: /events exists only on loopback with AUTH_MODE=none',
  ),
  EVENTS_SECRET_FILE: fileOf('EVENTS_SECRET'),
  EVENTS_PATH: optional(pathLike('/events'), 'path that receives events of EventBridge', '/events'),
  EVENTS_SQS_URL: optional(queueUrl, 'URL of an Amazon SQS queue from which events of EventBridge are read'),
  METRICS_TOKEN: optional(headerSecret, 'bearer token that /metrics requires'),
  METRICS_TOKEN_FILE: fileOf('METRICS_TOKEN'),
  LOG_LEVEL: defaulting(
    logLevel,
    'trace, debug, info, warn, error, fatal or silent; the log is written to stderr',
    'info',
  ),
  LOG_FORMAT: optional(
    oneOf('json', 'pretty'),
    'json, one line per entry, or pretty',
    'pretty if stderr is a terminal, else json',
  ),
  ...telemetry,
};

export type Environment = {
  [Name in keyof typeof environment]: (typeof environment)[Name] extends Variable<infer Value>
    ? Value
    : never;
};
