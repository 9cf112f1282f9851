// The newest items of each key: bounded in count and bytes, so that no key displaces the items of another one.

export interface Entry<T> {
  item: T;
  bytes: number;
  order: number;
}
interface Log<T> {
  /** From `from` on: to take each from the front would move all others. */
  entries: (Entry<T> | undefined)[];
  from: number;
  bytes: number;
}
interface Bounds {
  /** Of each key. */
  items: number;
  bytes: number;
  /** Of all keys together. Beyond them, the largest log loses half. */
  allItems: number;
  allBytes: number;
}

export class Recent<T> {
  #bounds: Bounds;
  #logs = new Map<string, Log<T>>();
  #items = 0;
  #bytes = 0;
  #order = 0;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  add(key: string, item: T, bytes: number): Entry<T> {
    const known = this.#logs.get(key);
    const log = known ?? { entries: [], from: 0, bytes: 0 };
    if (!known) this.#logs.set(key, log);
    this.#order += 1;
    const entry = { item, bytes, order: this.#order };
    log.entries.push(entry);
    this.#items += 1;
    this.#grow(log, bytes);
    this.#bound(log);
    return entry;
  }

  /** An item has become larger. */
  enlarge(key: string, entry: Entry<T>, bytes: number): void {
    const log = this.#logs.get(key);
    const first = log?.entries[log.from];
    if (!log || !first || entry.order < first.order) return; // it is no longer there
    entry.bytes += bytes;
    this.#grow(log, bytes);
    this.#bound(log);
  }

  /** Oldest first: of one key, or of all. */
  list(key?: string): T[] {
    if (key !== undefined) return entriesOf(this.#logs.get(key)).map(({ item }) => item);
    const entries = [...this.#logs.values()].flatMap((log) => entriesOf(log));
    if (this.#logs.size > 1) entries.sort((one, other) => one.order - other.order);
    return entries.map(({ item }) => item);
  }

  /** The newest that fits, among so many of the newest ones of a key. */
  findNewest(key: string, count: number, fits: (item: T) => boolean): T | undefined {
    const { entries = [] } = this.#logs.get(key) ?? {};
    const end = Math.max(0, entries.length - count);
    for (let index = entries.length - 1; index >= end; index -= 1) {
      const item = entries[index]?.item;
      if (item !== undefined && fits(item)) return item;
    }
    return undefined;
  }

  clear(key?: string): void {
    for (const one of key === undefined ? [...this.#logs.keys()] : [key]) {
      const log = this.#logs.get(one);
      if (log) this.#shrink(log, 0, 0);
      this.#logs.delete(one);
    }
  }

  #bound(log: Log<T>): void {
    const { items, bytes, allItems, allBytes } = this.#bounds;
    this.#shrink(log, items, bytes);
    if (this.#items > allItems || this.#bytes > allBytes) this.#halveLargest();
  }

  #grow(log: Log<T>, bytes: number): void {
    log.bytes += bytes;
    this.#bytes += bytes;
  }

  /** The oldest go until there are no more items and bytes than these. */
  #shrink(log: Log<T>, items: number, bytes: number): void {
    for (let count = sizeOf(log); count > items || (log.bytes > bytes && count > 0); count -= 1) {
      this.#grow(log, -(log.entries[log.from]?.bytes ?? 0));
      log.entries[log.from] = undefined;
      log.from += 1;
      this.#items -= 1;
    }
    if (log.from <= log.entries.length / 2) return;
    log.entries = log.entries.slice(log.from);
    log.from = 0;
  }

  #halveLargest(): void {
    const isByItems = this.#items > this.#bounds.allItems;
    const size = (log: Log<T>) => (isByItems ? sizeOf(log) : log.bytes);
    const [first, ...others] = this.#logs.values();
    const largest = others.reduce((most, log) => (!most || size(log) > size(most) ? log : most), first);
    if (!largest) return;
    if (isByItems) this.#shrink(largest, Math.floor(sizeOf(largest) / 2), Number.POSITIVE_INFINITY);
    else this.#shrink(largest, Number.POSITIVE_INFINITY, largest.bytes / 2);
  }
}

const sizeOf = <T>({ entries, from }: Log<T>): number => entries.length - from;

const entriesOf = <T>(log?: Log<T>): Entry<T>[] =>
  (log?.entries.slice(log.from) ?? []).flatMap((entry) => entry ?? []);
