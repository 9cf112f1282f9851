// What is watched as it is now: a set of items that events and polls change, the same way at each replica.
import { type Activity, isActivity, type LiveSourceName } from '../events/activity.ts';
import type { JournalEntry } from '../upstream/changes.ts';
import type { Clock } from '../upstream/clock.ts';
import { compareCursors, followerOf, isCursor } from '../upstream/cursor.ts';

export type ChangeKind = 'added' | 'removed' | 'changed';

export interface Change<Item> {
  kind: ChangeKind;
  item: Item;
}

/** A change as subscribers hear of it. */
export interface ViewChange<Item> extends Change<Item> {
  cursor: string;
  id: string;
  time: Date;
  /** When the gateway heard of it, or read it. */
  seenAt: Date;
  source: LiveSourceName;
  /** AWS's own name of the event or the operation; undefined for what a poll has found. */
  eventName: string | undefined;
  /** As it was; undefined for what is new. */
  before: Item | undefined;
}

/** What a poll has found, as the journal has it. */
export interface Sweep<Item> {
  id: string;
  /** Of the view. */
  sweepOf: string;
  /** ISO 8601, when it began. */
  time: string;
  changes: readonly Change<Item>[];
}

const isSweep = <Item>(body: object): body is Sweep<Item> => 'sweepOf' in body;

/** What the items are, and what events say of them. */
export interface ViewRules<Item> {
  idOf(item: Item): string;
  /** With JSON's texts as dates again. */
  revive(item: Item): Item;
  /** What an event says of the items by itself. */
  changesBy(activity: Activity, items: ReadonlyMap<string, Item>): readonly Change<Item>[];
  /** Whether the event may have changed an item, so that a poll should look. */
  concerns(entry: JournalEntry): boolean;
}

export type ViewListener<Item> = (change: ViewChange<Item>) => void;

/** An event that is older says nothing of now: the next poll does. */
const LATE_MS = 30_000;
/** For so long, lists of AWS may not know yet what an event has said. */
const PROTECTED_MS = 5000;
const MAX_HISTORY = 2000;

interface ViewOptions<Item> {
  name: string;
  rules: ViewRules<Item>;
  clock: Clock;
  /** The cursor of the journal's last entry. */
  last: () => string;
}

export class View<Item> {
  readonly name: string;
  readonly #clock: Clock;
  readonly #last: () => string;
  readonly #rules: ViewRules<Item>;
  readonly #items = new Map<string, Item>();
  readonly #listeners = new Set<ViewListener<Item>>();
  readonly #history: ViewChange<Item>[] = [];
  /** Until when a poll does not contradict an event. */
  readonly #protected = new Map<string, number>();
  /** What came behind it is in the history. */
  #from: string;
  #cursor: string;
  #unsaid = 0;
  #sweptAt: Date | undefined;

  constructor({ name, rules, clock, last }: ViewOptions<Item>) {
    this.name = name;
    this.#last = last;
    this.#rules = rules;
    this.#clock = clock;
    this.#from = this.#cursor = last();
  }

  get items(): ReadonlyMap<string, Item> {
    return this.#items;
  }

  get cursor(): string {
    return this.#cursor;
  }

  /** When the last poll has read it; undefined before the first one. */
  get sweptAt(): Date | undefined {
    return this.#sweptAt;
  }

