import type {
  S3StorageConfiguration as AwsS3,
  StorageConfiguration as AwsStorageConfiguration,
  ListStorageConfigurationsRequest,
  StorageConfigurationSummary,
} from '@aws-sdk/client-ivs-realtime';
import { ivsRealtime } from '../../upstream/aws-sdk.ts';
import { awsInput, awsObject } from '../language/aws-types.ts';
import { builder } from '../language/builder.ts';
import { nameInput } from '../language/input.ts';
import { defineNode } from '../patterns/node.ts';
import { defineRegionalQueries } from '../patterns/queries.ts';
import { reference } from '../patterns/relations.ts';
import { defineResource, loadByArn } from '../patterns/resource.ts';
import { defineCreation, defineDeletion } from '../patterns/resource-mutations.ts';
import { Taggable } from '../patterns/tags.ts';
import { AutoParticipantRecordingConfiguration } from './auto-participant-recording-configuration.ts';

const {
  CreateStorageConfigurationCommand,
  DeleteStorageConfigurationCommand,
  GetStorageConfigurationCommand,
  ListStorageConfigurationsCommand,
} = ivsRealtime;

// How it is loaded

export const storageConfigurations = defineResource<StorageConfigurationSummary, AwsStorageConfiguration>({
  name: 'StorageConfiguration',
  load: loadByArn(
    (key) => new GetStorageConfigurationCommand(key),
    (output) => output.storageConfiguration,
  ),
});

// What it is

const S3StorageConfiguration = awsObject<AwsS3>('S3StorageConfiguration', 'An Amazon S3 bucket.', {
  bucketName: ['String', 'Name, 3 to 63 characters.'],
});

defineNode(storageConfigurations, {
  description: 'Storage of the recordings of stages and compositions. Immutable. Key: `arn`.',
  interfaces: [Taggable],
  summary: {
    name: ['String', 'Name given at creation, up to 128 characters. Not unique.'],
    s3: [S3StorageConfiguration, 'S3 bucket.'],
  },
});

// Fields of the recording of a stage

builder.objectField(AutoParticipantRecordingConfiguration, 'storageConfiguration', (t) =>
  reference(
    t,
    storageConfigurations,
    'Storage of the recordings. Null when the stage records nothing.',
    ({ storageConfigurationArn: arn }) => ({ arn }),
  ),
);

// Queries

defineRegionalQueries(storageConfigurations, 'storageConfigurations', {
  commandOf: (request: ListStorageConfigurationsRequest) => new ListStorageConfigurationsCommand(request),
  itemsOf: (output) => output.storageConfigurations,
});

// Mutations

const S3StorageConfigurationInput = awsInput<AwsS3>('S3StorageConfigurationInput', 'An Amazon S3 bucket.', {
  bucketName: [
    'String',
    {
      required: true,
      description:
        'Name: 3 to 63 lower-case letters, digits, `-` and `.`. The bucket must be in the same region.',
    },
  ],
});

defineCreation('createStorageConfiguration', {
  entity: storageConfigurations,
  description: 'Creates a storage configuration.',
  errors: ['ResourceNotFoundError', 'ConflictError', 'ServiceQuotaExceededError', 'PendingVerificationError'],
  input: (t) => ({
    name: nameInput(t),
    s3: t.field({
      type: S3StorageConfigurationInput,
      required: true,
      description: 'S3 bucket of the recordings.',
    }),
  }),
  commandOf: (input) => new CreateStorageConfigurationCommand(input),
  detailOf: (output) => output.storageConfiguration,
});

defineDeletion('deleteStorageConfiguration', {
  entity: storageConfigurations,
  description:
    'Deletes a storage configuration that no composition and no stage uses. The bucket and its contents remain.',
  errors: ['ResourceNotFoundError', 'ConflictError', 'ServiceQuotaExceededError'],
  commandOf: (key) => new DeleteStorageConfigurationCommand(key),
});
