// The token bucket of token-bucket.ts inside Redis, where all replicas draw from it: the same sums in Lua, and a line of
// those who wait. A test holds both to each other: test/upstream/quota/same-sums.test.ts.
import { A_HAIR, MARGIN, MAX_FLIGHT_MS, RECOVERY_MS } from './token-bucket.ts';

/** By then a bucket from which no replica draws is full and its rate has recovered, as if it were new. */
const FORGOTTEN_AFTER_MS = 2 * RECOVERY_MS;
/** Replicas that have lost Redis try again twice a second. */
const ALL_BACK_WITHIN_MS = 500;
/** A replica that does not come when its turn does has lost its places after this time. */
const LATE_MS = 1000;
/** A replica whose turn comes sooner than announced is called, unless it is only by so much. */
const WORTH_A_CALL_MS = 50;

/**
 * KEYS: the bucket; its flights by the time they are over; who waits, with places, calls and the time when it comes again;
 * the line; the members (`redis/membership.ts`). ARGV: the published rate, then the action's own.
 */
const FILL = `
local bucket, flights, waiting, line, members = unpack(KEYS)

-- Members that are silent but have not left are taken to call AWS alone, each with its part of rate and burst
local all = redis.call('ZCARD', members)
local here = math.max(1, all - redis.call('ZCOUNT', members, '-inf', silentSince))
local part = here / math.max(1, all)
local burst = math.max(1, ARGV[1] * part)
local perMs = ARGV[1] * part * ${MARGIN} / 1000

local state = redis.call('HMGET', bucket, 'tokens', 'filledAt', 'share', 'slowedAt')
local tokens, filledAt = tonumber(state[1]) or burst, tonumber(state[2]) or now
local share, slowedAt = tonumber(state[3]) or 1, tonumber(state[4]) or 0
if filledAt > now then -- Redis's clock was set back
  redis.call('DEL', flights, waiting, line)
  filledAt, slowedAt = now, math.min(slowedAt, now)
end

local function recovered(at)
  return math.min(1, share + (1 - share) * (at - slowedAt) / ${RECOVERY_MS})
end

local function fill(at, flying)
  local added = (at - filledAt) * perMs * (recovered(filledAt) + recovered(at)) / 2
  tokens = math.min(burst - flying, tokens + added)
  filledAt = at
end

local function waitFor(count)
  local missing = count - tokens
  if missing <= ${A_HAIR} then return 0 end
  local rate, climb = recovered(now), (1 - share) / ${RECOVERY_MS}
  if climb == 0 or rate == 1 then return missing / perMs end
  local climbMs = (1 - rate) / climb
  local meanwhile = (rate + 1) / 2 * climbMs * perMs
  if missing > meanwhile then return climbMs + (missing - meanwhile) / perMs end
  return (math.sqrt(rate ^ 2 + 2 * climb * missing / perMs) - rate) / climb
end

-- Flights whose end was not reported, those of a dead replica too, are over after a time
local flying = redis.call('ZCARD', flights)
local over = redis.call('ZRANGEBYSCORE', flights, '-inf', now, 'WITHSCORES')
for i = 2, #over, 2 do
  fill(math.max(filledAt, tonumber(over[i])), flying)
  flying = flying - 1
end
redis.call('ZREMRANGEBYSCORE', flights, '-inf', now)
fill(now, flying)

local function waitingIn(text)
  local places, calls, comesAt = string.match(text or '0 0 0', '(%d+) (%d+) (%S+)')
  return tonumber(places), tonumber(calls), tonumber(comesAt)
end
local function waitingAt(replica) return waitingIn(redis.call('HGET', waiting, replica)) end
local function setWaiting(replica, places, calls, comesAt)
  redis.call('HSET', waiting, replica, string.format('%d %d %.3f', places, calls, comesAt))
end
local function leave(replica)
  redis.call('HDEL', waiting, replica)
  redis.call('LREM', line, 0, replica)
end
`;

/** The first in line sleeps until the time that it got; when others have left the line since, it is called. */
const SAVE = `
redis.call('HSET', bucket, 'tokens', tokens, 'filledAt', filledAt, 'share', share, 'slowedAt', slowedAt)
local first = redis.call('LINDEX', line, 0)
if first then
  local places, calls, comesAt = waitingAt(first)
  local inMs = waitFor(1)
  if comesAt > now + inMs + ${WORTH_A_CALL_MS} then
    setWaiting(first, places, calls, now + inMs)
    publish('turn:' .. first, inMs .. ' ' .. string.match(bucket, 'quota:(.+):bucket$'))
  end
end
for i = 1, 4 do redis.call('PEXPIRE', KEYS[i], ${FORGOTTEN_AFTER_MS}) end
`;

