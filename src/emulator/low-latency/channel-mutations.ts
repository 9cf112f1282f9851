// How channels are made, changed and deleted. Apart from channel.ts: a new channel comes with its stream key.
import type { Channel as ChannelDetail, CreateChannelRequest } from '@aws-sdk/client-ivs';
import { conflict, quotaExceeded, resourceNotFound, validationFailed } from '../errors.ts';
import type { Operations, Valid } from '../model/operation.ts';
import type { Channel, World } from '../world/world.ts';
import { liveSession } from './broadcast.ts';
import { defaultPreset, isAdvanced, newChannel, requireChannel } from './channel.ts';
import { requirePlaybackRestrictionPolicy } from './playback-restriction-policy.ts';
import { checkRecordable } from './recording-configuration.ts';
import { addStreamKey } from './stream-key.ts';

const CHANNELS_PER_REGION = 5000; // https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/service-quotas.html

type Settings = Omit<Valid<CreateChannelRequest>, 'tags'>;

/** What the input names must be there; the empty string names nothing. */
function checkReferences(world: World, input: Settings): void {
  const { recordingConfigurationArn, playbackRestrictionPolicyArn, adConfigurationArn } = input;
  if (recordingConfigurationArn) checkRecordable(world, recordingConfigurationArn);
  if (playbackRestrictionPolicyArn) requirePlaybackRestrictionPolicy(world, playbackRestrictionPolicyArn);
  if (adConfigurationArn && !world.adConfigurations.has(adConfigurationArn)) {
    throw resourceNotFound(adConfigurationArn);
  }
}

/** What of a channel's settings does not go together, as the channel would be with the input. */
function checkSettings(input: Settings, { type, preset, containerFormat, ...rest }: ChannelDetail): void {
  if (preset && !isAdvanced(type)) throw validationFailed(`preset: cannot be set with the type ${type}`);
  if (rest.adConfigurationArn && containerFormat === 'FRAGMENTED_MP4')
    throw validationFailed('adConfigurationArn: cannot be set with the containerFormat FRAGMENTED_MP4');
  if (!rest.multitrackInputConfiguration?.enabled) return;
  if (type !== 'STANDARD') throw multitrackNeeds(`the type STANDARD, not ${type}`);
  if (containerFormat !== 'FRAGMENTED_MP4') throw multitrackNeeds('the containerFormat FRAGMENTED_MP4');
  const { enabled, policy, maximumResolution } = input.multitrackInputConfiguration ?? {};
  if (enabled && !policy) throw multitrackNeeds('a policy');
  if (enabled && !maximumResolution) throw multitrackNeeds('a maximumResolution');
}

const multitrackNeeds = (what: string) =>
  validationFailed(`multitrackInputConfiguration: when enabled it needs ${what}`);

/** A type that takes no preset has none, and one that does is never without. */
function presetOf(channel: Channel, { preset }: Settings, type: Channel['type']) {
  if (preset) return preset;
  const keeps = preset === undefined && isAdvanced(type) === isAdvanced(channel.type);
  return keeps ? channel.preset : defaultPreset(type);
}

/** The channel as an update would leave it. */
function withChanges(channel: Channel, changes: Settings): Channel {
  const type = changes.type ?? channel.type;
  return {
    ...channel,
    ...changes,
    preset: presetOf(channel, changes, type),
    multitrackInputConfiguration: {
      ...channel.multitrackInputConfiguration,
      ...changes.multitrackInputConfiguration,
    },
  };
}

function refuseLive(channel: Channel): void {
  if (liveSession(channel)) throw conflict(`${channel.arn} is live`);
}

export const channelMutationOperations = {
  CreateChannel(input, world) {
    if (world.channels.size >= CHANNELS_PER_REGION) {
      throw quotaExceeded(`A region may have at most ${CHANNELS_PER_REGION} channels`);
    }
    checkReferences(world, input);
    const channel = newChannel(world, input);
    checkSettings(input, channel);
    world.channels.set(channel.arn, channel);
    const streamKey = addStreamKey(world, { channelArn: channel.arn });
    return { channel, streamKey };
  },

  UpdateChannel({ arn, ...changes }, world) {
    const channel = requireChannel(world, arn);
    refuseLive(channel);
    checkReferences(world, changes);
    const changed = withChanges(channel, changes);
    checkSettings(changes, changed);
    return { channel: Object.assign(channel, changed) };
  },

  DeleteChannel({ arn }, world) {
    const channel = requireChannel(world, arn);
    refuseLive(channel);
    for (const streamKey of [...world.streamKeys.with('channelArn', arn).after()])
      world.streamKeys.delete(streamKey.arn);
    world.channels.delete(arn);
    return {};
  },
} satisfies Partial<Operations>;
