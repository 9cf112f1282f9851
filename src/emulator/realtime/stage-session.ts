// A session begins with the first to join a stage and ends with the last to leave.
import { valuesOf } from '../append-only.ts';
import { resourceNotFound } from '../errors.ts';
import { newStageSessionId } from '../identifiers.ts';
import type { Operations } from '../operation.ts';
import { paginateSorted } from '../paging.ts';
import type { Participant, Stage, StageSession, World } from '../world.ts';

/**
 * What an idle stage has as the id of its session: CloudFormation's default, and what deployed software filters for.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ivs-stage.html
 */
export const NO_SESSION = '';

/** The active session. */
export function activeSession(stage: Stage): StageSession | undefined {
  return stage.sessions.get(stage.activeSessionId);
}

/** In the order in which they joined. */
export function publishers(stage: Stage): Participant[] {
  const { publishers: ids = new Set(), connected = [], participants } = activeSession(stage) ?? {};
  return [...(ids.size > 0 ? connected : [])]
    .filter((id) => ids.has(id))
    .flatMap((id) => participants?.get(id) ?? []);
}

/** Whether the stage has a publisher. */
export const hasPublishers = (stage: Stage): boolean => (activeSession(stage)?.publishers.size ?? 0) > 0;

export function beginSession(world: World, stage: Stage, sessionId = newStageSessionId(world)): StageSession {
  const session: StageSession = {
    sessionId,
    startTime: world.now(),
    order: world.nextOrder(),
    participants: new Map(),
    connected: new Set(),
    publishers: new Set(),
  };
  stage.sessions.set(sessionId, session);
  stage.activeSessionId = sessionId;
  return session;
}

export function endSession(world: World, stage: Stage): void {
  const session = activeSession(stage);
  if (session) session.endTime = world.now();
  stage.activeSessionId = NO_SESSION;
}

export const stageSessionOperations = {
  GetStageSession({ stageArn, sessionId }, world) {
    const stageSession = world.stages.get(stageArn)?.sessions.get(sessionId);
    if (!stageSession) throw resourceNotFound(`${stageArn} session ${sessionId}`);
    return { stageSession };
  },

  // Declares no ResourceNotFoundException: a stage that is not there has no sessions.
  ListStageSessions(input, world) {
    const sessions = valuesOf(world.stages.get(input.stageArn)?.sessions ?? new Map());
    const page = paginateSorted(sessions, input, {
      operation: 'ListStageSessions',
      world,
      size: 50,
      newestFirst: true,
    });
    return { stageSessions: page.items, nextToken: page.nextToken };
  },
} satisfies Partial<Operations>;
