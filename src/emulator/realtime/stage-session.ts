// A session begins with the first to join a stage and ends with the last to leave.

import { resourceNotFound } from '../errors.ts';
import { newStageSessionId } from '../model/identifiers.ts';
import type { Operations } from '../model/operation.ts';
import { IndexedTable } from '../persistent/indexed-table.ts';
import { paginate } from '../persistent/paging.ts';
import { SortedMap } from '../persistent/sorted-map.ts';
import { Table } from '../persistent/table.ts';
import type { Participant, Participants, Stage, StageSession, World } from '../world/world.ts';

/**
 * What an idle stage has as the id of its session: CloudFormation's default, and what deployed software filters for.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ivs-stage.html
 */
export const NO_SESSION = '';

/** The active session. */
export function activeSession(stage: Stage): StageSession | undefined {
  return stage.sessions.get(stage.activeSessionId);
}

/** In the order in which they first joined. */
export function publishers(stage: Stage): Participant[] {
  const { publishers: ids = [], participants } = activeSession(stage) ?? {};
  return [...ids].flatMap((id) => participants?.get(id) ?? []).sort((one, other) => one.order - other.order);
}

/** How many participants are connected. */
export const connectedTo = ({ participants }: StageSession): number =>
  participants.count('state', 'CONNECTED');

/** Whether the stage has a publisher. */
export const hasPublishers = (stage: Stage): boolean => (activeSession(stage)?.publishers.size ?? 0) > 0;

export const noParticipants = (): Participants =>
  new IndexedTable(['userId', 'published', 'state', 'recordingState']);

export function beginSession(world: World, stage: Stage, sessionId = newStageSessionId(world)): StageSession {
  const session: StageSession = {
    sessionId,
    startTime: world.now(),
    order: world.nextOrder(),
    participants: noParticipants(),
    publishers: new Set(),
    publications: new SortedMap(),
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
    const sessions = world.stages.get(input.stageArn)?.sessions ?? new Table<StageSession>();
    const page = paginate(sessions, input, {
      operation: 'ListStageSessions',
      world,
      size: 50,
      newestFirst: true,
    });
    return { stageSessions: page.items, nextToken: page.nextToken };
  },
} satisfies Partial<Operations>;
