// The issuer's public keys: fetched when they are needed, kept for a while, and used on while the issuer cannot be had.
import { errors } from 'jose';
import { fetchThroughProxy } from '../../upstream/proxy.js';
import { parseKeySet } from './jwks.js';
/** After this the keys are asked for anew, so one that the issuer has withdrawn is not taken for longer. */
const FRESH_MS = 5 * 60_000;
/** For so long they are taken while they cannot be asked for. */
const USABLE_MS = 60 * 60_000;
/** Between two fetches, whatever tokens say: whoever invents key ids must not make us hammer the issuer. */
export const COOLDOWN_MS = 10_000;
/** Any issuer's set has a few KB. */
const MAX_BYTES = 256 * 1024;
/** The keys are not available now, so nobody can tell whether a token is good. */
export class KeysUnavailable extends Error {
    name = 'KeysUnavailable';
}
export class KeySet {
    #options;
    #known;
    #hasFailed = false;
    /** What the log has said of the set. */
    #told = '';
    #nextFetchAt = Number.NEGATIVE_INFINITY;
    #pending;
    constructor(options) {
        this.#options = options;
    }
    /** The key that a token says it is signed with. */
    keyOf = async (header, token) => {
        if (!this.#isYoungerThan(FRESH_MS)) {
            const refreshed = this.refresh();
            // Once the issuer has failed, nobody waits for it who can do without.
            if (!this.#hasFailed || !this.#isYoungerThan(USABLE_MS))
                await refreshed;
        }
        const known = this.#usable();
        try {
            return await known.keyOf(header, token);
        }
        catch (error) {
            if (!(error instanceof errors.JWKSNoMatchingKey))
                throw error;
            // It may be newer than what we have.
            await this.refresh();
            if (this.#hasFailed)
                throw new KeysUnavailable();
            if (this.#known === known)
                throw error;
            return this.#usable().keyOf(header, token);
        }
    };
    /** Of the keys that are taken now; tells whether they are others than before. */
    get fetchedAt() {
        return this.#known?.fetchedAt;
    }
    /** Fetches the keys, unless that was tried a moment ago. Never rejects. */
    async refresh() {
        const { clock, log, uri } = this.#options;
        if (!this.#pending && clock.now() < this.#nextFetchAt)
            return;
        this.#pending ??= this.#fetch()
            .catch((error) => {
            this.#hasFailed = true;
            log.warn({ uri, reason: describe(error) }, 'the keys of the issuer are not available');
        })
            .finally(() => {
            this.#pending = undefined;
            this.#nextFetchAt = clock.now() + COOLDOWN_MS;
        });
        await this.#pending;
    }
    async #fetch() {
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
        this.#tell(problems);
        this.#known = { keyOf, fetchedAt: clock.now() };
        this.#hasFailed = false;
    }
    /** Once: the set is fetched every few minutes, and is wrong for days. */
    #tell(problems) {
        const { log, uri } = this.#options;
        if (problems.length > 0 && problems.join() !== this.#told)
            log.warn({ uri, problems }, "something is wrong with the issuer's key set");
        this.#told = problems.join();
    }
    #usable() {
        if (this.#known && this.#isYoungerThan(USABLE_MS))
            return this.#known;
        throw new KeysUnavailable();
    }
    #isYoungerThan(milliseconds) {
        return this.#known !== undefined && this.#options.clock.now() - this.#known.fetchedAt < milliseconds;
    }
}
async function readText({ body }) {
    const chunks = [];
    let size = 0;
    for await (const chunk of body ?? []) {
        size += chunk.byteLength;
        if (size > MAX_BYTES)
            throw new Error(`expected at most ${MAX_BYTES} bytes`);
        chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString();
}
/** `fetch failed` says nothing; its causes do, the last one most: behind a proxy it is the proxy's status. */
function describe(error) {
    if (!(error instanceof Error))
        return String(error);
    return [error.message, ...(error.cause ? [describe(error.cause)] : [])].filter(Boolean).join(': ');
}
