// The front door: GraphQL in, the real SDK between, the emulator below.
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { Caller } from '../../src/context.ts';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../src/emulator/emulator.ts';
import { LiveFeeds } from '../../src/live/feeds.ts';
import { schema } from '../../src/schema/index.ts';
import type { Metrics } from '../../src/server/answer/metrics.ts';
import { createGateway, type Gateway, type GatewayOptions } from '../../src/server/gateway.ts';
import { type Authenticate, authenticateAnonymously } from '../../src/server/identity/authentication.ts';
import { ResponseCache } from '../../src/server/response-cache/responses.ts';
import { arrivals } from '../../src/upstream/arrivals.ts';
import type { EventLog } from '../../src/upstream/changes.ts';
import type { Cost } from '../../src/upstream/ledger.ts';
import type { Shared } from '../../src/upstream/shared.ts';
import { createUpstream, type UpstreamOptions } from '../../src/upstream/upstream.ts';
import { LeapingClock } from './clock.ts';

const REGION = 'us-west-2';
const START = Date.parse('2026-01-01T00:00:00Z');

interface GraphqlError {
  message: string;
  path?: (string | number)[];
  extensions?: { code?: string; retryAfterMs?: number; limit?: object; aws?: Record<string, unknown> };
}
interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the query's, which each test knows
  data: any;
  errors?: GraphqlError[];
  extensions?: { ivs?: Cost };
}
interface AskOptions {
  /** Who asks; else whom the gateway was started with. */
  caller?: Caller | undefined;
  signal?: AbortSignal;
  headers?: Record<string, string>;
}
export interface TestGateway {
  fetch: Gateway['fetch'];
  /** To be listened with. */
  handler: Gateway['listener'];
  /** For changes that were made elsewhere. */
  events: EventLog;
  /** Its connections that last, for the same. */
  longLived: Gateway;
  /** What its listener stores, where it may answer from a cache. */
  responses: ResponseCache | undefined;
  emulator: Emulator;
  ask(query: string, variables?: Record<string, unknown>, init?: AskOptions): Promise<Answer>;
  /** Like `ask`, for an answer that must be whole: an error fails the test. */
  data(query: string, variables?: Record<string, unknown>): Promise<Answer['data']>;
  /** The upstream's time, which passes only when everybody waits for it. */
  clock: LeapingClock;
  /** Calls that never get an answer: so many does time not wait for. */
  hanging: { calls: number };
  /** The lines of its log so far. */
  // biome-ignore lint/suspicious/noExplicitAny: a line is what its writer made it
  log: any[];
  /** AWS calls since the last time it was asked: of each operation how many. */
  calls(): Record<string, number>;
}
export interface TestGatewayOptions extends EmulatorOptions {
  regions?: string[];
  /** The default one first; absent: that of the emulator. */
  accounts?: UpstreamOptions['accounts'];
  requestTimeoutMs?: number;
  callTimeoutMs?: number;
  /**
   * Whether requests may be answered from the cache. Without it each says no-cache: a test counts what its own request
   * costs, and moves things below the gateway, which no cache can know. What they read is stored all the same, frozen.
   */
  cached?: boolean;
  cache?: UpstreamOptions['cache'];
  rates?: UpstreamOptions['rates'];
  /** Absent: one that leaps. */
  passing?: LeapingClock;
  /** A replica of that one: on the same emulator, at the same time. */
  beside?: TestGateway;
  shared?: Shared & { inFlight(): number };
  metrics?: Metrics;
  /** Who asks; else anybody, who may do everything. */
  caller?: Caller | undefined;
  authenticate?: GatewayOptions['authenticate'];
  logLevel?: string;
  /** What else the gateway is told: limits, origins, persisted operations. */
  server?: Partial<GatewayOptions>;
}

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
/** An LRU cache takes the memory of all its entries at once, which would be a fifth of what starting a gateway takes. */
const CACHE = { maxEntries: 1_000 };

