import {
  type Participant as AwsParticipant,
  GetParticipantCommand,
  ListParticipantsCommand,
  type ParticipantSummary,
} from '@aws-sdk/client-ivs-realtime';
import type { Context } from '../../context.ts';
import { targetOf } from '../../upstream/arn.ts';
import { ValidationError } from '../../upstream/errors.ts';
import { quote } from '../../upstream/quote.ts';
import { builder } from '../language/builder.ts';
import { costs, type List, listed } from '../language/costs.ts';
import { KeyValue, toEntries } from '../language/input.ts';
import { loadEach } from '../loading/calls.ts';
import {
  type ConnectionArgs,
  connectionArgs,
  connectionOf,
  listConnection,
  type PageRequest,
} from '../loading/connection.ts';
import { defineEntity, type Source } from '../loading/entity.ts';
import { federate } from '../patterns/federation.ts';
import { type AwsFilters, type Filter, filtersOf, ParticipantFilter } from './participant-filter.ts';
import {
  ParticipantProtocol,
  ParticipantRecordingState,
  ParticipantState,
  ReplicationState,
  ReplicationType,
} from './participant-states.ts';
import { Stage, stages } from './stage.ts';
import { StageSession, type StageSessionKey, stageSessionArgs, stageSessions } from './stage-session.ts';

// How it is loaded

export interface ParticipantKey extends StageSessionKey {
  participantId: string;
}
type ParticipantSource = Source<ParticipantKey, ParticipantSummary, AwsParticipant>;

const PARTICIPANT_ID = /^[a-zA-Z0-9_-]{1,64}$/;

export function checkParticipantId(participantId: string): void {
  if (!PARTICIPANT_ID.test(participantId)) {
    throw new ValidationError(
      `Expected the id of a participant (1 to 64 of letters, digits, - and _), got: ${quote(participantId)}`,
    );
  }
}

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

async function fetchPage(
  { stageArn, sessionId }: StageSessionKey,
  page: PageRequest & AwsFilters,
  context: Context,
) {
  const command = new ListParticipantsCommand({ stageArn, sessionId, ...page });
  const { participants: items, nextToken } = await context.send(targetOf(stageArn), command);
  return { items, nextToken };
}

const list: List = { operation: 'ListParticipants', pageMax: 100 };

participants.listedBy({
  list,
  listOf: ({ stageArn, sessionId }) => `${stageArn} ${sessionId}`,
  fetchPage,
  keyOf: ({ participantId }, { stageArn, sessionId }) => ({ stageArn, sessionId, participantId }),
  revalidates: true,
});

async function listParticipants(
  session: StageSessionKey,
  { filter, ...args }: ConnectionArgs & { filter?: Filter | null | undefined },
  context: Context,
) {
  stageSessions.check(session);
  const { stageArn, sessionId } = session;
  const filters = filtersOf(filter);
  return listConnection({
    args,
    context,
    list,
    scope: [stageArn, sessionId, filters],
    fetchPage: (page) => fetchPage(session, { ...filters, ...page }, context),
    ...participants.listed(({ participantId }) => ({ stageArn, sessionId, participantId }), context),
  });
}

// What it is

const { summary, detail } = participants;

