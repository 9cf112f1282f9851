// All that is in the worlds of an emulator, as plain data that shares nothing with them.
import type { Emulator } from '../../../src/emulator/emulator.ts';
import { IndexedTable } from '../../../src/emulator/persistent/indexed-table.ts';
import { SortedMap } from '../../../src/emulator/persistent/sorted-map.ts';
import { Table } from '../../../src/emulator/persistent/table.ts';
import type { Participants } from '../../../src/emulator/world/records.ts';
import { WorldState } from '../../../src/emulator/world/world-state.ts';

// Without what is only counted of snapshots
const { parts: _, lastInParts: __, ...contents } = new WorldState();
const members = Object.keys(contents) as (keyof typeof contents)[];

/** Of one account or all, with their time and what is due in them. */
export function deepCopyOf({ accounts }: Emulator, accountId?: string): unknown {
  const wanted = accounts.all().filter((one) => accountId === undefined || one.accountId === accountId);
  accounts.catchUp();
  return wanted.map((account) => ({
    accountId: account.accountId,
    isDemo: account.isDemo,
    clock: account.clock.state(),
    due: account.timeline.of(account.accountId).map(({ time, keys }) => [time, ...keys]),
    worlds: account
      .worldsAsTheyAre()
      .map((world) => [world.region, members.map((member) => [member, plain(world[member])])]),
  }));
}

function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof IndexedTable) return [[...value.values()].map(plain), indexesOf(value)];
  if (value instanceof Table) return [...value.values()].map(plain);
  if (value instanceof SortedMap || value instanceof Map || value instanceof Set || Array.isArray(value))
    return [...value].map(plain);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]));
}

function indexesOf(participants: Participants): unknown {
  return (['userId', 'published', 'state', 'recordingState'] as const).map((member) =>
    [...new Set([...participants.values()].map((one) => one[member]))].map((value) => [
      value,
      participants.count(member, value),
      [...participants.with(member, value).after()].map(({ participantId }) => participantId),
    ]),
  );
}
