// Calls wait their turn against AWS's published rates: each passes the gate of every limit that it must keep.
import type { Layer } from '../call.ts';
import { type Clock, systemClock } from '../clock.ts';
import { originOf, ThrottledError, UpstreamError } from '../errors.ts';
import type { Account, Budget } from '../ledger.ts';
import { type Observer, observedWait } from '../observed.ts';
import type { Shared } from '../shared.ts';
import type { Tracing } from '../tracing.ts';
import { Gate } from './gate.ts';
import { type Limit, limitsOf, type Rates } from './limits.ts';
import { SharedBucket } from './shared-bucket.ts';
import { type Bucket, TokenBucket } from './token-bucket.ts';

/** So many limits are counted before unused ones are forgotten. */
const MAX_GATES = 1000;

export interface QuotaOptions {
  clock?: Clock | undefined;
  rates?: Rates | undefined;
  /** What the replicas count together; absent, this one counts alone. */
  shared?: Shared | undefined;
  observer?: Observer | undefined;
  tracing?: Tracing | undefined;
}

/** The name of a bucket that is of no single resource: `nameOfTarget`, service and operation. */
const BUCKET = /^(?:(\d+) )?(\S+) (\S+) (\S+)$/;

const SILENT: Observer = { called() {}, waited() {} };

interface Quota {
  layer: Layer;
  /** Of the whole account; a channel's own rate for metadata is beside it. */
  budgetOf(account: Account): Budget;
  facts(): QuotaFacts[];
}

/** How one operation stands now. */
export interface QuotaFacts {
  service: string;
  account?: string;
  region: string;
  operation: string;
  waiting: number;
  /** How long the one that waits longest has waited; 0 where none waits. */
  oldestMs: number;
  budget: Budget;
}

export function quota({
  clock = systemClock,
  rates,
  shared,
  observer = SILENT,
  tracing,
}: QuotaOptions = {}): Quota {
  const gates = new Map<string, Gate>();
  const bucketOf = (limit: Limit, wake: () => void): Bucket =>
    shared ? new SharedBucket(limit, { shared, clock, wake }) : new TokenBucket(limit.perSecond, clock.now());
  const gateOf = (limit: Limit): Gate => {
    const { name } = limit;
    const known = gates.get(name);
    if (known) return known;
    // Some limits are of single channels, which come and go.
    if (gates.size >= MAX_GATES) for (const [other, gate] of gates) if (gate.isIdle()) gates.delete(other);
    const gate = new Gate(clock, (wake) => bucketOf(limit, wake));
    gates.set(name, gate);
    return gate;
  };

  // Others have left the line: see shared-bucket-scripts.ts.
  shared?.listen(`turn:${shared.id}`, (text) => {
    const [, inMs, name = ''] = /^(\S+) (.*)$/.exec(text) ?? [];
    gates.get(name)?.hurry(Number(inMs));
  });

  const layer: Layer = (next) => async (call) => {
    const { operation, target, command, progress } = call;
    const passed = limitsOf(operation, target, command.input, rates).map(gateOf);
    const releases: (() => void)[] = [];
    try {
      if (progress) progress.isQueued = true;
      await observedWait({ clock, observer, tracing }, call, async () => {
        for (const gate of passed) releases.push(await gate.pass(call));
      });
      if (progress) progress.isQueued = false;
      const sent = call.embark?.() ?? call;
      sent.ledger.count(sent, 'calls');
      return await next(sent).catch((error: unknown) => {
        if (error instanceof UpstreamError && error.isUnsent) sent.ledger.uncount(sent);
        throw error;
      });
    } catch (error) {
      if (error instanceof ThrottledError && error.aws?.httpStatus)
        for (const gate of passed) gate.slowDown();
      throw error;
    } finally {
      if (progress) Object.assign(progress, { isQueued: false, hasLeft: true });
      for (const release of releases) release();
    }
  };

  return {
    layer,
    budgetOf: ({ operation, target }) =>
      gateOf(limitsOf(operation, target, {}, rates).at(-1) as Limit).budget(),
    facts: () =>
      [...gates].flatMap(([name, gate]) => {
        const [, account, region = '', service = '', operation = ''] = BUCKET.exec(name) ?? [];
        // Single channels come and go, and their names are private.
        if (!operation) return [];
        const [waiting, oldestMs] = [gate.waiting(), gate.oldestMs()];
        const of = originOf({ service, name: operation }, { account, region });
        return [{ ...of, waiting, oldestMs, budget: gate.budget() }];
      }),
  };
}
