// REDIS_IAM: the cache of ElastiCache or MemoryDB whose user logs in with the gateway's AWS credentials.
import { type IamCache, parseRedisUrl } from '../../redis/url.ts';
import { isLoopback } from './values.ts';
import type { Reader } from './variable.ts';

export const redisIam: Reader<IamCache> = {
  expected: 'elasticache:<replication group>, elasticache-serverless:<cache> or memorydb:<cluster>',
  read: (given) => {
    const [, service, serverless, name] =
      /^(elasticache|memorydb)(-serverless)?:([a-z][a-z\d-]{0,39})$/i.exec(given.trim()) ?? [];
    if (!service || !name || (serverless && service.toLowerCase() !== 'elasticache')) return undefined;
    // AWS's names have small letters only, whatever was written when they were created.
    const lower = service.toLowerCase() as IamCache['service'];
    return { service: lower, isServerless: serverless !== undefined, name: name.toLowerCase() };
  },
};

/**
 * What is wrong with the URL for it. A token is a password: in clear text it would be one for 15 minutes to anyone who reads
 * along.
 */
export function problemOfIam(url: string | undefined, iam: IamCache | undefined): string | undefined {
  if (!iam) return undefined;
  const address = url === undefined ? undefined : parseRedisUrl(url);
  const expected = (what: string, got: string) =>
    `REDIS_URL: expected ${what}, since REDIS_IAM is set, got ${got}`;
  if (!address) return expected('a URL with a user', 'none');
  if (!address.username) return expected('a user, as in rediss+cluster://user@host', 'none');
  if (address.password) return expected('a user without a password', 'a password');
  const isSafe = address.isTls || address.nodes.every(({ host }) => isLoopback(host));
  return isSafe ? undefined : expected('rediss, for TLS', 'redis');
}
