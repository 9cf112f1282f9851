import type { ListParticipantsRequest } from '@aws-sdk/client-ivs-realtime';
import { resourceNotFound } from '../errors.ts';
import type { Operations, Valid } from '../operation.ts';
import { paginate } from '../paging.ts';
import type { Participant, World } from '../world.ts';
import { detach } from './ingest-configuration.ts';
import { leave } from './presence.ts';
import { requireStage } from './stage.ts';
import { activeSession } from './stage-session.ts';

interface SessionKey {
  stageArn: string;
  sessionId: string;
}

// The lists declare no ResourceNotFoundException: a session that is not there has no participants.
const participantsOf = (world: World, { stageArn, sessionId }: SessionKey) =>
  world.stages.get(stageArn)?.sessions.get(sessionId)?.participants;

/** At most one filter is set: validation refuses more. */
function passes(participant: Participant, input: Valid<ListParticipantsRequest>): boolean {
  if (input.filterByUserId !== undefined) return participant.userId === input.filterByUserId;
  if (input.filterByPublished !== undefined) return participant.published === input.filterByPublished;
  if (input.filterByState !== undefined) return participant.state === input.filterByState;
  if (input.filterByRecordingState !== undefined)
    return participant.recordingState === input.filterByRecordingState;
  return true;
}

export const participantOperations = {
  GetParticipant({ participantId, ...session }, world) {
    const participant = participantsOf(world, session)?.get(participantId);
    if (!participant) {
      throw resourceNotFound(`${session.stageArn} session ${session.sessionId} participant ${participantId}`);
    }
    return { participant };
  },

  ListParticipants(input, world) {
    const participants = [...(participantsOf(world, input)?.values() ?? [])].filter((one) =>
      passes(one, input),
    );
    const page = paginate(participants, input, { operation: 'ListParticipants', world, size: 50 });
    return { participants: page.items, nextToken: page.nextToken };
  },

  DisconnectParticipant({ stageArn, participantId }, world) {
    const stage = requireStage(world, stageArn);
    const known = [...stage.sessions.values()].some(({ participants }) => participants.has(participantId));
    if (!known) throw resourceNotFound(`${stageArn} participant ${participantId}`);
    const participant = activeSession(stage)?.participants.get(participantId);
    if (participant?.state !== 'CONNECTED') return {};
    leave(world, stage, participantId);
    detach(world, ({ arn }) => arn === participant.ingestConfigurationArn);
    return {};
  },
} satisfies Partial<Operations>;
