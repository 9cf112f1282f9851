// Amazon IVS Real-Time.
import { ivsRealtime as sdk } from '../aws-sdk.ts';
import type { Rate, Resource, Rows, Service } from './facts.ts';
import {
  CHANGE,
  CONFIGURED,
  CONFIGURED_WHILE_UNCHANGED,
  CREATE,
  DELETE,
  FLAT,
  GET,
  GET_PART,
  INDEPENDENT,
  inList,
  inRegion,
  LIST,
  LIVE,
  TAG_READ,
  TAG_WRITE,
  UPDATE,
  untilItEnds,
  WITHOUT_TRACE,
  whileUnchanged,
} from './presets.ts';

const source = 'https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/service-quotas.html';
const STANDARD: Rate = { perSecond: 5, source };
const KEYS: Rate = { perSecond: 3, source };
const TAGS: Rate = { perSecond: 10, source };
const TOKENS: Rate = { perSecond: 50, source };

const resources = {
  stage: INDEPENDENT,
  composition: {
    owner: { type: 'stage', member: 'stageArn', read: (arn) => new sdk.GetCompositionCommand({ arn }) },
  },
  'encoder-configuration': INDEPENDENT,
  'ingest-configuration': {
    owner: {
      type: 'stage',
      member: 'stageArn',
      read: (arn) => new sdk.GetIngestConfigurationCommand({ arn }),
    },
  },
  'public-key': INDEPENDENT,
  'storage-configuration': INDEPENDENT,
} satisfies Record<string, Resource>;

