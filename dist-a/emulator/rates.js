// https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/service-quotas.html
// https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/service-quotas.html
const unlike5 = [
    [/^(ListTagsForResource|TagResource|UntagResource|StartViewerSessionRevocation)$/, 10],
    [/^BatchStartViewerSessionRevocation$/, 2],
    [/(PlaybackKeyPair|RecordingConfiguration|PublicKey)s?$/, 3],
    [/^CreateParticipantToken$/, 50],
    [/^PutMetadata$/, 155],
];
const perSecondOf = (operation) => unlike5.find(([name]) => name.test(operation))?.[1] ?? 5;
export class CallRates {
    #buckets = new Map();
    #clock;
    #burst;
    /** AWS does not publish how many calls may come at once: `burst`, or a second's worth. */
    constructor(clock, burst) {
        this.#clock = clock;
        this.#burst = burst;
    }
    /** Whether one more call keeps the rate; PutMetadata has one of each channel too. */
    admits(region, operation, input) {
        const account = this.#take(`${region} ${operation}`, perSecondOf(operation));
        return operation === 'PutMetadata'
            ? this.#take(`${operation} ${input.channelArn}`, 5) && account
            : account;
    }
    #take(name, perSecond) {
        const burst = this.#burst ?? perSecond;
        const now = this.#clock.now().getTime();
        const bucket = this.#buckets.get(name) ?? { tokens: burst, filledAt: now };
        const tokens = Math.min(burst, bucket.tokens + ((now - bucket.filledAt) / 1000) * perSecond);
        const isAdmitted = tokens >= 1;
        this.#buckets.set(name, { tokens: isAdmitted ? tokens - 1 : tokens, filledAt: now });
        return isAdmitted;
    }
}
