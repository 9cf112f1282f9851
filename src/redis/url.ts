// REDIS_URL: where Redis is, and of what kind.

export interface Node {
  host: string;
  port: number;
}

export interface Credentials {
  username?: string | undefined;
  password?: string | undefined;
}

export interface RedisAddress extends Credentials {
  /** `any`: a Redis that stands alone, or a node of a cluster. */
  kind: 'any' | 'cluster' | 'sentinel';
  isTls: boolean;
  /** The Sentinels, where there are some. */
  nodes: readonly [Node, ...Node[]];
  database: number;
  /** What Sentinel calls the primary and its replicas. */
  primaryName: string;
  sentinel: Credentials;
}

/** A cache of ElastiCache, or a cluster of MemoryDB, whose users log in by IAM. */
export interface IamCache {
  service: 'elasticache' | 'memorydb';
  isServerless: boolean;
  name: string;
}

export const REDIS_URLS =
  'a URL such as redis://localhost:6379/0, redis+cluster://host1,host2 or redis+sentinel://host1,host2/name';

/** What is expected instead of a text that is no address. */
export function expectedRedisUrl(text: string): string {
  if (/^rediss?\+cluster:.*[^/]\/[^/]+$/i.test(text))
    return 'no database, or 0, behind the nodes of a cluster';
  if (/^rediss?\+sentinel:\/\/[^/]+\/?$/i.test(text)) return 'the name of the primary behind the Sentinels';
  return REDIS_URLS;
}

const URL = /^(rediss?)(?:\+(cluster|sentinel))?:\/\/(?:([^/?#]*)@)?([^@/?#]+)(\/[^?#]*)?(?:\?([^#]*))?$/i;
const HOST = /^(\[[\da-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?$/i;
const PATHS = { any: /^(?:\/(\d*))?$/, cluster: /^(?:\/(0?))?$/, sentinel: /^\/([\w.:-]+)(?:\/(\d*))?$/ };
const DEFAULT_PORTS = { any: 6379, cluster: 6379, sentinel: 26_379 };

/** Undefined for a text that is no address. */
export function parseRedisUrl(text: string): RedisAddress | undefined {
  const [, scheme = '', suffix, user, hosts = '', path = '', query = ''] = URL.exec(text.trim()) ?? [];
  const kind = (suffix?.toLowerCase() ?? 'any') as RedisAddress['kind'];
  const segments = PATHS[kind].exec(path);
  const [first, ...others] = hosts.split(',').map((host) => nodeOf(host, DEFAULT_PORTS[kind]));
  const isOne = kind !== 'any' || others.length === 0;
  const options = new URLSearchParams(query);
  if (!segments || !first || !isOne || !others.every((node) => node !== undefined)) return undefined;
  if ([...options.keys()].some((name) => kind !== 'sentinel' || !SENTINEL_OPTIONS.includes(name)))
    return undefined;
  const credentials = user === undefined ? {} : credentialsOf(user);
  return (
    credentials && {
      kind,
      isTls: scheme.toLowerCase() === 'rediss',
      nodes: [first, ...others],
      database: Number(segments.at(-1) ?? 0),
      primaryName: kind === 'sentinel' ? (segments[1] ?? '') : '',
      ...credentials,
      sentinel: {
        username: options.get('sentinelUser') ?? undefined,
        password: options.get('sentinelPassword') ?? undefined,
      },
    }
  );
}

const SENTINEL_OPTIONS = ['sentinelUser', 'sentinelPassword'];

function nodeOf(text: string, defaultPort: number): Node | undefined {
  const [, host, port = defaultPort] = HOST.exec(text.trim()) ?? [];
  if (host === undefined || Number(port) < 1 || Number(port) > 65_535) return undefined;
  return { host: host.replace(/[[\]]/g, ''), port: Number(port) };
}

/** As in all URLs: `user:password`, percent-encoded; a password alone stands behind a colon. */
function credentialsOf(text: string): Credentials | undefined {
  const [username = '', ...rest] = text.split(':');
  try {
    const password = decodeURIComponent(rest.join(':'));
    return { username: decodeURIComponent(username) || undefined, password: password || undefined };
  } catch {
    return undefined;
  }
}
