import { faultFields } from './faults.js';
const client = {
    ispName: 'string?',
    osName: 'string?',
    osVersion: 'string?',
    browserName: 'string?',
    browserVersion: 'string?',
    sdkVersion: 'string?',
    protocol: 'protocol?',
};
const participant = { stageArn: 'string', participantId: 'string' };
const subscription = { ...participant, remoteParticipantId: 'string' };
const destination = { compositionArn: 'string', destinationId: 'string' };
const ingest = { streamKey: 'string?', ingestConfigurationArn: 'string?' };
const channel = { channelArn: 'string' };
export const commands = {
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
    exchangeToken: {
        ...participant,
        userId: 'userId?',
        attributes: 'attributes?',
        capabilities: 'capabilities?',
    },
    startIngest: ingest,
    stopIngest: ingest,
    failCompositionDestination: destination,
    loseCompositionDestination: destination,
    recoverCompositionDestination: destination,
    startStream: { ...channel, viewerCount: 'viewers?' },
    starveStream: channel,
    recoverStream: channel,
    failStream: { ...channel, event: 'streamFailure?' },
    stopStream: channel,
    revocations: { channelArn: 'string?' },
    calls: { operation: 'operation?' },
    resetCalls: {},
    addFault: faultFields,
    clearFaults: {},
    reset: {},
};
