import { resourceNotFound } from '../errors.js';
import { paginate } from '../paging.js';
import { requireChannel } from './channel.js';
export const streamSessionOperations = {
    // Without a streamId it is the newest.
    GetStreamSession({ channelArn, streamId }, world) {
        const { streamSessions } = requireChannel(world, channelArn);
        const streamSession = streamId === undefined
            ? streamSessions[0]
            : streamSessions.find((session) => session.streamId === streamId);
        if (!streamSession)
            throw resourceNotFound(`${channelArn} stream session ${streamId ?? ''}`.trim());
        return { streamSession };
    },
    ListStreamSessions(input, world) {
        const page = paginate(requireChannel(world, input.channelArn).streamSessions, input, {
            operation: 'ListStreamSessions',
            world,
            size: 100,
            newestFirst: true,
        });
        return { streamSessions: page.items, nextToken: page.nextToken };
    },
};
