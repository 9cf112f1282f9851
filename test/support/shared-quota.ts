// Many replicas' views of one real Redis, which is given the tests' time: without HTTP, so that a hundred are cheap.

import * as scripts from '../../src/upstream/quota/shared-bucket-scripts.ts';
import type { Shared } from '../../src/upstream/shared.ts';
import { LeapingClock } from './clock.ts';
import { connect, START, startRedis } from './redis.ts';

type Script = keyof typeof scripts;
const nameOf = new Map(Object.entries(scripts).map(([name, lua]) => [lua, name as Script]));

/** A clock, and as many replicas' views of one Redis at its time; one connection serves them all. */
export async function startShared(count: number) {
  const clock = new LeapingClock();
  const server = await startRedis();
  const { redis } = await connect({ url: server.url, now: () => START + clock.now() });
  clock.isBusy = () => redis.inFlight() > 0;
  /** Of the quota, by script. */
  const commands: Record<Script, number> = { RESERVE: 0, RELEASE: 0, GIVE_BACK: 0, SLOW_DOWN: 0 };
  let lastCommandAt = 0;
  const run: Shared['run'] = (lua, keys, args) => {
    const name = nameOf.get(lua);
    if (name) commands[name] += 1;
    lastCommandAt = performance.now();
    return redis.run(lua, keys, args);
  };
  const shared = Array.from(
    { length: count },
    (_, index): Shared => ({
      id: `replica-${index}`,
      isUp: () => redis.isUp(),
      isJustBack: () => redis.isJustBack(),
      replicas: () => count,
      unnoticedMs: () => 0,
      run,
      listen: redis.listen.bind(redis),
      catchUp: redis.catchUp.bind(redis),
      onBack: () => {},
    }),
  );
  return { clock, server, shared, commands, lastCommandAt: () => lastCommandAt };
}
