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

const EncoderVideo = awsObject<AwsVideo>('EncoderVideo', 'Video output of an encoder.', {
  width: ['Int', 'Size. Unit: pixels, 2 to 1920, even.'],
  height: ['Int', 'Size. Unit: pixels, 2 to 1920, even.'],
  framerate: ['Float', 'Frame rate. Unit: frames per second, 1 to 60.'],
  bitrate: ['Int', 'Bitrate. Unit: bits per second, up to 8500000.'],
});

export const EncoderConfiguration = defineNode(encoderConfigurations, {
  description: 'Encoder settings of compositions. Immutable. Key: `arn`.',
  interfaces: [Taggable],
  summary: {
    name: ['String', 'Name given at creation, up to 128 characters. Not unique.'],
  },
  detail: {
    video: [EncoderVideo, 'Output resolution and frame rate.'],
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
  'Video output. Limit: 2073600 pixels, which is 1920 × 1080.',
  {
    width: ['Int', 'Width. Unit: pixels, 2 to 1920, even. AWS’s default: 1280.'],
    height: ['Int', 'Height. Unit: pixels, 2 to 1920, even. AWS’s default: 720.'],
    framerate: ['Float', 'Frame rate. Unit: frames per second, 1 to 60. AWS’s default: 30.'],
    bitrate: ['Int', 'Bitrate. Unit: bits per second, 1 to 8500000. AWS’s default: 2500000.'],
  },
);

defineCreation('createEncoderConfiguration', {
  entity: encoderConfigurations,
  description: 'Creates an encoder configuration.',
  errors: ['ResourceNotFoundError', 'ConflictError', 'ServiceQuotaExceededError', 'PendingVerificationError'],
  input: (t) => ({
    name: nameInput(t),
    video: t.field({ type: EncoderVideoInput, description: 'Output resolution and frame rate.' }),
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
