// REDIS_URL in all its forms, and the slots of a cluster.
import { describe, expect, it } from 'vitest';
import { slotOf } from '../../src/redis/slot.ts';
import { expectedRedisUrl, parseRedisUrl, REDIS_URLS } from '../../src/redis/url.ts';

describe('REDIS_URL', () => {
  const none = { username: undefined, password: undefined };
  const plain = { kind: 'any', isTls: false, database: 0, primaryName: '', sentinel: none };

  it.each([
    ['redis://localhost', { nodes: [{ host: 'localhost', port: 6379 }] }],
    [
      'rediss://cache.example.com:6380/2',
      { isTls: true, database: 2, nodes: [{ host: 'cache.example.com', port: 6380 }] },
    ],
    ['redis://[::1]:7000/', { nodes: [{ host: '::1', port: 7000 }] }],
    ['redis://:s%40:e@h', { password: 's@:e', nodes: [{ host: 'h', port: 6379 }] }],
    ['redis://us%3Aer:p@ss@h', { username: 'us:er', password: 'p@ss', nodes: [{ host: 'h', port: 6379 }] }],
    [
      'rediss+cluster://u:p@h1:7000, h2',
      {
        kind: 'cluster',
        isTls: true,
        username: 'u',
        password: 'p',
        nodes: [
          { host: 'h1', port: 7000 },
          { host: 'h2', port: 6379 },
        ],
      },
    ],
    [
      'redis+sentinel://u:p@h1,[::2]:5000/main/3?sentinelUser=s&sentinelPassword=t%26',
      {
        kind: 'sentinel',
        username: 'u',
        password: 'p',
        nodes: [
          { host: 'h1', port: 26_379 },
          { host: '::2', port: 5000 },
        ],
        primaryName: 'main',
        database: 3,
        sentinel: { username: 's', password: 't&' },
      },
    ],
  ])('%s', (text, expected) => expect(parseRedisUrl(text)).toEqual({ ...plain, ...none, ...expected }));

  it.each([
    ['localhost:6379', REDIS_URLS],
    ['http://localhost', REDIS_URLS],
    ['redis://', REDIS_URLS],
    ['redis://a,b', REDIS_URLS],
    ['redis://h:0', REDIS_URLS],
    ['redis://h:65536', REDIS_URLS],
    ['redis://h:', REDIS_URLS],
    ['redis://h/first', REDIS_URLS],
    ['redis://h?family=6', REDIS_URLS],
    ['redis://:%zz@h', REDIS_URLS],
    ['redis+cluster://a,,b', REDIS_URLS],
    ['redis+cluster://a:6379,b:6379/1', 'no database, or 0, behind the nodes of a cluster'],
    ['redis+sentinel://a,b', 'the name of the primary behind the Sentinels'],
    ['rediss+sentinel://a/', 'the name of the primary behind the Sentinels'],
    ['redis+sentinel://a/main/first', REDIS_URLS],
    ['redis+sentinel://a/main?password=p', REDIS_URLS],
  ])('refuses %s', (text, expected) => {
    expect(parseRedisUrl(text)).toBeUndefined();
    expect(expectedRedisUrl(text)).toBe(expected);
  });
});

// As `redis-cli CLUSTER KEYSLOT` has them.
it.each([
  ['123456789', 12_739],
  ['{user1000}.following', 3443],
  ['foo{}{bar}', 8363],
  ['foo{{bar}}zap', 4015],
  ['foo{bar}{zap}', 5061],
  ['}a{b}', 3300],
])('the slot of %s is %i', (key, slot) => expect(slotOf(key)).toBe(slot));