/**
 * ARGV: replica; requests and calls that wait there; '1' when it comes back with savings spent. In the line each request
 * that waits has one place, whichever replica it is at, and goes to the end when one of its calls has got a token: so turns
 * go round requests, as they do in fair-queue.ts. The first in line may get the next token before it has come: then the
 * count falls below zero. All others come again when their first place can have a token at the soonest.
 * Answers: tokens taken, the name of the last flight, in how many ms that one may start; places kept, in how many ms to come
 * again; tokens left, share of the rate, ms since it was lowered, part of the rate that is not with replicas alone; places
 * and calls of each other replica.
 */
export const RESERVE = `${FILL}
local replica, callers, calls = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
-- Some of the others may be on their own for a little longer
if ARGV[5] == '1' then tokens = math.min(tokens, -perMs * ${ALL_BACK_WITHIN_MS}) end

local elsewhere = {}
local everywhere = redis.call('HGETALL', waiting)
for i = 1, #everywhere, 2 do
  local other, places, calls, comesAt = everywhere[i], waitingIn(everywhere[i + 1])
  if other == replica then -- its own are known
  elseif comesAt + ${LATE_MS} < now then leave(other)
  else elsewhere[#elsewhere + 1], elsewhere[#elsewhere + 2] = places, calls end
end

local taken, places = 0, (waitingAt(replica))
local function keepPlaces()
  local count = math.min(callers, calls - taken)
  for _ = places + 1, count do redis.call('RPUSH', line, replica) end
  if places > count then redis.call('LREM', line, count - places, replica) end -- the last ones
  places = count
end
local function take()
  redis.call('LREM', line, 1, replica)
  tokens, taken, places = tokens - 1, taken + 1, places - 1
  keepPlaces()
end
keepPlaces()

local before = 0
while taken < calls and waitFor(before + 1) == 0 do
  if redis.call('LINDEX', line, before) == replica then take()
  else before = before + 1 end -- a token for one that is about to come
end
-- A token that has not come yet can be given only if it will come even if none of the calls in flight lands before
local startsInMs = 0
if taken < calls and flying + taken + 1 <= burst and redis.call('LINDEX', line, 0) == replica then
  startsInMs = waitFor(1)
  take()
end

local last = redis.call('HINCRBY', bucket, 'flights', taken)
for flight = last - taken + 1, last do
  redis.call('ZADD', flights, now + (flight == last and startsInMs or 0) + ${MAX_FLIGHT_MS}, flight)
end

local comesInMs = 0
if places == 0 then leave(replica)
else
  comesInMs = waitFor(redis.call('LPOS', line, replica) + 1)
  setWaiting(replica, places, calls - taken, now + comesInMs)
end
${SAVE}
return {
  taken, last, tostring(startsInMs), places, tostring(comesInMs),
  tostring(tokens), tostring(share), tostring(now - slowedAt), tostring(part), unpack(elsewhere)
}
`;

/** ARGV: the flight. Its call has ended: see TokenBucket. */
export const RELEASE = `${FILL}
redis.call('ZREM', flights, ARGV[2])
${SAVE}`;

/** ARGV: the replica if no call of it waits any more, else nothing; flights that are not needed, as if never taken. */
export const GIVE_BACK = `${FILL}
if ARGV[2] ~= '' then leave(ARGV[2]) end
for i = 3, #ARGV - 1 do
  local over = tonumber(redis.call('ZSCORE', flights, ARGV[i]) or nil)
  redis.call('ZREM', flights, ARGV[i])
  -- A 429 since then has taken what was saved up
  if over and over - ${MAX_FLIGHT_MS} > slowedAt then tokens = tokens + 1 end
end
${SAVE}`;

/** AWS said no all the same: see TokenBucket. */
export const SLOW_DOWN = `${FILL}
share = math.max(0.1, recovered(now) / 2)
slowedAt = now
-- What is given for later stays given
tokens = math.min(tokens, -redis.call('ZCOUNT', flights, '(' .. string.format('%.17g', now + ${MAX_FLIGHT_MS}), '+inf'))
${SAVE}`;
