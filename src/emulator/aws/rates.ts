// Call rates, as AWS publishes them per account, region and operation; enforced only if configured.
import type { Clock } from '../world/clock.ts';

// https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/service-quotas.html
// https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/service-quotas.html
const unlike5: [RegExp, number][] = [
  [/^(ListTagsForResource|TagResource|UntagResource|StartViewerSessionRevocation)$/, 10],
  [/^BatchStartViewerSessionRevocation$/, 2],
  [/(PlaybackKeyPair|RecordingConfiguration|AdConfiguration|PublicKey)s?$/, 3],
  [/^InsertAdBreak$/, 1],
  [/^CreateParticipantToken$/, 50],
  [/^PutMetadata$/, 155],
];
const perSecondOf = (operation: string): number => unlike5.find(([name]) => name.test(operation))?.[1] ?? 5;

/** ARNs of channels are names of buckets, and a client can send any. */
const MOST_BUCKETS = 100_000;

type Input = Record<string, unknown>;
interface Caller {
  accountId: string;
  clock: Clock;
}
interface Bucket {
  tokens: number;
  filledAt: number;
}

export class CallRates {
  readonly #buckets = new Map<string, Bucket>();
  readonly #burst: number | undefined;

  /** AWS does not publish how many calls may come at once: `burst`, or a second's worth. */
  constructor(burst?: number) {
    this.#burst = burst;
  }

  /** Whether one more call keeps the rate of an account and region; PutMetadata has one of each channel too. */
  admits({ accountId, clock }: Caller, region: string, operation: string, input: Input): boolean {
    const now = clock.now().getTime();
    const name = `${accountId} ${region} ${operation}`;
    const isAdmitted = this.#take(name, perSecondOf(operation), now);
    return operation === 'PutMetadata'
      ? this.#take(`${name} ${input.channelArn}`, 5, now) && isAdmitted
      : isAdmitted;
  }

  /** As at the start, for all accounts or one. */
  reset(accountId?: string): void {
    for (const name of this.#buckets.keys())
      if (accountId === undefined || name.startsWith(`${accountId} `)) this.#buckets.delete(name);
  }

  #take(name: string, perSecond: number, now: number): boolean {
    const burst = this.#burst ?? perSecond;
    const bucket = this.#buckets.get(name) ?? { tokens: burst, filledAt: now };
    // The clock can have been set back
    const elapsed = Math.max(0, now - bucket.filledAt);
    const tokens = Math.min(burst, bucket.tokens + (elapsed / 1000) * perSecond);
    const isAdmitted = tokens >= 1;
    // The latest last, so that the first one is the longest unused, and probably full again
    this.#buckets.delete(name);
    this.#buckets.set(name, { tokens: isAdmitted ? tokens - 1 : tokens, filledAt: now });
    if (this.#buckets.size > MOST_BUCKETS) this.#buckets.delete(this.#buckets.keys().next().value ?? '');
    return isAdmitted;
  }
}
