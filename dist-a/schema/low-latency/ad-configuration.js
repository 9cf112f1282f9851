import { ivs } from '../../upstream/aws-sdk.js';
import { builder } from '../language/builder.js';
import { clearedBy } from '../language/clearing.js';
import { nameInput } from '../language/input.js';
import { defineNode } from '../patterns/node.js';
import { defineRegionalQueries } from '../patterns/queries.js';
import { defineChildren, summaryReference } from '../patterns/relations.js';
import { defineResource, loadByArn } from '../patterns/resource.js';
import { defineCreation, defineDeletion, defineUpdate } from '../patterns/resource-mutations.js';
import { Taggable } from '../patterns/tags.js';
import { Channel, channelList, channels } from './channel.js';
import { MediaTailorPlaybackConfiguration, MediaTailorPlaybackConfigurationInput, } from './media-tailor-playback-configuration.js';
import { PostRollConfiguration, PostRollConfigurationInput } from './post-roll-configuration.js';
const { CreateAdConfigurationCommand, DeleteAdConfigurationCommand, GetAdConfigurationCommand, ListAdConfigurationsCommand, UpdateAdConfigurationCommand, } = ivs;
// How it is loaded
// The summary has every member of the detail.
export const adConfigurations = defineResource({
    name: 'AdConfiguration',
    load: loadByArn((key) => new GetAdConfigurationCommand(key), (output) => output.adConfiguration),
});
// What it is
const AdConfiguration = defineNode(adConfigurations, {
    description: 'Ad insertion through AWS Elemental MediaTailor, for the streams of the channels that use it. Key: `arn`.',
    interfaces: [Taggable],
    summary: {
        name: ['String', 'Name given at creation, up to 128 characters. Not unique.'],
        mediaTailorPlaybackConfigurations: [
            [MediaTailorPlaybackConfiguration],
            'The 1 to 3 playback configurations available to viewers. The first is the default for playback tokens that name none.',
        ],
        postRollConfiguration: [PostRollConfiguration, 'Ad break after the end of a stream.'],
    },
});
// Fields of its channels
builder.objectField(Channel, 'adConfiguration', (t) => summaryReference(t, channels, 'adConfigurationArn', adConfigurations, 'Ad configuration. Null when the channel has no ads.'));
defineChildren(AdConfiguration, 'channels', channelList, {
    description: 'Channels that use it.',
    selectorOf: ({ arn }) => ({ filterByAdConfigurationArn: arn }),
});
// Queries
defineRegionalQueries(adConfigurations, 'adConfigurations', {
    commandOf: (request) => new ListAdConfigurationsCommand(request),
    itemsOf: (output) => output.adConfigurations,
});
// Mutations
const mediaTailor = '1 to 3 playback configurations for viewers, the default first.';
defineCreation('createAdConfiguration', {
    entity: adConfigurations,
    description: 'Creates an ad configuration for channels.',
    errors: ['ResourceNotFoundError', 'ConflictError', 'ServiceQuotaExceededError', 'PendingVerificationError'],
    input: (t) => ({
        name: nameInput(t),
        mediaTailorPlaybackConfigurations: t.field({
            type: [MediaTailorPlaybackConfigurationInput],
            required: true,
            description: mediaTailor,
        }),
        postRollConfiguration: t.field({
            type: PostRollConfigurationInput,
            description: 'The ad break after the end of a stream. AWS’s default: none.',
        }),
    }),
    commandOf: (input) => new CreateAdConfigurationCommand(input),
    detailOf: (output) => output.adConfiguration,
});
defineUpdate('updateAdConfiguration', {
    entity: adConfigurations,
    description: 'Updates an ad configuration. Omitted members stay unchanged.',
    errors: ['ResourceNotFoundError', 'ConflictError', 'ServiceQuotaExceededError', 'PendingVerificationError'],
    input: (t) => ({
        name: nameInput(t),
        mediaTailorPlaybackConfigurations: t.field({
            type: [MediaTailorPlaybackConfigurationInput],
            description: mediaTailor,
        }),
        postRollConfiguration: t.field({
            type: PostRollConfigurationInput,
            description: 'Ad break after the end of a stream. Null turns it off.',
            // AWS requires a duration of a break that is off, too.
            ...clearedBy({ enabled: false, durationSeconds: 1 }),
        }),
    }),
    commandOf: (input) => new UpdateAdConfigurationCommand(input),
    detailOf: (output) => output.adConfiguration,
});
defineDeletion('deleteAdConfiguration', {
    entity: adConfigurations,
    description: 'Deletes an ad configuration that no channel uses.',
    errors: ['ResourceNotFoundError', 'ConflictError'],
    commandOf: (key) => new DeleteAdConfigurationCommand(key),
});
