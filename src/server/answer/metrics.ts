// Metrics for Prometheus. Label values are words of the schema, of AWS or our own, never a client's: their number is bounded,
// and no client can write into them.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { EventObserver } from '../../events/receiver.ts';
import type { EventLog } from '../../upstream/changes.ts';
import { originOf } from '../../upstream/errors.ts';
import type { Account } from '../../upstream/ledger.ts';
import type { Observer } from '../../upstream/observed.ts';
import type { Shared } from '../../upstream/shared.ts';
import type { Upstream } from '../../upstream/upstream.ts';
import { isSame } from '../http/constant-time.ts';
import { type Answered, type AnsweredPlugin, onAnswered } from './answered.ts';
import { eventObserver } from './event-metrics.ts';
import { type ResponseCacheFacts, registerFacts } from './fact-metrics.ts';
import { type LiveFacts, registerLive } from './live-metrics.ts';

/** Close together around 200 ms, which is what a page may wait for: a response of AWS takes 20 to 100 ms. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.5, 1, 2.5, 5, 10, 30];
/** A call's turn comes at least every 200 ms; a request waits 30 s at most by default. */
const WAIT_SECONDS = [0.001, 0.05, 0.2, 0.5, 1, 2.5, 5, 10, 20, 30];
const CALL = ['service', 'account', 'region', 'operation'] as const;

interface RequestMetricsOptions {
  upstream: Upstream;
  responses?: { facts(): ResponseCacheFacts } | undefined;
  shared?: Shared | undefined;
  token?: string | undefined;
  /** Whether there is no `/metrics`: they are sent elsewhere. */
  isHidden?: boolean;
}

export interface Metrics {
  registry: Registry;
  /** Of the calls to AWS. */
  observer: Observer;
  /** Of the events of AWS that reach this replica. */
  events(log: EventLog): EventObserver;
  /** They show no more than the upstream knows. */
  requests(options: RequestMetricsOptions): RequestMetrics;
}

export interface RequestMetrics {
  /** Serves `/metrics` and counts the requests that the engine answers. */
  plugin(path: string): AnsweredPlugin;
  /** Counts a response from the response cache. */
  countStored(seconds: number): void;
  /** Shows the subscriptions of a gateway. */
  showLive(facts: LiveFacts): void;
}

interface MetricsOptions {
  version: string;
  /** Whether those of the process are among them: a host application has its own. */
  ofProcess?: boolean;
}

export function createMetrics({ version, ofProcess = true }: MetricsOptions): Metrics {
  const registry = new Registry();
  if (ofProcess) collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'ivs_graphql_build_info',
    help: 'Always 1, labelled with the running version',
    labelNames: ['version'],
    registers: [registry],
  }).set({ version }, 1);
  return {
    registry,
    observer: callObserver(registry),
    events: (log) => eventObserver(registry, log),
    requests: ({ upstream, responses, shared, token, isHidden }) => {
      registerFacts(registry, { upstream, responses, shared });
      const { count, countStored } = requestCounter(registry);
      const plugin = (path: string): AnsweredPlugin => {
        const requests = onAnswered(count, path);
        return {
          ...requests,
          onRequest: async (payload) => {
            if (payload.url.pathname === '/metrics' && !isHidden)
              payload.endResponse(await answer(payload.request, registry, token));
            else requests.onRequest?.(payload);
          },
        };
      };
      return { plugin, countStored, showLive: (facts) => registerLive(registry, facts) };
    },
  };
}

function callObserver(registry: Registry): Observer {
  const registers = [registry];
  const calls = new Counter({
    name: 'ivs_graphql_aws_calls_total',
    help: 'Calls to AWS, one per attempt, by outcome',
    labelNames: [...CALL, 'outcome'],
    registers,
  });
  const callSeconds = new Histogram({
    name: 'ivs_graphql_aws_call_duration_seconds',
    help: 'Response time of AWS, without the wait for quota',
    labelNames: CALL,
    buckets: SECONDS,
    registers,
  });
  const waitSeconds = new Histogram({
    name: 'ivs_graphql_quota_wait_seconds',
    help: 'Wait of calls for the call rate, including calls without a wait',
    labelNames: CALL,
    buckets: WAIT_SECONDS,
    registers,
  });
  const refused = new Counter({
    name: 'ivs_graphql_quota_refused_total',
    help: 'Calls refused because their turn would come after the deadline of the request',
    labelNames: CALL,
    registers,
  });
  return {
    called: (account, outcome, seconds) => {
      const labels = labelsOf(account);
      calls.inc({ ...labels, outcome });
      callSeconds.observe(labels, seconds);
    },
    waited: (account, isRefused, seconds) => {
      if (isRefused) refused.inc(labelsOf(account));
      else waitSeconds.observe(labelsOf(account), seconds);
    },
  };
}

const labelsOf = ({ operation, target }: Account) => originOf(operation, target);

async function answer(request: Request, registry: Registry, token?: string): Promise<Response> {
  if (token && !isSame(request.headers.get('authorization') ?? '', `Bearer ${token}`))
    return new Response(null, { status: 401, headers: { 'www-authenticate': 'Bearer' } });
  return new Response(await registry.metrics(), { headers: { 'content-type': registry.contentType } });
}

/** Responses from the cache are counted in batches: one by one, that would be a tenth of their CPU time. */
const BATCH = 1024;
const STORED = { kind: 'query', outcome: 'ok' } as const;

function requestCounter(registry: Registry) {
  const registers = [registry];
  let stored: number[] = [];
  const countAllStored = () => {
    if (stored.length > 0) requests.inc({ ...STORED, status: 200 }, stored.length);
    for (const seconds of stored) duration.observe(STORED, seconds);
    stored = [];
  };
  const requests = new Counter({
    name: 'ivs_graphql_requests_total',
    help: 'Requests to /graphql and events of subscriptions, by outcome and status',
    labelNames: ['kind', 'outcome', 'status'],
    registers,
    collect: countAllStored,
  });
  const duration = new Histogram({
    name: 'ivs_graphql_request_duration_seconds',
    help: 'Duration of requests to /graphql and of events of subscriptions',
    labelNames: ['kind', 'outcome'],
    buckets: SECONDS,
    registers,
    collect: countAllStored,
  });
  return {
    count: ({ kind, outcome, status, seconds }: Answered) => {
      requests.inc({ kind, outcome, status });
      duration.observe({ kind, outcome }, seconds);
    },
    countStored: (seconds: number) => {
      stored.push(seconds);
      if (stored.length >= BATCH) countAllStored();
    },
  };
}
