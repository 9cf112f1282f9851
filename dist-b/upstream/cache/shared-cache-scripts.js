// What AWS has told, kept in Redis. Nothing is deleted when it is forgotten: each of its tags is marked with a number that
// only grows, and an answer is good as long as none of its tags has a mark younger than the beginning of its read.
/** No answer is kept longer here, nor is any call under way for longer. */
const MAX_LIFETIME_MS = 10 * 60_000;
/** Marks outlive all that they speak of. */
export const MARK_MS = 2 * MAX_LIFETIME_MS + 60_000;
/** KEYS 2: the number of the last mark, 3: what the marks' names begin with. */
const FORGOTTEN_SINCE = `
local last = tonumber(redis.call('GET', KEYS[2]) or 0)
local function isForgottenSince(number, tags)
  local marks = {}
  for i, tag in ipairs(tags) do marks[i] = KEYS[3] .. tag end
  for _, mark in ipairs(redis.call('MGET', unpack(marks))) do
    if mark and tonumber(mark) > number then return true end
  end
  return number > last -- of a Redis that is no more
end
`;
/**
 * KEYS 1: the answer, 4: the flight that may bring it, 5: the replicas. ARGV: a name for a flight of one's own, which
 * begins with the replica's, or nothing; the number of the first look, if this is not it; the time of an answer that is known
 * and was no good; the least number of an answer that this replica trusts.
 * Answers number and time for SET; then, if there is a good one, what it is, its time, its age and itself; or that it is in
 * flight elsewhere. If neither, the flight is one's own.
 */
export const GET = `${FORGOTTEN_SINCE}
local number, at, tags, answer = unpack(redis.call('HMGET', KEYS[1], 'number', 'at', 'tags', 'answer'))
local isTrusted = answer and tonumber(number) >= tonumber(ARGV[4])
if isTrusted and at ~= ARGV[3] and not isForgottenSince(tonumber(number), cjson.decode(tags)) then
  return { last, tostring(now), 'answer', at, tostring(now - at), answer }
end
if ARGV[1] == '' then return { last, tostring(now) } end

local flight, began = unpack(redis.call('HMGET', KEYS[4], 'name', 'number'))
local owner = flight and string.match(flight, '%S+')
-- One's own are shared in the process; one that began before a write may tell how things were; the dead bring nothing
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
/** KEYS 4: the flight, 6: the channel. ARGV: its name, what its answer is called. Those who wait for it look again. */
export const RELEASE = `
local flight, awaited = unpack(redis.call('HMGET', KEYS[4], 'name', 'awaited'))
if flight ~= ARGV[1] then return end
redis.call('DEL', KEYS[4])
if awaited then redis.call('PUBLISH', KEYS[6], ARGV[2]) end
`;
/** KEYS 1: the answer. ARGV: number and time of the GET before the read, lifetime, tags, the answer. */
export const SET = `${FORGOTTEN_SINCE}
local number, began, lifetime = tonumber(ARGV[1]), tonumber(ARGV[2]), math.min(ARGV[3], ${MAX_LIFETIME_MS})
local other = tonumber(redis.call('HGET', KEYS[1], 'began') or 0)
-- It may tell how things were before a write, or before what a later read has told already
if other > began or isForgottenSince(number, cjson.decode(ARGV[4])) then return end
redis.call('HSET', KEYS[1], 'number', number, 'began', began, 'at', now, 'tags', ARGV[4], 'answer', ARGV[5])
redis.call('PEXPIRE', KEYS[1], lifetime)
`;
/** KEYS 1: the answer, of what AWS says is gone. */
export const DROP = `redis.call('DEL', KEYS[1])`;
