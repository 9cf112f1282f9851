import { resourceNotFound } from '../errors.ts';
import type { Operations } from '../operation.ts';
import { paginate } from '../paging.ts';
import { requireChannel } from './channel.ts';

export const streamSessionOperations = {
  // Without a streamId it is the newest.
  GetStreamSession({ channelArn, streamId }, world) {
    const { streamSessions } = requireChannel(world, channelArn);
    const streamSession =
      streamId === undefined
        ? streamSessions[0]
        : streamSessions.find((session) => session.streamId === streamId);
    if (!streamSession) throw resourceNotFound(`${channelArn} stream session ${streamId ?? ''}`.trim());
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
} satisfies Partial<Operations>;
