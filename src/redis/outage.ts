// Why Redis is lost: what the log says of it, once, and how long there is no use in trying again.
import { isLasting, kindOf, missingPermission, reasonOf } from './failures.ts';

/** After a refusal that lasts until the configuration of Redis changes. */
const LASTING_MS = 30_000;

/** The next password may be accepted. */
const CHANGING_MS = 1000;

export class Outage {
  readonly #isChanging: () => boolean;
  /** What was last heard of a connection. */
  lastError: Error | undefined;
  readonly #logged = new Set<string | undefined>();
  #refusedUntil = Number.NEGATIVE_INFINITY;

  /** Whether the password changes by itself. */
  constructor(isChanging = () => false) {
    this.#isChanging = isChanging;
  }

  note(error: Error): void {
    this.lastError = error;
    if (!isLasting(error)) return;
    this.#refusedUntil = performance.now() + (this.#isChanging() ? CHANGING_MS : LASTING_MS);
  }

  /** Why it begins. */
  begin(error: Error): string {
    // A closed connection does not say why; what was heard before may.
    const reason = kindOf(error) ? error : (this.lastError ?? error);
    this.#logged.add(topicOf(reason));
    return reasonOf(reason);
  }

  /** Why the outage lasts, if that has changed: Redis is back, say, but requires another password. */
  news(error: Error): string | undefined {
    const topic = topicOf(error);
    if (topic === undefined || this.#logged.has(topic)) return undefined;
    this.#logged.add(topic);
    return reasonOf(error);
  }

  end(): void {
    this.lastError = undefined;
    this.#logged.clear();
  }

  /** Milliseconds in which Redis would only refuse again. */
  get pauseMs(): number {
    return Math.max(0, this.#refusedUntil - performance.now());
  }
}

/** Permissions are missing one after the other: first for the channel, and once that is granted for a key. */
const topicOf = (error: Error): string | undefined => missingPermission(error) ?? kindOf(error);