export const Participant = builder.node(builder.objectRef<ParticipantSource>('Participant'), {
  ...participants.node,
  description:
    'One connection of somebody to one session of a stage. Key: `stageArn sessionId participantId`. Fields said to be filled by GetParticipant cost one call per participant of a list.',
  fields: (t) => ({
    stageArn: t.exposeID('stageArn', { nullable: false, description: 'ARN of the stage.' }),
    stage: t.field({
      type: Stage,
      description: 'The stage.',
      ...costs({ toParent: true }),
      resolve: ({ stageArn }, _args, context, info) => stages.resolveRef({ arn: stageArn }, context, info),
    }),
    sessionId: t.exposeID('sessionId', { nullable: false, description: 'Id of the session.' }),
    session: t.field({
      type: StageSession,
      description: 'The session.',
      ...costs({ toParent: true }),
      resolve: (key, _args, context, info) => stageSessions.resolveRef(key, context, info),
    }),
    participantId: t.exposeID('participantId', {
      nullable: false,
      description: 'Its id, unique in the session.',
    }),
    userId: t.string(summary('userId', 'Your own name for this person, from the token.')),
    state: t.field({ type: ParticipantState, ...summary('state', 'Whether they are on the stage now.') }),
    firstJoinTime: t.field({
      type: 'DateTime',
      ...summary('firstJoinTime', 'When they first joined this session.'),
    }),
    published: t.boolean(summary('published', 'Whether they have ever published in this session.')),
    recordingState: t.field({
      type: ParticipantRecordingState,
      ...summary('recordingState', 'How its recording is doing.'),
    }),
    replicationType: t.field({
      type: ReplicationType,
      ...summary('replicationType', 'Original, copy or neither.'),
    }),
    replicationState: t.field({
      type: ReplicationState,
      ...summary('replicationState', 'Whether it is replicated now.'),
    }),
    sourceStageArn: t.id(summary('sourceStageArn', 'Of a copy: ARN of the stage of its original.')),
    sourceStage: t.field({
      type: Stage,
      ...summary('sourceStageArn', 'Of a copy: the stage of its original.', (arn, context, info) =>
        stages.resolveRef({ arn }, context, info),
      ),
    }),
    sourceSessionId: t.id(summary('sourceSessionId', 'Of a copy: id of the session of its original.')),
    sourceSession: t.field({
      type: StageSession,
      description: 'Of a copy: the session of its original.',
      ...costs({ level: 'summary' }),
      resolve: async (participant, _args, context, info) => {
        const facts = await participants.factsOf(participant, 'summary', context);
        const key = { stageArn: facts?.sourceStageArn, sessionId: facts?.sourceSessionId };
        return stageSessions.resolveRef(key, context, info);
      },
    }),
    redundantIngest: t.boolean(summary('redundantIngest', 'Whether it is one of two parallel ingests.')),
    ingestConfigurationArn: t.id(
      summary(
        'ingestConfigurationArn',
        'ARN of the ingest configuration through which it publishes, if any.',
      ),
    ),
    attributes: t.field({
      type: [KeyValue],
      ...detail('attributes', 'Your own data about this person, from the token.', toEntries),
    }),
    ispName: t.string(detail('ispName', 'Name of the internet provider.')),
    osName: t.string(detail('osName', 'Name of the operating system.')),
    osVersion: t.string(detail('osVersion', 'Version of the operating system.')),
    browserName: t.string(detail('browserName', 'Name of the browser.')),
    browserVersion: t.string(detail('browserVersion', 'Version of the browser.')),
    sdkVersion: t.string(detail('sdkVersion', 'Version of the IVS SDK that the client uses.')),
    recordingS3BucketName: t.string(
      detail('recordingS3BucketName', 'S3 bucket of its recording; null when it is not recorded.'),
    ),
    recordingS3Prefix: t.string(
      detail('recordingS3Prefix', 'Where in the bucket its recording is; null when it is not recorded.'),
    ),
    protocol: t.field({ type: ParticipantProtocol, ...detail('protocol', 'How it publishes.') }),
  }),
});

// Where it hangs on its session

const ParticipantConnection = connectionOf(
  Participant,
  'Participant',
  'A list of participants of a session.',
);
const listArgs = builder.args((t) => ({
  ...connectionArgs,
  filter: t.field({
    type: ParticipantFilter,
    description: 'Only some of them; AWS takes one condition at a time.',
  }),
}));
const participantIdArg = builder.args((t) => ({
  participantId: t.id({ required: true, description: 'Id of the participant.' }),
}));

builder.objectFields(StageSession, (t) => ({
  participant: t.field({
    type: Participant,
    description: 'One participant of this session by its id.',
    ...costs({ checksExistence: true }),
    args: participantIdArg,
    resolve: (session, { participantId }, context, info) =>
      participants.load({ ...session, participantId }, context, info),
  }),
  participants: t.field({
    type: ParticipantConnection,
    ...listed(list, 'Who is or was in this session.'),
    args: listArgs,
    resolve: (session, args, context) => listParticipants(session, args, context),
  }),
}));

// Queries

builder.queryFields((t) => ({
  participant: t.field({
    type: Participant,
    description: 'One participant of a session.',
    ...costs({ checksExistence: true }),
    args: { ...stageSessionArgs, ...participantIdArg },
    resolve: (_root, key, context, info) => participants.load(key, context, info),
  }),
  participants: t.field({
    type: ParticipantConnection,
    ...listed(list, 'Who is or was in a session.'),
    args: { ...stageSessionArgs, ...listArgs },
    resolve: (_root, { stageArn, sessionId, ...args }, context) =>
      listParticipants({ stageArn, sessionId }, args, context),
  }),
}));

// Federation

federate(Participant, participants);
