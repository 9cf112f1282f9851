// Reads what a view watches, again and again while it has subscribers: in one of the replicas, for all of them.
import type { Target } from '../upstream/arn.ts';
import type { EventLog } from '../upstream/changes.ts';
import type { Clock } from '../upstream/clock.ts';
import { ResourceNotFoundError } from '../upstream/errors.ts';
import type { AwsCommand, OutputOf } from '../upstream/operation.ts';
import type { GapReason } from './messages.ts';
import { LEASE_MS, type Ownership } from './ownership.ts';
import { recordChanges } from './record-changes.ts';
import type { View } from './view.ts';

/** Reads past the cache, at the pace of polls. What it reads serves queries, too. */
export interface PollReader {
  /** Waits for a turn of its own. */
  send<C extends AwsCommand>(target: Target, command: C): Promise<OutputOf<C>>;
  /** Shares its turn with others of its kind, and takes what a list returns of the resource. */
  sendBrief<C extends AwsCommand>(target: Target, command: C): Promise<OutputOf<C>>;
}

/** All items as they are now. */
export type SweepItems<Item> = (reader: PollReader, known: ReadonlyMap<string, Item>) => Promise<Item[]>;

interface PollerOptions<Item> {
  view: View<Item>;
  idOf: (item: Item) => string;
  sweep: SweepItems<Item>;
  reader: (signal: AbortSignal) => PollReader;
  ownership: Ownership;
  events: EventLog;
  clock: Clock;
  intervalMs: number;
  /** In how many sweeps in a row an item must be absent before it counts as removed. */
  absences: number;
  onFailure: (error: Error) => void;
  listener: PollListener;
}

export interface PollListener {
  /** Changes were missed, or may be. */
  onGap: (reason: GapReason) => void;
  /** After a gap: the view is what AWS says now. */
  onState: () => void;
  /** The views of other replicas may lack what this one has found. */
  onFound: () => void;
}

/** Between two sweeps that events cause. */
const MIN_PAUSE_MS = 1000;
const MAX_PAUSE_MS = 30_000;
/** So many reads in a row that fail are said to subscribers. */
const STALE_AFTER = 3;

export class Poller<Item> {
  readonly #options: PollerOptions<Item>;
  readonly #absent = new Map<string, number>();
  #life: AbortController | undefined;
  #wake: (() => void) | undefined;
  #isNudged = false;
  #isBased = false;
  #hasMissed = false;
  #dueAt = 0;
  #failures = 0;

  constructor(options: PollerOptions<Item>) {
    this.#options = options;
  }

  /** Resolves when the view is what AWS says now. Rejects where the first sweep fails. */
  start(): Promise<void> {
    const life = new AbortController();
    this.#life = life;
    return new Promise((resolve, reject) => {
      void this.#run(life.signal, resolve, reject);
    });
  }

  stop(): void {
    this.#life?.abort();
    this.#life = undefined;
    this.#wake?.();
    this.#options.ownership.release();
  }

  /** Something may have changed. */
  nudge(): void {
    this.#isNudged = true;
    this.#wake?.();
  }

  /** What the view holds may be wrong: entries of the journal were missed. */
  restart(): void {
    this.#isBased = false;
    this.#hasMissed = true;
    this.nudge();
  }

