// The other replicas of this gateway, through Redis.
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { ConfigError } from '../config/config-error.ts';
import type { Redis } from '../redis/redis.ts';
import type { IamCache } from '../redis/url.ts';

interface Settings {
  redisUrl: string | undefined;
  redisPrefix: string;
  redisIam: IamCache | undefined;
  defaultRegion: string;
}

interface Beside {
  log: Logger;
  /** Its world is private to this process: cached facts of it mean nothing to another one. */
  isEmulated: boolean;
  /** Receives what is wrong with Redis, but keeps the gateway from nothing. Absent: it is a warning of the log. */
  advise?: ((text: string) => void) | undefined;
}

export async function joinReplicas(
  settings: Settings,
  { log, isEmulated, advise = (text) => log.warn(text) }: Beside,
) {
  const { redisUrl: url, redisPrefix, redisIam: cache, defaultRegion: region } = settings;
  if (!url) return undefined;
  const { Redis, UnusableError } = await import('../redis/redis.ts');
  // In braces: what decides where a cluster has a key, so that all are on one node.
  const prefix = `{${redisPrefix}}:${isEmulated ? randomUUID() : 'aws'}:`;
  const iam = cache && { cache, region };
  const redis = await Redis.connect({ url, iam, prefix, log }).catch((error: Error) => {
    throw error instanceof UnusableError ? new ConfigError(`REDIS_URL: ${error.message}`) : error;
  });
  const look = adviceOn(redis, advise);
  await look();
  // A failover may lead to one with another configuration.
  redis.onBack(look);
  return redis;
}

/** Says it once of each policy. */
function adviceOn(redis: Pick<Redis, 'evictionPolicy'>, advise: (text: string) => void) {
  const known = new Set<string | undefined>([undefined, 'noeviction']);
  return async (): Promise<void> => {
    const policy = await redis.evictionPolicy();
    if (known.has(policy)) return;
    known.add(policy);
    advise(
      `REDIS_URL: expected a Redis whose maxmemory-policy is noeviction, got ${policy}: evicted keys can exceed call rates and lose the order of writes`,
    );
  };
}
