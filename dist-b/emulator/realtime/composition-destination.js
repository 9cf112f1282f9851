import { conflict, resourceNotFound, validationFailed } from '../errors.js';
import { newDestinationId, newStreamId, parseArn } from '../identifiers.js';
import { liveSession } from '../low-latency/broadcast.js';
export const isOver = ({ state }) => state === 'STOPPED' || state === 'FAILED';
/** The ARNs of everything that a destination needs. */
const referencesOf = ({ channel, s3 }) => [
    channel?.channelArn,
    channel?.encoderConfigurationArn,
    s3?.storageConfigurationArn,
    ...(s3?.encoderConfigurationArns ?? []),
].filter((arn) => arn !== undefined);
export const uses = ({ destinations }, arn) => destinations.some(({ configuration }) => configuration && referencesOf(configuration).includes(arn));
/** A composition, not yet over, that needs the thing of this ARN. */
export const compositionUsing = (world, arn) => [...world.compositions.values()].find((composition) => !isOver(composition) && uses(composition, arn));
/** Refuses what AWS says of destinations: one channel, one S3, or one of each; all there; the channel idle. */
export function checkDestinations(world, destinations) {
    for (const [index, { channel, s3 }] of destinations.entries()) {
        if (!channel === !s3) {
            throw validationFailed(`destinations[${index}]: expected either channel or s3`);
        }
    }
    for (const kind of ['channel', 's3']) {
        if (destinations.filter((destination) => destination[kind]).length > 1) {
            throw validationFailed(`destinations: may have at most one ${kind}`);
        }
    }
    const missing = destinations.flatMap(referencesOf).find((arn) => !exists(world, arn));
    if (missing)
        throw resourceNotFound(missing);
    for (const { channel } of destinations)
        if (channel)
            checkIdle(world, channel.channelArn);
}
const exists = (world, arn) => [world.channels, world.encoderConfigurations, world.storageConfigurations].some((map) => map.has(arn));
function checkIdle(world, channelArn) {
    const channel = world.channels.get(channelArn);
    if (channel && liveSession(channel))
        throw conflict(`${channelArn} is live`);
    const user = compositionUsing(world, channelArn);
    if (user)
        throw conflict(`${channelArn} is used by ${user.arn}`);
}
const thumbnailDefaults = {
    targetIntervalSeconds: 60,
    storage: ['SEQUENTIAL'],
};
const recordingDefaults = {
    format: 'HLS',
    hlsConfiguration: { targetSegmentDurationSeconds: 2 },
};
const s3Of = (input) => ({
    ...input,
    recordingConfiguration: {
        ...recordingDefaults,
        ...input.recordingConfiguration,
        hlsConfiguration: {
            ...recordingDefaults.hlsConfiguration,
            ...input.recordingConfiguration?.hlsConfiguration,
        },
    },
    thumbnailConfigurations: (input.thumbnailConfigurations ?? []).map((thumbnails) => ({
        ...thumbnailDefaults,
        ...thumbnails,
    })),
});
export function newDestination({ name = '', channel, s3 }, { stageArn, compositionArn, id = newDestinationId(), streamId = newStreamId() }) {
    const path = [parseArn(stageArn)?.id, parseArn(compositionArn)?.id, id, 'composite'];
    return {
        id,
        streamId,
        state: 'STARTING',
        configuration: { name, ...(channel && { channel }), ...(s3 && { s3: s3Of(s3) }) },
        ...(s3 && { detail: { s3: { recordingPrefix: path.join('/') } } }),
    };
}
