// The time and the state of the worlds.
import { type Commands, integer, listOf, nothing, ofAccount, record, text, time } from './command.ts';

const clock = record({ time, frozen: { type: 'boolean' } });
const noon = (frozen: boolean) => ({ time: '2030-01-01T12:00:00.000Z', frozen });
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
    meaning: 'The time of the emulator or of an account, and whether it stands still.',
    members: ofAccount,
    example: {},
    returns: clock,
    answer: noon(false),
    isRead: true,
  },
  setClock: {
    meaning:
      'Sets the time. Until a later time, all that is due happens. With `account`, that account has a clock of its own.',
    members: { time: 'time', ...ofAccount },
    example: { time: '2030-01-01T12:00:00Z' },
    returns: clock,
    answer: noon(false),
  },
  advanceClock: {
    meaning: 'Lets seconds pass: what is due happens, in order, before the response.',
    members: { seconds: 'seconds', ...ofAccount },
    example: { seconds: 3600 },
    returns: clock,
    answer: { time: '2030-01-01T13:00:00.000Z', frozen: false },
  },
  freezeClock: {
    meaning: 'Stops the clock, or continues from its time.',
    members: { frozen: 'boolean', ...ofAccount },
    example: { frozen: true },
    returns: clock,
    answer: noon(true),
  },
  snapshot: {
    meaning: 'Keeps the worlds and the time of all accounts or one. One of the same name is replaced.',
    members: { name: 'snapshotName?', ...ofAccount },
    example: { name: prepared.id },
    returns: snapshot,
    answer: prepared,
  },
  snapshots: {
    meaning: 'The snapshots, with their size.',
    members: ofAccount,
    example: {},
    returns: record({ snapshots: listOf(record({ id: text, time, bytes: integer }, { account: text })) }),
    answer: { snapshots: [{ ...prepared, time: '2030-01-01T12:00:00.000Z', bytes: 812_340 }] },
    isRead: true,
  },
  restore: {
    meaning: 'Brings the worlds and the time of a snapshot back. Calls, faults and events stay.',
    members: { id: 'string', ...ofAccount },
    example: prepared,
    returns: nothing,
  },
  deleteSnapshot: {
    meaning: 'Removes a snapshot.',
    members: { id: 'string', ...ofAccount },
    example: prepared,
    returns: nothing,
  },
  reset: {
    meaning:
      'Begins again, with the world of the start or with one of a seed, a world file or a snapshot. Removes calls, faults and events. With `account`, only those of the account.',
    members: { seed: 'seed?', world: 'object?', snapshot: 'string?', ...ofAccount },
    example: { seed: 'demo' },
    returns: nothing,
  },
};
