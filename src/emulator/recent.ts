// The newest items of each key: bounded in count and bytes, so that no key displaces the items of another one.

export interface Entry<T> {
  item: T;
  bytes: number;
  order: number;
}
interface Log<T> {
  entries: Entry<T>[];
  bytes: number;
}
interface Bounds {
  /** Of each key; a log is cut at twice the bound, so that it is not copied for each item. */
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
    const log = known ?? { entries: [], bytes: 0 };
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
    const first = log?.entries[0];
    if (!log || !first || entry.order < first.order) return; // it is no longer there
    entry.bytes += bytes;
    this.#grow(log, bytes);
    this.#bound(log);
  }

  /** Oldest first: of one key, or of all. */
  list(key?: string): T[] {
    if (key !== undefined) return this.#newest(this.#logs.get(key)).map(({ item }) => item);
    const entries = [...this.#logs.values()].flatMap((log) => this.#newest(log));
    if (this.#logs.size > 1) entries.sort((one, other) => one.order - other.order);
    return entries.map(({ item }) => item);
  }

  clear(key?: string): void {
    for (const one of key === undefined ? [...this.#logs.keys()] : [key]) {
      const log = this.#logs.get(one);
      if (log) this.#cut(log, 0, 0);
      this.#logs.delete(one);
    }
  }

  #bound(log: Log<T>): void {
    const { items, bytes, allItems, allBytes } = this.#bounds;
    if (log.entries.length > 2 * items || log.bytes > 2 * bytes) this.#cut(log, items, bytes);
    if (this.#items > allItems || this.#bytes > allBytes) this.#halveLargest();
  }

  #newest(log?: Log<T>): Entry<T>[] {
    return log?.entries.slice(-this.#bounds.items) ?? [];
  }

  #grow(log: Log<T>, bytes: number): void {
    log.bytes += bytes;
    this.#bytes += bytes;
  }

  #cut(log: Log<T>, items: number, bytes: number): void {
    let from = Math.max(0, log.entries.length - items);
    let left = log.entries.slice(from).reduce((sum, entry) => sum + entry.bytes, 0);
    for (; left > bytes && from < log.entries.length; from += 1) left -= log.entries[from]?.bytes ?? 0;
    this.#items -= from;
    this.#grow(log, left - log.bytes);
    log.entries = log.entries.slice(from);
  }

  #halveLargest(): void {
    const isByItems = this.#items > this.#bounds.allItems;
    const size = (log: Log<T>) => (isByItems ? log.entries.length : log.bytes);
    const [first, ...others] = this.#logs.values();
    const largest = others.reduce((most, log) => (!most || size(log) > size(most) ? log : most), first);
    if (!largest) return;
    if (isByItems) this.#cut(largest, Math.floor(largest.entries.length / 2), Number.POSITIVE_INFINITY);
    else this.#cut(largest, Number.POSITIVE_INFINITY, largest.bytes / 2);
  }
}
