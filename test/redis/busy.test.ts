// This process is busy for longer than Redis may take: what Redis has said meanwhile counts.
import { describe, expect, it } from 'vitest';
import { connect, isInstalled, startRedis } from '../support/redis.ts';

const TIMEOUT_MS = 500;
const busy = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2 * TIMEOUT_MS);

describe.skipIf(!isInstalled)('a busy process', () => {
  it('does not lose Redis, not even with a script that takes a second round trip', async () => {
    const { redis, said } = await connect({ ...(await startRedis()), timeoutMs: TIMEOUT_MS });
    const answer = redis.run('return ARGV[1]', [], ['new to this Redis']);
    busy();
    expect(String(await answer)).toBe('new to this Redis');
    expect(said).toEqual([expect.stringMatching(/^info Redis answers/)]);
  });
});
