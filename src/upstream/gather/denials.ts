// Calls for many that the gateway's role may not make, though it may read one by one.
import type { Clock } from '../clock.ts';
import { AccessDeniedError, CredentialsRefusedError } from '../errors.ts';

const DENIED_MS = 10 * 60_000;
/** An account in an ARN is a client's word, so their number needs a bound. */
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

  /** Remembers what the error says of the role; what the credentials themselves are refused is no matter of one operation. */
  learn(name: string, error: unknown): void {
    if (!(error instanceof AccessDeniedError) || error.mended) return;
    if (error instanceof CredentialsRefusedError) return;
    if (this.#until.size >= MAX_DENIALS) this.#until.delete(this.#until.keys().next().value as string);
    this.#until.set(name, this.#clock.now() + DENIED_MS);
  }
}
