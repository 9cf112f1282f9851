import { resourceNotFound } from '../errors.ts';
import type { Operations } from '../model/operation.ts';
import { paginate, sorted } from '../persistent/paging.ts';
import type { StreamSession, World } from '../world/world.ts';
import { requireChannel } from './channel.ts';

// https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/stream-health.html#stream-health-session-data
const KEPT_DAYS = 60;

/** The newest first. */
function sessionsOf(world: World, channelArn: string): StreamSession[] {
  const oldest = world.now().getTime() - KEPT_DAYS * 24 * 60 * 60 * 1000;
  const { streamSessions } = requireChannel(world, channelArn);
  return [...streamSessions.before()].filter(
    ({ endTime }) => endTime === undefined || endTime.getTime() >= oldest,
  );
}

export const streamSessionOperations = {
  // Without a streamId it is the newest.
  GetStreamSession({ channelArn, streamId }, world) {
    const streamSessions = sessionsOf(world, channelArn);
    const streamSession =
      streamId === undefined
        ? streamSessions[0]
        : streamSessions.find((session) => session.streamId === streamId);
    if (!streamSession) throw resourceNotFound(`${channelArn} stream session ${streamId ?? ''}`.trim());
    return { streamSession };
  },

  ListStreamSessions(input, world) {
    const page = paginate(sorted(sessionsOf(world, input.channelArn)), input, {
      operation: 'ListStreamSessions',
      world,
      size: 100,
      newestFirst: true,
    });
    return { streamSessions: page.items, nextToken: page.nextToken };
  },
} satisfies Partial<Operations>;
