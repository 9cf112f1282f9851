// What each operation of Low-Latency is called with when it is to succeed.
import type * as ivs from '@aws-sdk/client-ivs';
import { arnOf, made, newKey, type SamplesOf, type Send, tags } from './sample.ts';

const channelArn = arnOf('channel', 'main-stage');
const idleChannel = arnOf('channel', 'night-market');
const recordingConfigurationArn = arnOf('recording-configuration', 'shows');
const playbackRestrictionPolicyArn = arnOf('playback-restriction-policy', 'members-area');
const adConfigurationArn = arnOf('ad-configuration', 'commercials');
const mediaTailorPlaybackConfigurations = [
  { playbackConfigurationArn: 'arn:aws:mediatailor:us-west-2:123456789012:playbackConfiguration/everybody' },
];

const makeAdConfiguration = async (send: Send) =>
  made((await send('CreateAdConfiguration', { mediaTailorPlaybackConfigurations })).adConfiguration);
const makePolicy = async (send: Send) =>
  made((await send('CreatePlaybackRestrictionPolicy', {})).playbackRestrictionPolicy);
const nothing = () => undefined;

export const lowLatencySamples: SamplesOf<typeof ivs> = {
  CreateChannel: {
    input: {
      name: 'sample',
      latencyMode: 'LOW',
      type: 'STANDARD',
      authorized: true,
      recordingConfigurationArn,
      insecureIngest: false,
      playbackRestrictionPolicyArn,
      multitrackInputConfiguration: { enabled: false, policy: 'REQUIRE', maximumResolution: 'FULL_HD' },
      containerFormat: 'TS',
      adConfigurationArn,
      tags,
    },
  },
  GetChannel: { input: { arn: channelArn } },
  BatchGetChannel: { input: { arns: [channelArn, idleChannel] } },
  ListChannels: { input: {} },
  UpdateChannel: {
    input: {
      arn: idleChannel,
      name: 'sample',
      type: 'ADVANCED_HD',
      preset: 'CONSTRAINED_BANDWIDTH_DELIVERY',
      recordingConfigurationArn,
      playbackRestrictionPolicyArn,
      adConfigurationArn,
    },
  },
  DeleteChannel: { input: { arn: idleChannel } },

  CreateStreamKey: {
    input: { channelArn, tags },
    prepare: (send) => send('DeleteStreamKey', { arn: arnOf('stream-key', 'main-stage') }).then(nothing),
  },
  GetStreamKey: { input: { arn: arnOf('stream-key', 'main-stage') } },
  BatchGetStreamKey: { input: { arns: [arnOf('stream-key', 'main-stage'), arnOf('stream-key', 'keynote')] } },
  // A channel has one stream key and no more
  ListStreamKeys: { input: { channelArn } },
  DeleteStreamKey: { input: { arn: arnOf('stream-key', 'main-stage') } },

  GetStream: { input: { channelArn } },
  ListStreams: { input: {} },
  StopStream: { input: { channelArn } },
  PutMetadata: { input: { channelArn, metadata: 'goal' } },
  GetStreamSession: { input: { channelArn, streamId: 'st-MainStage00000000000001' } },
  ListStreamSessions: { input: { channelArn } },

  CreateRecordingConfiguration: {
    input: {
      name: 'sample',
      destinationConfiguration: { s3: { bucketName: 'sample-bucket' } },
      thumbnailConfiguration: {
        recordingMode: 'INTERVAL',
        targetIntervalSeconds: 10,
        resolution: 'HD',
        storage: ['LATEST'],
      },
      renditionConfiguration: { renditionSelection: 'CUSTOM', renditions: ['HD'] },
      recordingReconnectWindowSeconds: 60,
      tags,
    },
  },
  GetRecordingConfiguration: { input: { arn: recordingConfigurationArn } },
  ListRecordingConfigurations: { input: {} },
  DeleteRecordingConfiguration: { input: { arn: arnOf('recording-configuration', 'highlights') } },

  CreatePlaybackRestrictionPolicy: {
    input: {
      name: 'sample',
      allowedCountries: ['CH'],
      allowedOrigins: ['https://example.com'],
      enableStrictOriginEnforcement: true,
      tags,
    },
  },
  GetPlaybackRestrictionPolicy: { input: { arn: playbackRestrictionPolicyArn } },
  ListPlaybackRestrictionPolicies: { input: {}, prepare: (send) => makePolicy(send).then(nothing) },
  UpdatePlaybackRestrictionPolicy: {
    input: { arn: playbackRestrictionPolicyArn, name: 'sample', allowedCountries: [], allowedOrigins: [] },
  },
  DeletePlaybackRestrictionPolicy: { input: { arn: playbackRestrictionPolicyArn }, prepare: makePolicy },

  ImportPlaybackKeyPair: { input: { name: 'sample', publicKeyMaterial: newKey(), tags } },
  GetPlaybackKeyPair: { input: { arn: arnOf('playback-key', 'web-player') } },
  ListPlaybackKeyPairs: {
    input: {},
    prepare: (send) => send('ImportPlaybackKeyPair', { publicKeyMaterial: newKey() }).then(nothing),
  },
  DeletePlaybackKeyPair: { input: { arn: arnOf('playback-key', 'web-player') } },

  CreateAdConfiguration: {
    input: {
      name: 'sample',
      mediaTailorPlaybackConfigurations,
      postRollConfiguration: { enabled: true, durationSeconds: 30 },
      tags,
    },
  },
  GetAdConfiguration: { input: { arn: adConfigurationArn } },
  ListAdConfigurations: { input: {}, prepare: (send) => makeAdConfiguration(send).then(nothing) },
  UpdateAdConfiguration: {
    input: {
      arn: adConfigurationArn,
      name: 'sample',
      mediaTailorPlaybackConfigurations,
      postRollConfiguration: { enabled: false, durationSeconds: 15 },
    },
  },
  DeleteAdConfiguration: { input: { arn: adConfigurationArn }, prepare: makeAdConfiguration },
  InsertAdBreak: { input: { channelArn: arnOf('channel', 'keynote'), durationSeconds: 30 } },

  StartViewerSessionRevocation: {
    input: { channelArn, viewerId: 'ann', viewerSessionVersionsLessThanOrEqualTo: 3 },
  },
  BatchStartViewerSessionRevocation: {
    input: { viewerSessions: [{ channelArn, viewerId: 'ann', viewerSessionVersionsLessThanOrEqualTo: 3 }] },
  },

  ListTagsForResource: { input: { resourceArn: channelArn } },
  TagResource: { input: { resourceArn: channelArn, tags } },
  UntagResource: { input: { resourceArn: channelArn, tagKeys: ['team', 'environment'] } },
};
