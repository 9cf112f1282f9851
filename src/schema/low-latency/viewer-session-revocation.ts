// AWS has a quota for batches and one for single pairs. Both work on one queue: each takes from it as much as it can
// carry, so that one which AWS slows down takes less.
import type { Context } from '../../context.ts';
import { nameOfTarget, type Target, targetOf } from '../../upstream/arn.ts';
import { ThrottledError, UpstreamError } from '../../upstream/errors.ts';
import { groupBy } from '../language/collections.ts';
import {
  failed,
  nameOf,
  type Pair,
  type PairError,
  type Revocation,
  reasonAgainst,
  revokeBatch,
  revokeSingle,
} from './viewer-session.ts';

/** AWS's largest batch. */
const BATCH = 20;
/** Calls that start at once: a second's worth. The rates are rows of the quota table; here they only say how far to look ahead. */
const BATCHES_AT_ONCE = 2;
const SINGLES_AT_ONCE = 10;
/** Single calls that start in the time of one batch. No more of them wait, since a batch would be there sooner. */
const SINGLES_PER_BATCH = SINGLES_AT_ONCE / BATCHES_AT_ONCE;

/** Revokes every pair that can be revoked; the errors of the others, in the order of the input. */
export async function revokeAll(pairs: readonly Pair[], context: Context): Promise<PairError[]> {
  const { errors, targets } = sort(pairs, context.bounds);
  const failures = targets.map(({ target, revocations }) =>
    new TargetRevocation(target, revocations, context).revoke(),
  );
  errors.push(...(await Promise.all(failures)).flat());
  if (errors.length > 0) warn(pairs.length, errors, context);
  return errors.sort((a, b) => a.index - b.index);
}

/** What can be sent, by where it goes, and the errors of what cannot. */
function sort(pairs: readonly Pair[], bounds?: Context['bounds']) {
  const errors: PairError[] = [];
  const sound = new Map<string, Revocation>();
  for (const [index, pair] of pairs.entries()) {
    const known = sound.get(JSON.stringify(pair));
    if (known) known.indexes.push(index);
    else {
      const revocation = { pair, indexes: [index] };
      const reason = reasonAgainst(pair, bounds);
      if (reason) errors.push(...failed(revocation, reason));
      else sound.set(JSON.stringify(pair), revocation);
    }
  }
  const groups = groupBy(sound.values(), ({ pair }) => nameOfTarget(targetOf(pair.channelArn)));
  const targets = [...groups.values()].map((revocations) => ({
    target: targetOf((revocations as [Revocation])[0].pair.channelArn),
    revocations,
  }));
  return { errors, targets };
}

/** The calls of each region while both lanes have their rate: those at once, then a few single ones and a batch in turn. */
export const countCalls = (pairs: readonly Pair[]) =>
  sort(pairs).targets.map(({ target, revocations }) => {
    const calls = { target, batches: 0, singles: 0 };
    let queue = revocations;
    const carryBatch = () => {
      calls.batches += queue.length > 0 ? 1 : 0;
      queue = take(queue, BATCH).rest;
    };
    const carrySingles = (count: number) => {
      calls.singles += Math.min(count, queue.length);
      queue = queue.slice(count);
    };
    for (let count = 0; count < BATCHES_AT_ONCE; count += 1) carryBatch();
    carrySingles(SINGLES_AT_ONCE);
    while (queue.length > 0) {
      carrySingles(SINGLES_PER_BATCH);
      carryBatch();
    }
    return calls;
  });

/** Without the pairs: a viewerId is personal data. */
function warn(requested: number, errors: readonly PairError[], { log }: Context): void {
  const codes = Object.fromEntries(
    [...groupBy(errors, ({ code }) => code)].map(([code, { length }]) => [code, length]),
  );
  log.warn({ requested, failed: errors.length, codes }, 'revokeViewerSessions could not revoke every pair');
}

/** One of the two quotas, at work. */
class Lane {
  /** Calls that start at once; those after them wait for their turn. */
  readonly atOnce: number;
  begun = 0;
  underWay = 0;
  /** Why it carries no more. */
  refusal: UpstreamError | undefined;

  constructor(atOnce: number) {
    this.atOnce = atOnce;
  }

  /** Calls that may still wait for their turn. */
  get waiting(): number {
    return Math.max(0, Math.min(this.underWay, this.begun - this.atOnce));
  }
}

