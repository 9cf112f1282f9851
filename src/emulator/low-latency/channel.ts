import { createHash } from 'node:crypto';
import type { ChannelType, ListChannelsRequest, TranscodePreset } from '@aws-sdk/client-ivs';
import { resourceNotFound } from '../errors.ts';
import { parseArn } from '../model/identifiers.ts';
import type { Operations, Valid } from '../model/operation.ts';
import { paginate, where } from '../persistent/paging.ts';
import { Table } from '../persistent/table.ts';
import { secretOf } from '../world/ids.ts';
import type { Channel, World } from '../world/world.ts';

/** The channel of an ARN; ResourceNotFoundException where there is none. */
export function requireChannel(world: World, arn: string): Channel {
  const channel = world.channels.get(arn);
  if (!channel) throw resourceNotFound(arn);
  return channel;
}

/**
 * In the forms of IVS, and the same each time. All channels of an account and region have the same hosts:
 * https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/server-side-ad-insertion.html
 */
function endpointsOf(world: World, arn: string) {
  const host = createHash('sha256').update(`${world.accountId} ${world.region}`).digest('hex').slice(0, 12);
  const path = `api/video/v1/${world.region}.${world.accountId}.channel.${parseArn(arn)?.id}.m3u8`;
  return {
    ingestEndpoint: `${host}.global-contribute.live-video.net`,
    playbackUrl: `https://${host}.${world.region}.playback.live-video.net/${path}`,
    srt: {
      endpoint: `${host}.srt.live-video.net`,
      passphrase: secretOf(`srt ${arn}`, 79),
    },
  };
}

export const isAdvanced = (type: ChannelType | undefined): boolean =>
  type === 'ADVANCED_SD' || type === 'ADVANCED_HD';

/**
 * The empty string is outside the preset's own enum; AWS says it for the types that take no preset.
 * https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_CreateChannel.html
 */
export const defaultPreset = (type: ChannelType | undefined): TranscodePreset =>
  isAdvanced(type) ? 'HIGHER_BANDWIDTH_DELIVERY' : ('' as never);

export interface NewChannel extends Partial<Omit<Channel, 'order' | 'streamSessions' | 'revocations'>> {}

export function newChannel(
  world: World,
  { arn = world.newArn('channel'), tags = {}, type = 'STANDARD', preset, ...input }: NewChannel,
): Channel {
  return {
    arn,
    name: '',
    latencyMode: 'LOW',
    type,
    recordingConfigurationArn: '',
    ...endpointsOf(world, arn),
    authorized: false,
    tags,
    insecureIngest: false,
    preset: preset || defaultPreset(type),
    playbackRestrictionPolicyArn: '',
    containerFormat: 'TS',
    adConfigurationArn: '',
    ...input,
    multitrackInputConfiguration: {
      enabled: false,
      policy: 'ALLOW',
      maximumResolution: 'FULL_HD',
      ...input.multitrackInputConfiguration,
    },
    streamSessions: new Table(),
    revocations: new Table(),
    order: world.nextOrder(),
  };
}

export function addChannel(world: World, input: NewChannel): Channel {
  const channel = newChannel(world, input);
  world.channels.set(channel.arn, channel);
  return channel;
}

/** At most one filter is set: validation refuses more. */
function passes(channel: Channel, input: Valid<ListChannelsRequest>): boolean {
  const wanted = {
    name: input.filterByName,
    recordingConfigurationArn: input.filterByRecordingConfigurationArn,
    playbackRestrictionPolicyArn: input.filterByPlaybackRestrictionPolicyArn,
    adConfigurationArn: input.filterByAdConfigurationArn,
  };
  return Object.entries(wanted).every(
    ([member, value]) => value === undefined || channel[member as keyof typeof wanted] === value,
  );
}

export const channelOperations = {
  GetChannel({ arn }, world) {
    return { channel: requireChannel(world, arn) };
  },

  // AWS promises neither the order of the request nor an entry per duplicate: each ARN is returned once.
  BatchGetChannel({ arns }, world) {
    const wanted = [...new Set(arns)];
    return {
      channels: wanted.flatMap((arn) => world.channels.get(arn) ?? []),
      errors: wanted
        .filter((arn) => !world.channels.has(arn))
        .map((arn) => ({ arn, code: '404', message: 'channel not found' })),
    };
  },

  ListChannels(input, world) {
    const channels = where(world.channels, (channel) => passes(channel, input));
    const page = paginate(channels, input, { operation: 'ListChannels', world, size: 100 });
    return { channels: page.items, nextToken: page.nextToken };
  },
} satisfies Partial<Operations>;
