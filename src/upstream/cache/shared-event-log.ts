// Events of AWS that reach any of the replicas: one atomic step records an event, forgets what it may have changed, and
// notifies the others.
import { createHash } from 'node:crypto';
import type { EventLog, RecordedEvent } from '../changes.ts';
import type { Clock } from '../clock.ts';
import type { Shared } from '../shared.ts';
import { type EventLogOptions, SEEN_MS, tagsOf, topicsOf } from './event-log.ts';
import { PACE_MS } from './event-pace.ts';
import { FIRST_ARGUMENT, FIRST_KEY, type Invalidations } from './invalidations.ts';
import { MAX_ENTRIES } from './journal.ts';
import { JOURNAL, SharedJournal } from './shared-journal.ts';

/** Longer than a second, for the clocks of tests; the members have ends of their own. */
const KEY_MS = 60_000;

const keys = ['events:next', 'events:due'];

/**
 * KEYS, behind those of `forget`: when each tag may be forgotten again; the tags with an event meanwhile, by that time. `take` forgets tags; `wait` returns the milliseconds until the first tag is due, or -1.
 */
const PACE = `
local NEXT, DUE = unpack(KEYS, ${FIRST_KEY})
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
 * KEYS, behind those of `PACE`: the journal, the cursor of its last entry. The cursor comes from the time of all
 * scripts, and is greater than the one before. The replica that wrote the entry must know first what it has to forget.
 */
const APPEND = `
local JOURNAL, LAST = unpack(KEYS, ${FIRST_KEY + keys.length})
local function append(entry, replayMs, forgotten)
  local time, number = string.match(redis.call('GET', LAST) or '0-0', '(%d+)-(%d+)')
  local cursor
  if math.floor(now) > tonumber(time) then cursor = string.format('%.0f-0', math.floor(now))
  else cursor = string.format('%s-%.0f', time, number + 1) end
  redis.call('SET', LAST, cursor, 'PX', ${SEEN_MS})
  redis.call('XADD', JOURNAL, 'MAXLEN', '~', ${MAX_ENTRIES}, cursor, 'entry', entry)
  redis.call('PEXPIRE', JOURNAL, replayMs)
  publish('entry', cursor .. '\\n' .. ARGV[1] .. '\\n' .. forgotten .. '\\n' .. entry)
end
`;

/**
 * KEYS, behind: the event. ARGV, behind: tags, whether it is a heartbeat, the entry of the journal if it has one, and how long
 * that is kept. Returns what `forget` does; whether it is new; the tags that were forgotten.
 */
const RECORD = `${PACE}${APPEND}
local tags, isHeartbeat, entry, replayMs = unpack(ARGV, ${FIRST_ARGUMENT})
if not redis.call('SET', KEYS[${FIRST_KEY + keys.length + JOURNAL.length}], 1, 'PX', ${SEEN_MS}, 'NX') then return { 0, 0, 0, '[]' } end
if isHeartbeat == '1' then publish('heartbeat', '') end
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
  publish('due', wait())
end
local number, awaited, forgotten = 0, 0, '[]'
if #free > 0 then
  number, awaited = take(free)
  forgotten = cjson.encode(free)
end
if entry ~= '' then append(entry, replayMs, forgotten) end
return { number, awaited, 1, forgotten }
`;

/** Returns what `forget` does, the tags that were due, and when the next one is. */
const FORGET_DUE = `${PACE}
local tags = redis.call('ZRANGEBYSCORE', DUE, '-inf', now)
if #tags == 0 then return { 0, 0, '[]', wait() } end
redis.call('ZREMRANGEBYSCORE', DUE, '-inf', now)
local number, awaited = take(tags)
return { number, awaited, cjson.encode(tags), wait() }
`;

interface Options extends EventLogOptions {
  shared: Shared;
  invalidations: Invalidations;
}

export class SharedEventLog implements EventLog {
  readonly journal: SharedJournal;
  readonly #replayMs: number;
  readonly #invalidations: Invalidations;
  readonly #clock: Clock;
  #isWaiting = false;
  #heartbeatAt: number | undefined;

  constructor({ shared, invalidations, clock, replayMs }: Options) {
    this.#invalidations = invalidations;
    this.#replayMs = replayMs;
    this.journal = new SharedJournal({
      shared,
      replayMs,
      clock,
      onOwn: (forgotten) => this.#notify(forgotten),
    });
    this.#clock = clock;
    shared.listen('heartbeat', () => {
      this.#heartbeatAt = clock.now();
    });
    // All replicas: the one that took the event may be gone by then.
    shared.listen('due', (milliseconds) => this.#wait(Number(milliseconds)));
  }

  async record(event: RecordedEvent): Promise<'accepted' | 'duplicate'> {
    const own = [
      ...keys,
      ...JOURNAL,
      `events:seen:${createHash('sha256').update(event.id).digest('base64url')}`,
    ];
    const entry = event.body ? JSON.stringify({ topics: topicsOf(event), body: event.body }) : '';
    const args = [
      JSON.stringify([...tagsOf(event)]),
      Number(event.isHeartbeat ?? false),
      entry,
      this.#replayMs,
    ];
    let isNew = false;
    const onAnswer = ([accepted, forgotten]: unknown[]) => {
      isNew = accepted === 1;
      this.#notify(forgotten);
    };
    try {
      await this.#invalidations.run(RECORD, own, args, onAnswer);
    } catch (error) {
      this.journal.miss();
      throw error;
    }
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
        this.#notify(forgotten);
        next = Number(wait);
      })
      .catch(() => {});
    this.#wait(next);
  }

  #notify(json: unknown): void {
    const tags = new Set<string>(JSON.parse(String(json)));
    if (tags.size > 0) this.#invalidations.notify(tags);
  }
}
