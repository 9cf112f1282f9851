import { awsObject } from '../language/aws-types.js';
import { builder } from '../language/builder.js';
import { costs } from '../language/costs.js';
import { enumeration } from '../language/enumeration.js';
import { s3Uri } from '../language/s3-uri.js';
import { durationDescription, secondsOf } from '../patterns/duration.js';
import { Composition, compositions } from './composition.js';
import { CompositionDestinationConfiguration } from './composition-destination-configuration.js';
import { storageConfigurations } from './storage-configuration.js';
/** The destination whole: lists of compositions tell only its summary. */
async function detailOf({ of, id }, context) {
    const composition = compositions.ref(of, context);
    const facts = (await compositions.factsOf(composition, 'detail', context));
    return facts?.destinations?.find((destination) => destination.id === id);
}
/** The composition names the prefix, its storage configuration the bucket. */
async function recordingUriOf(destination, _args, context) {
    const { configuration, detail } = (await detailOf(destination, context)) ?? {};
    const arn = configuration?.s3?.storageConfigurationArn;
    const prefix = detail?.s3?.recordingPrefix;
    if (!arn || !prefix)
        return null;
    const storage = storageConfigurations.ref({ arn }, context);
    const facts = await storageConfigurations.factsOf(storage, 'summary', context);
    return s3Uri(facts?.s3?.bucketName, prefix);
}
// What it is
const CompositionDestinationState = enumeration('CompositionDestinationState', 'Lifecycle state of a destination.', {
    STARTING: 'Starting.',
    ACTIVE: 'Receiving video.',
    STOPPING: 'Stopping.',
    RECONNECTING: 'Reconnecting after a lost connection.',
    FAILED: 'Ended with an error.',
    STOPPED: 'Ended.',
});
const CompositionS3Recording = awsObject('CompositionS3Recording', 'Location of a recording in its bucket.', {
    recordingPrefix: ['String', 'Prefix of the keys of all files.'],
});
const CompositionDestinationDetail = awsObject('CompositionDestinationDetail', 'Details of a destination.', {
    s3: [CompositionS3Recording, 'Location of the recording. Null for a channel.'],
});
const CompositionDestination = awsObject('CompositionDestination', 'A destination of a composition, with its state.', {
    state: [CompositionDestinationState, 'Lifecycle state.'],
    startTime: ['DateTime', 'Time of the first video. Null before.'],
    endTime: ['DateTime', 'Time of its end. Null before.'],
}, (t) => ({
    destinationId: t.id({
        nullable: false,
        description: 'Id of the destination within its composition. AWS assigns it; `node(id)` does not take it.',
        resolve: ({ id }) => id,
    }),
    durationSeconds: t.int({ description: durationDescription, resolve: secondsOf }),
    recordingS3Uri: t.string({
        description: `S3 URI of the recording, as \`s3://bucket/prefix\`. Call: ${compositions.filledBy}, and ${storageConfigurations.filledBy} for the bucket. Null for a channel, and when the storage configuration is deleted.`,
        ...costs({ level: 'detail', requires: storageConfigurations.name }),
        resolve: recordingUriOf,
    }),
    configuration: t.field({
        type: CompositionDestinationConfiguration,
        description: `Settings of the destination. Call: ${compositions.filledBy}.`,
        ...costs({ level: 'detail' }),
        resolve: async (destination, _args, context) => (await detailOf(destination, context))?.configuration,
    }),
    detail: t.field({
        type: CompositionDestinationDetail,
        description: `Details of the recording. Null for a channel. Call: ${compositions.filledBy}.`,
        ...costs({ level: 'detail' }),
        resolve: async (destination, _args, context) => (await detailOf(destination, context))?.detail,
    }),
}));
// Fields of its composition
builder.objectField(Composition, 'destinations', (t) => t.field({
    type: [CompositionDestination],
    description: 'Destinations: a channel, S3, or one of each.',
    ...costs({ level: 'summary', maxItems: 2 }),
    resolve: async (composition, _args, context) => {
        const facts = await compositions.factsOf(composition, 'summary', context);
        return facts?.destinations?.map((destination) => ({ ...destination, of: composition }));
    },
}));
