// Events of AWS that reach any of the replicas: one atomic step records an event, forgets what it may have changed, and
// notifies the others.
import { createHash } from 'node:crypto';
import type { EventLog, RecordedEvent } from '../changes.ts';
import type { Clock } from '../clock.ts';
import type { Shared } from '../shared.ts';
import { SEEN_MS, tagsOf } from './event-log.ts';
import { PACE_MS } from './event-pace.ts';
import { FIRST_ARGUMENT, FIRST_KEY, type Invalidations } from './invalidations.ts';

/** Longer than a second, for the clocks of tests; the members have ends of their own. */
const KEY_MS = 60_000;

const keys = ['events:next', 'events:due', 'said:due', 'said:heartbeat'];

/**
 * KEYS, behind those of `forget`: when each tag may be forgotten again; the tags with an event meanwhile, by that time; the
 * channels of both. `take` forgets tags; `wait` returns the milliseconds until the first tag is due, or -1.
 */
const PACE = `
local NEXT, DUE, SAID_DUE, SAID_HEARTBEAT = unpack(KEYS, ${FIRST_KEY})
local function take(tags)
  for _, tag in ipairs(tags) do redis.call('ZADD', NEXT, now + ${PACE_MS}, tag) end
  redis.call('PEXPIRE', NEXT, ${KEY_MS})
  return forget(tags)
end
local function wait()
  local first = redis.call('ZRANGEBYSCORE', DUE, '-inf', '+inf', 'WITHSCORES', 'LIMIT', 0, 1)[2]
  return first and math.ceil(math.max(1, first - now)) or -1
end
`;

/**
 * KEYS, behind: the event. ARGV, behind: tags, whether it is a heartbeat. Returns what `forget` does; whether it is new; the
 * tags that were forgotten.
 */
const RECORD = `${PACE}
local tags, isHeartbeat = unpack(ARGV, ${FIRST_ARGUMENT})
if not redis.call('SET', KEYS[${FIRST_KEY + keys.length}], 1, 'PX', ${SEEN_MS}, 'NX') then return { 0, 0, 0, '[]' } end
if isHeartbeat == '1' then redis.call('PUBLISH', SAID_HEARTBEAT, '') end
redis.call('ZREMRANGEBYSCORE', NEXT, '-inf', now)
local free, isDue = {}, false
for _, tag in ipairs(cjson.decode(tags)) do
  local next = redis.call('ZSCORE', NEXT, tag)
  if next then
    redis.call('ZADD', DUE, next, tag)
    isDue = true
  else table.insert(free, tag) end
end
if isDue then
  redis.call('PEXPIRE', DUE, ${KEY_MS})
  redis.call('PUBLISH', SAID_DUE, wait())
end
if #free == 0 then return { 0, 0, 1, '[]' } end
local number, awaited = take(free)
return { number, awaited, 1, cjson.encode(free) }
`;

/** Returns what `forget` does, the tags that were due, and when the next one is. */
const FORGET_DUE = `${PACE}
local tags = redis.call('ZRANGEBYSCORE', DUE, '-inf', now)
if #tags == 0 then return { 0, 0, '[]', wait() } end
redis.call('ZREMRANGEBYSCORE', DUE, '-inf', now)
local number, awaited = take(tags)
return { number, awaited, cjson.encode(tags), wait() }
`;

interface Options {
  shared: Shared;
  invalidations: Invalidations;
  clock: Clock;
}

export class SharedEventLog implements EventLog {
  readonly #invalidations: Invalidations;
  readonly #clock: Clock;
  #isWaiting = false;
  #heartbeatAt: number | undefined;

  constructor({ shared, invalidations, clock }: Options) {
    this.#invalidations = invalidations;
    this.#clock = clock;
    shared.listen('heartbeat', () => {
      this.#heartbeatAt = clock.now();
    });
    // All replicas: the one that took the event may be gone by then.
    shared.listen('due', (milliseconds) => this.#wait(Number(milliseconds)));
  }

  async record(event: RecordedEvent): Promise<'accepted' | 'duplicate'> {
    const own = [...keys, `events:seen:${createHash('sha256').update(event.id).digest('base64url')}`];
    const args = [JSON.stringify([...tagsOf(event)]), Number(event.isHeartbeat)];
    let isNew = false;
    await this.#invalidations.run(RECORD, own, args, ([accepted, forgotten]) => {
      isNew = accepted === 1;
      this.#tell(forgotten);
    });
    return isNew ? 'accepted' : 'duplicate';
  }

  heartbeatAgeMs(): number | undefined {
    return this.#heartbeatAt === undefined ? undefined : this.#clock.now() - this.#heartbeatAt;
  }

  #wait(milliseconds: number): void {
    if (this.#isWaiting || milliseconds < 0) return;
    this.#isWaiting = true;
    this.#clock.after(milliseconds, () => void this.#forgetDue());
  }

  async #forgetDue(): Promise<void> {
    this.#isWaiting = false;
    let next = -1;
    // A replica that has lost Redis forgets everything when it is back.
    await this.#invalidations
      .run(FORGET_DUE, keys, [], ([forgotten, wait]) => {
        this.#tell(forgotten);
        next = Number(wait);
      })
      .catch(() => {});
    this.#wait(next);
  }

  #tell(json: unknown): void {
    const tags = new Set<string>(JSON.parse(String(json)));
    if (tags.size > 0) this.#invalidations.tell(tags);
  }
}