  async #run(signal: AbortSignal, onReady: () => void, onFailure: (error: Error) => void): Promise<void> {
    let isReady = false;
    while (!signal.aborted) {
      const startedAt = this.#options.clock.now();
      const isDue: boolean = this.#isNudged || !isReady || startedAt >= this.#dueAt;
      this.#isNudged = false;
      try {
        isReady = (await this.#round(signal, isDue)) || isReady;
        if (this.#failures >= STALE_AFTER) this.#options.listener.onState();
        this.#failures = 0;
        if (isReady) onReady();
      } catch (error) {
        if (signal.aborted) return;
        if (!isReady) return onFailure(error as Error);
        this.#failures += 1;
        // Once: the others follow from it.
        if (this.#failures === 1) this.#options.onFailure(error as Error);
        if (this.#failures === STALE_AFTER) this.#options.listener.onGap('AWS_LOST');
      }
      await this.#pause(startedAt, isReady);
    }
  }

  /** Whether the view is up to date now. */
  async #round(signal: AbortSignal, isDue: boolean): Promise<boolean> {
    const { ownership, clock, intervalMs } = this.#options;
    const isOwner = await ownership.take();
    if (!this.#isBased) await this.#takeSnapshot();
    if (isOwner && (isDue || !this.#isBased) && !signal.aborted) {
      this.#dueAt = clock.now() + intervalMs;
      await this.#sweep(signal);
    }
    // Entries can be missed in the middle of a round.
    if (this.#hasMissed && this.#isBased) {
      this.#hasMissed = false;
      this.#options.listener.onGap('REDIS_LOST');
      this.#options.listener.onState();
      // What this replica found meanwhile, the others have not heard of.
      if (isOwner) this.#options.listener.onFound();
    }
    return this.#isBased;
  }

  async #takeSnapshot(): Promise<void> {
    const { ownership, view, events } = this.#options;
    const snapshot = await ownership.load();
    const behind = snapshot && events.journal.since(snapshot.cursor);
    if (!snapshot || !behind) return;
    view.restart(snapshot.items as Item[], snapshot.cursor, new Date(snapshot.sweptAt));
    for (const entry of behind) view.apply(entry);
    this.#isBased = true;
  }

  async #sweep(signal: AbortSignal): Promise<void> {
    const { view, events, ownership, idOf } = this.#options;
    const at = new Date();
    const before = events.journal.last;
    const read = await this.#read(signal);
    if (signal.aborted) return;
    if (this.#isBased) await this.#record(new Map(read.map((item) => [idOf(item), item])), at);
    else {
      const behind = events.journal.since(before);
      if (!behind) return this.nudge();
      view.restart(read, before, at);
      for (const entry of behind) view.apply(entry);
      this.#isBased = true;
    }
    view.swept(at);
    await ownership.save(() => ({
      // All before it is in the items.
      cursor: events.journal.last,
      items: [...view.items.values()] as object[],
      sweptAt: at.toISOString(),
    }));
  }

  /** What was there, and is not found any more, has been deleted: nothing is left of it. */
  async #read(signal: AbortSignal): Promise<Item[]> {
    const { view, sweep, reader } = this.#options;
    try {
      return await sweep(reader(signal), view.items);
    } catch (error) {
      if (this.#isBased && error instanceof ResourceNotFoundError) return [];
      throw error;
    }
  }

  async #record(read: ReadonlyMap<string, Item>, at: Date): Promise<void> {
    const { view, absences } = this.#options;
    for (const id of this.#absent.keys()) if (read.has(id) || !view.items.has(id)) this.#absent.delete(id);
    const changes = view.differences(read, (id) => {
      const times = (this.#absent.get(id) ?? 0) + 1;
      this.#absent.set(id, times);
      return times < absences;
    });
    // A subscriber may have left: look again soon.
    if (this.#absent.size > 0) this.#isNudged = true;
    await recordChanges(changes, at, this.#options);
  }

  #pause(startedAt: number, isReady: boolean): Promise<void> {
    const { clock, intervalMs } = this.#options;
    const usual = isReady ? intervalMs : MIN_PAUSE_MS / 4;
    const long = Math.min(usual * 2 ** this.#failures, MAX_PAUSE_MS);
    // A lease is renewed at least twice in its time.
    const until = startedAt + (this.#failures > 0 ? long : Math.min(long, LEASE_MS / 3));
    const soonest = startedAt + Math.min(MIN_PAUSE_MS, usual);
    return new Promise((resolve) => {
      let stopTimer = () => {};
      const end = () => {
        stopTimer();
        this.#wake = undefined;
        resolve();
      };
      const waitUntil = (at: number) => {
        stopTimer();
        stopTimer = clock.after(Math.max(0, at - clock.now()), end);
      };
      this.#wake = () => (this.#life ? waitUntil(soonest) : end());
      waitUntil(this.#isNudged ? soonest : until);
    });
  }
}
