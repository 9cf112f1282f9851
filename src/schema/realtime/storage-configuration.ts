import {
  type S3StorageConfiguration as AwsS3,
  type StorageConfiguration as AwsStorageConfiguration,
  CreateStorageConfigurationCommand,
  DeleteStorageConfigurationCommand,
  GetStorageConfigurationCommand,
  ListStorageConfigurationsCommand,
  type StorageConfigurationSummary,
} from '@aws-sdk/client-ivs-realtime';
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
import { KeyValue, KeyValueInput, toEntries, toMap } from '../language/input.ts';
import { loadEach } from '../loading/calls.ts';
import { defineEntity, type Source } from '../loading/entity.ts';
import { federate } from '../patterns/federation.ts';
import { defineMutation, payloadOf, write } from '../patterns/mutation.ts';
import { defineDeletion, defineRegionalQueries } from '../patterns/regional.ts';
import { Taggable, taggable } from '../patterns/tags.ts';
import { AutoParticipantRecordingConfiguration } from './auto-participant-recording-configuration.ts';

// How it is loaded

export interface StorageConfigurationKey {
  arn: string;
}

export const storageConfigurations = defineEntity<
  StorageConfigurationKey,
  StorageConfigurationSummary,
  AwsStorageConfiguration
>({
  name: 'StorageConfiguration',
  key: ['arn'],
  check: ({ arn }) => checkArn('storage-configuration', arn),
  filledBy: 'GetStorageConfiguration',
  load: loadEach(async ({ arn }, context) => {
    const command = new GetStorageConfigurationCommand({ arn });
    const { storageConfiguration } = await context.send(targetOf(arn), command);
    return storageConfiguration;
  }),
});

// What it is

const S3StorageConfiguration = builder.objectRef<AwsS3>('S3StorageConfiguration').implement({
  description: 'A bucket of Amazon S3.',
  fields: (t) => ({
    bucketName: t.exposeString('bucketName', { description: 'Its name, 3 to 63 characters.' }),
  }),
});

const { summary } = storageConfigurations;

export const StorageConfiguration = builder.node(
  builder.objectRef<Source<StorageConfigurationKey, StorageConfigurationSummary, AwsStorageConfiguration>>(
    'StorageConfiguration',
  ),
  {
    ...storageConfigurations.node,
    description:
      'Where recordings of stages and compositions are kept. Cannot be changed once it is made. Key: `arn`.',
    interfaces: [Taggable],
    fields: (t) => ({
      arn: t.exposeID('arn', { nullable: false, description: 'The Amazon Resource Name.' }),
      name: t.string(summary('name', 'Given by its maker, up to 128 characters; not unique.')),
      s3: t.field({ type: S3StorageConfiguration, ...summary('s3', 'The bucket that they go to.') }),
      tags: t.field({ type: [KeyValue], ...summary('tags', 'Up to 50 tags.', toEntries) }),
    }),
  },
);
taggable('storage-configuration', 'ivs-realtime', storageConfigurations);

// Where it hangs on the recording of a stage

builder.objectField(AutoParticipantRecordingConfiguration, 'storageConfiguration', (t) =>
  t.field({
    type: StorageConfiguration,
    description: 'Where the recordings go; null when the stage records nothing.',
    resolve: ({ storageConfigurationArn: arn }, _args, context, info) =>
      storageConfigurations.resolveRef({ arn }, context, info),
  }),
);

// Queries

const regional = {
  type: StorageConfiguration,
  entity: storageConfigurations,
  called: 'storage configuration',
};

defineRegionalQueries('storageConfiguration', {
  ...regional,
  plural: 'storageConfigurations',
  calledAll: 'storage configurations',
  operation: 'ListStorageConfigurations',
  fetchPage: async (target, page, context) => {
    const { storageConfigurations: items, nextToken } = await context.send(
      target,
      new ListStorageConfigurationsCommand(page),
    );
    return { items, nextToken };
  },
});

// Mutations

const S3StorageConfigurationInput = builder.inputType('S3StorageConfigurationInput', {
  description: 'A bucket of Amazon S3.',
  fields: (t) => ({
    bucketName: t.string({
      required: true,
      description:
        'Its name: 3 to 63 lower-case letters, digits, `-` and `.`. It must be in the same region.',
    }),
  }),
});

defineMutation('createStorageConfiguration', {
  scope: 'ivs:write',
  description: 'Makes a storage configuration.',
  payload: payloadOf(
    'createStorageConfiguration',
    'storageConfiguration',
    StorageConfiguration,
    'The new storage configuration.',
  ),
  errors: [
    ValidationError,
    ResourceNotFoundError,
    ConflictError,
    ServiceQuotaExceededError,
    PendingVerificationError,
  ],
  input: (t) => ({
    region: t.string({ description: 'The region to create it in; the gateway’s own when not given.' }),
    name: t.string({ description: 'Up to 128 letters, digits, `-` and `_`.' }),
    s3: t.field({
      type: S3StorageConfigurationInput,
      required: true,
      description: 'The bucket that recordings shall go to.',
    }),
    tags: t.field({ type: [KeyValueInput], description: 'Up to 50 tags.' }),
  }),
  resolve: async ({ region, tags, ...rest }, context) => {
    const command = new CreateStorageConfigurationCommand({ ...rest, tags: toMap(tags) });
    const { storageConfiguration } = await write(context, chooseTarget(region, undefined, context), command);
    return { thing: storageConfigurations.fromPayload(storageConfiguration, context) };
  },
});

defineDeletion('deleteStorageConfiguration', {
  ...regional,
  description: 'Deletes a storage configuration that no composition uses. The bucket and what is in it stay.',
  member: 'storageConfiguration',
  errors: [ValidationError, ResourceNotFoundError, ConflictError, ServiceQuotaExceededError],
  commandOf: (key) => new DeleteStorageConfigurationCommand(key),
});

// Federation

federate(StorageConfiguration, storageConfigurations);
