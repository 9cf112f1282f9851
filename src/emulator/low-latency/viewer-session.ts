import { resourceNotFound } from '../errors.ts';
import type { Operations } from '../model/operation.ts';
import type { World } from '../world/world.ts';

interface ViewerSession {
  channelArn: string;
  viewerId: string;
  viewerSessionVersionsLessThanOrEqualTo?: number | undefined;
}

/**
 * Whether it is revoked. A viewer who never watched can be revoked, too, and the channel need not be private:
 * tests that run on AWS do both.
 * https://github.com/alchemy-run/alchemy/blob/main/packages/alchemy/test/AWS/IVS/Bindings.test.ts
 */
function revoke(world: World, session: ViewerSession): boolean {
  const { channelArn, viewerId, viewerSessionVersionsLessThanOrEqualTo: version = 0 } = session;
  const channel = world.channels.get(channelArn);
  const known = channel?.revocations.get(viewerId);
  if (known) known.version = Math.max(version, known.version);
  else channel?.revocations.set(viewerId, { viewerId, version, order: world.nextOrder() });
  return channel !== undefined;
}

export const viewerSessionOperations = {
  StartViewerSessionRevocation(input, world) {
    if (!revoke(world, input)) throw resourceNotFound(input.channelArn);
    return {};
  },

  BatchStartViewerSessionRevocation({ viewerSessions }, world) {
    const errors = viewerSessions
      .filter((session) => !revoke(world, session))
      .map(({ channelArn, viewerId }) => ({
        channelArn,
        viewerId,
        code: '404',
        message: 'channel not found',
      }));
    return { errors };
  },
} satisfies Partial<Operations>;
