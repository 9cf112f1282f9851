// The journal of all replicas, of which each has a copy in memory: replays then ask nothing of Redis.
import type { JournalEntry, JournalListener, ReadableJournal } from '../changes.ts';
import type { Clock } from '../clock.ts';
import { compareCursors } from '../cursor.ts';
import type { Shared } from '../shared.ts';
import { Journal } from './journal.ts';

/**
 * KEYS: the journal, the cursor of its last entry, its beginning. ARGV: the first entry that is wanted. Returns the cursor of
 * now, then each entry behind its cursor. What follows is published. A Redis that was emptied has another beginning.
 */
const READ = `
-- Before any entry of this millisecond
redis.call('SET', KEYS[3], string.format('%.0f-0', math.floor(now) - 1), 'NX')
local found = { redis.call('GET', KEYS[2]) or redis.call('GET', KEYS[3]) }
for _, entry in ipairs(redis.call('XRANGE', KEYS[1], ARGV[1], '+')) do
  table.insert(found, entry[1])
  table.insert(found, entry[2][2])
end
return found
`;

/** The journal, and the cursor of its last entry. */
export const JOURNAL = ['events:journal', 'events:last'];

interface Options {
  shared: Shared;
  replayMs: number;
  clock: Clock;
  /** Before an entry that this replica wrote itself is reported: receives the tags in it, as JSON. */
  onOwn: (forgotten: string) => void;
}

export class SharedJournal implements ReadableJournal {
  readonly #shared: Shared;
  readonly #onOwn: Options['onOwn'];
  readonly #copy: Journal;
  /** What is published while the copy is read. */
  #early: JournalEntry[] | undefined;
  #isBegun = false;
  #hasMissed = false;

  constructor({ shared, replayMs, clock, onOwn }: Options) {
    this.#shared = shared;
    this.#onOwn = onOwn;
    this.#copy = new Journal({ replayMs, clock });
    shared.listen('entry', (text) => this.#hear(text));
    shared.onBack(() => void this.#read());
    if (shared.isUp()) void this.#read();
    else this.#hasMissed = true;
  }

  get last(): string {
    return this.#copy.last;
  }

  asOf(millisecondsAgo: number): string {
    return this.#copy.asOf(millisecondsAgo);
  }

  listen(listener: JournalListener): () => void {
    return this.#copy.listen(listener);
  }

  since(cursor: string): readonly JournalEntry[] | undefined {
    return this.#isBegun ? this.#copy.since(cursor) : undefined;
  }

  /** An entry of this replica could not be written: subscribers hear of it when Redis is back. */
  miss(): void {
    this.#hasMissed = true;
  }

  async #read(): Promise<void> {
    if (this.#early) return;
    this.#early = [];
    try {
      const keys = [...JOURNAL, 'journal:began'];
      const from = this.#isBegun ? this.#copy.last : '-';
      const found = (await this.#shared.run(READ, keys, [from])) as unknown[];
      const [now = '', ...rest] = found.map(String);
      this.#take(entriesOf(rest), { now, from });
      for (const entry of this.#early) this.#copy.append(entry);
    } catch {
      // It is lost again, and will be back. A first copy comes late, then.
      this.#hasMissed = true;
    } finally {
      this.#early = undefined;
    }
  }

  #take(entries: readonly JournalEntry[], { now, from }: { now: string; from: string }): void {
    const isNew = !this.#isBegun;
    const isInterrupted = this.#hasMissed || (!isNew && entries[0]?.cursor !== from && now !== from);
    const behind = isNew ? entries : entries.filter(({ cursor }) => compareCursors(cursor, from) > 0);
    if (isNew || isInterrupted) this.#copy.restart(startOf(behind, now));
    this.#isBegun = true;
    this.#hasMissed = false;
    // Old to those who listen already: which of them happened meanwhile is not known.
    if (isNew) this.#copy.load(behind);
    // What this replica heard last is not there any more: Redis was emptied, or has begun anew.
    if (isInterrupted) this.#copy.interrupt();
    if (!isNew) for (const entry of behind) this.#copy.append(entry);
  }

  #hear(text: string): void {
    const [cursor = '', from, forgotten = '[]', ...rest] = text.split('\n');
    if (from === this.#shared.id) this.#onOwn(forgotten);
    const entry = entryOf(cursor, rest.join('\n'));
    if (this.#early) this.#early.push(entry);
    else this.#copy.append(entry);
  }
}

/** The first entry is known; what was before it is not. */
function startOf([first]: readonly JournalEntry[], now: string): string {
  if (!first) return now;
  const [time = 0, number = 0] = first.cursor.split('-').map(Number);
  return number > 0 ? `${time}-${number - 1}` : `${time - 1}-0`;
}

const entryOf = (cursor: string, json: string): JournalEntry => ({ cursor, ...JSON.parse(json) });

function entriesOf(pairs: readonly string[]): JournalEntry[] {
  const entries: JournalEntry[] = [];
  for (let index = 0; index + 1 < pairs.length; index += 2)
    entries.push(entryOf(pairs[index] as string, pairs[index + 1] as string));
  return entries;
}
