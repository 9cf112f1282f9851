// What clients called, and how their calls fail.
import { callFilterFields } from '../call-filter.ts';
import { faultFields } from '../fault.ts';
import {
  type Commands,
  integer,
  listOf,
  mapOf,
  nothing,
  number,
  object,
  ofAccount,
  record,
  schemasOf,
  text,
  time,
} from './command.ts';

const error = record({ type: text, message: text });
const call = record(
  { time, requestId: text, account: text, region: text, operation: text, input: object },
  { output: {}, outputBytes: integer, error, status: integer, durationMs: number, fault: text },
);
const unmatched = record(
  { time, requestId: text, method: text, path: text, status: integer, errorType: text, reason: text },
  { userAgent: text, account: text },
);
const fault = record(
  { id: text, struck: integer },
  // `match` is "a function" where a test in process gave one
  { ...schemasOf(faultFields), match: { type: ['object', 'string'] }, left: integer },
);

type Names =
  | 'calls'
  | 'countCalls'
  | 'waitForCalls'
  | 'unmatched'
  | 'resetCalls'
  | 'addFault'
  | 'faults'
  | 'removeFault'
  | 'clearFaults';

export const callCommands: Commands<Names> = {
  calls: {
    meaning:
      'The number of calls per operation and status, and the last calls that fit, oldest first. Stored are at most 10,000 calls and 8 MB of an account; 100,000 and 64 MB of all.',
    members: { ...callFilterFields, limit: 'times?' },
    example: { operation: 'GetStage', limit: 10 },
    returns: record({ counts: mapOf(integer), statuses: mapOf(integer), log: listOf(call) }),
    isRead: true,
  },
  countCalls: {
    meaning:
      'The number of calls that fit: of all calls by operation and account, by other members of the stored ones.',
    members: callFilterFields,
    example: { operation: 'GetStage' },
    returns: record({ count: integer }),
    isRead: true,
  },
  waitForCalls: {
    meaning:
      'Returns as soon as `count` (1) calls fit, earlier ones included, with these calls. After `timeoutMs` (10,000), the response is a 408.',
    members: { ...callFilterFields, count: 'times?', timeoutMs: 'milliseconds?' },
    example: { operation: 'GetStage', count: 1, timeoutMs: 5000 },
    returns: record({ count: integer, log: listOf(call) }),
    isRead: true,
    waits: true,
  },
  unmatched: {
    meaning: 'The last requests that are no call of an operation, each with the reason.',
    members: ofAccount,
    example: {},
    returns: record({ unmatched: listOf(unmatched) }),
    isRead: true,
  },
  resetCalls: {
    meaning: 'Sets the counts to zero and clears the logs, of all accounts or one.',
    members: ofAccount,
    example: {},
    returns: nothing,
  },
  addFault: {
    meaning: 'The next calls that fit fail. Returns its id, and warnings about what is probably not meant.',
    members: faultFields,
    example: { operation: 'GetStage', times: 1, status: 503, errorType: 'InternalServerException' },
    returns: record({ id: text, warnings: listOf(text) }),
  },
  faults: {
    meaning: 'The faults, oldest first, each with how often it struck; those that are over as well.',
    members: ofAccount,
    example: {},
    returns: record({ faults: listOf(fault) }),
    isRead: true,
  },
  removeFault: {
    meaning: 'Removes a fault. With an account, only one that names it.',
    members: { id: 'string', ...ofAccount },
    example: { id: 'fault-1' },
    returns: nothing,
  },
  clearFaults: {
    meaning: 'Removes all faults, or those that name an account.',
    members: ofAccount,
    example: {},
    returns: nothing,
  },
};
