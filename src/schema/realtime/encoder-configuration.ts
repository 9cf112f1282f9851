import type {
  EncoderConfiguration as AwsEncoderConfiguration,
  Video as AwsVideo,
  EncoderConfigurationSummary,
  ListEncoderConfigurationsRequest,
} from '@aws-sdk/client-ivs-realtime';
import { ivsRealtime } from '../../upstream/aws-sdk.ts';
import { awsInput, awsObject } from '../language/aws-types.ts';
import { nameInput } from '../language/input.ts';
import { defineNode } from '../patterns/node.ts';
import { defineRegionalQueries } from '../patterns/queries.ts';
import { defineResource, loadByArn } from '../patterns/resource.ts';
import { defineCreation, defineDeletion } from '../patterns/resource-mutations.ts';
import { Taggable } from '../patterns/tags.ts';

const {
  CreateEncoderConfigurationCommand,
  DeleteEncoderConfigurationCommand,
  GetEncoderConfigurationCommand,
  ListEncoderConfigurationsCommand,
} = ivsRealtime;

// How it is loaded

export const encoderConfigurations = defineResource<EncoderConfigurationSummary, AwsEncoderConfiguration>({
  name: 'EncoderConfiguration',
  load: loadByArn(
    (key) => new GetEncoderConfigurationCommand(key),
    (output) => output.encoderConfiguration,
  ),
});

// What it is

const EncoderVideo = awsObject<AwsVideo>('EncoderVideo', 'The picture that an encoder makes.', {
  width: ['Int', 'In pixels, 2 to 1920, even.'],
  height: ['Int', 'In pixels, 2 to 1920, even.'],
  framerate: ['Float', 'Frames a second, 1 to 60.'],
  bitrate: ['Int', 'Bits a second, up to 8500000.'],
});

export const EncoderConfiguration = defineNode(encoderConfigurations, {
  description: 'How a composition encodes its picture. Cannot be changed once it is made. Key: `arn`.',
  interfaces: [Taggable],
  summary: {
    name: ['String', 'Given by its maker, up to 128 characters; not unique.'],
  },
  detail: {
    video: [EncoderVideo, 'The picture that it makes.'],
  },
});

// Queries

defineRegionalQueries(encoderConfigurations, 'encoderConfigurations', {
  commandOf: (request: ListEncoderConfigurationsRequest) => new ListEncoderConfigurationsCommand(request),
  itemsOf: (output) => output.encoderConfigurations,
});

// Mutations

const EncoderVideoInput = awsInput<AwsVideo>(
  'EncoderVideoInput',
  'The picture to make: at most 2073600 pixels, which is 1920 × 1080.',
  {
    width: ['Int', 'In pixels, 2 to 1920, even. AWS’s default: 1280.'],
    height: ['Int', 'In pixels, 2 to 1920, even. AWS’s default: 720.'],
    framerate: ['Float', 'Frames a second, 1 to 60. AWS’s default: 30.'],
    bitrate: ['Int', 'Bits a second, 1 to 8500000. AWS’s default: 2500000.'],
  },
);

defineCreation('createEncoderConfiguration', {
  entity: encoderConfigurations,
  description: 'Makes an encoder configuration.',
  errors: ['ResourceNotFoundError', 'ConflictError', 'ServiceQuotaExceededError', 'PendingVerificationError'],
  input: (t) => ({
    name: nameInput(t),
    video: t.field({ type: EncoderVideoInput, description: 'The picture that it shall make.' }),
  }),
  commandOf: (input) => new CreateEncoderConfigurationCommand(input),
  detailOf: (output) => output.encoderConfiguration,
});

defineDeletion('deleteEncoderConfiguration', {
  entity: encoderConfigurations,
  description: 'Deletes an encoder configuration that no composition uses.',
  errors: ['ResourceNotFoundError', 'ConflictError', 'ServiceQuotaExceededError'],
  commandOf: (key) => new DeleteEncoderConfigurationCommand(key),
});
