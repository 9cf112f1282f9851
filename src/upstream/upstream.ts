// The only door to AWS. It knows no resource: a command goes in, what AWS answers comes out.
import { nameOfTarget, type Target } from './arn.ts';
import { type CacheFacts, type CacheOptions, cache } from './cache/cache.ts';
import { SharedCache } from './cache/shared-cache.ts';
import { singleFlight } from './cache/single-flight.ts';
import type { Call, Layer, Trace } from './call.ts';
import { type Clock, systemClock } from './clock.ts';
import { RegionNotAllowedError, toAborted } from './errors.ts';
import { type Cost, Ledger } from './ledger.ts';
import { type Observer, observed } from './observed.ts';
import { type AwsCommand, type OutputOf, operationOf } from './operation.ts';
import { type Forecast, forecast, type PlannedCalls } from './quota/forecast.ts';
import type { Rates } from './quota/limits.ts';
import { type QuotaFacts, quota } from './quota/quota.ts';
import { RequestEnd } from './request-end.ts';
import { retries } from './retries.ts';
import { type ClientOptions, createClients } from './sdk/clients.ts';
import { returnsSecrets, withoutSecrets } from './sdk/secrets.ts';
import type { Shared } from './shared.ts';

export interface UpstreamOptions extends ClientOptions {
  /** The regions that may be called. A region often comes from an ARN, which is user input and must never choose a host. */
  regions: readonly string[];
  /** Call rates of this account that differ from the published ones, by operation. */
  rates?: Rates | undefined;
  /** How much is kept of what AWS has told. */
  cache?: Pick<CacheOptions, 'maxEntries' | 'maxBytes'> | undefined;
  clock?: Clock | undefined;
  /** What the replicas of the gateway have in common; absent, there is only this one. */
  shared?: Shared | undefined;
  /** Is told of each call that AWS was sent. */
  observe?: Observer | undefined;
}

export interface RequestOptions {
  signal: AbortSignal;
  timeoutMs: number;
  /** Its reads are not answered from the cache. */
  fresh?: boolean | undefined;
  /** Told to AWS with each call. */
  trace?: Trace | undefined;
}

/** `listed`: what a list says of the thing that is read, so that an older answer may do as long as that is the same. */
export type SendCommand = <C extends AwsCommand>(
  target: Target,
  command: C,
  listed?: object,
) => Promise<OutputOf<C>>;

/** One request of a client of ours: its calls take turns with those of others, and end when it ends. */
export interface UpstreamRequest {
  send: SendCommand;
  /** The same for what can be done without: when it fails, it is not tried again. */
  sendOnce: SendCommand;
  /** From now on its reads tell secrets, which are left out otherwise. */
  revealSecrets(): void;
  /** What it has cost so far. */
  cost(): Cost;
  /** How long what it has read may be given again, in milliseconds; undefined where it has read nothing. */
  goodForMs(): number | undefined;
  /** What calls would cost that it has not sent. Those to a region that is not served would be refused. */
  forecast(calls: readonly PlannedCalls[]): Forecast;
}

export interface Upstream {
  open(request: RequestOptions): UpstreamRequest;
  checkCredentials(region: string): Promise<void>;
  /** Calls that are with AWS now. */
  inFlight(): number;
  /** What is kept and who waits, now. */
  facts(): { cache: CacheFacts; quota: QuotaFacts[] };
  close(): void;
}

export function createUpstream({
  regions,
  rates,
  cache: bounds,
  clock = systemClock,
  shared,
  observe = () => {},
  ...options
}: UpstreamOptions): Upstream {
  const { send: sendToAws, ...clients } = createClients(options);
  const { layer: waitForQuota, budgetOf, facts: quotaFacts } = quota({ clock, rates, shared });
  const elsewhere = shared && new SharedCache(shared);
  const { layer: keepAnswers, facts: cacheFacts } = cache({ clock, elsewhere, ...bounds });
  /** In the order that a call meets them: the cheaper answer first, and each attempt of a retry counted. */
  const layers: Layer[] = [
    singleFlight(elsewhere),
    keepAnswers,
    withoutSecrets,
    retries({ clock }),
    waitForQuota,
    observed(clock, observe),
  ];
  const send = layers.reduceRight((next, layer) => layer(next), sendToAws);

  return {
    ...clients,
    facts: () => ({ cache: cacheFacts(), quota: quotaFacts() }),
    open: ({ signal, timeoutMs, fresh = false, trace }) => {
      const ledger = new Ledger(clock);
      const end = new RequestEnd(signal, timeoutMs);
      const endsAt = clock.now() + timeoutMs;
      const request = {
        signal: end.signal,
        caller: {},
        deadline: () => endsAt,
        attempt: 1,
        fresh,
        ledger,
        trace,
      };
      let isRevealing = false;
      const sender =
        (optional: boolean): SendCommand =>
        async <C extends AwsCommand>(target: Target, command: C, listed?: object) => {
          checkRegion(target.region, regions);
          const operation = operationOf(command);
          const key = `${nameOfTarget(target)} ${operation.service} ${operation.name} ${JSON.stringify(command.input)}`;
          const secrets = isRevealing && returnsSecrets(command);
          const isOptional = () => optional;
          const call: Call = { operation, target, command, key, secrets, listed, isOptional, ...request };
          return end.during(async () => {
            // A request that has ended would still wait for turns, and take them from others.
            if (call.signal.aborted) throw toAborted(call.signal);
            try {
              return (await send(call)) as OutputOf<C>;
            } finally {
              // What failed may go well the next time, and what is not there may be made.
              if (operation.isRead) ledger.read(call.goodUntil ?? 0);
            }
          });
        };
      return {
        cost: () => ledger.cost(budgetOf),
        goodForMs: () => ledger.goodForMs(),
        forecast: (calls) =>
          forecast(
            calls.filter(({ target }) => regions.includes(target.region)),
            budgetOf,
          ),
        revealSecrets: () => {
          isRevealing = true;
        },
        send: sender(false),
        sendOnce: sender(true),
      };
    },
  };
}

function checkRegion(region: string, regions: readonly string[]): void {
  if (regions.includes(region)) return;
  throw new RegionNotAllowedError(`Region ${region} is not one of those served here: ${regions.join(', ')}`);
}
