import type { ListParticipantsRequest } from '@aws-sdk/client-ivs-realtime';
import { resourceNotFound } from '../errors.ts';
import type { Operations, Valid } from '../model/operation.ts';
import { paginate, type Sorted } from '../persistent/paging.ts';
import type { IngestConfiguration, Participant, Participants, Stage, World } from '../world/world.ts';
import { credentialsOf, detach } from './ingest-configuration.ts';
import { leave } from './presence.ts';
import { requireStage } from './stage.ts';
import { activeSession, noParticipants } from './stage-session.ts';

interface SessionKey {
  stageArn: string;
  sessionId: string;
}

// The lists declare no ResourceNotFoundException: a session that is not there has no participants.
const participantsOf = (world: World, { stageArn, sessionId }: SessionKey) =>
  world.stages.get(stageArn)?.sessions.get(sessionId)?.participants;

/** At most one filter is set: validation refuses more. */
function filtered(participants: Participants, input: Valid<ListParticipantsRequest>): Sorted<Participant> {
  const { filterByUserId, filterByPublished, filterByState, filterByRecordingState } = input;
  if (filterByUserId !== undefined) return participants.with('userId', filterByUserId);
  if (filterByPublished !== undefined) return participants.with('published', filterByPublished);
  if (filterByState !== undefined) return participants.with('state', filterByState);
  if (filterByRecordingState !== undefined)
    return participants.with('recordingState', filterByRecordingState);
  return participants;
}

const isEncoderOf = (stage: Stage, participantId: string) => (configuration: IngestConfiguration) =>
  configuration.stageArn === stage.arn &&
  credentialsOf(configuration).some((credential) => credential.participantId === participantId);

export const participantOperations = {
  GetParticipant({ participantId, ...session }, world) {
    const participant = participantsOf(world, session)?.get(participantId);
    if (!participant) {
      throw resourceNotFound(`${session.stageArn} session ${session.sessionId} participant ${participantId}`);
    }
    return { participant };
  },

  ListParticipants(input, world) {
    const participants = filtered(participantsOf(world, input) ?? noParticipants(), input);
    const page = paginate(participants, input, {
      operation: 'ListParticipants',
      world,
      size: 50,
    });
    return { participants: page.items, nextToken: page.nextToken };
  },

  DisconnectParticipant({ stageArn, participantId }, world) {
    const stage = requireStage(world, stageArn);
    const isEncoder = isEncoderOf(stage, participantId);
    const configurations = [...world.ingestConfigurations.values()].filter(isEncoder);
    if (configurations.length === 0 && !stage.invited.has(participantId))
      throw resourceNotFound(`${stageArn} participant ${participantId}`);
    if (activeSession(stage)?.participants.get(participantId)?.state === 'CONNECTED')
      leave(world, stage, participantId);
    // An encoder comes back only when its configuration is given a stage again; a token is of no use any more, as the
    // reference said up to 2024: "revokes the participant permanently from a specified stage".
    if (configurations.length > 0) detach(world, isEncoder);
    else stage.banned.set(participantId, true);
    return {};
  },
} satisfies Partial<Operations>;
