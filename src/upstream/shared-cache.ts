// The second level of the cache: what one replica has read, the others need not; and what one has written, all forget.
import { createHash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import { EVERYTHING, type Kept } from './cache-store.ts';
import type { Shared } from './shared.ts';
import { DROP, FORGET, GET, SET } from './shared-cache-scripts.ts';

/** More tags than any page of a list has. */
const MAX_TAGS = 1000;
/** What was written while Redis was lost, before it is taken for everything. */
const MAX_UNSAID = 1000;

/** What Redis knew when a read began: the proof for `set` that nothing was forgotten since. */
export interface Glance {
  number: number;
  began: string;
  found?: (Kept & { age: number }) | undefined;
}

export class SharedCache {
  readonly #shared: Shared;
  #unsaid = new Set<string>();

  constructor(shared: Shared) {
    this.#shared = shared;
    shared.onBack(() => {
      if (this.#unsaid.size > 0) void this.forget(new Set());
    });
  }

  /** Undefined while Redis is lost. */
  async get(key: string): Promise<Glance | undefined> {
    const answer = (await this.#run(GET, key)) as [number, Buffer, Buffer?, Buffer?] | undefined;
    if (!answer) return undefined;
    const [number, began, age, kept] = answer;
    const glance = { number, began: String(began) };
    if (!kept) return glance;
    try {
      return { ...glance, found: { ...deserialize(kept), age: Number(String(age)) } };
    } catch {
      // Another version of Node has written it.
      return glance;
    }
  }

  set(key: string, { number, began }: Glance, kept: Kept): void {
    const { tags, lifetime } = kept;
    if (tags.size > MAX_TAGS) return;
    const longest = Math.max(lifetime.alone, lifetime.vouched ?? 0);
    const marked = JSON.stringify([...tags, EVERYTHING]);
    void this.#run(SET, key, number, began, longest, marked, serialize(kept));
  }

  drop(key: string): void {
    void this.#run(DROP, key);
  }

  /** Comes back when it is forgotten in Redis; the other replicas hear of it at that moment. */
  async forget(tags: ReadonlySet<string>): Promise<void> {
    const said = new Set([...this.#unsaid, ...tags]);
    this.#unsaid = new Set();
    if (said.size === 0) return;
    const isLost = (await this.#run(FORGET, '', JSON.stringify([...said]), this.#shared.id)) === undefined;
    if (!isLost) return;
    for (const tag of said) this.#unsaid.add(tag);
    if (this.#unsaid.size > MAX_UNSAID) this.#unsaid = new Set([EVERYTHING]);
  }

  /** Tells what other replicas have written, and of everything when it was not heard what they wrote. */
  onForgotten(listener: (tags: ReadonlySet<string>) => void): void {
    this.#shared.onBack(() => listener(new Set([EVERYTHING])));
    this.#shared.listen('forgotten', (text) => {
      const { from, tags } = JSON.parse(text);
      if (from !== this.#shared.id) listener(new Set(tags));
    });
  }

  /** Undefined when Redis is lost. */
  async #run(lua: string, key: string, ...args: (string | number | Buffer)[]): Promise<unknown> {
    const name = createHash('sha256').update(key).digest('base64url');
    const keys = [`cache:answer:${name}`, 'cache:marks', 'cache:mark:', 'said:forgotten'];
    return this.#shared.run(lua, keys, args).catch(() => undefined);
  }
}
