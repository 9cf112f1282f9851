// What one replica has written, all forget: Redis marks it, the others are notified, and the write waits until they have heard.
import type { Clock } from '../clock.ts';
import type { Shared } from '../shared.ts';
import { LISTENERS } from './lease.ts';
import { MARKS, marksAt } from './marks.ts';
import { EVERYTHING } from './readings.ts';

/** Longer than a lease: a replica that has not heard by then does not reuse its cache any more. */
const MAX_WAIT_MS = 250;
/**
 * After a loss: until then another replica may not have noticed it, or not be back, and cannot say what it writes. Replicas come
 * back within seconds of each other; one that stays away for longer has lost Redis alone.
 */
const SETTLE_MS = 5_000;
/** What was written while Redis was lost, before it is taken for everything. */
const MAX_UNSAID = 1000;

/**
 * KEYS 1 and 2: the marks, 3: the replicas that have a lease, 4: those that have not heard of this write. ARGV 1: replica, 2: the write. Answers the number and how many are
 * waited for.
 */
const FORGET_TAGS = `${marksAt(1)}
local function forget(tags)
  local number = mark(tags)
  if #tags == 0 then return number, 0 end
  local awaited = {}
  for _, replica in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], '(' .. string.format('%.3f', now), '+inf')) do
    if replica ~= ARGV[1] then table.insert(awaited, replica) end
  end
  if #awaited > 0 then
    redis.call('SADD', KEYS[4], unpack(awaited))
    redis.call('PEXPIRE', KEYS[4], ${4 * MAX_WAIT_MS})
  end
  -- An empty table would be encoded as an object
  local names = #awaited > 0 and cjson.encode(awaited) or '[]'
  local from = cjson.encode({ from = ARGV[1], write = ARGV[2] })
  publish('forgotten', '{"said":' .. from .. ',"tags":' .. cjson.encode(tags) .. ',"awaited":' .. names .. '}')
  return number, #awaited
end
`;

/** ARGV 3: tags. */
const FORGET = 'return { forget(cjson.decode(ARGV[3])) }';

/** The first of a script's own, behind those of `forget`. */
export const FIRST_KEY = 5;
export const FIRST_ARGUMENT = 3;

/** KEYS 1: the replicas that have not heard of a write. ARGV: replica, the write. The last one publishes. */
const HEARD = `
if redis.call('SREM', KEYS[1], ARGV[1]) == 1 and redis.call('EXISTS', KEYS[1]) == 0 then
  publish('heard', ARGV[2])
end
`;

export type ForgottenListener = (tags: ReadonlySet<string>) => void;

export class Invalidations {
  readonly #shared: Shared;
  readonly #clock: Clock;
  readonly #listeners: ForgottenListener[] = [];
  /** Writes that wait until the others have heard, and those that wait until Redis is back. */
  readonly #awaited = new Map<string, () => void>();
  readonly #unsaidWrites = new Set<() => void>();
  #unsaid = new Set<string>();
  #writes = 0;
  #trusted = 0;
  #returns = 0;