class TargetRevocation {
  readonly #target: Target;
  readonly #context: Context;
  #queue: Revocation[];
  readonly #errors: PairError[] = [];
  readonly #calls = new Set<Promise<void>>();
  readonly #batches = new Lane(BATCHES_AT_ONCE);
  readonly #singles = new Lane(SINGLES_AT_ONCE);

  constructor(target: Target, revocations: readonly Revocation[], context: Context) {
    this.#target = target;
    this.#context = context;
    this.#queue = [...revocations];
  }

  /** Revokes every pair that can be revoked in time; the errors of the others, in no order. */
  async revoke(): Promise<PairError[]> {
    for (;;) {
      // Batches first: what fits into those that start at once takes the fewest calls.
      this.#beginBatches();
      this.#beginSingles();
      if (this.#calls.size === 0) break;
      await Promise.race(this.#calls);
    }
    // What is left was refused by both. One that has no turn now may have one later.
    const refusals = [this.#batches.refusal, this.#singles.refusal];
    const refusal = refusals.find((error) => error instanceof ThrottledError) ?? refusals[0];
    return [...this.#errors, ...this.#queue.flatMap((one) => failed(one, refusal as UpstreamError))];
  }

  #beginBatches(): void {
    const lane = this.#batches;
    while (!lane.refusal && lane.underWay < BATCHES_AT_ONCE) {
      const { batch, rest } = take(
        this.#queue,
        Math.min(BATCH, this.#queue.length - this.#reservedForSingles()),
      );
      this.#queue = rest;
      if (batch.length === 0) return;
      this.#begin(lane, batch, () => revokeBatch(batch, this.#target, this.#context));
    }
  }

  /** How many pairs single calls carry before one more batch has its turn, as far as they still carry any. */
  #reservedForSingles(): number {
    const { begun, underWay, waiting } = this.#batches;
    const startsAtOnce = begun < BATCHES_AT_ONCE;
    // Single calls that hang must not keep the last pairs from a lane that has nothing else to do.
    if (startsAtOnce || underWay === 0 || this.#singles.refusal) return 0;
    return Math.max(0, (waiting + 1) * SINGLES_PER_BATCH - this.#singles.waiting);
  }

  #beginSingles(): void {
    const lane = this.#singles;
    const hasRoom = () =>
      lane.underWay < (lane.begun < SINGLES_AT_ONCE ? SINGLES_AT_ONCE : SINGLES_PER_BATCH);
    while (!lane.refusal && hasRoom()) {
      const revocation = this.#queue.shift();
      if (!revocation) return;
      this.#begin(lane, [revocation], () => revokeSingle(revocation, this.#context));
    }
  }

  #begin(lane: Lane, load: Revocation[], revoke: () => Promise<PairError[]>): void {
    lane.begun += 1;
    lane.underWay += 1;
    const call = revoke()
      .then(
        (errors) => void this.#errors.push(...errors),
        (error) => this.#fail(lane, load, error),
      )
      .finally(() => {
        lane.underWay -= 1;
        this.#calls.delete(call);
      });
    this.#calls.add(call);
  }

  #fail(lane: Lane, load: Revocation[], error: unknown): void {
    if (!(error instanceof UpstreamError)) throw error;
    if (isRefusal(error)) {
      lane.refusal = error;
      this.#queue.unshift(...load);
    } else this.#errors.push(...load.flatMap((one) => failed(one, error)));
  }
}

/**
 * Takes up to `count` pairs that differ in channel or viewer: AWS's errors do not name the version, and so each has
 * one owner. Two versions of one pair may go out in any order, or side by side in both lanes: each call ends the
 * sessions up to its own version, so together they end those up to the higher one.
 */
function take(queue: readonly Revocation[], count: number): { batch: Revocation[]; rest: Revocation[] } {
  const batch = new Map<string, Revocation>();
  const rest: Revocation[] = [];
  for (const revocation of queue) {
    const name = nameOf(revocation.pair);
    if (batch.size < count && !batch.has(name)) batch.set(name, revocation);
    else rest.push(revocation);
  }
  return { batch: [...batch.values()], rest };
}

/**
 * Whether the call did nothing and no further one of its kind will: its turn would come too late, or the gateway's role
 * lacks the permission for its kind, of which there are two.
 */
const isRefusal = (error: UpstreamError): boolean =>
  error instanceof ThrottledError
    ? error.aws?.httpStatus === undefined
    : error.code === 'UPSTREAM_ACCESS_DENIED';
