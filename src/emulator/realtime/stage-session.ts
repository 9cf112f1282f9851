import { resourceNotFound } from '../errors.ts';
import type { Operations } from '../operation.ts';
import { paginate } from '../paging.ts';

export const stageSessionOperations = {
  GetStageSession({ stageArn, sessionId }, world) {
    const stageSession = world.stages.get(stageArn)?.sessions.get(sessionId);
    if (!stageSession) throw resourceNotFound(`${stageArn} session ${sessionId}`);
    return { stageSession };
  },

  // Declares no ResourceNotFoundException: a stage that is not there has no sessions.
  ListStageSessions(input, world) {
    const sessions = [...(world.stages.get(input.stageArn)?.sessions.values() ?? [])];
    const page = paginate(sessions, input, {
      operation: 'ListStageSessions',
      world,
      size: 50,
      newestFirst: true,
    });
    return { stageSessions: page.items, nextToken: page.nextToken };
  },
} satisfies Partial<Operations>;
