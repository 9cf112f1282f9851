// The issuer's public keys: fetched when they are needed, kept for a while, and used on while the issuer cannot be had.
import { errors, type JWTVerifyGetKey } from 'jose';
import type { Logger } from 'pino';
import { bareUrl } from '../../http/shown-url.ts';
import type { Clock } from '../../upstream/clock.ts';
import { fetchThroughProxy } from '../../upstream/proxy.ts';
import { parseKeySet } from './jwks.ts';

/** After this the keys are fetched again, so that a withdrawn one is not accepted for longer. */
const FRESH_MS = 5 * 60_000;
/** For so long they are used while they cannot be fetched. */
const USABLE_MS = 60 * 60_000;
/** Between two fetches, whatever tokens contain: invented key ids must not make the gateway overload the issuer. */
export const COOLDOWN_MS = 10_000;
/** Any issuer's set has a few KB. */
const MAX_BYTES = 256 * 1024;

/** The keys are not available now, so tokens cannot be checked. */
export class KeysUnavailable extends Error {
  override name = 'KeysUnavailable';
}

interface KeySetOptions {
  uri: string;
  log: Logger;
  /** Monotonic: a system clock that is set back must not prolong the life of a withdrawn key. */
  clock: Pick<Clock, 'now'>;
  timeoutMs: number;
}

interface Known {
  keyOf: JWTVerifyGetKey;
  fetchedAt: number;
}

export class KeySet {
  readonly #options: KeySetOptions;
  #known: Known | undefined;
  #hasFailed = false;
  /** What the log has said of the set. */
  #reported = '';
  #nextFetchAt = Number.NEGATIVE_INFINITY;
  #pending: Promise<void> | undefined;

  constructor(options: KeySetOptions) {
    this.#options = options;
  }

  /** The key that a token says it is signed with. */
  readonly keyOf: JWTVerifyGetKey = async (header, token) => {
    if (!this.#isYoungerThan(FRESH_MS)) {
      const refreshed = this.refresh();
      // Once the issuer has failed, callers with a known key do not wait for it.
      if (!this.#hasFailed || !this.#isYoungerThan(USABLE_MS)) await refreshed;
    }
    const known = this.#usable();
    try {
      return await known.keyOf(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      // It may be newer than what we have.
      await this.refresh();
      if (this.#hasFailed) throw new KeysUnavailable();
      if (this.#known === known) throw error;
      return this.#usable().keyOf(header, token);
    }
  };

  /** Of the keys in use; returns whether they have changed. */
  get fetchedAt(): number | undefined {
    return this.#known?.fetchedAt;
  }

  /** When the keys were fetched; undefined where they would be fetched again before their next use. */
  get freshSince(): number | undefined {
    return this.#isYoungerThan(FRESH_MS) ? this.#known?.fetchedAt : undefined;
  }

  /** Fetches the keys, unless that was tried a moment ago. Never rejects. */
  async refresh(): Promise<void> {
    const { clock, log } = this.#options;
    if (!this.#pending && clock.now() < this.#nextFetchAt) return;
    this.#pending ??= this.#fetch()
      .catch((error) => {
        this.#hasFailed = true;
        log.warn(
          { uri: this.#shownUri, reason: describe(error) },
          'the keys of the issuer are not available',
        );
      })
      .finally(() => {
        this.#pending = undefined;
        this.#nextFetchAt = clock.now() + COOLDOWN_MS;
      });
    await this.#pending;
  }

  async #fetch(): Promise<void> {
    const { uri, timeoutMs, clock } = this.#options;
    const response = await fetchThroughProxy(uri, {
      headers: { accept: 'application/jwk-set+json, application/json' },
      // It could lead from https to anywhere.
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new Error(`expected status 200, got ${response.status}`);
    }
    const { keyOf, problems } = parseKeySet(await readText(response));
    this.#report(problems);
    this.#known = { keyOf, fetchedAt: clock.now() };
    this.#hasFailed = false;
  }

  /** Its query may be a token. */
  get #shownUri(): string | undefined {
    return bareUrl(this.#options.uri);
  }

  /** Once: the set is fetched every few minutes, and is wrong for days. */
  #report(problems: string[]): void {
    const { log } = this.#options;
    if (problems.length > 0 && problems.join() !== this.#reported)
      log.warn({ uri: this.#shownUri, problems }, "something is wrong with the issuer's key set");
    this.#reported = problems.join();
  }

  #usable(): Known {
    if (this.#known && this.#isYoungerThan(USABLE_MS)) return this.#known;
    throw new KeysUnavailable();
  }

  #isYoungerThan(milliseconds: number): boolean {
    return this.#known !== undefined && this.#options.clock.now() - this.#known.fetchedAt < milliseconds;
  }
}

async function readText({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) throw new Error(`expected at most ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** `fetch failed` says nothing; its causes do, the last one most: behind a proxy it is the proxy's status. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return [error.message, ...(error.cause ? [describe(error.cause)] : [])].filter(Boolean).join(': ');
}
