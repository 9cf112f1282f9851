import type {
  StageEndpoints as AwsEndpoints,
  Stage as AwsStage,
  ParticipantToken as AwsToken,
  ListStagesRequest,
  StageSummary,
} from '@aws-sdk/client-ivs-realtime';
import { type Context, operationCache } from '../../context.ts';
import { targetOf } from '../../upstream/arn.ts';
import { ivsRealtime } from '../../upstream/aws-sdk.ts';
import { chooseTarget } from '../language/arn.ts';
import { scoped } from '../language/authorization.ts';
import { awsObject } from '../language/aws-types.ts';
import { builder } from '../language/builder.ts';
import { clearedBy } from '../language/clearing.ts';
import { costs } from '../language/costs.ts';
import { nameInput, placeInput, tagsInput, toMap } from '../language/input.ts';
import { absentAsNull, loadEach } from '../loading/calls.ts';
import { MAX_EXTRA_PAGES } from '../loading/connection.ts';
import type { Source } from '../loading/entity.ts';
import { defineBulkDeletion } from '../patterns/bulk-deletion.ts';
import { defineMutation, write } from '../patterns/mutation.ts';
import { defineNode } from '../patterns/node.ts';
import { defineRegionalQueries } from '../patterns/queries.ts';
import { type ArnKey, defineResource } from '../patterns/resource.ts';
import { defineDeletion, defineUpdate } from '../patterns/resource-mutations.ts';
import { Taggable } from '../patterns/tags.ts';
import {
  AutoParticipantRecordingConfiguration,
  AutoParticipantRecordingConfigurationInput,
} from './auto-participant-recording-configuration.ts';
import {
  ParticipantToken,
  ParticipantTokenConfigurationInput,
  toTokenConfiguration,
} from './participant-token.ts';

const { CreateStageCommand, DeleteStageCommand, GetStageCommand, ListStagesCommand, UpdateStageCommand } =
  ivsRealtime;

// How it is loaded

export const getStage = (arn: string) => new GetStageCommand({ arn });

export const stages = defineResource<StageSummary, AwsStage>({
  name: 'Stage',
  load: loadEach(async ({ arn }, context) => {
    const { stage } = await context.send(targetOf(arn), getStage(arn));
    return stage;
  }),
});

export const stageExists = async (arn: string, context: Context): Promise<boolean> =>
  (await context.send(targetOf(arn), getStage(arn)).catch(absentAsNull)) !== null;

/** Id of the active session; only the stage has it. */
export async function activeSessionId(arn: string, context: Context): Promise<string | undefined> {
  const facts = await stages.factsOf(stages.ref({ arn }, context), 'summary', context);
  return facts?.activeSessionId;
}

const sessionsBefore = operationCache(() => new Map<string, Promise<string | undefined>>());

/**
 * Id of the session that the writes of an operation find, for those that may end it: several of one stage read it once,
 * since a write of the operation clears its other reads.
 */
export function sessionIdBefore(arn: string, context: Context): Promise<string | undefined> {
  const known = sessionsBefore(context);
  const before = known.get(arn);
  if (before) return before;
  const session = activeSessionId(arn, context);
  known.set(arn, session);
  session.catch(() => known.delete(arn));
  return session;
}

// What it is

const StageEndpoints = awsObject<AwsEndpoints>(
  'StageEndpoints',
  'Endpoints of the clients of a stage. Valid for 14 days.',
  {
    events: ['String', 'WebSocket URL of the stage’s events.'],
    whip: ['String', 'URL for publishing with WHIP.'],
    rtmp: ['String', 'URL for publishing with RTMP, unencrypted.'],
    rtmps: ['String', 'URL for publishing with RTMPS.'],
  },
);

const isLive = ({ activeSessionId }: StageSummary): boolean => !!activeSessionId;

export const Stage = defineNode(
  stages,
  {
    description: 'A virtual room in which participants exchange audio and video in real time. Key: `arn`.',
    interfaces: [Taggable],
    summary: {
      name: ['String', 'Name given at creation, up to 128 characters. Not unique.'],
      activeSessionId: ['ID', 'Id of the active session. Null when the stage has no participants.'],
    },
    detail: {
      autoParticipantRecordingConfiguration: [
        AutoParticipantRecordingConfiguration,
        'Automatic recording of publishers.',
      ],
      endpoints: [StageEndpoints, 'Endpoints of clients.'],
    },
  },
  (t) => ({
    isLive: t.boolean(
      stages.computed('summary', 'Whether a session is active: whether anyone is on the stage.', isLive),
    ),
  }),
);

