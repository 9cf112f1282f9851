import { ThrottledError, TimeoutError, UpstreamError } from '../../upstream/errors.js';
import { forEachInSlices, turnBefore } from '../language/slices.js';
import { failuresOf, malformed, Tasks, } from './bulk-items.js';
/** Calls of one lane that are under way, those that wait for their turn included: two seconds' worth of AWS's fastest. */
const AT_ONCE = 100;
/** Sends every sound item. Ends when each has succeeded or failed. */
export async function runBulk(bulk, context) {
    const { items } = bulk;
    const outcome = { items, done: items.map(() => undefined), failures: [] };
    const tasks = new Tasks(bulk);
    await forEachInSlices(items, (item, index) => {
        const problem = bulk.problemOf(item);
        if (problem)
            fail(outcome, { item, indexes: [index] }, malformed(problem));
        else
            tasks.add(item, index);
    });
    const lanes = tasks.byLane().map((lane) => new Lane(bulk, outcome, context).send(lane));
    // Also after an unexpected error, nothing is under way any more when the mutation returns.
    for (const lane of await Promise.allSettled(lanes))
        if (lane.status === 'rejected')
            throw lane.reason;
    outcome.failures.sort((a, b) => a.index - b.index);
    return outcome;
}
function fail({ failures }, task, reason) {
    for (const failure of failuresOf(task, reason))
        failures.push(failure);
}
/** Sends the items that share a rate, in their order. */
class Lane {
    #bulk;
    #outcome;
    #context;
    #room = new Room(AT_ONCE);
    /** Why no further item is sent. */
    #end;
    #bug;
    constructor(bulk, outcome, context) {
        this.#bulk = bulk;
        this.#outcome = outcome;
        this.#context = context;
    }
    async send(tasks) {
        const calls = [];
        for (const [place, task] of tasks.entries()) {
            await turnBefore(place, tasks);
            if (!this.#end)
                await this.#room.enter();
            if (this.#end)
                fail(this.#outcome, task, this.#end);
            else
                calls.push(this.#sendOne(task));
        }
        await Promise.all(calls);
        if (this.#bug)
            throw this.#bug.error;
    }
    async #sendOne(task) {
        try {
            const done = await this.#bulk.send(task.item);
            for (const index of task.indexes)
                this.#outcome.done[index] = done;
        }
        catch (error) {
            if (!(error instanceof UpstreamError))
                this.#bug ??= { error };
            const failure = error instanceof UpstreamError ? error : new UpstreamError('Unexpected error');
            const end = this.#endOf(failure);
            this.#end ??= end;
            fail(this.#outcome, task, end ?? failure);
        }
        finally {
            this.#room.leave();
        }
    }
    /** Why the items after it fail too, if they do: the quota has no turn for them in time, or the request is over. */
    #endOf(error) {
        const { aws } = error;
        if (error instanceof ThrottledError) {
            const isRefused = aws?.operation === this.#bulk.operation && aws.httpStatus === undefined;
            return isRefused ? error : undefined;
        }
        // Without an origin the call was not sent.
        if (error instanceof TimeoutError && !aws)
            return new ThrottledError(TOO_LATE);
        return this.#context.signal.aborted || this.#bug ? error : undefined;
    }
}
const TOO_LATE = 'The request ran out of time before this item was sent';
/** Lets in as many as there is room for. One at a time may wait. */
class Room {
    #free;
    #enter;
    constructor(size) {
        this.#free = size;
    }
    async enter() {
        if (this.#free === 0) {
            await new Promise((resolve) => {
                this.#enter = resolve;
            });
        }
        this.#free -= 1;
    }
    leave() {
        this.#free += 1;
        this.#enter?.();
        this.#enter = undefined;
    }
}