const operations: Rows<typeof sdk, keyof typeof resources> = {
  CreateStage: {
    ...CREATE,
    rate: STANDARD,
    creates: 'stage',
    subjects: [],
    output: FLAT,
    admits: ({ participantTokenConfigurations }) => participantTokenConfigurations ?? [],
  },
  // The active session comes and goes by itself.
  GetStage: {
    ...GET,
    rate: STANDARD,
    output: 'stage',
    lifetime: CONFIGURED_WHILE_UNCHANGED,
    listedBy: { ...inRegion('ListStages', 'stages'), state: 'activeSessionId' },
  },
  ListStages: { ...LIST, rate: STANDARD, subjects: [] },
  UpdateStage: {
    ...UPDATE,
    rate: STANDARD,
    output: 'stage',
    invalidates: ['resource', 'lists', 'participants of the resource'],
  },
  DeleteStage: { ...DELETE, rate: STANDARD, invalidates: ['resource', 'participants of the resource'] },

  GetStageSession: {
    ...GET_PART,
    rate: STANDARD,
    subjects: ['stageArn'],
    output: 'stageSession',
    lifetime: ({ stageSession }) => untilItEnds(stageSession),
    listedBy: inList('ListStageSessions', 'stageSessions', ['stageArn'], 'sessionId'),
  },
  ListStageSessions: { ...LIST, rate: STANDARD, subjects: ['stageArn'] },

  // State and recording change and are in the list; browser, network and attributes are set by the token and the join.
  GetParticipant: {
    ...GET_PART,
    rate: STANDARD,
    subjects: ['stageArn'],
    output: 'participant',
    lifetime: ({ participant }) => whileUnchanged(participant),
    listedBy: {
      ...inList('ListParticipants', 'participants', ['stageArn', 'sessionId'], 'participantId'),
      state: 'state',
    },
  },
  ListParticipants: { ...LIST, rate: STANDARD, subjects: ['stageArn'] },
  ListParticipantEvents: { ...LIST, rate: STANDARD, subjects: ['stageArn'] },
  DisconnectParticipant: { ...CHANGE, rate: STANDARD, subjects: ['stageArn'], isIdempotent: true },
  CreateParticipantToken: {
    ...WITHOUT_TRACE,
    rate: TOKENS,
    subjects: ['stageArn'],
    output: 'participantToken',
    isIdempotent: false,
    admits: (input) => [input],
  },

  ListParticipantReplicas: {
    ...LIST,
    rate: STANDARD,
    subjects: ['sourceStageArn'],
    itemsStandFor: 'destinationStageArn',
  },
  StartParticipantReplication: {
    ...CREATE,
    rate: STANDARD,
    subjects: ['sourceStageArn', 'destinationStageArn'],
    output: FLAT,
    admits: 'a participant',
  },
  StopParticipantReplication: {
    ...CHANGE,
    rate: STANDARD,
    subjects: ['sourceStageArn', 'destinationStageArn'],
    isIdempotent: false,
  },

  StartComposition: {
    ...CREATE,
    rate: STANDARD,
    creates: 'composition',
    subjects: ['stageArn'],
    output: 'composition',
    isIdempotent: 'idempotencyToken',
  },
  // Its state and those of its destinations change by themselves.
  GetComposition: {
    ...GET,
    rate: STANDARD,
    output: 'composition',
    lifetime: LIVE,
    listedBy: inRegion('ListCompositions', 'compositions'),
  },
  ListCompositions: { ...LIST, rate: STANDARD, subjects: [] },
  StopComposition: { ...CHANGE, rate: STANDARD, subjects: ['arn'], isIdempotent: true },

  CreateEncoderConfiguration: {
    ...CREATE,
    rate: STANDARD,
    creates: 'encoder-configuration',
    subjects: [],
    output: 'encoderConfiguration',
  },
  GetEncoderConfiguration: {
    ...GET,
    rate: STANDARD,
    output: 'encoderConfiguration',
    lifetime: CONFIGURED,
    listedBy: inRegion('ListEncoderConfigurations', 'encoderConfigurations'),
  },
  ListEncoderConfigurations: { ...LIST, rate: STANDARD, subjects: [] },
  DeleteEncoderConfiguration: { ...DELETE, rate: STANDARD },

  CreateIngestConfiguration: {
    ...CREATE,
    rate: STANDARD,
    creates: 'ingest-configuration',
    subjects: ['stageArn'],
    output: 'ingestConfiguration',
    // Its encoder is a participant of that user.
    admits: (input) => [input],
  },
  // Whether it is in use changes with its participant.
  GetIngestConfiguration: {
    ...GET,
    rate: STANDARD,
    output: 'ingestConfiguration',
    lifetime: CONFIGURED_WHILE_UNCHANGED,
    listedBy: { ...inRegion('ListIngestConfigurations', 'ingestConfigurations'), state: 'state' },
    secretsOf: ({ ingestConfiguration }) => ingestConfiguration?.userId,
  },
  ListIngestConfigurations: { ...LIST, rate: STANDARD, subjects: [] },
  UpdateIngestConfiguration: {
    ...UPDATE,
    rate: STANDARD,
    output: 'ingestConfiguration',
    invalidates: ['resource', 'lists', 'participants of the resource'],
    // It may move to another stage.
    admits: 'user of the resource',
  },
  // Its participant is disconnected too. Neither the input nor the lists of participants name it.
  DeleteIngestConfiguration: {
    ...DELETE,
    rate: STANDARD,
    invalidates: ['resource', 'lists', 'ingested participants'],
  },

  ImportPublicKey: {
    ...CREATE,
    rate: KEYS,
    creates: 'public-key',
    subjects: [],
    output: 'publicKey',
    admits: 'anyone',
  },
  GetPublicKey: {
    ...GET,
    rate: KEYS,
    output: 'publicKey',
    lifetime: CONFIGURED,
    listedBy: inRegion('ListPublicKeys', 'publicKeys'),
  },
  ListPublicKeys: { ...LIST, rate: KEYS, subjects: [] },
  DeletePublicKey: { ...DELETE, rate: KEYS },

  CreateStorageConfiguration: {
    ...CREATE,
    rate: STANDARD,
    creates: 'storage-configuration',
    subjects: [],
    output: 'storageConfiguration',
  },
  GetStorageConfiguration: {
    ...GET,
    rate: STANDARD,
    output: 'storageConfiguration',
    lifetime: CONFIGURED,
    listedBy: inRegion('ListStorageConfigurations', 'storageConfigurations'),
  },
  ListStorageConfigurations: { ...LIST, rate: STANDARD, subjects: [] },
  DeleteStorageConfiguration: { ...DELETE, rate: STANDARD },

  ListTagsForResource: { ...TAG_READ, rate: TAGS },
  TagResource: { ...TAG_WRITE, rate: TAGS },
  UntagResource: { ...TAG_WRITE, rate: TAGS },
};

export const ivsRealtime = {
  name: 'ivs-realtime',
  sdk,
  Client: sdk.IVSRealTimeClient,
  namespace: 'com.amazonaws.ivsrealtime',
  signingName: 'ivs',
  arnService: 'ivs',
  endpointVariable: 'AWS_ENDPOINT_URL_IVS_REALTIME',
  resources,
  operations,
} satisfies Service<typeof sdk>;
