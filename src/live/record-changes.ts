// What a poll has found goes to the journal, by which the views of all replicas hear of it in the same order.
import { randomUUID } from 'node:crypto';
import type { EventLog } from '../upstream/changes.ts';
import type { Clock } from '../upstream/clock.ts';
import type { Change, Sweep, View } from './view.ts';

interface RecordOptions<Item> {
  view: View<Item>;
  events: EventLog;
  clock: Clock;
}

/** Of one entry of the journal. */
const MAX_CHANGES = 200;
/** For an entry to come back. */
const PATIENCE_MS = 1000;

/** Resolves when the view of this replica has them. */
export async function recordChanges<Item>(
  changes: readonly Change<Item>[],
  at: Date,
  options: RecordOptions<Item>,
): Promise<void> {
  for (let first = 0; first < changes.length; first += MAX_CHANGES)
    await recordSome(changes.slice(first, first + MAX_CHANGES), at, options);
}

async function recordSome<Item>(
  changes: readonly Change<Item>[],
  at: Date,
  { view, events, clock }: RecordOptions<Item>,
): Promise<void> {
  const body: Sweep<Item> = { id: randomUUID(), sweepOf: view.name, time: at.toISOString(), changes };
  const heard = hear(body.id, events, clock);
  try {
    await events.record({ id: body.id, changes: [], body });
    await heard.promise;
  } catch {
    view.applySweep(body);
  } finally {
    heard.end();
  }
}

function hear(id: string, { journal }: EventLog, clock: Clock): { promise: Promise<void>; end: () => void } {
  let end = () => {};
  const promise = new Promise<void>((resolve) => {
    const stopTimer = clock.after(PATIENCE_MS, resolve);
    const stop = journal.listen({
      onEntry: ({ body }) => (body as { id?: string }).id === id && resolve(),
      onGap: resolve,
    });
    end = () => {
      stop();
      stopTimer();
    };
  });
  return { promise, end };
}
