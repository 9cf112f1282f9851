import { join, leave, publish, unpublish } from './attendance.js';
import { note } from './participant-event.js';
import { activeSession } from './stage-session.js';
const activeReplicas = (world) => world.replicas.filter(({ replicationState }) => replicationState === 'ACTIVE');
/** The copies that a participant of a stage has on others. */
export const replicasOf = (world, stageArn, participantId) => activeReplicas(world).filter((replica) => replica.sourceStageArn === stageArn && replica.participantId === participantId);
const originalOf = (world, { sourceStageArn, sourceSessionId = '', participantId }) => world.stages.get(sourceStageArn)?.sessions.get(sourceSessionId)?.participants.get(participantId);
const copyOf = (world, { destinationStageArn, destinationSessionId = '', participantId }) => world.stages.get(destinationStageArn)?.sessions.get(destinationSessionId)?.participants.get(participantId);
/** The copies of a participant with the stages they are on. */
function* copiesOf(world, { arn }, participantId) {
    for (const replica of replicasOf(world, arn, participantId)) {
        const destination = world.stages.get(replica.destinationStageArn);
        if (destination)
            yield [replica, destination];
    }
}
/** An original that is back in time goes on being copied. */
export function followJoin(world, stage, participantId) {
    for (const [replica] of copiesOf(world, stage, participantId)) {
        replica.awaitedSince = undefined;
        replica.sourceSessionId = stage.activeSessionId;
        Object.assign(copyOf(world, replica) ?? {}, { sourceSessionId: stage.activeSessionId });
        Object.assign(originalOf(world, replica) ?? {}, {
            replicationType: 'SOURCE',
            replicationState: 'ACTIVE',
        });
    }
}
export function followPublish(world, stage, participantId) {
    if (!activeSession(stage)?.participants.get(participantId)?.publishing)
        return;
    for (const [, destination] of copiesOf(world, stage, participantId))
        publish(world, destination, participantId);
}
export function followUnpublish(world, stage, participantId) {
    for (const [, destination] of copiesOf(world, stage, participantId))
        unpublish(world, destination, participantId);
}
/** A copy that is taken away is no longer copied; an original that leaves is awaited as long as was asked for. */
export function followLeave(world, stage, participantId) {
    const asCopy = activeReplicas(world).find((replica) => replica.destinationStageArn === stage.arn && replica.participantId === participantId);
    if (asCopy)
        stopReplication(world, asCopy);
    for (const [replica, destination] of copiesOf(world, stage, participantId)) {
        if (replica.reconnectWindowSeconds === 0)
            stopReplication(world, replica);
        else
            awaitOriginal(world, replica, destination);
    }
}
function awaitOriginal(world, replica, destination) {
    unpublish(world, destination, replica.participantId);
    const since = world.now();
    replica.awaitedSince = since;
    world.after(replica.reconnectWindowSeconds, () => {
        if (replica.awaitedSince === since)
            stopReplication(world, replica);
    });
}
/** Ends every replication from and to a stage that is about to go. */
export function stopReplications(world, { arn }) {
    for (const replica of activeReplicas(world)) {
        if (replica.sourceStageArn === arn || replica.destinationStageArn === arn)
            stopReplication(world, replica);
    }
}
export function stopReplication(world, replica) {
    const { sourceStageArn, destinationStageArn, destinationSessionId, participantId } = replica;
    if (replica.replicationState === 'STOPPED')
        return;
    replica.replicationState = 'STOPPED';
    const destination = world.stages.get(destinationStageArn);
    const copy = copyOf(world, replica);
    if (copy)
        copy.replicationState = 'STOPPED';
    if (destination && copy?.state === 'CONNECTED')
        leave(world, destination, participantId);
    const original = originalOf(world, replica);
    if (!original)
        return;
    if (replicasOf(world, sourceStageArn, participantId).length === 0)
        original.replicationState = 'STOPPED';
    note(world, original, 'REPLICATION_STOPPED', { destinationStageArn, destinationSessionId });
}
/** Puts a copy of a publisher on another stage. */
export function startReplication(world, source, destination, original, { attributes, reconnectWindowSeconds = 0 } = {}) {
    const { participantId, ispName, osName, osVersion, browserName, browserVersion, sdkVersion } = original;
    const { userId, protocol, expirationTime } = original;
    const client = { ispName, osName, osVersion, browserName, browserVersion, sdkVersion, protocol };
    const origin = { sourceStageArn: source.arn, sourceSessionId: source.activeSessionId };
    const { sessionId: destinationSessionId } = join(world, destination, { participantId, expirationTime, capabilities: ['PUBLISH'], ...client }, {
        ...origin,
        userId,
        attributes: { ...original.attributes, ...attributes },
        replicationType: 'REPLICA',
        replicationState: 'ACTIVE',
    });
    const where = { destinationStageArn: destination.arn, destinationSessionId };
    world.replicas.push({
        ...origin,
        ...where,
        participantId,
        replicationState: 'ACTIVE',
        reconnectWindowSeconds,
        order: world.nextOrder(),
    });
    Object.assign(original, { replicationType: 'SOURCE', replicationState: 'ACTIVE' });
    note(world, original, 'REPLICATION_STARTED', where);
    publish(world, destination, participantId);
}
