// The tokens with which the pages of a list were requested. A token that comes again would lead in a circle, for ever.
import { UpstreamError } from '../../upstream/errors.ts';
import type { List } from '../language/costs.ts';

export class TokenTrail {
  readonly #list: List;
  readonly #requested = new Set<string>();

  constructor(list: List, start?: string) {
    this.#list = list;
    if (start !== undefined) this.#requested.add(start);
  }

  hasSeen(token: string | undefined): boolean {
    return token !== undefined && this.#requested.has(token);
  }

  /** The token of the next page. */
  follow(token: string): string {
    if (this.hasSeen(token)) {
      throw new UpstreamError(
        `${this.#list.operation}: expected AWS to return the token of a further page, got one that was already used`,
      );
    }
    this.#requested.add(token);
    return token;
  }
}
