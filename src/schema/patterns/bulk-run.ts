// The calls of a bulk mutation, one for each item: each item succeeds or fails alone. The quota paces the calls; here a
// bounded number of them waits, and none is made that the quota would refuse.
import type { Context } from '../../context.ts';
import { ThrottledError, TimeoutError, UpstreamError } from '../../upstream/errors.ts';
import { forEachInSlices, turnBefore } from '../language/slices.ts';
import {
  type Bulk,
  type BulkOutcome,
  type BulkReason,
  failuresOf,
  malformed,
  type Task,
  Tasks,
} from './bulk-items.ts';

/** Calls of one lane that are under way, those that wait for their turn included: two seconds' worth of AWS's fastest. */
const AT_ONCE = 100;

/** Sends every sound item. Ends when each has succeeded or failed. */
export async function runBulk<Item, Done>(
  bulk: Bulk<Item, Done>,
  context: Context,
): Promise<BulkOutcome<Item, Done>> {
  const { items } = bulk;
  const outcome: BulkOutcome<Item, Done> = { items, done: items.map(() => undefined), failures: [] };
  const tasks = new Tasks(bulk);
  await forEachInSlices(items, (item, index) => {
    const problem = bulk.problemOf(item);
    if (problem) fail(outcome, { item, indexes: [index] }, malformed(problem));
    else tasks.add(item, index);
  });
  const lanes = tasks.byLane().map((lane) => new Lane(bulk, outcome, context).send(lane));
  // Also after an unexpected error, nothing is under way any more when the mutation returns.
  for (const lane of await Promise.allSettled(lanes)) if (lane.status === 'rejected') throw lane.reason;
  outcome.failures.sort((a, b) => a.index - b.index);
  return outcome;
}

function fail<Item>({ failures }: BulkOutcome<Item, unknown>, task: Task<Item>, reason: BulkReason): void {
  for (const failure of failuresOf(task, reason)) failures.push(failure);
}

/** Sends the items that share a rate, in their order. */
class Lane<Item, Done> {
  readonly #bulk: Bulk<Item, Done>;
  readonly #outcome: BulkOutcome<Item, Done>;
  readonly #context: Context;
  readonly #room = new Room(AT_ONCE);
  /** Why no further item is sent. */
  #end: BulkReason | undefined;
  #bug: { error: unknown } | undefined;

  constructor(bulk: Bulk<Item, Done>, outcome: BulkOutcome<Item, Done>, context: Context) {
    this.#bulk = bulk;
    this.#outcome = outcome;
    this.#context = context;
  }

  async send(tasks: readonly Task<Item>[]): Promise<void> {
    const calls: Promise<void>[] = [];
    for (const [place, task] of tasks.entries()) {
      await turnBefore(place, tasks);
      if (!this.#end) await this.#room.enter();
      if (this.#end) fail(this.#outcome, task, this.#end);
      else calls.push(this.#sendOne(task));
    }
    await Promise.all(calls);
    if (this.#bug) throw this.#bug.error;
  }

  async #sendOne(task: Task<Item>): Promise<void> {
    try {
      const done = await this.#bulk.send(task.item);
      for (const index of task.indexes) this.#outcome.done[index] = done;
    } catch (error) {
      if (!(error instanceof UpstreamError)) this.#bug ??= { error };
      const failure = error instanceof UpstreamError ? error : new UpstreamError('Unexpected error');
      const end = this.#endOf(failure);
      this.#end ??= end;
      fail(this.#outcome, task, end ?? failure);
    } finally {
      this.#room.leave();
    }
  }

  /** Why the items after it fail too, if they do: the quota has no turn for them in time, or the request is over. */
  #endOf(error: UpstreamError): BulkReason | undefined {
    const { aws } = error;
    if (error instanceof ThrottledError) {
      const isRefused = aws?.operation === this.#bulk.operation && aws.httpStatus === undefined;
      return isRefused ? error : undefined;
    }
    // Without an origin the call was not sent.
    if (error instanceof TimeoutError && !aws) return new ThrottledError(TOO_LATE);
    return this.#context.signal.aborted || this.#bug ? error : undefined;
  }
}

const TOO_LATE = 'The request ran out of time before this item was sent';

/** Lets in as many as there is room for. One at a time may wait. */
class Room {
  #free: number;
  #enter: (() => void) | undefined;

  constructor(size: number) {
    this.#free = size;
  }

  async enter(): Promise<void> {
    if (this.#free === 0) {
      await new Promise<void>((resolve) => {
        this.#enter = resolve;
      });
    }
    this.#free -= 1;
  }

  leave(): void {
    this.#free += 1;
    this.#enter?.();
    this.#enter = undefined;
  }
}
