import { ivs } from '../../upstream/aws-sdk.js';
import { builder } from '../language/builder.js';
import { enumeration } from '../language/enumeration.js';
import { nameInput } from '../language/input.js';
import { defineNode } from '../patterns/node.js';
import { defineRegionalQueries } from '../patterns/queries.js';
import { defineChildren, summaryReference } from '../patterns/relations.js';
import { defineResource, loadByArn } from '../patterns/resource.js';
import { defineCreation, defineDeletion } from '../patterns/resource-mutations.js';
import { Taggable } from '../patterns/tags.js';
import { Channel, channelList, channels } from './channel.js';
import { RecordingDestinationConfiguration, RecordingDestinationConfigurationInput, } from './recording-destination-configuration.js';
import { RecordingRenditionConfiguration, RecordingRenditionConfigurationInput, } from './recording-rendition-configuration.js';
import { RecordingThumbnailConfiguration, RecordingThumbnailConfigurationInput, } from './recording-thumbnail-configuration.js';
const { CreateRecordingConfigurationCommand, DeleteRecordingConfigurationCommand, GetRecordingConfigurationCommand, ListRecordingConfigurationsCommand, } = ivs;
// How it is loaded
export const recordingConfigurations = defineResource({
    name: 'RecordingConfiguration',
    load: loadByArn((key) => new GetRecordingConfigurationCommand(key), (output) => output.recordingConfiguration),
});
// What it is
export const RecordingConfigurationState = enumeration('RecordingConfigurationState', 'State of a recording configuration.', {
    CREATING: 'AWS is preparing the bucket.',
    CREATE_FAILED: 'AWS cannot use the bucket. Delete the configuration and create another.',
    ACTIVE: 'Ready for channels.',
});
const RecordingConfiguration = defineNode(recordingConfigurations, {
    description: 'Recording settings of the streams of channels. Immutable. Key: `arn`.',
    interfaces: [Taggable],
    summary: {
        name: ['String', 'Name given at creation, up to 128 characters. Not unique.'],
        destinationConfiguration: [RecordingDestinationConfiguration, 'Storage of the recordings.'],
        state: [RecordingConfigurationState, 'State.'],
    },
    detail: {
        thumbnailConfiguration: [RecordingThumbnailConfiguration, 'Thumbnail settings of the recording.'],
        recordingReconnectWindowSeconds: [
            'Int',
            'Time in which a returning broadcaster continues the same recording. Unit: seconds, 0 to 300.',
        ],
        renditionConfiguration: [RecordingRenditionConfiguration, 'Recorded renditions.'],
    },
});
// Fields of its channels
builder.objectField(Channel, 'recordingConfiguration', (t) => summaryReference(t, channels, 'recordingConfigurationArn', recordingConfigurations, 'Recording settings of its streams. Null when they are not recorded.'));
defineChildren(RecordingConfiguration, 'channels', channelList, {
    description: 'Channels that use it.',
    selectorOf: ({ arn }) => ({ filterByRecordingConfigurationArn: arn }),
});
// Queries
defineRegionalQueries(recordingConfigurations, 'recordingConfigurations', {
    commandOf: (request) => new ListRecordingConfigurationsCommand(request),
    itemsOf: (output) => output.recordingConfigurations,
});
// Mutations
defineCreation('createRecordingConfiguration', {
    entity: recordingConfigurations,
    description: 'Creates a recording configuration. AWS prepares the bucket after the response: wait until `state` is ACTIVE.',
    errors: ['ConflictError', 'ServiceQuotaExceededError', 'PendingVerificationError'],
    input: (t) => ({
        name: nameInput(t),
        destinationConfiguration: t.field({
            type: RecordingDestinationConfigurationInput,
            required: true,
            description: 'Storage of the recordings.',
        }),
        thumbnailConfiguration: t.field({
            type: RecordingThumbnailConfigurationInput,
            description: 'Thumbnail settings. AWS’s default: one thumbnail a minute.',
        }),
        recordingReconnectWindowSeconds: t.int({
            description: 'Time in which a returning broadcaster continues the same recording. Unit: seconds, 0 to 300. AWS’s default: 0.',
        }),
        renditionConfiguration: t.field({
            type: RecordingRenditionConfigurationInput,
            description: 'Renditions to record. AWS’s default: all.',
        }),
    }),
    commandOf: (input) => new CreateRecordingConfigurationCommand(input),
    detailOf: (output) => output.recordingConfiguration,
});
defineDeletion('deleteRecordingConfiguration', {
    entity: recordingConfigurations,
    description: 'Deletes a recording configuration that no channel uses. See `recordingConfigurationArn` of updateChannel.',
    errors: ['ResourceNotFoundError', 'ConflictError'],
    commandOf: (key) => new DeleteRecordingConfigurationCommand(key),
});
