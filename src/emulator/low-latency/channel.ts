import { createHash } from 'node:crypto';
import type { ListChannelsRequest } from '@aws-sdk/client-ivs';
import { resourceNotFound } from '../errors.ts';
import { parseArn } from '../identifiers.ts';
import type { Operations, Valid } from '../operation.ts';
import { paginate } from '../paging.ts';
import type { Channel, World } from '../world.ts';

/** The channel of an ARN; ResourceNotFoundException where there is none. */
function requireChannel(world: World, arn: string): Channel {
  const channel = world.channels.get(arn);
  if (!channel) throw resourceNotFound(arn);
  return channel;
}

/** The same hosts for a channel each time, in the forms of IVS. */
function endpointsOf(world: World, arn: string) {
  const host = createHash('sha256').update(arn).digest('hex').slice(0, 12);
  const path = `api/video/v1/${world.region}.${world.accountId}.channel.${parseArn(arn)?.id}.m3u8`;
  return {
    ingestEndpoint: `${host}.global-contribute.live-video.net`,
    playbackUrl: `https://${host}.${world.region}.playback.live-video.net/${path}`,
    srt: {
      endpoint: `${host}.srt.live-video.net`,
      passphrase: createHash('sha256').update(`srt ${arn}`).digest('hex'),
    },
  };
}

export interface NewChannel extends Partial<Omit<Channel, 'order' | 'streamSessions' | 'revocations'>> {}

export function addChannel(
  world: World,
  { arn = world.newArn('channel'), tags = {}, ...input }: NewChannel,
): Channel {
  const channel: Channel = {
    arn,
    name: '',
    latencyMode: 'LOW',
    type: 'STANDARD',
    recordingConfigurationArn: '',
    ...endpointsOf(world, arn),
    authorized: false,
    tags,
    insecureIngest: false,
    // Outside its own enum: what AWS says for the types that take no preset
    preset: '' as never,
    playbackRestrictionPolicyArn: '',
    multitrackInputConfiguration: { enabled: false, policy: 'ALLOW', maximumResolution: 'FULL_HD' },
    containerFormat: 'TS',
    adConfigurationArn: '',
    ...input,
    streamSessions: [],
    revocations: new Map(),
    order: world.nextOrder(),
  };
  world.channels.set(arn, channel);
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

  // AWS promises neither the order of the request nor an answer per duplicate: each ARN is answered once.
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
    const channels = [...world.channels.values()].filter((channel) => passes(channel, input));
    const page = paginate(channels, input, { operation: 'ListChannels', world, size: 100 });
    return { channels: page.items, nextToken: page.nextToken };
  },
} satisfies Partial<Operations>;
