import { conflict, quotaExceeded, resourceNotFound, validationFailed } from '../errors.ts';
import type { Operations } from '../model/operation.ts';
import { paginate, where } from '../persistent/paging.ts';
import type { Participant, Stage, World } from '../world/world.ts';
import { checkAttributes } from './participant-token.ts';
import { replicasOf, startReplication, stopReplication } from './replication.ts';
import { requireStage } from './stage.ts';
import { activeSession } from './stage-session.ts';
import { isPublishing } from './subscription.ts';

const REPLICAS_PER_PARTICIPANT = 5; // https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/service-quotas.html

function checkReplication(world: World, destination: Stage, original: Participant, sourceStageArn: string) {
  const { participantId } = original;
  const replicas = replicasOf(world, sourceStageArn, participantId);
  if (original.replicationType === 'REPLICA')
    throw validationFailed(`participantId: ${participantId} is itself a replica`);
  if (!isPublishing(original)) throw conflict(`${participantId} is not publishing`);
  if (replicas.some(({ destinationStageArn }) => destinationStageArn === destination.arn))
    throw conflict(`${participantId} is replicated to ${destination.arn} already`);
  if (activeSession(destination)?.participants.get(participantId)?.state === 'CONNECTED')
    throw conflict(`${participantId} is on ${destination.arn} already`);
  if (replicas.length >= REPLICAS_PER_PARTICIPANT)
    throw quotaExceeded(`A participant may have at most ${REPLICAS_PER_PARTICIPANT} replicas`);
}

export const participantReplicaOperations = {
  StartParticipantReplication({ sourceStageArn, destinationStageArn, participantId, ...how }, world) {
    if (sourceStageArn === destinationStageArn)
      throw validationFailed('destinationStageArn: must be another stage than sourceStageArn');
    checkAttributes(how.attributes);
    const source = requireStage(world, sourceStageArn);
    const destination = requireStage(world, destinationStageArn);
    const original = activeSession(source)?.participants.get(participantId);
    if (original?.state !== 'CONNECTED')
      throw resourceNotFound(`${sourceStageArn} participant ${participantId}`);
    checkReplication(world, destination, original, sourceStageArn);
    startReplication(world, source, destination, original, how);
    return {};
  },

  StopParticipantReplication({ sourceStageArn, destinationStageArn, participantId }, world) {
    const replica = replicasOf(world, sourceStageArn, participantId).find(
      (one) => one.destinationStageArn === destinationStageArn,
    );
    if (!replica)
      throw resourceNotFound(`${destinationStageArn} replica of ${sourceStageArn} ${participantId}`);
    stopReplication(world, replica);
    return {};
  },

  // Declares no ResourceNotFoundException: who is not there has no replicas.
  ListParticipantReplicas(input, world) {
    const replicas = where(
      world.replicas.with('participantId', input.participantId),
      ({ sourceStageArn }) => sourceStageArn === input.sourceStageArn,
    );
    const page = paginate(replicas, input, { operation: 'ListParticipantReplicas', world, size: 50 });
    return { replicas: page.items, nextToken: page.nextToken };
  },
} satisfies Partial<Operations>;
