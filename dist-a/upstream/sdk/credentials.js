import { sdkConfig } from '../aws-sdk.js';
import { AccessDeniedError, CredentialsRefusedError } from '../errors.js';
/** Between two readings of the chain: one may run a program or ask a network. */
const COOLDOWN_MS = 1_000;
/** After that, what AWS has said of the credentials is old. */
const OLD_MS = 60_000;
/** The credentials of one client. */
export class Renewal {
    #provider;
    #clock;
    #pending;
    #nextAt = Number.NEGATIVE_INFINITY;
    /** Counts how often they have changed. */
    generation = 0;
    constructor(provider, clock) {
        this.#provider = provider;
        this.#clock = clock;
    }
    /** Whether a call of that generation would now be signed with others. Never rejects. */
    async hasOthers(generation) {
        if (this.generation === generation) {
            this.#pending ??= this.#readAnew()
                // The chain has none: then AWS's refusal says it all.
                .catch(() => { })
                .finally(() => (this.#pending = undefined));
            await this.#pending;
        }
        return this.generation !== generation;
    }
    async #readAnew() {
        const now = this.#clock.now();
        if (now < this.#nextAt)
            return;
        this.#nextAt = now + COOLDOWN_MS;
        const old = await this.#provider();
        // The SDK reads ~/.aws once in the life of a process, unless it is told to forget that.
        await sdkConfig.loadSharedConfigFiles({ ignoreCache: true });
        const fresh = await this.#provider({ forceRefresh: true });
        if (!isSame(old, fresh))
            this.generation += 1;
    }
}
const isSame = (one, other) => one.accessKeyId === other.accessKeyId &&
    one.secretAccessKey === other.secretAccessKey &&
    one.sessionToken === other.sessionToken;
/** What AWS's answers say of the gateway's credentials. */
export class Acceptance {
    #clock;
    #acceptedAt = Number.NEGATIVE_INFINITY;
    #refusedAt = Number.NEGATIVE_INFINITY;
    constructor(clock) {
        this.#clock = clock;
    }
    accepted() {
        this.#acceptedAt = this.#clock.now();
    }
    /** Marks the error of a call that may go well now, since the credentials are others than those of its generation. */
    async judge(error, renewal, generation) {
        if (error instanceof AccessDeniedError && error.mended)
            return;
        if (!(error instanceof CredentialsRefusedError)) {
            // Who is told that something is not there, or not allowed, was known to AWS.
            if (error.aws?.requestId !== undefined && !error.retryable)
                this.accepted();
        }
        else if (await renewal.hasOthers(generation))
            error.mended = 'credentials';
        else
            this.#refusedAt = this.#clock.now();
    }
    /** One region may refuse what all others take, since the account has not opted in to it. */
    isRefused() {
        const now = this.#clock.now();
        return now - this.#refusedAt < OLD_MS && now - this.#acceptedAt >= OLD_MS;
    }
}