// Queries

export const stageArnArg = builder.args((t) => ({
  stageArn: t.id({ required: true, description: 'ARN of the stage.' }),
}));

defineRegionalQueries(stages, 'stages', {
  args: builder.args((t) => ({
    live: t.boolean({
      description: `Whether a session is active: \`true\` for live stages, \`false\` for the others. AWS has no such filter: the gateway reads up to ${MAX_EXTRA_PAGES} pages more to fill \`first\`, then returns fewer items and \`hasNextPage\`.`,
    }),
  })),
  filterOf: ({ live }) =>
    typeof live === 'boolean' ? { scope: { live }, keeps: (stage) => isLive(stage) === live } : undefined,
  commandOf: (request: ListStagesRequest) => new ListStagesCommand(request),
  itemsOf: (output) => output.stages,
});

// Mutations

interface CreatedStage {
  stage: Source<ArnKey, StageSummary, AwsStage>;
  participantTokens: AwsToken[] | undefined;
}

const CreateStagePayload = awsObject<CreatedStage>('CreateStagePayload', 'Payload of createStage.', {
  stage: [Stage, { nullable: false, description: 'The new stage.', ...costs({ returnsDetail: true }) }],
  participantTokens: [
    [ParticipantToken],
    scoped('ivs:token', {
      description:
        'The requested tokens, in the order of their configurations. Readable only in this response.',
    }),
  ],
});

defineMutation('createStage', {
  scope: 'ivs:write',
  description: 'Creates a stage, and tokens for its first participants.',
  payload: CreateStagePayload,
  errors: ['ServiceQuotaExceededError', 'PendingVerificationError'],
  input: (t) => ({
    ...placeInput(t),
    name: nameInput(t),
    participantTokenConfigurations: t.field({
      type: [ParticipantTokenConfigurationInput],
      ...scoped('ivs:token', { description: 'Participant tokens to create with the stage. Limit: 12.' }),
    }),
    tags: tagsInput(t),
    autoParticipantRecordingConfiguration: t.field({
      type: AutoParticipantRecordingConfigurationInput,
      description: 'Automatic recording of publishers. None when omitted.',
    }),
  }),
  resolve: async ({ account, region, tags, participantTokenConfigurations, ...rest }, context) => {
    const command = new CreateStageCommand({
      ...rest,
      tags: toMap(tags),
      participantTokenConfigurations: participantTokenConfigurations?.map((token) =>
        toTokenConfiguration(token, context.caller),
      ),
    });
    const { stage, participantTokens } = await write(
      context,
      chooseTarget({ account, region }, undefined, context),
      command,
    );
    return { stage: stages.fromPayload(stage, context), participantTokens };
  },
});

defineUpdate('updateStage', {
  entity: stages,
  description: 'Updates the name or the recording of a stage. Omitted members stay unchanged.',
  errors: ['ResourceNotFoundError', 'ConflictError', 'ServiceQuotaExceededError', 'PendingVerificationError'],
  input: (t) => ({
    name: nameInput(t),
    autoParticipantRecordingConfiguration: t.field({
      type: AutoParticipantRecordingConfigurationInput,
      description:
        'Automatic recording of publishers, replaced as a whole. Cannot change while a recording is active. Null turns it off.',
      ...clearedBy({ storageConfigurationArn: '' }),
    }),
  }),
  commandOf: (input) => new UpdateStageCommand(input),
  detailOf: (output) => output.stage,
});

const deleteStage = (key: ArnKey) => new DeleteStageCommand(key);

defineDeletion('deleteStage', {
  entity: stages,
  description: 'Deletes a stage and disconnects its participants.',
  errors: ['ResourceNotFoundError', 'ConflictError', 'PendingVerificationError'],
  commandOf: deleteStage,
});

defineBulkDeletion('deleteStages', {
  entity: stages,
  operation: 'DeleteStage',
  description: 'Deletes many stages and disconnects all of their participants',
  commandOf: deleteStage,
});
