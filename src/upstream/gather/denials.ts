// Shared calls that the gateway's role must not make, although it can read each resource by itself.
import type { Clock } from '../clock.ts';
import { AccessDeniedError, CredentialsRefusedError } from '../errors.ts';

const DENIED_MS = 10 * 60_000;
/** Clients choose the accounts in ARNs, so their number needs a bound. */
const MAX_DENIALS = 1_000;

export class Denials {
  readonly #clock: Clock;
  readonly #until = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  has(name: string): boolean {
    return (this.#until.get(name) ?? 0) > this.#clock.now();
  }

  /** A refusal of the credentials themselves says nothing about one operation. */
  learn(name: string, error: unknown): void {
    if (!(error instanceof AccessDeniedError) || error.fixed) return;
    if (error instanceof CredentialsRefusedError) return;
    if (this.#until.size >= MAX_DENIALS) this.#until.delete(this.#until.keys().next().value as string);
    this.#until.set(name, this.#clock.now() + DENIED_MS);
  }
}
