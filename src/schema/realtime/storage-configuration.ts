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

const S3StorageConfiguration = awsObject<AwsS3>('S3StorageConfiguration', 'A bucket of Amazon S3.', {
  bucketName: ['String', 'Its name, 3 to 63 characters.'],
});

defineNode(storageConfigurations, {
  description:
    'Where recordings of stages and compositions are kept. Cannot be changed once it is made. Key: `arn`.',
  interfaces: [Taggable],
  summary: {
    name: ['String', 'Given by its maker, up to 128 characters; not unique.'],
    s3: [S3StorageConfiguration, 'The bucket that they go to.'],
  },
});

// Fields of the recording of a stage

builder.objectField(AutoParticipantRecordingConfiguration, 'storageConfiguration', (t) =>
  reference(
    t,
    storageConfigurations,
    'Where the recordings go; null when the stage records nothing.',
    ({ storageConfigurationArn: arn }) => ({ arn }),
  ),
);

// Queries

defineRegionalQueries(storageConfigurations, 'storageConfigurations', {
  commandOf: (request: ListStorageConfigurationsRequest) => new ListStorageConfigurationsCommand(request),
  itemsOf: (output) => output.storageConfigurations,
});

// Mutations

const S3StorageConfigurationInput = awsInput<AwsS3>('S3StorageConfigurationInput', 'A bucket of Amazon S3.', {
  bucketName: [
    'String',
    {
      required: true,
      description:
        'Its name: 3 to 63 lower-case letters, digits, `-` and `.`. It must be in the same region.',
    },
  ],
});

defineCreation('createStorageConfiguration', {
  entity: storageConfigurations,
  description: 'Makes a storage configuration.',
  errors: ['ResourceNotFoundError', 'ConflictError', 'ServiceQuotaExceededError', 'PendingVerificationError'],
  input: (t) => ({
    name: nameInput(t),
    s3: t.field({
      type: S3StorageConfigurationInput,
      required: true,
      description: 'The bucket that recordings shall go to.',
    }),
  }),
  commandOf: (input) => new CreateStorageConfigurationCommand(input),
  detailOf: (output) => output.storageConfiguration,
});

defineDeletion('deleteStorageConfiguration', {
  entity: storageConfigurations,
  description: 'Deletes a storage configuration that no composition uses. The bucket and what is in it stay.',
  errors: ['ResourceNotFoundError', 'ConflictError', 'ServiceQuotaExceededError'],
  commandOf: (key) => new DeleteStorageConfigurationCommand(key),
});
