// A password that changes: the next one is there before the one of now ends.
import type { Logger } from 'pino';
import { UnusableError } from './failures.ts';
import { type IamCache, parseRedisUrl } from './url.ts';

/** A third of the life of a token of IAM: two renewals may fail. */
const RENEW_MS = 5 * 60_000;
const RETRY_MS = 10_000;

interface Options {
  next: () => Promise<string>;
  log: Pick<Logger, 'warn'>;
  renewMs?: number | undefined;
}

export class ChangingPassword {
  readonly #options: Options;
  #value: string;
  #timer: NodeJS.Timeout | undefined;
  #listener: ((password: string) => void) | undefined;

  /** Rejects if there is no first one. */
  static async create(options: Options): Promise<ChangingPassword> {
    return new ChangingPassword(options, await options.next());
  }

  private constructor(options: Options, value: string) {
    this.#options = options;
    this.#value = value;
    this.#renewIn(options.renewMs ?? RENEW_MS);
  }

  get value(): string {
    return this.#value;
  }

  onChange(listener: (password: string) => void): void {
    this.#listener = listener;
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #renewIn(ms: number): void {
    this.#timer = setTimeout(() => void this.#renew(), ms).unref();
  }

  async #renew(): Promise<void> {
    const { next, log, renewMs = RENEW_MS } = this.#options;
    const timer = this.#timer;
    let pauseMs = renewMs;
    try {
      this.#value = await next();
      this.#listener?.(this.#value);
    } catch (error) {
      pauseMs = Math.min(RETRY_MS, renewMs);
      log.warn(`Redis: no new token of IAM (${(error as Error).message}); trying again in ${pauseMs} ms`);
    }
    if (this.#timer === timer) this.#renewIn(pauseMs);
  }
}

/** Tokens for the user of the URL. */
export async function iamPassword(
  { cache, region }: { cache: IamCache; region: string },
  { url, log }: { url: string; log: Options['log'] },
): Promise<ChangingPassword> {
  const user = parseRedisUrl(url)?.username;
  if (!user) throw new UnusableError('expected a user, since REDIS_IAM is set, got none');
  const { tokensOf } = await import('./iam.ts');
  return ChangingPassword.create({ next: tokensOf({ cache, user, region }), log }).catch((error: Error) => {
    throw new UnusableError(`expected AWS credentials for REDIS_IAM, got none (${error.message})`);
  });
}
