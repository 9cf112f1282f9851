// AWS has a quota for batches and one for single pairs. Both work on one queue: each takes from it as much as it can
// carry, so that one which AWS slows down takes less.
import type { Context } from '../../context.ts';
import { type Target, targetOf } from '../../upstream/arn.ts';
import { ThrottledError, UpstreamError } from '../../upstream/errors.ts';
import { forEachInSlices } from '../language/slices.ts';
import { recordItems } from '../patterns/bulk-error.ts';
import { failuresOf, Tasks } from '../patterns/bulk-items.ts';
import { RevocationQueue } from './revocation-queue.ts';
import {
  isSound,
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
  const errors: PairError[] = [];
  const sound = soundPairs();
  await forEachInSlices(pairs, (pair, index) => {
    const reason = reasonAgainst(pair, context.bounds);
    if (reason) errors.push(...failuresOf({ item: pair, indexes: [index] }, reason));
    else sound.add(pair, index);
  });
  const failures = sound
    .byLane()
    .map((revocations) => new TargetRevocation(targetOfAll(revocations), revocations, context).revoke());
  for (const some of await Promise.all(failures)) for (const error of some) errors.push(error);
  recordItems('revokeViewerSessions', pairs, errors, context);
  return errors.sort((a, b) => a.index - b.index);
}

/** What can be sent, each pair once, by its region. */
const soundPairs = () =>
  new Tasks<Pair>({
    arnOf: ({ channelArn }) => channelArn,
    nameOf: (pair) => `${nameOf(pair)} ${pair.viewerSessionVersionsLessThanOrEqualTo}`,
  });

const targetOfAll = ([first]: readonly Revocation[]): Target =>
  targetOf((first as Revocation).item.channelArn);

/** The calls of each region while both lanes have their rate: those at once, then a few single ones and a batch in turn. */
export function countCalls(pairs: readonly Pair[]) {
  const sound = soundPairs();
  for (const [index, pair] of pairs.entries()) if (isSound(pair)) sound.add(pair, index);
  return sound
    .byLane()
    .map((revocations) => ({ target: targetOfAll(revocations), ...countLanes(revocations) }));
}

function countLanes(revocations: readonly Revocation[]) {
  const queue = new RevocationQueue(revocations);
  let [batches, singles] = [0, 0];
  const carryBatch = () => {
    batches += queue.takeBatch(BATCH).length > 0 ? 1 : 0;
  };
  const carrySingles = (count: number) => {
    for (let carried = 0; carried < count && queue.takeOne(); carried += 1) singles += 1;
  };
  for (let count = 0; count < BATCHES_AT_ONCE; count += 1) carryBatch();
  carrySingles(SINGLES_AT_ONCE);
  while (queue.length > 0) {
    carrySingles(SINGLES_PER_BATCH);
    carryBatch();
  }
  return { batches, singles };
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
  readonly #queue: RevocationQueue;
  readonly #errors: PairError[] = [];
  readonly #calls = new Set<Promise<void>>();
  readonly #batches = new Lane(BATCHES_AT_ONCE);
  readonly #singles = new Lane(SINGLES_AT_ONCE);

  constructor(target: Target, revocations: readonly Revocation[], context: Context) {
    this.#target = target;
    this.#context = context;
    this.#queue = new RevocationQueue(revocations);
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
    return [
      ...this.#errors,
      ...this.#queue.takeAll().flatMap((one) => failuresOf(one, refusal as UpstreamError)),
    ];
  }

  #beginBatches(): void {
    const lane = this.#batches;
    while (!lane.refusal && lane.underWay < BATCHES_AT_ONCE) {
      const batch = this.#queue.takeBatch(Math.min(BATCH, this.#queue.length - this.#reservedForSingles()));
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
      const revocation = this.#queue.takeOne();
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
      this.#queue.putBack(load);
    } else this.#errors.push(...load.flatMap((one) => failuresOf(one, error)));
  }
}

/**
 * Whether the call did nothing and no further one of its kind will: its turn would come too late, or the gateway's role
 * lacks the permission for its kind, of which there are two.
 */
const isRefusal = (error: UpstreamError): boolean =>
  error instanceof ThrottledError
    ? error.aws?.httpStatus === undefined
    : error.code === 'UPSTREAM_ACCESS_DENIED';
