import type {
  Participant as AwsParticipant,
  ListParticipantsRequest,
  ParticipantSummary,
} from '@aws-sdk/client-ivs-realtime';
import { targetOf } from '../../upstream/arn.ts';
import { ivsRealtime } from '../../upstream/aws-sdk.ts';
import { ValidationError } from '../../upstream/errors.ts';
import { quote } from '../../upstream/quote.ts';
import { builder } from '../language/builder.ts';
import { filtersOf, KeyValue } from '../language/input.ts';
import { s3Uri } from '../language/s3-uri.ts';
import { loadEach } from '../loading/calls.ts';
import { defineEntity } from '../loading/entity.ts';
import { defineList } from '../loading/list.ts';
import { defineNode } from '../patterns/node.ts';
import { defineKeyQuery, defineListQuery, filterArg } from '../patterns/queries.ts';
import { defineChild, defineChildren, reference, summaryReference } from '../patterns/relations.ts';
import { ParticipantFilter } from './participant-filter.ts';
import {
  ParticipantProtocol,
  ParticipantRecordingState,
  ParticipantReplicationState,
  ParticipantReplicationType,
  ParticipantState,
} from './participant-states.ts';
import { stages } from './stage.ts';
import { StageSession, type StageSessionKey, stageSessionArgs, stageSessions } from './stage-session.ts';

const { GetParticipantCommand, ListParticipantsCommand } = ivsRealtime;

// How it is loaded

export interface ParticipantKey extends StageSessionKey {
  participantId: string;
}

const PARTICIPANT_ID = /^[a-zA-Z0-9_-]{1,64}$/;

export function checkParticipantId(participantId: string): void {
  const problem = problemOfParticipantId(participantId);
  if (problem) throw ValidationError.of({ value: participantId }, problem);
}

/** What is wrong with an id, if anything. */
export const problemOfParticipantId = (participantId: string): string | undefined =>
  PARTICIPANT_ID.test(participantId)
    ? undefined
    : `Expected the id of a participant (1 to 64 of letters, digits, - and _), got: ${quote(participantId)}`;

export const participants = defineEntity<ParticipantKey, ParticipantSummary, AwsParticipant>({
  name: 'Participant',
  key: ['stageArn', 'sessionId', 'participantId'],
  check: (key) => {
    stageSessions.check(key);
    checkParticipantId(key.participantId);
  },
  filledBy: 'GetParticipant',
  load: loadEach(async ({ stageArn, sessionId, participantId }, context) => {
    const command = new GetParticipantCommand({ stageArn, sessionId, participantId });
    const { participant } = await context.send(targetOf(stageArn), command);
    return participant;
  }),
});

/** `participantsCount` reads the same pages. */
export const participantList = defineList(participants, {
  description: 'A list of participants of a session.',
  commandOf: (request: ListParticipantsRequest) => new ListParticipantsCommand(request),
  itemsOf: (output) => output.participants,
  check: stageSessions.check,
  lookup: ({ stageArn, sessionId }) => ({ stageArn, sessionId }),
  revalidates: true,
});

// What it is

export const Participant = defineNode(
  participants,
  {
    description: 'One participant of one session of a stage. Key: `stageArn sessionId participantId`.',
    key: {
      stageArn: 'ARN of the stage.',
      sessionId: 'Id of the session.',
      participantId: 'Id, unique within the session.',
    },
    summary: {
      userId: ['String', 'Application id of the participant, from the token.'],
      state: [ParticipantState, 'Connection state.'],
      firstJoinTime: ['DateTime', 'Time of the first join of this session.'],
      published: [
        'Boolean',
        'Whether the participant has published at any time in this session. It stays true after publishing stops.',
      ],
      recordingState: [ParticipantRecordingState, 'State of the recording.'],
      replicationType: [ParticipantReplicationType, 'Role in a replication: source, replica or none.'],
      replicationState: [ParticipantReplicationState, 'State of its replication.'],
      sourceStageArn: ['ID', 'ARN of the source’s stage. Null unless it is a replica.'],
      sourceSessionId: ['ID', 'Id of the source’s session. Null unless it is a replica.'],
      redundantIngest: ['Boolean', 'Whether it is one of two parallel ingests.'],
      ingestConfigurationArn: [
        'ID',
        'ARN of the ingest configuration with which it publishes. Null when it uses none.',
      ],
    },
    detail: {
      attributes: [[KeyValue], 'Application data about the participant, from the token.'],
      ispName: ['String', 'Internet service provider.'],
      osName: ['String', 'Operating system name.'],
      osVersion: ['String', 'Operating system version.'],
      browserName: ['String', 'Browser name.'],
      browserVersion: ['String', 'Browser version.'],
      sdkVersion: ['String', 'Version of the client’s IVS SDK.'],
      recordingS3BucketName: ['String', 'S3 bucket of the recording. Null when it is not recorded.'],
      recordingS3Prefix: ['String', 'S3 prefix of the recording. Null when it is not recorded.'],
      protocol: [ParticipantProtocol, 'Publishing protocol.'],
    },
  },
  (t) => ({
    recordingS3Uri: t.string(
      participants.computed(
        'detail',
        'S3 URI of the recording, as `s3://bucket/prefix`. Null when the participant is not recorded.',
        ({ recordingS3BucketName, recordingS3Prefix }) => s3Uri(recordingS3BucketName, recordingS3Prefix),
      ),
    ),
    stage: reference(t, stages, 'The stage.', ({ stageArn: arn }) => ({ arn }), { toParent: true }),
    session: reference(t, stageSessions, 'The session.', (key) => key, { toParent: true }),
    sourceStage: summaryReference(
      t,
      participants,
      'sourceStageArn',
      stages,
      'Stage of the source. Null unless it is a replica.',
    ),
    sourceSession: reference(
      t,
      stageSessions,
      'Session of the source. Null unless it is a replica.',
      async (participant, context) => {
        const facts = await participants.factsOf(participant, 'summary', context);
        return { stageArn: facts?.sourceStageArn, sessionId: facts?.sourceSessionId };
      },
      { level: 'summary' },
    ),
  }),
);

// Fields of its session

const participantIdArg = builder.args((t) => ({
  participantId: t.id({ required: true, description: 'Id of the participant.' }),
}));

defineChild(StageSession, 'participant', participants, {
  description: 'One participant of the session, by its id.',
  args: participantIdArg,
  keyOf: (session, { participantId }) => ({ ...session, participantId }),
});

/** Options of fields of a session that read the list of its participants. */
export const ofSession = {
  args: filterArg(ParticipantFilter),
  selectorOf: (
    { stageArn, sessionId }: StageSessionKey,
    { filter }: { filter?: typeof ParticipantFilter.$inferInput | null | undefined },
  ) => ({ stageArn, sessionId, ...filtersOf(filter) }),
};

defineChildren(StageSession, 'participants', participantList, {
  description: 'Participants of the session, including those that have left.',
  ...ofSession,
});

// Queries

defineKeyQuery(participants, {
  description: 'One participant of a session.',
  args: { ...stageSessionArgs, ...participantIdArg },
});
defineListQuery('participants', participantList, {
  description: 'Participants of a session, including those that have left.',
  args: { ...stageSessionArgs, ...filterArg(ParticipantFilter) },
  selectorOf: ({ filter, ...session }) => ({ ...session, ...filtersOf(filter) }),
});
