// The control API over HTTP: POST /_control/<name> with a JSON object; GET /_control lists the names.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { ivsRealtime } from './aws-sdk.ts';
import type { Control } from './control.ts';
import { AwsError, Refused } from './errors.ts';
import { failures } from './low-latency/broadcast.ts';
import { parseJson, readBody } from './request.ts';

const { EventErrorCode, EventName, ParticipantProtocol, ParticipantTokenCapability } = ivsRealtime;

const PREFIX = '/_control';

type Kind =
  | 'string'
  | 'number'
  | 'boolean'
  | 'strings'
  | 'errorCode'
  | 'errorEvent'
  | 'streamFailure'
  | 'protocol'
  | 'capabilities';
/** A type with `?` after it may be left out; `strings` is an object of strings, `capabilities` a list. */
type Fields = Record<string, Kind | `${Kind}?`>;

const enums: Record<string, readonly string[]> = {
  errorCode: Object.values(EventErrorCode),
  errorEvent: Object.values(EventName).filter((name) => name.endsWith('_ERROR')),
  streamFailure: Object.keys(failures),
  protocol: Object.values(ParticipantProtocol),
  capabilities: Object.values(ParticipantTokenCapability),
};

const client: Fields = {
  ispName: 'string?',
  osName: 'string?',
  osVersion: 'string?',
  browserName: 'string?',
  browserVersion: 'string?',
  sdkVersion: 'string?',
  protocol: 'protocol?',
};
const participant: Fields = { stageArn: 'string', participantId: 'string' };
const subscription: Fields = { ...participant, remoteParticipantId: 'string' };
const destination: Fields = { compositionArn: 'string', destinationId: 'string' };
const ingest: Fields = { streamKey: 'string?', ingestConfigurationArn: 'string?' };
const channel: Fields = { channelArn: 'string' };

const commands: Record<keyof Control, Fields> = {
  join: {
    stageArn: 'string?',
    token: 'string?',
    participantId: 'string?',
    userId: 'string?',
    attributes: 'strings?',
    ...client,
  },
  publish: participant,
  unpublish: participant,
  subscribe: subscription,
  unsubscribe: subscription,
  fail: { ...participant, errorCode: 'errorCode', event: 'errorEvent?' },
  leave: participant,
  exchangeToken: {
    ...participant,
    userId: 'string?',
    attributes: 'strings?',
    capabilities: 'capabilities?',
  },
  startIngest: ingest,
  stopIngest: ingest,
  failCompositionDestination: destination,
  loseCompositionDestination: destination,
  recoverCompositionDestination: destination,
  startStream: { ...channel, viewerCount: 'number?' },
  starveStream: channel,
  recoverStream: channel,
  failStream: { ...channel, event: 'streamFailure?' },
  stopStream: channel,
  revocations: { channelArn: 'string?' },
  calls: { operation: 'string?' },
  resetCalls: {},
  addFault: {
    operation: 'string',
    times: 'number?',
    delayMs: 'number?',
    hang: 'boolean?',
    reset: 'boolean?',
    afterwards: 'boolean?',
    status: 'number?',
    errorType: 'string?',
    message: 'string?',
    body: 'string?',
    headers: 'strings?',
  },
  clearFaults: {},
  reset: {},
};

const isStrings = (value: unknown) =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((item) => typeof item === 'string');

function fits(kind: string, value: unknown): boolean {
  if (kind === 'capabilities')
    return Array.isArray(value) && value.every((item) => enums.capabilities?.includes(item));
  if (enums[kind]) return enums[kind].includes(value as string);
  return kind === 'strings' ? isStrings(value) : typeof value === kind;
}

function checkInput(name: string, fields: Fields, input: unknown): Record<string, unknown> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new Refused(`${name}: the body must be a JSON object`);
  }
  const unknown = Object.keys(input).find((field) => !Object.hasOwn(fields, field));
  if (unknown)
    throw new Refused(`${name}: ${unknown} is not one of ${Object.keys(fields).join(', ') || 'no members'}`);
  for (const [field, type] of Object.entries(fields)) {
    const value = (input as Record<string, unknown>)[field];
    if (value === undefined && type.endsWith('?')) continue;
    const kind = type.replace('?', '');
    if (!fits(kind, value))
      throw new Refused(
        `${name}: ${field} must be ${enums[kind]?.join(', ') ?? (kind === 'strings' ? 'an object of strings' : `a ${kind}`)}`,
      );
  }
  return input as Record<string, unknown>;
}

async function run(control: Control, request: IncomingMessage): Promise<unknown> {
  const name = (request.url ?? '').slice(PREFIX.length + 1);
  const body = await readBody(request);
  if (request.method === 'GET' && name === '') return { commands, enums };
  if (request.method !== 'POST' || !Object.hasOwn(commands, name)) {
    throw new Refused(
      `${request.method} ${request.url}: GET ${PREFIX} lists what can be POSTed to ${PREFIX}/<name>`,
    );
  }
  const command = name as keyof Control;
  const input = checkInput(command, commands[command], parseJson(body));
  // The input was checked against the command's fields just above
  return (control[command] as (input: object) => unknown).call(control, input) ?? {};
}

/** Answers what is its own and says whether it was. */
export const answerControl = (control: Control) => (request: IncomingMessage, response: ServerResponse) => {
  const path = request.url ?? '';
  if (path !== PREFIX && !path.startsWith(`${PREFIX}/`)) return false;
  const send = (status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  run(control, request).then(
    (result) => send(200, result),
    (error: unknown) => {
      if (error instanceof Refused || error instanceof AwsError) return send(400, { error: error.message });
      console.error('ivs-graphql emulator: unexpected error', error);
      return send(500, { error: 'An unexpected error' });
    },
  );
  return true;
};