  listen(listener: ViewListener<Item>): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What has changed behind a cursor; undefined where that is not known. */
  since(cursor: string): readonly ViewChange<Item>[] | undefined {
    const isKnown =
      isCursor(cursor) &&
      compareCursors(cursor, this.#from) >= 0 &&
      // One of the future is another gateway's.
      compareCursors(cursor, this.#last()) <= 0;
    if (!isKnown) return undefined;
    return this.#history.filter((change) => compareCursors(change.cursor, cursor) > 0);
  }

  /** Takes what another replica knows, or what holds after a gap: the history begins here. */
  restart(items: Iterable<Item>, cursor: string, sweptAt: Date): void {
    this.#items.clear();
    for (const item of items) this.#items.set(this.#rules.idOf(item), this.#rules.revive(item));
    this.#history.length = 0;
    this.#protected.clear();
    this.#from = this.#cursor = cursor;
    this.#sweptAt = sweptAt;
  }

  swept(at: Date): void {
    this.#sweptAt = at;
  }

  /** The differences of what a poll has read. `missing`: absent items that are not counted as removed yet. */
  differences(read: ReadonlyMap<string, Item>, missing: (id: string) => boolean): Change<Item>[] {
    const now = this.#clock.now();
    const isFree = (id: string) => (this.#protected.get(id) ?? 0) <= now;
    for (const id of this.#protected.keys()) if (isFree(id)) this.#protected.delete(id);
    const changes: Change<Item>[] = [];
    for (const [id, item] of this.#items)
      if (!read.has(id) && isFree(id) && !missing(id)) changes.push({ kind: 'removed', item });
    for (const [id, item] of read) {
      const known = this.#items.get(id);
      if (!isFree(id)) continue;
      if (!known) changes.push({ kind: 'added', item });
      else if (!isSame(known, item)) changes.push({ kind: 'changed', item });
    }
    return changes;
  }

  /** Entries come in the order of the journal. Returns whether a poll should look. */
  apply(entry: JournalEntry): boolean {
    if (compareCursors(entry.cursor, this.#cursor) <= 0) return false;
    const { body } = entry;
    if (isSweep<Item>(body)) {
      if (body.sweepOf === this.name) this.#applySweep(body, entry.cursor);
      return false;
    }
    if (!isActivity(body) || !this.#rules.concerns(entry)) return false;
    this.#applyActivity(body, entry.cursor);
    return true;
  }

  /** Without the journal, which needs Redis: no client can continue behind such a change, or behind an earlier one. */
  applySweep(sweep: Sweep<Item>): void {
    const before = this.#cursor;
    this.#unsaid += 1;
    this.#applySweep(sweep, `0-${this.#unsaid}`);
    this.#history.length = 0;
    this.#cursor = before;
    this.#from = followerOf(before);
  }

  #applySweep({ id, time, changes }: Sweep<Item>, cursor: string): void {
    const facts = {
      time: new Date(time),
      seenAt: new Date(time),
      source: 'POLL',
      eventName: undefined,
    } as const;
    const revived = changes.map(({ kind, item }) => ({ kind, item: this.#rules.revive(item) }));
    this.#change(revived, { id, cursor, ...facts });
  }

  #applyActivity(activity: Activity, cursor: string): void {
    const [time, seenAt] = [new Date(activity.time), new Date(activity.seenAt)];
    if (seenAt.getTime() - time.getTime() > LATE_MS) return;
    const changes = this.#rules.changesBy(activity, this.#items);
    const until = this.#clock.now() + PROTECTED_MS;
    for (const { item } of changes) this.#protected.set(this.#rules.idOf(item), until);
    const { id, source, eventName } = activity;
    this.#change(changes, { id, cursor, time, seenAt, source, eventName });
  }

  #change(
    changes: readonly Change<Item>[],
    { cursor, ...facts }: Omit<ViewChange<Item>, keyof Change<Item> | 'before'>,
  ): void {
    // Each message of one entry has a cursor of its own, so that a subscriber can continue between them.
    this.#cursor = cursor;
    for (const [index, { kind, item }] of changes.entries()) {
      const key = this.#rules.idOf(item);
      const before = this.#items.get(key);
      // Two replicas have found it, or an event said so before.
      if (kind === 'removed' ? !before : facts.source === 'POLL' && isSame(before, item)) continue;
      if (kind === 'removed') this.#items.delete(key);
      else this.#items.set(key, item);
      const happened = kind === 'removed' ? kind : before ? 'changed' : 'added';
      const own = index === changes.length - 1 ? cursor : `${cursor}.${index}`;
      // One event is heard by several views and of several items. Clients may keep records of all by their ids.
      const id = `${facts.id} ${key}`;
      this.#emit({ kind: happened, item, ...facts, id, before, cursor: own });
    }
  }

  #emit(change: ViewChange<Item>): void {
    this.#history.push(change);
    if (this.#history.length > 2 * MAX_HISTORY) {
      const removed = this.#history.splice(0, MAX_HISTORY);
      this.#from = removed.at(-1)?.cursor ?? this.#from;
    }
    for (const listener of [...this.#listeners]) listener(change);
  }
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
