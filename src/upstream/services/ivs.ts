// Amazon IVS Low-Latency.
import { ivs as sdk } from '../aws-sdk.ts';
import type { Rate, Resource, Rows, Service } from './facts.ts';
import {
  BATCH_GET,
  CHANGE,
  CONFIGURED,
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
} from './presets.ts';

const source = 'https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/service-quotas.html';
const STANDARD: Rate = { perSecond: 5, source };
const KEYS: Rate = { perSecond: 3, source };
const RECORDING: Rate = { perSecond: 3, source };
const TAGS: Rate = { perSecond: 10, source };
const ADS: Rate = { perSecond: 3, source };
// AWS's table leaves out this one of the five.
const AD_UPDATE: Rate = { perSecond: 3, source: 'not documented' };
const AD_BREAKS: Rate = { perSecond: 1, source };

const resources = {
  'ad-configuration': INDEPENDENT,
  channel: INDEPENDENT,
  'playback-key': INDEPENDENT,
  'playback-restriction-policy': INDEPENDENT,
  'recording-configuration': INDEPENDENT,
  'stream-key': {
    owner: { type: 'channel', member: 'channelArn', read: (arn) => new sdk.GetStreamKeyCommand({ arn }) },
  },
} satisfies Record<string, Resource>;

const operations: Rows<typeof sdk, keyof typeof resources> = {
  CreateChannel: { ...CREATE, rate: STANDARD, creates: 'channel', subjects: [], output: FLAT },
  GetChannel: {
    ...GET,
    rate: STANDARD,
    output: 'channel',
    lifetime: CONFIGURED,
    batchedBy: { batch: 'BatchGetChannel', ids: 'arns', items: 'channels', id: 'arn' },
  },
  BatchGetChannel: { ...BATCH_GET, rate: STANDARD, lifetime: CONFIGURED },
  ListChannels: { ...LIST, rate: STANDARD, subjects: [] },
  UpdateChannel: { ...UPDATE, rate: STANDARD, output: 'channel' },
  DeleteChannel: { ...DELETE, rate: STANDARD },

  CreateStreamKey: {
    ...CREATE,
    rate: STANDARD,
    creates: 'stream-key',
    subjects: ['channelArn'],
    output: 'streamKey',
  },
  GetStreamKey: {
    ...GET,
    rate: STANDARD,
    output: 'streamKey',
    lifetime: CONFIGURED,
    batchedBy: { batch: 'BatchGetStreamKey', ids: 'arns', items: 'streamKeys', id: 'arn' },
  },
  BatchGetStreamKey: { ...BATCH_GET, rate: STANDARD, lifetime: CONFIGURED },
  ListStreamKeys: { ...LIST, rate: STANDARD, subjects: ['channelArn'] },
  DeleteStreamKey: { ...DELETE, rate: STANDARD },

  // Its health and its viewers change by themselves.
  GetStream: {
    ...GET_PART,
    rate: STANDARD,
    subjects: ['channelArn'],
    output: 'stream',
    lifetime: LIVE,
    listedBy: inList('ListStreams', 'streams', [], 'channelArn'),
  },
  ListStreams: { ...LIST, rate: STANDARD, subjects: [], itemsStandFor: 'channelArn' },
  // Not idempotent: the broadcaster may have connected again before the second one.
  StopStream: { ...CHANGE, rate: STANDARD, subjects: ['channelArn'], isIdempotent: false },
  PutMetadata: {
    ...WITHOUT_TRACE,
    rate: { perSecond: 155, source },
    ratePerResource: {
      member: 'channelArn',
      perSecond: 5,
      source: 'https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_PutMetadata.html',
    },
    subjects: ['channelArn'],
    output: FLAT,
    isIdempotent: false,
  },
  GetStreamSession: {
    ...GET_PART,
    rate: STANDARD,
    subjects: ['channelArn'],
    output: 'streamSession',
    lifetime: ({ streamSession }) => untilItEnds(streamSession),
    listedBy: inList('ListStreamSessions', 'streamSessions', ['channelArn'], 'streamId'),
  },
  ListStreamSessions: { ...LIST, rate: STANDARD, subjects: ['channelArn'] },

  // Idempotent: a revocation names the versions that it ends. AWS's model even calls it `readonly`.
  StartViewerSessionRevocation: {
    ...WITHOUT_TRACE,
    rate: { perSecond: 10, source },
    subjects: ['channelArn'],
    output: FLAT,
    isIdempotent: true,
  },
  // Each of its pairs names a channel.
  BatchStartViewerSessionRevocation: {
    ...WITHOUT_TRACE,
    rate: { perSecond: 2, source },
    subjects: ['viewerSessions'],
    output: FLAT,
    isIdempotent: true,
  },

  CreateRecordingConfiguration: {
    ...CREATE,
    rate: RECORDING,
    creates: 'recording-configuration',
    subjects: [],
    output: 'recordingConfiguration',
  },
  GetRecordingConfiguration: {
    ...GET,
    rate: RECORDING,
    output: 'recordingConfiguration',
    lifetime: CONFIGURED,
    listedBy: inRegion('ListRecordingConfigurations', 'recordingConfigurations'),
  },
  ListRecordingConfigurations: { ...LIST, rate: RECORDING, subjects: [] },
  DeleteRecordingConfiguration: { ...DELETE, rate: RECORDING },

  ImportPlaybackKeyPair: {
    ...CREATE,
    rate: KEYS,
    creates: 'playback-key',
    subjects: [],
    output: 'keyPair',
    admits: 'anyone',
  },
  GetPlaybackKeyPair: {
    ...GET,
    rate: KEYS,
    output: 'keyPair',
    lifetime: CONFIGURED,
    listedBy: inRegion('ListPlaybackKeyPairs', 'keyPairs'),
  },
  ListPlaybackKeyPairs: { ...LIST, rate: KEYS, subjects: [] },
  DeletePlaybackKeyPair: { ...DELETE, rate: KEYS },

  CreatePlaybackRestrictionPolicy: {
    ...CREATE,
    rate: STANDARD,
    creates: 'playback-restriction-policy',
    subjects: [],
    output: 'playbackRestrictionPolicy',
  },
  GetPlaybackRestrictionPolicy: {
    ...GET,
    rate: STANDARD,
    output: 'playbackRestrictionPolicy',
    lifetime: CONFIGURED,
    listedBy: inRegion('ListPlaybackRestrictionPolicies', 'playbackRestrictionPolicies'),
  },
  ListPlaybackRestrictionPolicies: { ...LIST, rate: STANDARD, subjects: [] },
  UpdatePlaybackRestrictionPolicy: { ...UPDATE, rate: STANDARD, output: 'playbackRestrictionPolicy' },
  DeletePlaybackRestrictionPolicy: { ...DELETE, rate: STANDARD },

  CreateAdConfiguration: {
    ...CREATE,
    rate: ADS,
    creates: 'ad-configuration',
    subjects: [],
    output: 'adConfiguration',
  },
  GetAdConfiguration: {
    ...GET,
    rate: ADS,
    output: 'adConfiguration',
    lifetime: CONFIGURED,
    listedBy: inRegion('ListAdConfigurations', 'adConfigurations'),
  },
  ListAdConfigurations: { ...LIST, rate: ADS, subjects: [] },
  UpdateAdConfiguration: { ...UPDATE, rate: AD_UPDATE, output: 'adConfiguration' },
  DeleteAdConfiguration: { ...DELETE, rate: ADS },
  InsertAdBreak: {
    ...WITHOUT_TRACE,
    rate: AD_BREAKS,
    subjects: ['channelArn'],
    output: FLAT,
    isIdempotent: false,
  },

  ListTagsForResource: { ...TAG_READ, rate: TAGS },
  TagResource: { ...TAG_WRITE, rate: TAGS },
  UntagResource: { ...TAG_WRITE, rate: TAGS },
};

export const ivs = {
  name: 'ivs',
  sdk,
  Client: sdk.IvsClient,
  namespace: 'com.amazonaws.ivs',
  signingName: 'ivs',
  arnService: 'ivs',
  endpointVariable: 'AWS_ENDPOINT_URL_IVS',
  resources,
  operations,
} satisfies Service<typeof sdk>;
