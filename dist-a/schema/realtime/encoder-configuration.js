import { ivsRealtime } from '../../upstream/aws-sdk.js';
import { awsInput, awsObject } from '../language/aws-types.js';
import { nameInput } from '../language/input.js';
import { defineNode } from '../patterns/node.js';
import { defineRegionalQueries } from '../patterns/queries.js';
import { defineResource, loadByArn } from '../patterns/resource.js';
import { defineCreation, defineDeletion } from '../patterns/resource-mutations.js';
import { Taggable } from '../patterns/tags.js';
const { CreateEncoderConfigurationCommand, DeleteEncoderConfigurationCommand, GetEncoderConfigurationCommand, ListEncoderConfigurationsCommand, } = ivsRealtime;
// How it is loaded
export const encoderConfigurations = defineResource({
    name: 'EncoderConfiguration',
    load: loadByArn((key) => new GetEncoderConfigurationCommand(key), (output) => output.encoderConfiguration),
});
// What it is
const EncoderVideo = awsObject('EncoderVideo', 'Video output of an encoder.', {
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
    commandOf: (request) => new ListEncoderConfigurationsCommand(request),
    itemsOf: (output) => output.encoderConfigurations,
});
// Mutations
const EncoderVideoInput = awsInput('EncoderVideoInput', 'Video output. Limit: 2073600 pixels, which is 1920 × 1080.', {
    width: ['Int', 'Width. Unit: pixels, 2 to 1920, even. AWS’s default: 1280.'],
    height: ['Int', 'Height. Unit: pixels, 2 to 1920, even. AWS’s default: 720.'],
    framerate: ['Float', 'Frame rate. Unit: frames per second, 1 to 60. AWS’s default: 30.'],
    bitrate: ['Int', 'Bitrate. Unit: bits per second, 1 to 8500000. AWS’s default: 2500000.'],
});
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
