// The documents of automatic persisted queries by their hashes: in this process, and in Redis for all replicas.
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
/** Bounds of each store. What was used least is forgotten first; its clients then send it once more. */
const documentBounds = { count: 1000, bytes: 4 * 1024 * 1024 };
/** Since the last use by any replica. */
const LIFETIME_MS = 24 * 60 * 60_000;
export function createDocumentStore(shared, bounds = documentBounds) {
    const own = new LRUCache({
        max: bounds.count,
        maxSize: bounds.bytes,
        sizeCalculation: (document) => Buffer.byteLength(document),
    });
    const remote = shared && inRedis(shared, bounds);
    return {
        get: async (hash) => {
            const document = own.get(hash) ?? (await remote?.get(hash));
            if (document !== undefined)
                own.set(hash, document);
            return document;
        },
        set: (hash, document) => {
            if (own.get(hash) === document)
                return;
            own.set(hash, document);
            // No request waits for it: who comes sooner to another replica sends the document once more.
            void remote?.set(hash, document);
        },
    };
}
const KEYS = ['documents', 'documents-used'];
const USE = `
redis.call('ZADD', used, now, hash)
redis.call('PEXPIRE', documents, ${LIFETIME_MS})
redis.call('PEXPIRE', used, ${LIFETIME_MS})
`;
const GET = `
local documents, used = unpack(KEYS)
local hash = ARGV[1]
local document = redis.call('HGET', documents, hash)
if document then ${USE} end
return document
`;
/** One more field of the documents counts their bytes. Without the times of use, which Redis may have evicted, all are forgotten. */
const SET = `
local documents, used = unpack(KEYS)
local hash, document, maxCount, maxBytes = unpack(ARGV)
if redis.call('HSET', documents, hash, document) == 1 then
  local bytes = redis.call('HINCRBY', documents, 'bytes', #document)
  ${USE}
  while bytes > tonumber(maxBytes) or redis.call('ZCARD', used) > tonumber(maxCount) do
    local oldest = redis.call('ZRANGEBYSCORE', used, '-inf', '+inf', 'LIMIT', 0, 1)[1]
    local removed = oldest and redis.call('HGET', documents, oldest)
    if not removed then return redis.call('DEL', documents, used) end
    redis.call('HDEL', documents, oldest)
    redis.call('ZREM', used, oldest)
    bytes = redis.call('HINCRBY', documents, 'bytes', -#removed)
  end
end
`;
/** A lost Redis is told of by its connection; here it is as if the document were unknown. */
const inRedis = (redis, { count, bytes }) => ({
    get: async (hash) => {
        const found = await redis.run(GET, KEYS, [hash]).catch(() => undefined);
        const document = found ? String(found) : undefined;
        // Others may write to a shared Redis.
        return document !== undefined && sha256(document) === hash ? document : undefined;
    },
    set: (hash, document) => redis.run(SET, KEYS, [hash, document, count, bytes]).catch(() => undefined),
});
export const sha256 = (text) => createHash('sha256').update(text).digest('hex');
