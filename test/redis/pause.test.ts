// A replica whose process is frozen for a while, as in AWS Lambda: meanwhile the others have its share.
import { describe, expect, it } from 'vitest';
import { connect, isInstalled, startRedis, untilElsewhere } from '../support/redis.ts';

describe.skipIf(!isInstalled)('a pause', { timeout: 60_000 }, () => {
  it('leaves the share to the others at once, and a resumed replica has its own again', async () => {
    const server = await startRedis();
    const [frozen, other] = [(await connect(server)).redis, (await connect(server)).redis];
    await untilElsewhere(() => frozen.replicas() === 2 && other.replicas() === 2);
    await frozen.pause();
    await untilElsewhere(() => other.replicas() === 1);
    await frozen.resume();
    expect(frozen.replicas()).toBe(2);
    await untilElsewhere(() => other.replicas() === 2);
  });

  it('ends with a new connection where the old one was closed meanwhile', async () => {
    const server = await startRedis();
    const { redis, said } = await connect(server);
    await redis.pause();
    server.askAll('CLIENT', 'KILL', 'TYPE', 'normal');
    server.askAll('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await untilElsewhere(() => said.length > 1);
    await redis.resume();
    expect(redis.isUp()).toBe(true);
    expect(await redis.run('return 1', [], [])).toBe(1);
  });
});
