import type {
  RecordingConfiguration as AwsRecordingConfiguration,
  ListRecordingConfigurationsRequest,
  RecordingConfigurationSummary,
  RecordingConfigurationState as State,
} from '@aws-sdk/client-ivs';
import { ivs } from '../../upstream/aws-sdk.ts';
import { builder } from '../language/builder.ts';
import { enumeration } from '../language/enumeration.ts';
import { nameInput } from '../language/input.ts';
import { defineNode } from '../patterns/node.ts';
import { defineRegionalQueries } from '../patterns/queries.ts';
import { defineChildren, summaryReference } from '../patterns/relations.ts';
import { defineResource, loadByArn } from '../patterns/resource.ts';
import { defineCreation, defineDeletion } from '../patterns/resource-mutations.ts';
import { Taggable } from '../patterns/tags.ts';
import { Channel, channelList, channels } from './channel.ts';
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

const {
  CreateRecordingConfigurationCommand,
  DeleteRecordingConfigurationCommand,
  GetRecordingConfigurationCommand,
  ListRecordingConfigurationsCommand,
} = ivs;

// How it is loaded

export const recordingConfigurations = defineResource<
  RecordingConfigurationSummary,
  AwsRecordingConfiguration
>({
  name: 'RecordingConfiguration',
  load: loadByArn(
    (key) => new GetRecordingConfigurationCommand(key),
    (output) => output.recordingConfiguration,
  ),
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

const RecordingConfiguration = defineNode(recordingConfigurations, {
  description:
    'How the streams of channels are recorded to S3. It cannot be changed, only replaced. Key: `arn`.',
  interfaces: [Taggable],
  summary: {
    name: ['String', 'Given by its maker, up to 128 characters; not unique.'],
    destinationConfiguration: [RecordingDestinationConfiguration, 'Where the recordings go.'],
    state: [RecordingConfigurationState, 'Whether it can be used.'],
  },
  detail: {
    thumbnailConfiguration: [RecordingThumbnailConfiguration, 'Thumbnails beside the recording.'],
    recordingReconnectWindowSeconds: [
      'Int',
      'How long, 0 to 300 seconds, a broadcaster who comes back continues the same recording.',
    ],
    renditionConfiguration: [RecordingRenditionConfiguration, 'Which qualities of the stream are recorded.'],
  },
});

// Fields of its channels

builder.objectField(Channel, 'recordingConfiguration', (t) =>
  summaryReference(
    t,
    channels,
    'recordingConfigurationArn',
    recordingConfigurations,
    'How its streams are recorded; null when they are not.',
  ),
);

defineChildren(RecordingConfiguration, 'channels', channelList, {
  description: 'The channels that record with it.',
  selectorOf: ({ arn }) => ({ filterByRecordingConfigurationArn: arn }),
});

// Queries

defineRegionalQueries(recordingConfigurations, 'recordingConfigurations', {
  commandOf: (request: ListRecordingConfigurationsRequest) => new ListRecordingConfigurationsCommand(request),
  itemsOf: (output) => output.recordingConfigurations,
});

// Mutations

defineCreation('createRecordingConfiguration', {
  entity: recordingConfigurations,
  description:
    'Makes a recording configuration. AWS prepares the bucket after it has answered: `state` says when it is done.',
  errors: ['ConflictError', 'ServiceQuotaExceededError', 'PendingVerificationError'],
  input: (t) => ({
    name: nameInput(t),
    destinationConfiguration: t.field({
      type: RecordingDestinationConfigurationInput,
      required: true,
      description: 'Where the recordings shall go.',
    }),
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
  commandOf: (input) => new CreateRecordingConfigurationCommand(input),
  detailOf: (output) => output.recordingConfiguration,
});

defineDeletion('deleteRecordingConfiguration', {
  entity: recordingConfigurations,
  description:
    'Deletes a recording configuration with which no channel records: see `recordingConfigurationArn` of updateChannel.',
  errors: ['ResourceNotFoundError', 'ConflictError'],
  commandOf: (key) => new DeleteRecordingConfigurationCommand(key),
});
