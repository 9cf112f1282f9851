import { LISTENERS } from './lease.js';
import { EVERYTHING } from './readings.js';
import { MARK_MS } from './shared-cache-scripts.js';
/** Longer than a lease: whoever has not heard by then does not reuse what he holds any more. */
const MAX_WAIT_MS = 250;
/** What was written while Redis was lost, before it is taken for everything. */
const MAX_UNSAID = 1000;
/**
 * KEYS 1: the number of the last mark, 2: what the marks' names begin with, 3: the channel, 4: the replicas that have a
 * lease, 5: those that have not heard of this write. ARGV: tags, replica, the write. Answers the number and how many are
 * waited for.
 */
const FORGET = `
local number = redis.call('INCR', KEYS[1])
local tags = cjson.decode(ARGV[1])
if #tags == 0 then return { number, 0 } end
for _, tag in ipairs(tags) do redis.call('SET', KEYS[2] .. tag, number, 'PX', ${MARK_MS}) end
local awaited = {}
for _, replica in ipairs(redis.call('ZRANGEBYSCORE', KEYS[4], '(' .. string.format('%.3f', now), '+inf')) do
  if replica ~= ARGV[2] then table.insert(awaited, replica) end
end
if #awaited > 0 then
  redis.call('SADD', KEYS[5], unpack(awaited))
  redis.call('PEXPIRE', KEYS[5], ${4 * MAX_WAIT_MS})
end
-- An empty table would be encoded as an object
local names = #awaited > 0 and cjson.encode(awaited) or '[]'
local from = cjson.encode({ from = ARGV[2], write = ARGV[3] })
redis.call('PUBLISH', KEYS[3], '{"said":' .. from .. ',"tags":' .. ARGV[1] .. ',"awaited":' .. names .. '}')
return { number, #awaited }
`;
/** KEYS 1: the replicas that have not heard of a write, 2: the channel. ARGV: replica, the write. The last one tells. */
const HEARD = `
if redis.call('SREM', KEYS[1], ARGV[1]) == 1 and redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('PUBLISH', KEYS[2], ARGV[2])
end
`;
export class Invalidations {
    #shared;
    #clock;
    #listeners = [];
    /** Writes that wait until the others have heard, and those that wait until Redis is back. */
    #awaited = new Map();
    #unsaidWrites = new Set();
    #unsaid = new Set();
    #writes = 0;
    #trusted = 0;
    constructor(shared, clock) {
        this.#shared = shared;
        this.#clock = clock;
        shared.onBack(() => void this.#comeBack());
        shared.listen('heard', (write) => this.#awaited.get(write)?.());
        shared.listen('forgotten', (text) => {
            const { said, tags, awaited } = JSON.parse(text);
            if (said.from === shared.id)
                return;
            this.#tell(new Set(tags));
            if (awaited.includes(shared.id))
                void this.#acknowledge(said.write);
        });
    }
    /** The least number of an answer in Redis that may be reused here. */
    get trusted() {
        return this.#trusted;
    }
    /** Tells what other replicas have written, and of everything when it was not heard what they wrote. */
    onForgotten(listener) {
        this.#listeners.push(listener);
    }
    /** Comes back when it is forgotten in Redis and by the other replicas, but soon in any case. */
    async forget(tags) {
        if (tags.size === 0)
            return;
        const isSaid = (await this.#say(tags)) !== undefined;
        // Others may have lost Redis a moment later, and still have a lease; or it is back soon.
        if (!isSaid && this.#shared.replicas() > 1)
            await this.#wait((resolve) => {
                this.#unsaidWrites.add(resolve);
                return () => this.#unsaidWrites.delete(resolve);
            });
    }
    /** The number of the mark; undefined when Redis is lost. */
    async #say(tags) {
        const said = new Set([...this.#unsaid, ...tags]);
        this.#unsaid = new Set();
        this.#writes += 1;
        const write = `${this.#shared.id}:${this.#writes}`;
        let isHeard = false;
        this.#awaited.set(write, () => (isHeard = true));
        try {
            const [number, awaited] = (await this.#shared.run(FORGET, keysOf(write), [
                JSON.stringify([...said]),
                this.#shared.id,
                write,
            ]));
            if (awaited > 0 && !isHeard)
                await this.#wait((resolve) => {
                    this.#awaited.set(write, resolve);
                    return () => { };
                });
            if (this.#unsaid.size === 0)
                for (const resolve of this.#unsaidWrites)
                    resolve();
            return number;
        }
        catch {
            for (const tag of said)
                this.#unsaid.add(tag);
            if (this.#unsaid.size > MAX_UNSAID)
                this.#unsaid = new Set([EVERYTHING]);
            return undefined;
        }
        finally {
            this.#awaited.delete(write);
        }
    }
    /** Others may have written, and not been able to say so: what Redis has from before is not trusted, nor what is here. */
    async #comeBack() {
        this.#trusted = Number.MAX_SAFE_INTEGER;
        this.#tell(new Set([EVERYTHING]));
        this.#trusted = (await this.#say(new Set())) ?? this.#trusted;
    }
    #tell(tags) {
        for (const listener of this.#listeners)
            listener(tags);
    }
    async #acknowledge(write) {
        const keys = [keyOfUnheard(write), 'said:heard'];
        await this.#shared.run(HEARD, keys, [this.#shared.id, write]).catch(() => { });
    }
    #wait(subscribe) {
        return new Promise((resolve) => {
            const end = () => {
                stopTimer();
                unsubscribe();
                resolve();
            };
            const unsubscribe = subscribe(end);
            const stopTimer = this.#clock.after(MAX_WAIT_MS, end);
        });
    }
}
const keyOfUnheard = (write) => `cache:unheard:${write}`;
const keysOf = (write) => [
    'cache:marks',
    'cache:mark:',
    'said:forgotten',
    LISTENERS,
    keyOfUnheard(write),
];