/** A gateway for one test. */
export async function startGateway(options?: TestGatewayOptions): Promise<TestGateway> {
  const { close, ...gateway } = await openGateway(options);
  onTestFinished(close);
  return gateway;
}

/** A gateway for several tests, which its caller closes. */
export async function openGateway(
  options: TestGatewayOptions = {},
): Promise<TestGateway & { close(): Promise<void> }> {
  const {
    regions = [REGION, 'eu-west-1'],
    accounts,
    requestTimeoutMs = 30_000,
    callTimeoutMs,
    cached,
    cache = CACHE,
    rates,
    passing = new LeapingClock(),
    beside,
    shared,
    metrics,
    caller,
    authenticate,
    logLevel = 'warn',
    server,
    ...rest
  } = options;
  const clock = beside?.clock ?? passing;
  const time = { now: () => new Date(START + clock.now()) };
  const emulator = beside?.emulator ?? (await startEmulator({ clock: time, ...rest }));
  const upstream = createUpstream({
    observer: metrics?.observer,
    clock,
    regions,
    accounts,
    stsRegion: REGION,
    rates,
    shared,
    endpoint: emulator.url,
    credentials: { ...credentials, accountId: accounts?.find(({ roleArn }) => !roleArn)?.id },
    requestTimeoutMs: callTimeoutMs,
    cache,
  });
  const responses = cached ? new ResponseCache({ reuse: upstream.reuse, clock }) : undefined;
  const { isBusy } = clock;
  const hanging = { calls: 0 };
  clock.isBusy = () =>
    isBusy() || upstream.inFlight() > hanging.calls || arrivals.size > 0 || (shared?.inFlight() ?? 0) > 0;
  const callers = new Map<string | null, Caller>();
  const callerOf: Authenticate = (request, connection) =>
    callers.get(request.headers.get('x-caller')) ??
    caller ??
    authenticateAnonymously(server?.proxies ?? 0)(request, connection);
  const lines: unknown[] = [];
  const log = pino({ level: logLevel }, { write: (line) => void lines.push(JSON.parse(line)) });
  const gateway = createGateway({
    schema,
    upstream,
    feeds: new LiveFeeds({ upstream, clock, shared, rates, log }),
    responses,
    defaultAccount: accounts?.[0]?.id,
    defaultRegion: REGION,
    requestTimeoutMs,
    log,
    clock,
    now: () => clock.now(),
    authenticate: authenticate ?? callerOf,
    ...(metrics && { metrics: metrics.requests({ upstream, responses, shared }) }),
    ...server,
    ...(server?.events && { events: { observer: metrics?.events(upstream.events), ...server.events } }),
  });

  const ask: TestGateway['ask'] = async (query, variables, { headers, caller: asking, ...init } = {}) => {
    if (asking) callers.set(asking.subject, asking);
    const response = await gateway.fetch('http://gateway/graphql', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        ...(!cached && { 'cache-control': 'no-cache' }),
        ...(asking && { 'x-caller': asking.subject }),
        ...headers,
      },
      body: JSON.stringify({ query, variables }),
      ...init,
    });
    return { status: response.status, ...(await response.json()) };
  };
  return {
    fetch: gateway.fetch,
    handler: gateway.listener,
    events: upstream.events,
    longLived: gateway,
    responses,
    emulator,
    clock,
    hanging,
    log: lines,
    ask,
    data: async (query, variables) => {
      const { data, errors } = await ask(query, variables);
      if (errors)
        throw new Error(`Expected an answer without errors, got: ${JSON.stringify(errors, null, 2)}`);
      return data;
    },
    calls: () => {
      const counts = emulator.calls.counts();
      emulator.calls.reset();
      return counts;
    },
    close: async () => {
      if (!beside) await emulator.close();
      upstream.close();
      await gateway.dispose();
    },
  };
}
