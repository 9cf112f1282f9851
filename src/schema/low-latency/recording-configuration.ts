import {
  type RecordingConfiguration as AwsRecordingConfiguration,
  CreateRecordingConfigurationCommand,
  DeleteRecordingConfigurationCommand,
  GetRecordingConfigurationCommand,
  ListRecordingConfigurationsCommand,
  type RecordingConfigurationSummary,
  type RecordingConfigurationState as State,
} from '@aws-sdk/client-ivs';
import { checkArn, targetOf } from '../../upstream/arn.ts';
import {
  ConflictError,
  PendingVerificationError,
  ResourceNotFoundError,
  ServiceQuotaExceededError,
  ValidationError,
} from '../../upstream/errors.ts';
import { chooseTarget } from '../language/arn.ts';
import { builder } from '../language/builder.ts';
import { listed } from '../language/costs.ts';
import { enumeration } from '../language/enumeration.ts';
import { KeyValue, KeyValueInput, toEntries, toMap } from '../language/input.ts';
import { loadEach } from '../loading/calls.ts';
import { connectionArgs } from '../loading/connection.ts';
import { defineEntity, type Source } from '../loading/entity.ts';
import { federate } from '../patterns/federation.ts';
import { defineMutation, payloadOf, write } from '../patterns/mutation.ts';
import { defineDeletion, defineRegionalQueries } from '../patterns/regional.ts';
import { Taggable, taggable } from '../patterns/tags.ts';
import { Channel, ChannelConnection, channelList, channels, listChannels } from './channel.ts';
import {
  RecordingDestinationConfiguration,
  RecordingDestinationConfigurationInput,
} from './recording-destination-configuration.ts';
import {
  RecordingRenditionConfiguration,
  RecordingRenditionConfigurationInput,
} from './recording-rendition-configuration.ts';
import {
  RecordingThumbnailConfiguration,
  RecordingThumbnailConfigurationInput,
} from './recording-thumbnail-configuration.ts';

// How it is loaded

export interface RecordingConfigurationKey {
  arn: string;
}

export const recordingConfigurations = defineEntity<
  RecordingConfigurationKey,
  RecordingConfigurationSummary,
  AwsRecordingConfiguration
>({
  name: 'RecordingConfiguration',
  key: ['arn'],
  check: ({ arn }) => checkArn('recording-configuration', arn),
  filledBy: 'GetRecordingConfiguration',
  load: loadEach(async ({ arn }, context) => {
    const answer = await context.send(targetOf(arn), new GetRecordingConfigurationCommand({ arn }));
    return answer.recordingConfiguration;
  }),
});

// What it is

export const RecordingConfigurationState = enumeration<State>(
  'RecordingConfigurationState',
  'Whether a recording configuration can be used.',
  {
    CREATING: 'AWS is still preparing the bucket.',
    CREATE_FAILED: 'AWS could not use the bucket: delete it and make another.',
    ACTIVE: 'Channels can record with it.',
  },
);

const { summary, detail } = recordingConfigurations;

export const RecordingConfiguration = builder.node(
  builder.objectRef<
    Source<RecordingConfigurationKey, RecordingConfigurationSummary, AwsRecordingConfiguration>
  >('RecordingConfiguration'),
  {
    ...recordingConfigurations.node,
    description:
      'How the streams of channels are recorded to S3. It cannot be changed, only replaced. Key: `arn`.',
    interfaces: [Taggable],
    fields: (t) => ({
      arn: t.exposeID('arn', { nullable: false, description: 'The Amazon Resource Name.' }),
      name: t.string(summary('name', 'Given by its maker, up to 128 characters; not unique.')),
      destinationConfiguration: t.field({
        type: RecordingDestinationConfiguration,
        ...summary('destinationConfiguration', 'Where the recordings go.'),
      }),
      state: t.field({
        type: RecordingConfigurationState,
        ...summary('state', 'Whether it can be used.'),
      }),
      tags: t.field({ type: [KeyValue], ...summary('tags', 'Up to 50 tags.', toEntries) }),
      thumbnailConfiguration: t.field({
        type: RecordingThumbnailConfiguration,
        ...detail('thumbnailConfiguration', 'Thumbnails beside the recording.'),
      }),
      recordingReconnectWindowSeconds: t.int(
        detail(
          'recordingReconnectWindowSeconds',
          'How long, 0 to 300 seconds, a broadcaster who comes back continues the same recording.',
        ),
      ),
      renditionConfiguration: t.field({
        type: RecordingRenditionConfiguration,
        ...detail('renditionConfiguration', 'Which qualities of the stream are recorded.'),
      }),
    }),
  },
);
taggable('recording-configuration', 'ivs', recordingConfigurations);

