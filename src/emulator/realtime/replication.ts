// Copies of publishers on other stages. A copy publishes while its original does and goes when it goes for good.
import type { Participant, Replica, Stage, World } from '../world/world.ts';
import { join, leave, publish, unpublish } from './attendance.ts';
import { note } from './participant-event.ts';
import { activeSession } from './stage-session.ts';

const activeReplicas = (
  world: World,
  member: 'participantId' | 'sourceStageArn' | 'destinationStageArn',
  value: string,
): Replica[] =>
  [...world.replicas.with(member, value).after()].filter(
    ({ replicationState }) => replicationState === 'ACTIVE',
  );

/** The copies that a participant of a stage has on others. */
export const replicasOf = (world: World, stageArn: string, participantId: string): Replica[] =>
  activeReplicas(world, 'participantId', participantId).filter(
    ({ sourceStageArn }) => sourceStageArn === stageArn,
  );

const originalOf = (world: World, { sourceStageArn, sourceSessionId = '', participantId }: Replica) =>
  world.stages.get(sourceStageArn)?.sessions.get(sourceSessionId)?.participants.get(participantId);

const copyOf = (world: World, { destinationStageArn, destinationSessionId = '', participantId }: Replica) =>
  world.stages.get(destinationStageArn)?.sessions.get(destinationSessionId)?.participants.get(participantId);

/** The copies of a participant with the stages they are on. */
function* copiesOf(world: World, { arn }: Stage, participantId: string): Generator<[Replica, Stage]> {
  for (const replica of replicasOf(world, arn, participantId)) {
    const destination = world.stages.get(replica.destinationStageArn);
    if (destination) yield [replica, destination];
  }
}

/** An original that is back in time continues to be replicated. */
export function followJoin(world: World, stage: Stage, participantId: string): void {
  for (const [replica] of copiesOf(world, stage, participantId)) {
    world.cancel(replica.awaiting);
    replica.sourceSessionId = stage.activeSessionId;
    Object.assign(copyOf(world, replica) ?? {}, { sourceSessionId: stage.activeSessionId });
    Object.assign(originalOf(world, replica) ?? {}, {
      replicationType: 'SOURCE',
      replicationState: 'ACTIVE',
    });
  }
}

export function followPublish(world: World, stage: Stage, participantId: string): void {
  if (!activeSession(stage)?.publishers.has(participantId)) return;
  for (const [, destination] of copiesOf(world, stage, participantId))
    publish(world, destination, participantId);
}

export function followUnpublish(world: World, stage: Stage, participantId: string): void {
  for (const [, destination] of copiesOf(world, stage, participantId))
    unpublish(world, destination, participantId);
}

/** A removed replica is no longer updated; an original that leaves is awaited for the requested time. */
export function followLeave(world: World, stage: Stage, participantId: string): void {
  const asCopy = activeReplicas(world, 'participantId', participantId).find(
    ({ destinationStageArn }) => destinationStageArn === stage.arn,
  );
  if (asCopy) stopReplication(world, asCopy);
  for (const [replica, destination] of copiesOf(world, stage, participantId)) {
    if (replica.reconnectWindowSeconds === 0) stopReplication(world, replica);
    else awaitOriginal(world, replica, destination);
  }
}

function awaitOriginal(world: World, replica: Replica, destination: Stage): void {
  unpublish(world, destination, replica.participantId);
  world.cancel(replica.awaiting);
  replica.awaiting = world.after(replica.reconnectWindowSeconds, stopByOrder, replica.order);
}

function stopByOrder(world: World, order: number): void {
  const replica = world.replicas.get(String(order));
  if (replica) stopReplication(world, replica);
}

/** Ends every replication from and to a stage that is about to go. */
export function stopReplications(world: World, { arn }: Stage): void {
  const from = activeReplicas(world, 'sourceStageArn', arn);
  const to = activeReplicas(world, 'destinationStageArn', arn);
  const replicas = [...from, ...to].sort((a, b) => a.order - b.order);
  for (const replica of replicas) stopReplication(world, replica);
}

export function stopReplication(world: World, replica: Replica): void {
  const { sourceStageArn, destinationStageArn, destinationSessionId, participantId } = replica;
  if (replica.replicationState === 'STOPPED') return;
  replica.replicationState = 'STOPPED';
  const destination = world.stages.get(destinationStageArn);
  const copy = copyOf(world, replica);
  if (copy) copy.replicationState = 'STOPPED';
  if (destination && copy?.state === 'CONNECTED') leave(world, destination, participantId);
  const original = originalOf(world, replica);
  if (!original) return;
  if (replicasOf(world, sourceStageArn, participantId).length === 0) original.replicationState = 'STOPPED';
  note(world, original, 'REPLICATION_STOPPED', { destinationStageArn, destinationSessionId });
}

interface Replication {
  /** Set over the original's own. */
  attributes?: Record<string, string> | undefined;
  reconnectWindowSeconds?: number | undefined;
}

/** Puts a copy of a publisher on another stage. */
export function startReplication(
  world: World,
  source: Stage,
  destination: Stage,
  original: Participant,
  { attributes, reconnectWindowSeconds = 0 }: Replication = {},
): void {
  const { participantId, ispName, osName, osVersion, browserName, browserVersion, sdkVersion } = original;
  const { userId, protocol, expirationTime } = original;
  const client = { ispName, osName, osVersion, browserName, browserVersion, sdkVersion, protocol };
  const origin = { sourceStageArn: source.arn, sourceSessionId: source.activeSessionId };
  const { sessionId: destinationSessionId } = join(
    world,
    destination,
    { participantId, expirationTime, capabilities: ['PUBLISH'], ...client },
    {
      ...origin,
      userId,
      attributes: { ...original.attributes, ...attributes },
      replicationType: 'REPLICA',
      replicationState: 'ACTIVE',
    },
  );
  const where = { destinationStageArn: destination.arn, destinationSessionId };
  const order = world.nextOrder();
  world.replicas.set(String(order), {
    ...origin,
    ...where,
    participantId,
    replicationState: 'ACTIVE',
    reconnectWindowSeconds,
    order,
  });
  Object.assign(original, { replicationType: 'SOURCE', replicationState: 'ACTIVE' });
  note(world, original, 'REPLICATION_STARTED', where);
  publish(world, destination, participantId);
}
