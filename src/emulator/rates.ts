// Call rates, as AWS publishes them per account, region and operation; enforced only if configured.
import type { Clock } from './clock.ts';

// https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/service-quotas.html
// https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/service-quotas.html
const unlike5: [RegExp, number][] = [
  [/^(ListTagsForResource|TagResource|UntagResource|StartViewerSessionRevocation)$/, 10],
  [/^BatchStartViewerSessionRevocation$/, 2],
  [/(PlaybackKeyPair|RecordingConfiguration|PublicKey)s?$/, 3],
  [/^CreateParticipantToken$/, 50],
  [/^PutMetadata$/, 155],
];
const perSecondOf = (operation: string): number => unlike5.find(([name]) => name.test(operation))?.[1] ?? 5;

interface Bucket {
  tokens: number;
  filledAt: number;
}

export class CallRates {
  readonly #buckets = new Map<string, Bucket>();
  readonly #clock: Clock;
  readonly #burst: number | undefined;

  /** AWS does not publish how many calls may come at once: `burst`, or a second's worth. */
  constructor(clock: Clock, burst?: number) {
    this.#clock = clock;
    this.#burst = burst;
  }

  /** Whether one more call keeps the rate, which each place counts for itself; PutMetadata has one of each channel too. */
  admits(place: string, operation: string, input: Record<string, unknown>): boolean {
    const account = this.#take(`${place} ${operation}`, perSecondOf(operation));
    return operation === 'PutMetadata'
      ? this.#take(`${operation} ${input.channelArn}`, 5) && account
      : account;
  }

  #take(name: string, perSecond: number): boolean {
    const burst = this.#burst ?? perSecond;
    const now = this.#clock.now().getTime();
    const bucket = this.#buckets.get(name) ?? { tokens: burst, filledAt: now };
    // The clock can have been set back
    const elapsed = Math.max(0, now - bucket.filledAt);
    const tokens = Math.min(burst, bucket.tokens + (elapsed / 1000) * perSecond);
    const isAdmitted = tokens >= 1;
    this.#buckets.set(name, { tokens: isAdmitted ? tokens - 1 : tokens, filledAt: now });
    return isAdmitted;
  }
}
