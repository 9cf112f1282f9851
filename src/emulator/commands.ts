// The commands of the control API, each with the members of its input.
import type { Control } from './control.ts';
import { eventFaultFields, eventFilterFields } from './events/delivery-faults.ts';
import { faultFields } from './faults.ts';
import type { Fields } from './members.ts';

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

export const commands: Record<keyof Control, Fields> = {
  join: {
    stageArn: 'string?',
    token: 'token?',
    participantId: 'string?',
    userId: 'userId?',
    attributes: 'attributes?',
    ...client,
  },
  publish: participant,
  unpublish: participant,
  subscribe: subscription,
  unsubscribe: subscription,
  fail: { ...participant, errorCode: 'errorCode', event: 'errorEvent?' },
  leave: participant,
  failRecording: { ...participant, errorCode: 'outputError?' },
  exchangeToken: {
    ...participant,
    userId: 'userId?',
    attributes: 'attributes?',
    capabilities: 'capabilities?',
  },
  startIngest: ingest,
  stopIngest: ingest,
  failCompositionDestination: { ...destination, errorCode: 'outputError?' },
  loseCompositionDestination: destination,
  recoverCompositionDestination: destination,
  startStream: { ...channel, viewerCount: 'viewers?' },
  starveStream: channel,
  recoverStream: channel,
  failStream: { ...channel, event: 'streamFailure?' },
  takeOverStream: channel,
  stopStream: channel,
  breachLimit: { limit: 'accountLimit', region: 'region' },
  putEvent: {
    region: 'region',
    detailType: 'string',
    detail: 'detail',
    resources: 'resources?',
    source: 'string?',
  },
  events: eventFilterFields,
  addEventFault: eventFaultFields,
  clearEventFaults: {},
  revocations: { channelArn: 'string?' },
  clock: {},
  setClock: { time: 'time' },
  advanceClock: { seconds: 'seconds' },
  freezeClock: { frozen: 'boolean' },
  calls: { operation: 'operation?' },
  resetCalls: {},
  addFault: faultFields,
  clearFaults: {},
  snapshot: { name: 'snapshotName?' },
  snapshots: {},
  deleteSnapshot: { id: 'string' },
  restore: { id: 'string' },
  reset: { seed: 'seed?', world: 'object?', snapshot: 'string?' },
};
