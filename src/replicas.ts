// The other replicas of this gateway, through Redis.
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { ConfigError } from './config/config-error.ts';
import type { IamCache } from './redis-url.ts';

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
}

export async function joinReplicas(settings: Settings, { log, isEmulated }: Beside) {
  const { redisUrl: url, redisPrefix, redisIam: cache, defaultRegion: region } = settings;
  if (!url) return undefined;
  const { Redis, UnusableError } = await import('./redis.ts');
  // In braces: what decides where a cluster has a key, so that all are on one node.
  const prefix = `{${redisPrefix}}:${isEmulated ? randomUUID() : 'aws'}:`;
  const iam = cache && { cache, region };
  return Redis.connect({ url, iam, prefix, log }).catch((error: Error) => {
    throw error instanceof UnusableError ? new ConfigError(`REDIS_URL: ${error.message}`) : error;
  });
}
