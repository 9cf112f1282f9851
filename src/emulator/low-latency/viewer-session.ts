import { resourceNotFound, validationFailed } from '../errors.ts';
import type { Operations } from '../operation.ts';
import type { World } from '../world.ts';

interface ViewerSession {
  channelArn: string;
  viewerId: string;
  viewerSessionVersionsLessThanOrEqualTo?: number | undefined;
}

/** Revokes, or returns the reason why not. A viewer who never watched can be revoked, too. */
function revoke(world: World, session: ViewerSession): 'unknown channel' | 'not private' | undefined {
  const { channelArn, viewerId, viewerSessionVersionsLessThanOrEqualTo: version = 0 } = session;
  const channel = world.channels.get(channelArn);
  if (!channel) return 'unknown channel';
  // Playback tokens, whose sessions these are, exist for private channels only
  if (!channel.authorized) return 'not private';
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
    if (problem === 'unknown channel') throw resourceNotFound(input.channelArn);
    if (problem) throw validationFailed(`channelArn: ${input.channelArn} is not private`);
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
} satisfies Partial<Operations>;
