// What the channels of the demo world record with, are restricted by, show ads from and are opened with.
import type {
  CreatePlaybackRestrictionPolicyRequest,
  CreateRecordingConfigurationRequest,
} from '@aws-sdk/client-ivs';
import { addAdConfiguration } from '../low-latency/ad-configuration.ts';
import { addPlaybackKeyPair } from '../low-latency/playback-key-pair.ts';
import { addPlaybackRestrictionPolicy } from '../low-latency/playback-restriction-policy.ts';
import { addRecordingConfiguration } from '../low-latency/recording-configuration.ts';
import { addStreamKey } from '../low-latency/stream-key.ts';
import type { ResourceKind } from '../model/identifiers.ts';
import type { Valid } from '../model/operation.ts';
import type { World } from '../world/world.ts';
import { readableId } from './people.ts';
import type { ChannelPlan } from './plan.ts';

const LONG_AGO = 30 * 24 * 60 * 60_000;
const tags = { environment: 'production' };

const recordings: Record<
  string,
  Omit<Valid<CreateRecordingConfigurationRequest>, 'destinationConfiguration'>
> = {
  shows: {
    tags,
    recordingReconnectWindowSeconds: 60,
    thumbnailConfiguration: { targetIntervalSeconds: 10, storage: ['SEQUENTIAL', 'LATEST'] },
  },
  highlights: {
    renditionConfiguration: { renditionSelection: 'CUSTOM', renditions: ['HD', 'LOWEST_RESOLUTION'] },
    thumbnailConfiguration: { recordingMode: 'DISABLED' },
  },
};

const policies: Record<string, Valid<CreatePlaybackRestrictionPolicyRequest>> = {
  'members-area': {
    tags,
    allowedCountries: ['CA', 'MX', 'US'],
    allowedOrigins: ['https://members.example.com'],
    enableStrictOriginEnforcement: true,
  },
};

// Made for this file; the private half was not stored
const publicKeyMaterial = `-----BEGIN PUBLIC KEY-----
MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEBzY+Emd8q6HCXvLkD2+SzPeObb+Ys9Rl
Oi33T38Tm7XFzfTp/2NlevttrXo540fBYxfguveins/j703OKruiJ3gRRSckkqAN
LQUV+hdoddom7os/fAIlIUy8pNpUPlOV
-----END PUBLIC KEY-----
`;

const arnOf = (world: World, kind: ResourceKind, name: string) => world.newArn(kind, readableId(name, 12));

/** What a plan names, by ARN. */
export const namedBy = (
  world: World,
  {
    recordingConfiguration,
    playbackRestrictionPolicy,
    adConfiguration,
  }: NonNullable<ChannelPlan['uses']> = {},
) => ({
  ...(recordingConfiguration && {
    recordingConfigurationArn: arnOf(world, 'recording-configuration', recordingConfiguration),
  }),
  ...(playbackRestrictionPolicy && {
    playbackRestrictionPolicyArn: arnOf(world, 'playback-restriction-policy', playbackRestrictionPolicy),
  }),
  ...(adConfiguration && { adConfigurationArn: arnOf(world, 'ad-configuration', adConfiguration) }),
});

/** What channels can name, and the key that checks the tokens of their viewers. */
export function seedBroadcasting(world: World): void {
  world.asOf(new Date(world.now().getTime() - LONG_AGO), () => {
    for (const [name, settings] of Object.entries(recordings)) {
      const destinationConfiguration = { s3: { bucketName: `ivs-${name}-${world.region}` } };
      const arn = arnOf(world, 'recording-configuration', name);
      addRecordingConfiguration(world, { arn, name, destinationConfiguration, ...settings });
    }
    for (const [name, settings] of Object.entries(policies)) {
      const arn = arnOf(world, 'playback-restriction-policy', name);
      addPlaybackRestrictionPolicy(world, { arn, name, ...settings });
    }
    addAdConfiguration(world, {
      arn: arnOf(world, 'ad-configuration', 'commercials'),
      name: 'commercials',
      mediaTailorPlaybackConfigurations: ['all-viewers', 'subscribers'].map((audience) => ({
        playbackConfigurationArn: `arn:aws:mediatailor:${world.region}:${world.accountId}:playbackConfiguration/${audience}`,
      })),
      postRollConfiguration: { enabled: true, durationSeconds: 30 },
      tags,
    });
    const name = 'web-player';
    addPlaybackKeyPair(world, { arn: arnOf(world, 'playback-key', name), name, publicKeyMaterial, tags });
  });
}

export function seedStreamKeys(world: World): void {
  for (const { arn: channelArn, name = '' } of world.channels.values()) {
    addStreamKey(world, { channelArn, arn: arnOf(world, 'stream-key', name) });
  }
}
