// The token bucket of token-bucket.ts inside Redis, where all replicas draw from it: the same sums in Lua.
import { MARGIN, MAX_FLIGHT_MS, RECOVERY_MS } from './token-bucket.ts';

/** By then a bucket that nobody draws from is full and its rate has recovered, as if it were new. */
const FORGOTTEN_AFTER_MS = 2 * RECOVERY_MS;
/** Replicas that have lost Redis try again twice a second. */
const ALL_BACK_WITHIN_MS = 500;

/** KEYS: the bucket, its flights by the time they are over, who waits. ARGV: the published rate, then the action's own. */
const FILL = `
local bucket, flights, waiting = KEYS[1], KEYS[2], KEYS[3]
local burst = math.max(1, ARGV[1])
local perMs = ARGV[1] * ${MARGIN} / 1000
local state = redis.call('HMGET', bucket, 'tokens', 'filledAt', 'share', 'slowedAt')
local tokens, filledAt = tonumber(state[1]) or burst, tonumber(state[2]) or now
local share, slowedAt = tonumber(state[3]) or 1, tonumber(state[4]) or 0
if filledAt > now then -- Redis's clock was set back
  redis.call('DEL', flights)
  filledAt, slowedAt = now, math.min(slowedAt, now)
end

local function recovered(at)
  return math.min(1, share + (1 - share) * (at - slowedAt) / ${RECOVERY_MS})
end

local function fill(at, flying)
  local added = (at - filledAt) * perMs * (recovered(filledAt) + recovered(at)) / 2
  tokens = math.min(math.max(tokens, burst - flying), tokens + added)
  filledAt = at
end

-- Flights of which nobody said that they have ended, a dead replica's too, are over after a time
local flying = redis.call('ZCARD', flights)
local over = redis.call('ZRANGEBYSCORE', flights, '-inf', now, 'WITHSCORES')
for i = 2, #over, 2 do
  fill(math.max(filledAt, tonumber(over[i])), flying)
  flying = flying - 1
end
redis.call('ZREMRANGEBYSCORE', flights, '-inf', now)
fill(now, flying)
`;

const SAVE = `
redis.call('HSET', bucket, 'tokens', tokens, 'filledAt', filledAt, 'share', share, 'slowedAt', slowedAt)
for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, ${FORGOTTEN_AFTER_MS}) end
`;

/**
 * ARGV: replica, how many wait there, '1' when it comes back with savings spent. Takes as many tokens as there are for them or, if there are
 * none, the next one that comes: then the count falls below zero, and whoever asks next gets the one after it.
 * Answers: tokens taken, the name of the last, in how many ms; tokens left, share of the rate, ms since it was lowered; and
 * how many wait at each other replica.
 */
export const RESERVE = `${FILL}
local replica, wanted = ARGV[2], tonumber(ARGV[3])
-- Some of the others may be on their own for a little longer
if ARGV[4] == '1' then tokens = math.min(tokens, -perMs * ${ALL_BACK_WITHIN_MS}) end

local function waitForOne()
  local missing = 1 - tokens
  local rate, climb = recovered(now), (1 - share) / ${RECOVERY_MS}
  if climb == 0 or rate == 1 then return missing / perMs end
  local climbMs = (1 - rate) / climb
  local meanwhile = (rate + 1) / 2 * climbMs * perMs
  if missing > meanwhile then return climbMs + (missing - meanwhile) / perMs end
  return (math.sqrt(rate ^ 2 + 2 * climb * missing / perMs) - rate) / climb
end

local taken, inMs = math.min(wanted, math.floor(tokens + 1e-9)), 0
if taken < 1 then taken, inMs = 1, waitForOne() end
tokens = tokens - taken
local last = redis.call('HINCRBY', bucket, 'flights', taken)
for flight = last - taken + 1, last do redis.call('ZADD', flights, now + inMs + ${MAX_FLIGHT_MS}, flight) end

-- Believed until a second after this replica should have come again
if wanted > taken then redis.call('HSET', waiting, replica, (wanted - taken) .. ' ' .. (now + inMs + 1000))
else redis.call('HDEL', waiting, replica) end
local elsewhere, all = {}, redis.call('HGETALL', waiting)
for i = 1, #all, 2 do
  local count, believed = string.match(all[i + 1], '(%d+) (%S+)')
  if tonumber(believed) < now then redis.call('HDEL', waiting, all[i])
  elseif all[i] ~= replica then elsewhere[#elsewhere + 1] = count end
end
${SAVE}
return { taken, last, tostring(inMs), tostring(tokens), tostring(share), tostring(now - slowedAt), unpack(elsewhere) }
`;

/** ARGV: the flight. Its call has ended: see TokenBucket. */
export const RELEASE = `${FILL}
redis.call('ZREM', flights, ARGV[2])
${SAVE}`;

/** ARGV: the flight, replica. It is not needed any more, and nobody waits there. */
export const GIVE_BACK = `${FILL}
if redis.call('ZREM', flights, ARGV[2]) == 1 then
  tokens = math.max(tokens, math.min(burst - flying + 1, tokens + 1))
end
redis.call('HDEL', waiting, ARGV[3])
${SAVE}`;

/** AWS said no all the same: see TokenBucket. */
export const SLOW_DOWN = `${FILL}
share = math.max(0.1, recovered(now) / 2)
slowedAt = now
tokens = math.min(tokens, 0)
${SAVE}`;
