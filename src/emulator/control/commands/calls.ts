// What clients called, and how their calls fail.

import { faultFields } from '../../faults/fault.ts';
import { callFilterFields } from '../../traffic/call-filter.ts';
import {
  type Commands,
  demo,
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

const unavailable = {
  ...{ operation: 'GetStage', times: 1, status: 503 },
  errorType: 'InternalServerException',
};
const sent = { time: '2026-01-01T12:00:00.000Z', requestId: '01234567-0123-0123-0123-012345678901' };
const getStage = {
  ...sent,
  ...{ account: '123456789012', region: 'us-west-2', operation: 'GetStage' },
  input: { arn: demo.stageArn },
  output: { stage: { arn: demo.stageArn, name: 'town-hall' } },
  ...{ status: 200, durationMs: 1.2 },
};
const wrongPath = {
  ...sent,
  ...{ account: '123456789012', method: 'POST', path: '/GetStages', status: 404 },
  errorType: 'UnknownOperationException',
  reason: 'POST /GetStages is no operation of IVS: did you mean /GetStage?',
};

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
    answer: { counts: { GetStage: 1 }, statuses: { 200: 1 }, log: [getStage] },
    isRead: true,
  },
  countCalls: {
    meaning:
      'The number of calls that fit: of all calls by operation and account, by other members of the stored ones.',
    members: callFilterFields,
    example: { operation: 'GetStage' },
    returns: record({ count: integer }),
    answer: { count: 1 },
    isRead: true,
  },
  waitForCalls: {
    meaning:
      'Returns as soon as `count` (1) calls fit, earlier ones included, with these calls. After `timeoutMs` (10,000), the response is a 408.',
    members: { ...callFilterFields, count: 'times?', timeoutMs: 'milliseconds?' },
    example: { operation: 'GetStage', count: 1, timeoutMs: 5000 },
    returns: record({ count: integer, log: listOf(call) }),
    answer: { count: 1, log: [getStage] },
    isRead: true,
    waits: true,
  },
  unmatched: {
    meaning: 'The last requests that are no call of an operation, each with the reason.',
    members: ofAccount,
    example: {},
    returns: record({ unmatched: listOf(unmatched) }),
    answer: { unmatched: [wrongPath] },
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
    example: unavailable,
    returns: record({ id: text, warnings: listOf(text) }),
    answer: { id: 'fault-1', warnings: [] },
  },
  faults: {
    meaning: 'The faults, oldest first, each with how often it struck; those that are over as well.',
    members: ofAccount,
    example: {},
    returns: record({ faults: listOf(fault) }),
    answer: { faults: [{ id: 'fault-1', ...unavailable, struck: 1, left: 0 }] },
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
