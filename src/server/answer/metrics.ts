// What happens here, for Prometheus. Labels are words of the schema's, AWS's or our own, never a client's: their number
// is bounded, and nothing that a client wrote is told.
import { createHash, timingSafeEqual } from 'node:crypto';
import { getOperationAST } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Observer } from '../../upstream/observed.ts';
import type { Upstream } from '../../upstream/upstream.ts';
import { errorsOf } from './result-parts.ts';

const SECONDS = [0.005, 0.02, 0.1, 0.5, 1, 2.5, 5, 10, 30];
const CALL = ['service', 'region', 'operation'] as const;

export interface Metrics {
  /** Of the calls to AWS. */
  observe: Observer;
  /** Serves `/metrics` and counts requests; nobody is told anything else than what the upstream knows, too. */
  plugin(options: { upstream: Upstream; token?: string | undefined }): Plugin;
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

interface Seen {
  began: number;
  kind: string;
  outcome: 'ok' | 'partial' | 'failed' | 'refused';
}

/** `refused`: it never ran. `partial`: it has data and errors. */
function useRequestMetrics(registry: Registry): Plugin {
  const registers = [registry];
  const labelNames = ['kind', 'outcome'] as const;
  const requests = new Counter({
    name: 'ivs_graphql_requests_total',
    help: 'Requests to /graphql by what became of them',
    labelNames,
    registers,
  });
  const seconds = new Histogram({
    name: 'ivs_graphql_request_duration_seconds',
    help: 'How long requests to /graphql took',
    labelNames,
    buckets: SECONDS,
    registers,
  });
  const seen = new WeakMap<Request, Seen>();
  const count = ({ began, kind, outcome }: Seen) => {
    requests.inc({ kind, outcome });
    seconds.observe({ kind, outcome }, (performance.now() - began) / 1000);
  };
  return {
    onRequest: ({ request, url }) => {
      if (url.pathname === '/graphql')
        seen.set(request, { began: performance.now(), kind: 'none', outcome: 'refused' });
    },
    onExecute: ({ args }) => {
      const known = seen.get(args.contextValue.request);
      if (!known) return;
      known.kind = getOperationAST(args.document, args.operationName)?.operation ?? 'none';
      return {
        onExecuteDone: ({ result }) => {
          if (!isAsyncIterable(result)) {
            if (result.errors) known.outcome = result.data ? 'partial' : 'failed';
            else known.outcome = 'ok';
            return;
          }
          // It is over with its last part, long after the response has begun.
          seen.delete(args.contextValue.request);
          known.outcome = 'ok';
          return {
            onNext: ({ result: part }) => {
              if (errorsOf(part).length > 0) known.outcome = 'partial';
            },
            onEnd: () => count(known),
          };
        },
      };
    },
    onResponse: ({ request }) => {
      const known = seen.get(request);
      if (known) count(known);
    },
  };
}
