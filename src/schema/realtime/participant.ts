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
  wholePages: true,
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
    description:
      'One connection of somebody to one session of a stage. Key: `stageArn sessionId participantId`. Fields said to be filled by GetParticipant cost one call per participant of a list.',
    key: {
      stageArn: 'ARN of the stage.',
      sessionId: 'Id of the session.',
      participantId: 'Its id, unique in the session.',
    },
    summary: {
      userId: ['String', 'Your own name for this person, from the token.'],
      state: [ParticipantState, 'Whether they are on the stage now.'],
      firstJoinTime: ['DateTime', 'When they first joined this session.'],
      published: ['Boolean', 'Whether they have ever published in this session.'],
      recordingState: [ParticipantRecordingState, 'How its recording is doing.'],
      replicationType: [ParticipantReplicationType, 'Original, copy or neither.'],
      replicationState: [ParticipantReplicationState, 'Whether it is replicated now.'],
      sourceStageArn: ['ID', 'Of a copy: ARN of the stage of its original.'],
      sourceSessionId: ['ID', 'Of a copy: id of the session of its original.'],
      redundantIngest: ['Boolean', 'Whether it is one of two parallel ingests.'],
      ingestConfigurationArn: ['ID', 'ARN of the ingest configuration through which it publishes, if any.'],
    },
    detail: {
      attributes: [[KeyValue], 'Your own data about this person, from the token.'],
      ispName: ['String', 'Name of the internet provider.'],
      osName: ['String', 'Name of the operating system.'],
      osVersion: ['String', 'Version of the operating system.'],
      browserName: ['String', 'Name of the browser.'],
      browserVersion: ['String', 'Version of the browser.'],
      sdkVersion: ['String', 'Version of the IVS SDK that the client uses.'],
      recordingS3BucketName: ['String', 'S3 bucket of its recording; null when it is not recorded.'],
      recordingS3Prefix: ['String', 'Where in the bucket its recording is; null when it is not recorded.'],
      protocol: [ParticipantProtocol, 'How it publishes.'],
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
      'Of a copy: the stage of its original.',
    ),
    sourceSession: reference(
      t,
      stageSessions,
      'Of a copy: the session of its original.',
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
  description: 'One participant of this session by its id.',
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
  description: 'Who is or was in this session.',
  ...ofSession,
});

// Queries

defineKeyQuery(participants, {
  description: 'One participant of a session.',
  args: { ...stageSessionArgs, ...participantIdArg },
});
defineListQuery('participants', participantList, {
  description: 'Who is or was in a session.',
  args: { ...stageSessionArgs, ...filterArg(ParticipantFilter) },
  selectorOf: ({ filter, ...session }) => ({ ...session, ...filtersOf(filter) }),
});
