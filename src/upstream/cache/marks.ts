// The marks of what was written, in Redis: each tag has a number that only grows, and a response is good as long as none of
// its tags has a mark younger than the beginning of its read.

/** No response is kept longer in Redis, nor is any call in flight for longer. */
export const MAX_LIFETIME_MS = 10 * 60_000;
/** Marks outlive all that they speak of. */
const MARK_MS = 2 * MAX_LIFETIME_MS + 60_000;
/** So many at most are removed with each write, beside as many as are added. */
const REMOVED_AT_ONCE = 100;

/** The marks by their tags, and the tags by the time of their marks. */
export const MARKS = ['cache:marks', 'cache:marked'];

/**
 * Receives where among KEYS the two are. `mark` returns the number of a new mark. One hash has all marks, the last number, and
 * the number with which it began: should Redis evict it, what was read before is forgotten. Numbers are microseconds, so that
 * they also grow when it begins anew.
 */
export const marksAt = (first: number): string => `
local MARKS, MARKED = KEYS[${first}], KEYS[${first + 1}]
local born, last = unpack(redis.call('HMGET', MARKS, '#born', '#last'))
born, last = tonumber(born), tonumber(last)
local micros = time[1] * 1000000 + time[2]
local function keepMarks()
  redis.call('PEXPIRE', MARKS, ${MARK_MS})
  redis.call('PEXPIRE', MARKED, ${MARK_MS})
end
if not last or redis.call('HLEN', MARKS) ~= redis.call('ZCARD', MARKED) + 2 then
  redis.call('DEL', MARKS, MARKED)
  born, last = micros, micros
  redis.call('HSET', MARKS, '#born', born, '#last', last)
  keepMarks()
end
local function isForgottenSince(number, tags)
  if number < born or number > last then return true end -- of a Redis that is no more
  for _, mark in ipairs(redis.call('HMGET', MARKS, unpack(tags))) do
    if mark and tonumber(mark) > number then return true end
  end
  return false
end
local function mark(tags)
  last = math.max(last + 1, micros)
  redis.call('HSET', MARKS, '#last', last)
  for _, tag in ipairs(tags) do
    redis.call('HSET', MARKS, tag, last)
    redis.call('ZADD', MARKED, clock, tag)
  end
  local old = redis.call('ZRANGEBYSCORE', MARKED, '-inf', clock - ${MARK_MS}, 'LIMIT', 0, #tags + ${REMOVED_AT_ONCE})
  for _, tag in ipairs(old) do
    redis.call('HDEL', MARKS, tag)
    redis.call('ZREM', MARKED, tag)
  end
  keepMarks()
  return last
end
`;
