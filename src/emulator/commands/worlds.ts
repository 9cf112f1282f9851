// The time and the state of the worlds.
import { type Commands, integer, listOf, nothing, record, text, time } from './command.ts';

const clock = record({ time, frozen: { type: 'boolean' } });
const snapshot = record({ id: text });
const prepared = { id: 'prepared' };

type Names =
  | 'clock'
  | 'setClock'
  | 'advanceClock'
  | 'freezeClock'
  | 'snapshot'
  | 'snapshots'
  | 'restore'
  | 'deleteSnapshot'
  | 'reset';

export const worldCommands: Commands<Names> = {
  clock: {
    meaning: 'The time of the emulator, and whether it stands still.',
    members: {},
    example: {},
    returns: clock,
    isRead: true,
  },
  setClock: {
    meaning: 'Sets the time. Until a later time, all that is due happens.',
    members: { time: 'time' },
    example: { time: '2030-01-01T12:00:00Z' },
    returns: clock,
  },
  advanceClock: {
    meaning: 'Lets seconds pass: what is due happens, in order, before the response.',
    members: { seconds: 'seconds' },
    example: { seconds: 3600 },
    returns: clock,
  },
  freezeClock: {
    meaning: 'Stops the clock, or continues from its time.',
    members: { frozen: 'boolean' },
    example: { frozen: true },
    returns: clock,
  },
  snapshot: {
    meaning: 'Keeps all worlds and the time. One of the same name is replaced.',
    members: { name: 'snapshotName?' },
    example: { name: prepared.id },
    returns: snapshot,
  },
  snapshots: {
    meaning: 'The snapshots, with their size.',
    members: {},
    example: {},
    returns: record({ snapshots: listOf(record({ id: text, time, bytes: integer })) }),
    isRead: true,
  },
  restore: {
    meaning: 'Brings the worlds and the time of a snapshot back. Calls, faults and events stay.',
    members: { id: 'string' },
    example: prepared,
    returns: nothing,
  },
  deleteSnapshot: {
    meaning: 'Removes a snapshot.',
    members: { id: 'string' },
    example: prepared,
    returns: nothing,
  },
  reset: {
    meaning:
      'Begins again, with the world of the start or with one of a seed, a world file or a snapshot. Removes calls, faults and events.',
    members: { seed: 'seed?', world: 'object?', snapshot: 'string?' },
    example: { seed: 'demo' },
    returns: nothing,
  },
};
