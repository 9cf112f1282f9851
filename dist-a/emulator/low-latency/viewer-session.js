import { resourceNotFound, validationFailed } from '../errors.js';
/** Revokes, or says why it cannot. A viewer nobody has seen can be revoked all the same. */
function revoke(world, session) {
    const { channelArn, viewerId, viewerSessionVersionsLessThanOrEqualTo: version = 0 } = session;
    const channel = world.channels.get(channelArn);
    if (!channel)
        return 'unknown channel';
    // Playback tokens, whose sessions these are, exist for private channels only
    if (!channel.authorized)
        return 'not private';
    channel.revocations.set(viewerId, Math.max(version, channel.revocations.get(viewerId) ?? 0));
    return undefined;
}
const batchErrors = {
    'unknown channel': { code: '404', message: 'channel not found' },
    'not private': { code: '400', message: 'channel is not private' },
};
export const viewerSessionOperations = {
    StartViewerSessionRevocation(input, world) {
        const problem = revoke(world, input);
        if (problem === 'unknown channel')
            throw resourceNotFound(input.channelArn);
        if (problem)
            throw validationFailed(`channelArn: ${input.channelArn} is not private`);
        return {};
    },
    BatchStartViewerSessionRevocation({ viewerSessions }, world) {
        const errors = viewerSessions.flatMap((session) => {
            const problem = revoke(world, session);
            const { channelArn, viewerId } = session;
            return problem ? [{ channelArn, viewerId, ...batchErrors[problem] }] : [];
        });
        return { errors };
    },
};
