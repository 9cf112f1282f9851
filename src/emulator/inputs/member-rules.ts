// What a member of an input may be, kind by kind.

import { NOT_SHOWN, shownUrl } from '../../http/shown-url.ts';
import { detailTypes } from '../events/event.ts';
import { failures } from '../low-latency/broadcast.ts';
import { accountLimits } from '../low-latency/stream-event.ts';
import { ivsRealtime } from '../model/aws-model.ts';
import { model } from '../model/model.ts';
import { outputErrors } from '../realtime/output-error.ts';
import { isoTime, readIsoTime } from '../world/iso-time.ts';
import {
  anyObject,
  describe,
  isObject,
  type JsonSchema,
  lengthOf,
  listOf,
  matching,
  objectOf,
  oneOf,
  printable,
  type Rule,
  type,
  wholeNumber,
} from './rule.ts';

const { EventErrorCode, EventName, ParticipantProtocol, ParticipantTokenCapability } = ivsRealtime;

const MAX_DELAY_MS = 3_600_000; // a timer of Node takes no more than 24 days, and fires at once beyond

// What ServerResponse.writeHead accepts. The framing is the emulator's own: a wrong one breaks the next response.
const headerName = matching(
  /^(?!(content-length|transfer-encoding|trailer)$)[\w!#$%&'*+.^`|~-]{1,128}$/i,
  'the name of an HTTP header other than content-length, transfer-encoding and trailer',
);
const headerValue = matching(
  /^[\t\x20-\x7e\x80-\xff]*$/,
  'a string of at most 1024 characters that an HTTP header may hold',
  1024,
);
const stepOfFault: Rule = {
  expected: '"pass" or the effect of a fault',
  fits: (value) => value === 'pass' || isObject(value),
  schema: { anyOf: [{ const: 'pass' }, anyObject] },
};
const isTime = (value: unknown): value is string =>
  typeof value === 'string' && readIsoTime(value) !== undefined;

// Both services have the operations on tags
const operationNames = [...new Set(model.map(({ name }) => name))];
const existing = (names: string[], expected: string): Rule => ({ ...oneOf(names), expected });

export const rules = {
  string: printable(128),
  idSeed: matching(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be in it
    /^[^\x00-\x1f\x7f-\x9f]+$/,
    'a string of 1 to 128 characters, none of them a control character',
    128,
  ),
  nonEmpty: {
    expected: 'a string that is not empty',
    fits: (value) => typeof value === 'string' && value !== '',
    schema: { type: 'string', minLength: 1 },
  },
  token: printable(8192),
  participantId: matching(/^[a-zA-Z0-9_-]{1,64}$/, '1 to 64 letters, digits and any of - _'),
  snapshotName: matching(/^[\w.:-]{1,128}$/, '1 to 128 letters, digits and any of _ . : -'),
  seed: oneOf(['demo', 'empty']),
  text: type('string'),
  userId: {
    expected: 'a string of at most 128 characters',
    fits: (value) => typeof value === 'string' && lengthOf(value) <= 128,
    schema: { type: 'string', maxLength: 128 },
  },
  boolean: type('boolean'),
  function: type('function'),
  attributes: {
    expected: 'an object whose names and values have at most 1024 bytes together',
    fits: (value) => isObject(value) && bytesIn(value) <= 1024,
    show: (value) => (isObject(value) ? `${bytesIn(value)} bytes` : describe(value)),
    schema: { type: 'object', additionalProperties: { type: 'string' } },
    each: type('string'),
  },
  capabilities: listOf(2, oneOf(Object.values(ParticipantTokenCapability))),
  errorCode: oneOf(Object.values(EventErrorCode)),
  errorEvent: oneOf(Object.values(EventName).filter((name) => name.endsWith('_ERROR'))),
  streamFailure: oneOf(Object.keys(failures)),
  outputError: oneOf(Object.keys(outputErrors)),
  accountLimit: oneOf(accountLimits),
  region: matching(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a region such as us-west-2'),
  detailType: oneOf(Object.values(detailTypes)),
  eventFault: oneOf(['duplicate', 'late', 'lost', 'shuffled']),
  resources: listOf(10, printable(2048)),
  protocol: oneOf(Object.values(ParticipantProtocol)),
  // -1 is what AWS says of a count that it did not get.
  viewers: wholeNumber(-1, 2 ** 31 - 1),
  account: matching(/^\d{12}$/, 'an account id of 12 digits'),
  operation: existing(operationNames, 'an operation of IVS, such as GetStage'),
  operationOrAll: existing(['*', ...operationNames], 'an operation of IVS, such as GetStage, or * for all'),
  port: wholeNumber(0, 65_535),
  times: wholeNumber(1, 1_000_000),
  milliseconds: wholeNumber(0, MAX_DELAY_MS, 'milliseconds, '),
  duration: wholeNumber(1, MAX_DELAY_MS, 'milliseconds, '),
  seconds: {
    expected: 'seconds, a number from 0 to 3155760000',
    fits: (value) => typeof value === 'number' && value >= 0 && value <= 3_155_760_000,
    schema: { type: 'number', minimum: 0, maximum: 3_155_760_000 },
  },
  time: {
    expected: 'a time of ISO 8601 with a zone, from 1970 to 9998, such as 2026-01-01T12:00:00Z',
    fits: isTime,
    schema: { type: 'string', pattern: isoTime.source },
  },
  status: wholeNumber(200, 599),
  wholeNumber: wholeNumber(0, 2 ** 31 - 1),
  probability: {
    expected: 'a number above 0, at most 1',
    fits: (value) => typeof value === 'number' && value > 0 && value <= 1,
    schema: { type: 'number', exclusiveMinimum: 0, maximum: 1 },
  },
  share: {
    expected: 'a number from 0 to less than 1',
    fits: (value) => typeof value === 'number' && value >= 0 && value < 1,
    schema: { type: 'number', minimum: 0, exclusiveMaximum: 1 },
  },
  faultSequence: {
    expected: 'a list of 1 to 100',
    fits: (value) => Array.isArray(value) && value.length >= 1 && value.length <= 100,
    schema: { type: 'array', minItems: 1, maxItems: 100, items: stepOfFault.schema },
    each: stepOfFault,
  },
  errorType: matching(/^[\w.:#/-]{1,128}$/, 'at most 128 letters, digits and any of _ . : # / -'),
  url: {
    expected: 'an http or https URL',
    fits: (value) => typeof value === 'string' && /^https?:/i.test(value) && URL.canParse(value),
    show: (value) => (typeof value === 'string' ? shownUrl(value) : describe(value)),
    schema: { type: 'string', format: 'uri' },
  },
  apiKey: {
    ...matching(/^[\x21-\x7e]{1,512}$/, '1 to 512 printable ASCII characters without spaces'),
    show: (value) => (typeof value === 'string' ? NOT_SHOWN : describe(value)),
  },
  headers: objectOf(50, headerName, headerValue),
  expiry: {
    expected: 'seconds from 1970 to the year 9999',
    fits: (value) => typeof value === 'number' && value >= 0 && value < 253_402_300_800,
    schema: { type: 'number', minimum: 0, exclusiveMaximum: 253_402_300_800 },
  },
  // EventBridge's limit of an entry. JSON that is nested too deeply to be written is refused as well
  detail: {
    expected: 'an object of at most 256 KB',
    fits: (value) => isObject(value) && (jsonLength(value) ?? Number.POSITIVE_INFINITY) <= 256 * 1024,
    show: (value) => (isObject(value) ? `${jsonLength(value) ?? 'unknown'} characters` : describe(value)),
    schema: anyObject,
  },
  object: { expected: 'an object', fits: isObject, schema: anyObject },
} satisfies Record<string, Rule>;
export type Kind = keyof typeof rules;

/** What each kind expects, in words. */
export const kinds: Record<string, string> = Object.fromEntries(
  Object.entries<Rule>(rules).map(([kind, { expected, each }]) => [
    kind,
    each ? `${expected}, each ${each.expected}` : expected,
  ]),
);

/** The same of each kind, as JSON Schema. */
export const kindSchemas: Record<string, JsonSchema> = Object.fromEntries(
  Object.entries<Rule>(rules).map(([kind, { schema }]) => [kind, { ...schema, description: kinds[kind] }]),
);

/** Other values than texts are refused one by one. */
const bytesIn = (texts: Record<string, unknown>): number =>
  Object.entries(texts)
    .flat()
    .reduce<number>((sum, text) => sum + (typeof text === 'string' ? Buffer.byteLength(text) : 0), 0);

function jsonLength(value: unknown): number | undefined {
  try {
    return JSON.stringify(value).length;
  } catch {
    return undefined;
  }
}
