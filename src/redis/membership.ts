// Who the replicas are: the scripts by which they know of each other, in Redis's own time.
export const HEARTBEAT_MS = 1000;
/** A replica that has not been heard of for so long is gone. */
export const ABSENT_AFTER_MS = 5 * HEARTBEAT_MS;
/** Two heartbeats in a row are missing: it may have lost Redis and continue alone, with its share of the rates. */
export const SILENT_AFTER_MS = 2 * HEARTBEAT_MS;
/**
 * Its share stays reserved for so long. A lost network or a failover of Redis is over by then. If the replica has died and
 * none has replaced it, its share is unused for this time.
 */
const MEMBER_MS = 60 * HEARTBEAT_MS;

/**
 * KEYS: the replicas, with the time until which each is present; the members, with the last heartbeat of each, those that may
 * have continued alone included. A new replica replaces one that is silent: a dead process is restarted under another name.
 * Returns the number of members.
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
/** It calls AWS no more: its share returns to the other replicas at once. */
export const LEAVE = `for _, key in ipairs(KEYS) do redis.call('ZREM', key, ARGV[1]) end`;
export const MEMBERS = ['replicas', 'members'];
