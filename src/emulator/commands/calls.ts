// What clients called, and how their calls fail.
import { faultFields } from '../faults.ts';
import { type Commands, integer, listOf, mapOf, nothing, record, text } from './command.ts';

const call = record(
  { operation: text, accountId: text, region: text, input: { type: 'object' } },
  { status: integer },
);

export const callCommands: Commands<'calls' | 'resetCalls' | 'addFault' | 'clearFaults'> = {
  calls: {
    meaning: 'The number of calls per operation and status, and the last calls.',
    members: { operation: 'operation?' },
    example: { operation: 'GetStage' },
    returns: record({ counts: mapOf(integer), statuses: mapOf(integer), log: listOf(call) }),
    isRead: true,
  },
  resetCalls: {
    meaning: 'Sets the counts to zero and clears the log.',
    members: {},
    example: {},
    returns: nothing,
  },
  addFault: {
    meaning:
      'The next calls fail. `afterwards` acts first and fails then. A `body` without `status` has the status 400.',
    members: faultFields,
    example: { operation: 'GetStage', times: 1, status: 503, errorType: 'InternalServerException' },
    returns: nothing,
  },
  clearFaults: {
    meaning: 'Removes all faults.',
    members: {},
    example: {},
    returns: nothing,
  },
};