  constructor(shared: Shared, clock: Clock) {
    this.#shared = shared;
    this.#clock = clock;
    shared.onBack(() => void this.#comeBack());
    shared.listen('heard', (write) => this.#awaited.get(write)?.());
    shared.listen('forgotten', (text) => {
      const { said, tags, awaited } = JSON.parse(text);
      if (said.from === shared.id) return;
      this.notify(new Set(tags));
      if (awaited.includes(shared.id)) void this.#acknowledge(said.write);
    });
  }

  /** The least number of an answer in Redis that may be reused here. */
  get trusted(): number {
    return this.#trusted;
  }

  /** Whether all others can be heard: false for a while after a loss. */
  isSettled(): boolean {
    return this.#trusted !== UNTRUSTED;
  }

  /** Reports what other replicas have written, and everything when their writes may have been missed. */
  onForgotten(listener: ForgottenListener): void {
    this.#listeners.push(listener);
  }

  /** Comes back when it is forgotten in Redis and by the other replicas, but soon in any case. */
  async forget(tags: ReadonlySet<string>): Promise<void> {
    if (tags.size === 0) return;
    const isSaid = (await this.#say(tags)) !== undefined;
    // Others may have lost Redis a moment later, and still have a lease; or it is back soon.
    if (!isSaid && this.#shared.replicas() > 1)
      await this.#wait((resolve) => {
        this.#unsaidWrites.add(resolve);
        return () => this.#unsaidWrites.delete(resolve);
      });
  }

  /** The number of the mark; undefined when Redis is lost. */
  async #say(tags: ReadonlySet<string>): Promise<number | undefined> {
    const said = new Set([...this.#unsaid, ...tags]);
    this.#unsaid = new Set();
    try {
      const [number] = await this.run(FORGET, [], [JSON.stringify([...said])]);
      if (this.#unsaid.size === 0) for (const resolve of this.#unsaidWrites) resolve();
      return number;
    } catch {
      for (const tag of said) this.#unsaid.add(tag);
      if (this.#unsaid.size > MAX_UNSAID) this.#unsaid = new Set([EVERYTHING]);
      return undefined;
    }
  }

  /**
   * Runs a script that may call `forget(tags)`. It returns the two values of `forget`, then its own, which `onAnswer`
   * receives. Comes back when the other replicas have heard, but soon in any case. Rejects when Redis is lost.
   */
  async run(
    lua: string,
    keys: string[],
    args: (string | number)[],
    onAnswer: (rest: unknown[]) => void = () => {},
  ): Promise<[number, ...unknown[]]> {
    this.#writes += 1;
    const write = `${this.#shared.id}:${this.#writes}`;
    let isHeard = false;
    this.#awaited.set(write, () => (isHeard = true));
    try {
      const script = FORGET_TAGS + lua;
      const answer = await this.#shared.run(
        script,
        [...keysOf(write), ...keys],
        [this.#shared.id, write, ...args],
      );
      const [number, awaited, ...rest] = answer as [number, number, ...unknown[]];
      onAnswer(rest);
      if (awaited > 0 && !isHeard)
        await this.#wait((resolve) => {
          this.#awaited.set(write, resolve);
          return () => {};
        });
      return [number, ...rest];
    } finally {
      this.#awaited.delete(write);
    }
  }

  /** Others may have written, and not been able to say so: what Redis has from before is not trusted, nor what is here. */
  async #comeBack(): Promise<void> {
    this.#returns += 1;
    const number = this.#returns;
    this.#trusted = UNTRUSTED;
    this.notify(new Set([EVERYTHING]));
    const wasLost = this.#shared.isJustBack() && this.#shared.replicas() > 1;
    let trusted = await this.#say(new Set());
    if (wasLost) {
      await new Promise<void>((resolve) => void this.#clock.after(SETTLE_MS, resolve));
      trusted = this.#returns === number ? await this.#say(new Set()) : undefined;
    }
    if (this.#returns === number) this.#trusted = trusted ?? UNTRUSTED;
  }

  /** For what a script of `run` has forgotten: it publishes that for the other replicas only. */
  notify(tags: ReadonlySet<string>): void {
    for (const listener of this.#listeners) listener(tags);
  }

  async #acknowledge(write: string): Promise<void> {
    await this.#shared.run(HEARD, [keyOfUnheard(write)], [this.#shared.id, write]).catch(() => {});
  }

  #wait(subscribe: (resolve: () => void) => () => void): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        stopTimer();
        unsubscribe();
        resolve();
      };
      const unsubscribe = subscribe(end);
      const stopTimer = this.#clock.after(MAX_WAIT_MS, end);
    });
  }
}

/** Above all numbers. */
const UNTRUSTED = Number.MAX_SAFE_INTEGER;

const keyOfUnheard = (write: string): string => `cache:unheard:${write}`;
const keysOf = (write: string): string[] => [...MARKS, LISTENERS, keyOfUnheard(write)];
