// Responses of AWS in Redis. None is deleted when it is forgotten: its tags are marked.
import { MAX_LIFETIME_MS, marksAt } from './marks.ts';

/**
 * KEYS 1: the answer, 2 and 3: the marks, 4: the flight that may bring it, 5: the replicas. ARGV: a name for a flight of one's own, which
 * begins with the replica's, or nothing; the number of the first look, if this is not it; the time of an answer that is known
 * and was no good; the least number of an answer that this replica trusts.
 * Answers number and time for SET; then, if there is a good one, what it is, its time, its age and itself; or that it is in
 * flight elsewhere. If neither, the flight is one's own.
 */
export const GET = `${marksAt(2)}
local number, at, tags, answer = unpack(redis.call('HMGET', KEYS[1], 'number', 'at', 'tags', 'answer'))
local isTrusted = answer and tonumber(number) >= tonumber(ARGV[4])
if isTrusted and at ~= ARGV[3] and not isForgottenSince(tonumber(number), cjson.decode(tags)) then
  return { last, tostring(now), 'answer', at, tostring(now - at), answer }
end
if ARGV[1] == '' then return { last, tostring(now) } end

local flight, began = unpack(redis.call('HMGET', KEYS[4], 'name', 'number'))
local owner = flight and string.match(flight, '%S+')
-- One's own are shared in the process; one that began before a write may be stale; the dead bring nothing
local isElsewhere = flight and owner ~= string.match(ARGV[1], '%S+')
  and tonumber(began) >= (tonumber(ARGV[2]) or last) and redis.call('ZSCORE', KEYS[5], owner)
if isElsewhere then
  redis.call('HSET', KEYS[4], 'awaited', 1)
  return { last, tostring(now), 'flight' }
end
redis.call('HSET', KEYS[4], 'name', ARGV[1], 'number', last)
redis.call('PEXPIRE', KEYS[4], ${MAX_LIFETIME_MS})
return { last, tostring(now) }
`;

/** KEYS 4: the flight. ARGV: its name, what its answer is called. Those who wait for it look again. */
export const RELEASE = `
local flight, awaited = unpack(redis.call('HMGET', KEYS[4], 'name', 'awaited'))
if flight ~= ARGV[1] then return end
redis.call('DEL', KEYS[4])
if awaited then publish('released', ARGV[2]) end
`;

/** KEYS 1: the answer, 2 and 3: the marks. ARGV: number and time of the GET before the read, lifetime, tags, the answer. */
export const SET = `${marksAt(2)}
local number, began, lifetime = tonumber(ARGV[1]), tonumber(ARGV[2]), math.min(ARGV[3], ${MAX_LIFETIME_MS})
local other = tonumber(redis.call('HGET', KEYS[1], 'began') or 0)
-- It may be older than a write, or than the result of a later read
if other > began or isForgottenSince(number, cjson.decode(ARGV[4])) then return end
redis.call('HSET', KEYS[1], 'number', number, 'began', began, 'at', now, 'tags', ARGV[4], 'answer', ARGV[5])
redis.call('PEXPIRE', KEYS[1], lifetime)
keepMarks()
`;

/** KEYS 1: the answer, of what AWS says is gone. */
export const DROP = `redis.call('DEL', KEYS[1])`;
