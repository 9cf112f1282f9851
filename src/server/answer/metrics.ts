// What happens here, for Prometheus. Labels are words of the schema's, AWS's or our own, never a client's: their number
// is bounded, and nothing that a client wrote is told.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Plugin } from 'graphql-yoga';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Observer } from '../../upstream/observed.ts';
import type { Upstream } from '../../upstream/upstream.ts';
import { onOperation } from '../operation.ts';
import type { AnswerContext, AnswerFacts, AnswersContext } from './answer-facts.ts';

const SECONDS = [0.005, 0.02, 0.1, 0.5, 1, 2.5, 5, 10, 30];
const CALL = ['service', 'region', 'operation'] as const;

export type MetricsPlugin = Plugin<object, AnswersContext & ArrivalContext>;

export interface Metrics {
  /** Of the calls to AWS. */
  observe: Observer;
  /** Serves `/metrics` and counts requests; nobody is told anything else than what the upstream knows, too. */
  plugin(options: { upstream: Upstream; token?: string | undefined }): MetricsPlugin;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const calls = new Counter({
    name: 'ivs_graphql_aws_calls_total',
    help: 'Calls to AWS, each attempt by itself; throttled: AWS answered 429',
    labelNames: [...CALL, 'outcome'],
    registers,
  });
  const callSeconds = new Histogram({
    name: 'ivs_graphql_aws_call_duration_seconds',
    help: 'How long AWS took to answer, without the wait for quota',
    labelNames: CALL,
    buckets: SECONDS,
    registers,
  });
  return {
    observe: ({ operation, target: { region } }, outcome, seconds) => {
      const labels = { service: operation.service, region, operation: operation.name };
      calls.inc({ ...labels, outcome });
      callSeconds.observe(labels, seconds);
    },
    plugin: ({ upstream, token }) => {
      tellFacts(registry, upstream);
      const requests = useRequestMetrics(registry);
      return {
        ...requests,
        onRequest: async (payload) => {
          if (payload.url.pathname === '/metrics')
            payload.endResponse(await answer(payload.request, registry, token));
          else requests.onRequest?.(payload);
        },
      };
    },
  };
}

async function answer(request: Request, registry: Registry, token?: string): Promise<Response> {
  if (token && !isSame(request.headers.get('authorization') ?? '', `Bearer ${token}`))
    return new Response(null, { status: 401, headers: { 'www-authenticate': 'Bearer' } });
  return new Response(await registry.metrics(), { headers: { 'content-type': registry.contentType } });
}

/** In a time that tells nothing about the token. */
const isSame = (given: string, expected: string): boolean => timingSafeEqual(digest(given), digest(expected));
const digest = (text: string) => createHash('sha256').update(text).digest();

/** What the upstream knows at the moment that it is asked. */
function tellFacts(registry: Registry, upstream: Upstream): void {
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name: `ivs_graphql_${name}`,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  gauge('aws_calls_in_flight', 'Calls that are with AWS now', upstream.inFlight);
  gauge('cache_entries', 'Answers that are kept', () => upstream.facts().cache.entries);
  gauge('cache_bytes', 'Their size as JSON', () => upstream.facts().cache.bytes);
  const counter = (name: string, help: string, read: () => number) =>
    new Counter({
      name: `ivs_graphql_${name}`,
      help,
      registers: [registry],
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  counter('cache_hits_total', 'Reads that a kept answer served', () => upstream.facts().cache.hits);
  counter('cache_misses_total', 'Reads that none served', () => upstream.facts().cache.misses);
  const perOperation = (name: string, help: string, read: (fact: QuotaFact) => number) =>
    new Gauge({
      name: `ivs_graphql_quota_${name}`,
      help,
      labelNames: CALL,
      registers: [registry],
      collect() {
        this.reset();
        for (const fact of upstream.facts().quota) {
          const { service, region, operation } = fact;
          this.set({ service, region, operation }, read(fact));
        }
      },
    });
  perOperation('waiting', 'Calls that wait for their turn', ({ waiting }) => waiting);
  perOperation('available', 'Calls that could start at once', ({ budget }) => budget.available);
  perOperation('per_second', 'Calls a second that start now', ({ budget }) => budget.perSecond);
}
type QuotaFact = ReturnType<Upstream['facts']>['quota'][number];

/** In yoga's server context. */
interface ArrivalContext {
  /** When the request came, for requests to /graphql. */
  arrivedAt?: number;
}

function useRequestMetrics(registry: Registry): MetricsPlugin {
  const count = requestCounter(registry);
  return {
    onRequest: ({ serverContext, url }) => {
      if (url.pathname === '/graphql') serverContext.arrivedAt = performance.now();
    },
    ...onOperation<AnswerContext & ArrivalContext>(({ isEvent, kind, args: { contextValue } }) => {
      const { answer, arrivedAt } = contextValue;
      const began = isEvent ? performance.now() : arrivedAt;
      return {
        onEnd: () => {
          // A subscription counts by its events: how long a client stays says nothing of the gateway.
          if (isEvent || (answer.isStreamed && kind !== 'subscription')) count(answer, began);
        },
      };
    }),
    onResponse: ({ serverContext: { answers = [], arrivedAt } }) => {
      if (answers.length === 0) count({ kind: 'none', outcome: 'refused' }, arrivedAt);
      for (const answer of answers) if (!answer.isStreamed) count(answer, arrivedAt);
    },
  };
}

function requestCounter(registry: Registry) {
  const registers = [registry];
  const labelNames = ['kind', 'outcome'] as const;
  const requests = new Counter({
    name: 'ivs_graphql_requests_total',
    help: 'Requests to /graphql, and events of subscriptions, by what became of them',
    labelNames,
    registers,
  });
  const seconds = new Histogram({
    name: 'ivs_graphql_request_duration_seconds',
    help: 'How long requests to /graphql, and events of subscriptions, took',
    labelNames,
    buckets: SECONDS,
    registers,
  });
  return ({ kind, outcome }: Pick<AnswerFacts, 'kind' | 'outcome'>, began: number | undefined) => {
    if (began === undefined) return;
    requests.inc({ kind, outcome });
    seconds.observe({ kind, outcome }, (performance.now() - began) / 1000);
  };
}
