// Who the replicas are: the scripts by which they know of each other, in Redis's own time.
export const HEARTBEAT_MS = 1000;
/** A replica that has not been heard of for so long is gone. */
export const ABSENT_AFTER_MS = 5 * HEARTBEAT_MS;
/** Two heartbeats in a row are missing: it may have lost Redis and go on alone, with its share of the rates. */
export const SILENT_AFTER_MS = 2 * HEARTBEAT_MS;
/**
 * Its share is kept for it so long. A network that has lost one replica, or a Redis that fails over, is back by then; if it
 * has died and nobody came in its place, this is how long its share is nobody's.
 */
const MEMBER_MS = 60 * HEARTBEAT_MS;
/** Each script finds the time here: Redis's own, in milliseconds, so that the replicas' clocks need not agree. */
export const TIME = `
local time = redis.call('TIME')
local clock = time[1] * 1000 + time[2] / 1000
local now = tonumber(ARGV[#ARGV]) or clock
local silentSince = clock - ${SILENT_AFTER_MS}
`;
/**
 * KEYS: the replicas, until when each is there; the members, when each was last heard of, those included that may go on
 * alone. A newcomer takes the place of one that is silent: what dies is started again, under another name. Answers how many
 * members there are.
 */
export const JOIN = `
local replicas, members = unpack(KEYS)
redis.call('ZADD', replicas, clock + ${ABSENT_AFTER_MS}, ARGV[1])
redis.call('ZREMRANGEBYSCORE', replicas, '-inf', clock)
redis.call('PEXPIRE', replicas, ${ABSENT_AFTER_MS})
if redis.call('ZADD', members, clock, ARGV[1]) == 1 then
  local silent = redis.call('ZRANGEBYSCORE', members, '-inf', silentSince, 'LIMIT', 0, 1)[1]
  if silent then redis.call('ZREM', members, silent) end
end
redis.call('ZREMRANGEBYSCORE', members, '-inf', clock - ${MEMBER_MS})
redis.call('PEXPIRE', members, ${MEMBER_MS})
return redis.call('ZCARD', members)
`;
/** It calls nobody any more: its share is everybody's at once. */
export const LEAVE = `for _, key in ipairs(KEYS) do redis.call('ZREM', key, ARGV[1]) end`;
export const MEMBERS = ['replicas', 'members'];
