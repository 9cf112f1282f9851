// What has happened lately, in one order for all replicas, so that subscribers can continue behind a cursor.
import type { JournalEntry, JournalListener, ReadableJournal } from '../changes.ts';
import type { Clock } from '../clock.ts';
import { compareCursors, isCursor } from '../cursor.ts';

interface JournalOptions {
  /** How long entries are kept. */
  replayMs: number;
  clock: Clock;
}

interface Heard {
  entry: JournalEntry;
  /** On the clock of this replica. */
  at: number;
  bytes: number;
}

export const MAX_ENTRIES = 10_000;
/** Of JSON, in memory. */
const MAX_BYTES = 64 * 1024 * 1024;

export class Journal implements ReadableJournal {
  readonly #options: JournalOptions;
  readonly #entries: Heard[] = [];
  readonly #listeners = new Set<JournalListener>();
  /** What came behind it is known. */
  #from: string;
  #last: string;
  #bytes = 0;

  constructor(options: JournalOptions) {
    this.#options = options;
    this.#from = this.#last = `${Date.now()}-0`;
  }

  get last(): string {
    return this.#last;
  }

  /** The last cursor of so many milliseconds ago. */
  asOf(millisecondsAgo: number): string {
    const at = this.#options.clock.now() - millisecondsAgo;
    const heard = this.#entries.findLast((one) => one.at <= at);
    return heard?.entry.cursor ?? this.#from;
  }

  /** Begins anew: what is before `cursor` is not known. */
  restart(cursor: string): void {
    this.#entries.length = 0;
    this.#bytes = 0;
    this.#from = this.#last = cursor;
  }

  /** The cursor of an entry that is made now. */
  next(): string {
    const now = Date.now();
    const [time, number] = this.#last.split('-').map(Number) as [number, number];
    return now > time ? `${now}-0` : `${time}-${number + 1}`;
  }

  append(entry: JournalEntry): void {
    if (this.#add(entry)) for (const { onEntry } of [...this.#listeners]) onEntry(entry);
  }

  /** Entries that were made before: no listener receives them. */
  load(entries: readonly JournalEntry[]): void {
    for (const entry of entries) this.#add(entry);
  }

  #add(entry: JournalEntry): boolean {
    if (compareCursors(entry.cursor, this.#last) <= 0) return false;
    const bytes = JSON.stringify(entry.body).length;
    this.#bytes += bytes;
    this.#entries.push({ entry, at: this.#options.clock.now(), bytes });
    this.#last = entry.cursor;
    this.#forget();
    return true;
  }

  /** Entries may have been missed. */
  interrupt(): void {
    for (const { onGap } of [...this.#listeners]) onGap();
  }

  listen(listener: JournalListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  since(cursor: string): readonly JournalEntry[] | undefined {
    if (!isCursor(cursor) || compareCursors(cursor, this.#from) < 0) return undefined;
    // One of the future is another gateway's, or from before a clock was set back.
    if (compareCursors(cursor, this.#last) > 0) return undefined;
    // The messages of an entry are numbered: some of them may be behind the cursor.
    const entry = cursor.replace(/\..*/, '.0');
    const first = this.#entries.findIndex((one) => compareCursors(one.entry.cursor, entry) > 0);
    return first < 0 ? [] : this.#entries.slice(first).map((one) => one.entry);
  }

  #forget(): void {
    const oldest = this.#options.clock.now() - this.#options.replayMs;
    let bytes = this.#bytes;
    const isOld = ({ at, bytes: own }: Heard, index: number) => {
      const isTooMuch = bytes > MAX_BYTES || this.#entries.length - index > MAX_ENTRIES;
      bytes -= own;
      return at < oldest || isTooMuch;
    };
    const found = this.#entries.findIndex((heard, index) => !isOld(heard, index));
    const count = found < 0 ? this.#entries.length : found;
    // In blocks, unless they are large: each removal moves all that is left.
    if (count === 0 || (count < this.#entries.length / 2 && this.#bytes <= MAX_BYTES)) return;
    const removed = this.#entries.splice(0, count);
    for (const { bytes: own } of removed) this.#bytes -= own;
    this.#from = removed.at(-1)?.entry.cursor ?? this.#from;
  }
}