// Where it hangs on its channels

builder.objectFields(Channel, (t) => ({
  recordingConfiguration: t.field({
    type: RecordingConfiguration,
    ...channels.summary(
      'recordingConfigurationArn',
      'How its streams are recorded; null when they are not.',
      (arn, context, info) => recordingConfigurations.resolveRef({ arn }, context, info),
    ),
  }),
}));

builder.objectFields(RecordingConfiguration, (t) => ({
  channels: t.field({
    type: ChannelConnection,
    ...listed(channelList, 'The channels that record with it.'),
    args: connectionArgs,
    resolve: ({ arn }, args, context) =>
      listChannels(targetOf(arn), { filterByRecordingConfigurationArn: arn }, args, context),
  }),
}));

// Queries

const regional = {
  type: RecordingConfiguration,
  entity: recordingConfigurations,
  called: 'recording configuration',
};

defineRegionalQueries('recordingConfiguration', {
  ...regional,
  plural: 'recordingConfigurations',
  calledAll: 'recording configurations',
  operation: 'ListRecordingConfigurations',
  fetchPage: async (target, page, context) => {
    const { recordingConfigurations: items, nextToken } = await context.send(
      target,
      new ListRecordingConfigurationsCommand(page),
    );
    return { items, nextToken };
  },
});

// Mutations

defineMutation('createRecordingConfiguration', {
  scope: 'ivs:write',
  description:
    'Makes a recording configuration. AWS prepares the bucket after it has answered: `state` says when it is done.',
  payload: payloadOf(
    'createRecordingConfiguration',
    'recordingConfiguration',
    RecordingConfiguration,
    'The new recording configuration.',
  ),
  errors: [ValidationError, ConflictError, ServiceQuotaExceededError, PendingVerificationError],
  input: (t) => ({
    region: t.string({ description: 'The region to create it in; the gateway’s own when not given.' }),
    name: t.string({ description: 'Up to 128 letters, digits, `-` and `_`.' }),
    destinationConfiguration: t.field({
      type: RecordingDestinationConfigurationInput,
      required: true,
      description: 'Where the recordings shall go.',
    }),
    tags: t.field({ type: [KeyValueInput], description: 'Up to 50 tags.' }),
    thumbnailConfiguration: t.field({
      type: RecordingThumbnailConfigurationInput,
      description: 'Thumbnails to take. AWS’s default: one a minute.',
    }),
    recordingReconnectWindowSeconds: t.int({
      description:
        'How long, 0 to 300 seconds, a broadcaster who comes back continues the same recording. AWS’s default: 0.',
    }),
    renditionConfiguration: t.field({
      type: RecordingRenditionConfigurationInput,
      description: 'Which qualities of the stream to record. AWS’s default: all.',
    }),
  }),
  resolve: async ({ region, tags, ...rest }, context) => {
    const command = new CreateRecordingConfigurationCommand({ ...rest, tags: toMap(tags) });
    const answer = await write(context, chooseTarget(region, undefined, context), command);
    return { thing: recordingConfigurations.fromPayload(answer.recordingConfiguration, context) };
  },
});

defineDeletion('deleteRecordingConfiguration', {
  ...regional,
  description:
    'Deletes a recording configuration with which no channel records: see `recordingConfigurationArn` of updateChannel.',
  member: 'recordingConfiguration',
  errors: [ValidationError, ResourceNotFoundError, ConflictError],
  commandOf: (key) => new DeleteRecordingConfigurationCommand(key),
});

// Federation

federate(RecordingConfiguration, recordingConfigurations);
