import {
  type StageSession as AwsStageSession,
  GetStageSessionCommand,
  ListStageSessionsCommand,
  type StageSessionSummary,
} from '@aws-sdk/client-ivs-realtime';
import type { Context } from '../../context.ts';
import { checkArn, targetOf } from '../../upstream/arn.ts';
import { ValidationError } from '../../upstream/errors.ts';
import { quote } from '../../upstream/quote.ts';
import { builder } from '../language/builder.ts';
import { costs, type List, listed } from '../language/costs.ts';
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
import { Stage, stages } from './stage.ts';

// How it is loaded

export interface StageSessionKey {
  stageArn: string;
  sessionId: string;
}

/** Exactly 16 characters: the ids of stream sessions begin the same way and have 26. */
const SESSION_ID = /^st-[a-zA-Z0-9]{13}$/;

export const stageSessions = defineEntity<StageSessionKey, StageSessionSummary, AwsStageSession>({
  name: 'StageSession',
  key: ['stageArn', 'sessionId'],
  check: ({ stageArn, sessionId }) => {
    checkArn('stage', stageArn);
    if (!SESSION_ID.test(sessionId)) {
      throw new ValidationError(
        `Expected the id of a stage session (st- and 13 letters or digits), got: ${quote(sessionId)}`,
      );
    }
  },
  filledBy: 'GetStageSession',
  load: loadEach(async ({ stageArn, sessionId }, context) => {
    const command = new GetStageSessionCommand({ stageArn, sessionId });
    const { stageSession } = await context.send(targetOf(stageArn), command);
    return stageSession;
  }),
});

async function fetchPage(stageArn: string, page: PageRequest, context: Context) {
  const command = new ListStageSessionsCommand({ stageArn, ...page });
  const { stageSessions: items, nextToken } = await context.send(targetOf(stageArn), command);
  return { items, nextToken };
}

const list: List = { operation: 'ListStageSessions', pageMax: 100 };

stageSessions.listedBy({
  list,
  listOf: ({ stageArn }) => stageArn,
  fetchPage: ({ stageArn }, page, context) => fetchPage(stageArn, page, context),
  keyOf: ({ sessionId }, { stageArn }) => ({ stageArn, sessionId }),
});

async function listStageSessions(stageArn: string, args: ConnectionArgs, context: Context) {
  checkArn('stage', stageArn);
  return listConnection({
    args,
    context,
    list,
    scope: [stageArn],
    fetchPage: (page) => fetchPage(stageArn, page, context),
    ...stageSessions.listed(({ sessionId }) => ({ stageArn, sessionId }), context),
  });
}

// What it is

export const StageSession = builder.node(
  builder.objectRef<Source<StageSessionKey, StageSessionSummary, AwsStageSession>>('StageSession'),
  {
    ...stageSessions.node,
    description:
      'One gathering on a stage: it begins with the first participant and ends after the last one has left. Key: `stageArn sessionId`.',
    fields: (t) => ({
      stageArn: t.exposeID('stageArn', { nullable: false, description: 'ARN of the stage.' }),
      stage: t.field({
        type: Stage,
        description: 'The stage.',
        ...costs({ toParent: true }),
        resolve: ({ stageArn }, _args, context, info) => stages.resolveRef({ arn: stageArn }, context, info),
      }),
      sessionId: t.exposeID('sessionId', { nullable: false, description: 'Its id, unique on its stage.' }),
      startTime: t.field({ type: 'DateTime', ...stageSessions.summary('startTime', 'When it began.') }),
      endTime: t.field({
        type: 'DateTime',
        ...stageSessions.summary('endTime', 'When it ended; null while it is going on.'),
      }),
    }),
  },
);

// Where it hangs on its stage

const StageSessionConnection = connectionOf(StageSession, 'StageSession', 'A list of sessions of a stage.');
const sessionIdArg = builder.args((t) => ({
  sessionId: t.id({ required: true, description: 'Id of the session, `st-` and 13 letters or digits.' }),
}));
const stageArnArg = builder.args((t) => ({
  stageArn: t.id({ required: true, description: 'ARN of the stage.' }),
}));
/** The key of a session, as arguments. */
export const stageSessionArgs = { ...stageArnArg, ...sessionIdArg };

builder.objectFields(Stage, (t) => ({
  activeSession: t.field({
    type: StageSession,
    description: 'The session now going on; null when nobody is there.',
    ...costs({ level: 'summary', isChild: true }),
    resolve: async (stage, _args, context, info) => {
      const facts = await stages.factsOf(stage, 'summary', context);
      return stageSessions.resolveRef(
        { stageArn: stage.arn, sessionId: facts?.activeSessionId },
        context,
        info,
      );
    },
  }),
  session: t.field({
    type: StageSession,
    description: 'One session of this stage by its id.',
    ...costs({ checksExistence: true }),
    args: sessionIdArg,
    resolve: ({ arn }, { sessionId }, context, info) =>
      stageSessions.load({ stageArn: arn, sessionId }, context, info),
  }),
  sessions: t.field({
    type: StageSessionConnection,
    ...listed(list, 'Its sessions, the one going on among them.'),
    args: connectionArgs,
    resolve: ({ arn }, args, context) => listStageSessions(arn, args, context),
  }),
}));

// Queries

builder.queryFields((t) => ({
  stageSession: t.field({
    type: StageSession,
    description: 'One session of a stage.',
    ...costs({ checksExistence: true }),
    args: stageSessionArgs,
    resolve: (_root, key, context, info) => stageSessions.load(key, context, info),
  }),
  stageSessions: t.field({
    type: StageSessionConnection,
    ...listed(list, 'The sessions of a stage.'),
    args: { ...stageArnArg, ...connectionArgs },
    resolve: (_root, { stageArn, ...args }, context) => listStageSessions(stageArn, args, context),
  }),
}));

// Federation

federate(StageSession, stageSessions);
