import type {
  StageSession as AwsStageSession,
  ListStageSessionsRequest,
  StageSessionSummary,
} from '@aws-sdk/client-ivs-realtime';
import { checkArn, targetOf } from '../../upstream/arn.ts';
import { ivsRealtime } from '../../upstream/aws-sdk.ts';
import { ValidationError } from '../../upstream/errors.ts';
import { quote } from '../../upstream/quote.ts';
import { builder } from '../language/builder.ts';
import { loadEach } from '../loading/calls.ts';
import { defineEntity } from '../loading/entity.ts';
import { defineList } from '../loading/list.ts';
import { durationDescription, secondsOf } from '../patterns/duration.ts';
import { defineNode } from '../patterns/node.ts';
import { defineKeyQuery, defineListQuery } from '../patterns/queries.ts';
import { defineChild, defineChildren, reference } from '../patterns/relations.ts';
import { Stage, stageArnArg, stageExists, stages } from './stage.ts';

const { GetStageSessionCommand, ListStageSessionsCommand } = ivsRealtime;

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
      throw ValidationError.of(
        { value: sessionId },
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

const list = defineList(stageSessions, {
  description: 'A list of sessions of a stage.',
  commandOf: (request: ListStageSessionsRequest) => new ListStageSessionsCommand(request),
  itemsOf: (output) => output.stageSessions,
  check: ({ stageArn }) => checkArn('stage', stageArn),
  lookup: ({ stageArn }) => ({ stageArn }),
});

// What it is

export const StageSession = defineNode(
  stageSessions,
  {
    description:
      'A session of a stage. It begins with the first participant and ends after the last one has left. Key: `stageArn sessionId`.',
    key: {
      stageArn: 'ARN of the stage.',
      sessionId: 'Id, unique within the stage.',
    },
    summary: {
      startTime: ['DateTime', 'Time of its start.'],
      endTime: ['DateTime', 'Time of its end. Null while it is active.'],
    },
  },
  (t) => ({
    durationSeconds: t.int(stageSessions.computed('summary', durationDescription, secondsOf)),
    stage: reference(t, stages, 'The stage.', ({ stageArn: arn }) => ({ arn }), { toParent: true }),
  }),
);

// Fields of its stage

const sessionIdArg = builder.args((t) => ({
  sessionId: t.id({ required: true, description: 'Id of the session, `st-` and 13 letters or digits.' }),
}));

builder.objectField(Stage, 'activeSession', (t) =>
  reference(
    t,
    stageSessions,
    'The active session. Null when the stage has no participants.',
    async (stage, context) => {
      const facts = await stages.factsOf(stage, 'summary', context);
      return { stageArn: stage.arn, sessionId: facts?.activeSessionId };
    },
    { level: 'summary', isChild: true },
  ),
);

defineChild(Stage, 'session', stageSessions, {
  description: 'One session of the stage, by its id.',
  args: sessionIdArg,
  keyOf: ({ arn: stageArn }, { sessionId }) => ({ stageArn, sessionId }),
});
defineChildren(Stage, 'sessions', list, {
  description: 'Sessions of the stage, including the active one.',
  selectorOf: ({ arn: stageArn }) => ({ stageArn }),
});

// Queries

/** The key of a session, as arguments. */
export const stageSessionArgs = { ...stageArnArg, ...sessionIdArg };

defineKeyQuery(stageSessions, { description: 'One session of a stage.', args: stageSessionArgs });
defineListQuery('stageSessions', list, {
  description:
    'The sessions of a stage. Null when the stage does not exist. Call: GetStage, when the list is empty.',
  args: stageArnArg,
  selectorOf: (stage) => stage,
  isNullWithoutParent: true,
  // AWS returns an empty list for a stage that does not exist.
  parent: { operation: 'GetStage', exists: ({ stageArn }, context) => stageExists(stageArn, context) },
});
