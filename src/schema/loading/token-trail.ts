// The tokens with which the pages of a list were requested. A token that comes again would lead in a circle, for ever.
import { createHash } from 'node:crypto';
import { UpstreamError } from '../../upstream/errors.ts';
import type { List } from '../language/costs.ts';

/**
 * Of all pages that led to a cursor, the one whose token is remembered, and how many have come since. Brent's algorithm: each
 * lap is twice as long as the one before and remembers its first token, so that a circle comes back to one within a few rounds.
 */
export type Lap = readonly [token: string, length: number, pages: number];

export class TokenTrail {
  readonly #list: List;
  /** Of this request, in which a circle is noticed at once. */
  readonly #requested = new Set<string>();
  #lap: Lap | undefined;

  /** `lap` is that of a cursor, whose page `start` gets. */
  constructor(list: List, start?: string, lap?: Lap) {
    this.#list = list;
    if (start === undefined) return;
    this.#requested.add(start);
    this.#lap = lap ?? [nameOf(start), 1, 0];
  }

  /** What a cursor to the page remembers. */
  get lap(): Lap | undefined {
    return this.#lap;
  }

  hasSeen(token: string | undefined): boolean {
    if (token === undefined) return false;
    return this.#requested.has(token) || this.#lap?.[0] === nameOf(token);
  }

  /** What a cursor to the page of the next token remembers. */
  lapAt(token: string): Lap {
    const [remembered, length, pages] = this.#lap ?? [nameOf(token), 0, 0];
    return pages + 1 < length ? [remembered, length, pages + 1] : [nameOf(token), Math.max(1, 2 * length), 0];
  }

  /** The token of the next page. */
  follow(token: string): string {
    if (this.hasSeen(token)) {
      throw new UpstreamError(
        `${this.#list.operation}: expected AWS to return the token of a further page, got one that was already used`,
      );
    }
    this.#requested.add(token);
    this.#lap = this.lapAt(token);
    return token;
  }
}

export const isLap = (value: unknown): value is Lap => {
  if (!Array.isArray(value) || value.length !== 3) return false;
  const [token, length, pages] = value;
  return (
    typeof token === 'string' && [length, pages].every((count) => Number.isSafeInteger(count) && count >= 0)
  );
};

const nameOf = (token: string): string => createHash('sha256').update(token).digest('base64url').slice(0, 8);
