// Which replica polls for all of them, and what it knows: the others take that, and one of them continues when it is gone.
import type { Shared } from '../upstream/shared.ts';

export const LEASE_MS = 6000;

/** KEYS: the lease. ARGV: replica. Returns 1 where it has the lease now. */
const TAKE = `
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ${LEASE_MS})
return 1
`;
const RELEASE = `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end`;
/** KEYS: the snapshot. ARGV: its JSON, how long it is kept. */
const SAVE = `redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])`;
const LOAD = `return redis.call('GET', KEYS[1])`;

/** What a view is at a cursor. Items are JSON. */
interface Snapshot {
  cursor: string;
  items: readonly object[];
  /** ISO 8601. */
  sweptAt: string;
}

export interface Ownership {
  /** Whether this replica polls; renews that. */
  take(): Promise<boolean>;
  release(): void;
  save(snapshot: () => Snapshot): Promise<void>;
  load(): Promise<Snapshot | undefined>;
}

/** Of a gateway without replicas. */
export const sole: Ownership = {
  take: async () => true,
  release() {},
  save: async () => {},
  load: async () => undefined,
};

export function ownershipOf(name: string, shared: Shared, replayMs: number): Ownership {
  const [lease, snapshot] = [`live:lease:${name}`, `live:view:${name}`];
  return {
    // While Redis is lost each replica polls for itself, with its share of the rates.
    take: async () =>
      shared.run(TAKE, [lease], [shared.id]).then(
        (taken) => taken === 1,
        () => true,
      ),
    release: () => void shared.run(RELEASE, [lease], [shared.id]).catch(() => {}),
    save: async (make) =>
      void (await shared.run(SAVE, [snapshot], [JSON.stringify(make()), replayMs]).catch(() => {})),
    load: async () => {
      const json = await shared.run(LOAD, [snapshot], []).catch(() => undefined);
      return json ? JSON.parse(String(json)) : undefined;
    },
  };
}
