// What the gateway does when AWS refuses its credentials: another program may have written others meanwhile.
import type { IvsClientConfig } from '@aws-sdk/client-ivs';
import { sdkConfig } from '../aws-sdk.ts';
import type { Clock } from '../clock.ts';
import { AccessDeniedError, CredentialsRefusedError, type UpstreamError } from '../errors.ts';

/** Between two readings of the chain: one may run a program or ask a network. */
const COOLDOWN_MS = 1_000;
/** After that, what AWS has said of the credentials is old. */
const OLD_MS = 60_000;
/** Between two readings of credentials that end soon. */
const HOLD_MS = 10_000;

export type Identity = Awaited<ReturnType<Extract<IvsClientConfig['credentials'], () => unknown>>>;
export type Provider = (options?: { forceRefresh?: boolean }) => Promise<Identity>;

/**
 * Five minutes before credentials end, the SDK reads them anew, twice for each call. A program of `credential_process` that returns
 * the same ones until their end would run each time, and the call would wait for it.
 */
export function holding(provider: Provider, clock: Clock): Provider {
  let held: { identity: Identity; until: number } | undefined;
  return async (options) => {
    if (held && !options?.forceRefresh && clock.now() < held.until) return held.identity;
    const identity = await provider(options);
    const leftMs = (identity.expiration?.getTime() ?? Number.POSITIVE_INFINITY) - Date.now();
    held = { identity, until: clock.now() + Math.min(HOLD_MS, leftMs) };
    return identity;
  };
}

/** The credentials of one client. */
export class Renewal {
  readonly #provider: Provider;
  readonly #clock: Clock;
  #pending: Promise<void> | undefined;
  #nextAt = Number.NEGATIVE_INFINITY;
  /** Counts how often they have changed. */
  generation = 0;

  constructor(provider: Provider, clock: Clock) {
    this.#provider = provider;
    this.#clock = clock;
  }

  /** Whether a call of that generation would now be signed with others. Never rejects. */
  async hasOthers(generation: number): Promise<boolean> {
    if (this.generation === generation) {
      this.#pending ??= this.#readAnew()
        // The chain has none: then AWS's refusal says it all.
        .catch(() => {})
        .finally(() => (this.#pending = undefined));
      await this.#pending;
    }
    return this.generation !== generation;
  }

  async #readAnew(): Promise<void> {
    const now = this.#clock.now();
    if (now < this.#nextAt) return;
    this.#nextAt = now + COOLDOWN_MS;
    const old = await this.#provider();
    // The SDK reads ~/.aws once in the life of a process, unless it is forced to forget that.
    await sdkConfig.loadSharedConfigFiles({ ignoreCache: true });
    const fresh = await this.#provider({ forceRefresh: true });
    if (!isSame(old, fresh)) this.generation += 1;
  }
}

const isSame = (one: Identity, other: Identity): boolean =>
  one.accessKeyId === other.accessKeyId &&
  one.secretAccessKey === other.secretAccessKey &&
  one.sessionToken === other.sessionToken;

/** What AWS's responses say of the gateway's credentials. */
export class Acceptance {
  readonly #clock: Clock;
  #acceptedAt = Number.NEGATIVE_INFINITY;
  #refusedAt = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  accepted(): void {
    this.#acceptedAt = this.#clock.now();
  }

  /** Marks the error of a call that may go well now, since the credentials are others than those of its generation. */
  async judge(error: UpstreamError, renewal: Renewal, generation: number): Promise<void> {
    if (error instanceof AccessDeniedError && error.fixed) return;
    if (!(error instanceof CredentialsRefusedError)) {
      // AWS has accepted the credentials of a call that it refuses as not found or not allowed.
      if (error.aws?.requestId !== undefined && !error.retryable) this.accepted();
    } else if (await renewal.hasOthers(generation)) error.fixed = 'credentials';
    else this.#refusedAt = this.#clock.now();
  }

  /** One region may refuse what all others take, since the account has not opted in to it. */
  isRefused(): boolean {
    const now = this.#clock.now();
    return now - this.#refusedAt < OLD_MS && now - this.#acceptedAt >= OLD_MS;
  }
}
