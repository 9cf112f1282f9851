// How channels are made, changed and deleted. Apart from channel.ts: a new channel comes with its stream key.
import { ivs } from '../../upstream/aws-sdk.ts';
import { chooseTarget } from '../language/arn.ts';
import { awsObject } from '../language/aws-types.ts';
import { clearedBy } from '../language/clearing.ts';
import { costs } from '../language/costs.ts';
import { type InputFieldBuilder, nameInput, placeInput, tagsInput, toMap } from '../language/input.ts';
import { defineBulkDeletion } from '../patterns/bulk-deletion.ts';
import { defineMutation, write } from '../patterns/mutation.ts';
import type { ArnKey } from '../patterns/resource.ts';
import { defineDeletion, defineUpdate } from '../patterns/resource-mutations.ts';
import {
  Channel,
  ChannelLatencyMode,
  type ChannelSource,
  ChannelType,
  ContainerFormat,
  channels,
  TranscodePreset,
} from './channel.ts';
import { MultitrackInputConfigurationInput } from './multitrack-input-configuration.ts';
import { StreamKey, type StreamKeySource, streamKeys } from './stream-key.ts';

const { CreateChannelCommand, DeleteChannelCommand, UpdateChannelCommand } = ivs;

/** What can be said of a channel when it is made, and said anew later. */
const settingFields = (t: InputFieldBuilder) => ({
  name: nameInput(t),
  latencyMode: t.field({
    type: ChannelLatencyMode,
    description: 'Latency of playback. Default of a new channel: LOW.',
  }),
  type: t.field({
    type: ChannelType,
    description:
      'Channel type, which decides transcoding and the ingest limits. Default of a new channel: STANDARD.',
  }),
  authorized: t.boolean({
    description:
      'Whether viewers need a playback token (a private channel). Default of a new channel: false.',
  }),
  recordingConfigurationArn: t.id({
    description: 'ARN of an ACTIVE recording configuration. In an update, null turns recording off.',
    ...clearedBy(''),
  }),
  insecureIngest: t.boolean({
    description:
      'Whether unencrypted ingest is allowed: RTMP without TLS, SRT without a passphrase. Default of a new channel: false.',
  }),
  preset: t.field({
    type: TranscodePreset,
    description:
      'Transcode preset, for the ADVANCED types only. AWS’s default for them: HIGHER_BANDWIDTH_DELIVERY. In an update, null removes it.',
    ...clearedBy(''),
  }),
  playbackRestrictionPolicyArn: t.id({
    description: 'ARN of a playback restriction policy. In an update, null removes it.',
    ...clearedBy(''),
  }),
  multitrackInputConfiguration: t.field({
    type: MultitrackInputConfigurationInput,
    description: 'Settings of multitrack ingest. Off for a new channel. In an update, null turns it off.',
    ...clearedBy({ enabled: false }),
  }),
  containerFormat: t.field({
    type: ContainerFormat,
    description:
      'Container format of the playback media. Multitrack input requires FRAGMENTED_MP4. Default of a new channel: TS.',
  }),
  adConfigurationArn: t.id({
    description:
      'ARN of an ad configuration, for a channel with `containerFormat: TS`. In an update, null removes it.',
    ...clearedBy(''),
  }),
});

const CreateChannelPayload = awsObject<{ channel: ChannelSource; streamKey: StreamKeySource }>(
  'CreateChannelPayload',
  'Payload of createChannel.',
  {
    channel: [
      Channel,
      { nullable: false, description: 'The new channel.', ...costs({ returnsDetail: true }) },
    ],
    streamKey: [
      StreamKey,
      {
        nullable: false,
        description: 'The stream key created with it. `value` costs no further call here.',
        ...costs({ returnsDetail: true }),
      },
    ],
  },
);

defineMutation('createChannel', {
  scope: 'ivs:write',
  description: 'Creates a channel and its stream key.',
  payload: CreateChannelPayload,
  errors: ['ResourceNotFoundError', 'ServiceQuotaExceededError', 'PendingVerificationError'],
  input: (t) => ({
    ...placeInput(t),
    ...settingFields(t),
    tags: tagsInput(t),
  }),
  resolve: async ({ account, region, tags, ...settings }, context) => {
    const command = new CreateChannelCommand({ ...settings, tags: toMap(tags) });
    const { channel, streamKey } = await write(
      context,
      chooseTarget({ account, region }, undefined, context),
      command,
    );
    return {
      channel: channels.fromPayload(channel, context),
      streamKey: streamKeys.fromPayload(streamKey, context),
    };
  },
});

defineUpdate('updateChannel', {
  entity: channels,
  description: 'Updates a channel that is not live. Omitted members stay unchanged.',
  errors: ['ResourceNotFoundError', 'ConflictError', 'PendingVerificationError'],
  input: settingFields,
  commandOf: (input) => new UpdateChannelCommand(input),
  detailOf: (output) => output.channel,
});

const deleteChannel = (key: ArnKey) => new DeleteChannelCommand(key);

defineDeletion('deleteChannel', {
  entity: channels,
  description: 'Deletes a channel that is not live, with its stream keys.',
  errors: ['ResourceNotFoundError', 'ConflictError', 'PendingVerificationError'],
  commandOf: deleteChannel,
});

defineBulkDeletion('deleteChannels', {
  entity: channels,
  operation: 'DeleteChannel',
  description: 'Deletes many channels that are not live, and their stream keys',
  commandOf: deleteChannel,
});
