// The ids of an account: random, or the same run after run.
import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const spell = (bytes: Uint8Array) => Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join('');

/** Letters and digits, the same for the same text: IVS's stream keys and passphrases consist of them. */
export const secretOf = (text: string, length: number): string =>
  spell(createHash('shake256', { outputLength: length }).update(text).digest());

/** How many ids of each kind exist, those of requests among them. */
export type IdCounts = ReadonlyMap<string, number>;

export class Ids {
  /** Signs for the account: page tokens, and tokens of participants. */
  readonly key: Buffer;
  #seed: string | undefined;
  /** Each kind and region counts for itself, so that the order of creation matters within one kind only. */
  #counts = new Map<string, number>();

  constructor(accountId: string, seed?: string) {
    this.#seed = seed === undefined ? undefined : `${seed} ${accountId}`;
    this.key = this.#seed === undefined ? randomBytes(48) : this.#digest('key');
  }

  /** Letters and digits. */
  next(kind: string, length: number): string {
    if (this.#seed === undefined)
      return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
    const count = this.#count(kind);
    return spell(this.#digest(`${kind} ${count}`).subarray(0, length));
  }

  /** Not counted with the others: reads have ids, too. */
  nextRequest(): string {
    if (this.#seed === undefined) return randomUUID();
    const hex = this.#digest(`request ${this.#count('request')}`).toString('hex');
    return [8, 12, 16, 20, 32].map((end, index, ends) => hex.slice(ends[index - 1] ?? 0, end)).join('-');
  }

  #count(kind: string): number {
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    return count;
  }

  counts(): IdCounts {
    return new Map(this.#counts);
  }

  /** Continues behind them; without any, from the first. */
  restore(counts: IdCounts = new Map()): void {
    this.#counts = new Map(counts);
  }

  #digest(text: string): Buffer {
    return createHash('sha384').update(`${this.#seed} ${text}`).digest();
  }
}
