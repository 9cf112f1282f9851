import {
  type StageEndpoints as AwsEndpoints,
  type Stage as AwsStage,
  type ParticipantToken as AwsToken,
  CreateStageCommand,
  DeleteStageCommand,
  GetStageCommand,
  ListStagesCommand,
  type StageSummary,
  UpdateStageCommand,
} from '@aws-sdk/client-ivs-realtime';
import type { Context } from '../../context.ts';
import { checkArn, targetOf } from '../../upstream/arn.ts';
import {
  ConflictError,
  PendingVerificationError,
  ResourceNotFoundError,
  ServiceQuotaExceededError,
  ValidationError,
} from '../../upstream/errors.ts';
import { chooseTarget } from '../language/arn.ts';
import { scoped } from '../language/authorization.ts';
import { builder } from '../language/builder.ts';
import { costs } from '../language/costs.ts';
import { KeyValue, KeyValueInput, toEntries, toMap } from '../language/input.ts';
import { loadEach } from '../loading/calls.ts';
import { defineEntity, type Source } from '../loading/entity.ts';
import { federate } from '../patterns/federation.ts';
import { defineMutation, payloadOf, write } from '../patterns/mutation.ts';
import { defineDeletion, defineRegionalQueries } from '../patterns/regional.ts';
import { Taggable, taggable } from '../patterns/tags.ts';
import {
  AutoParticipantRecordingConfiguration,
  AutoParticipantRecordingConfigurationInput,
} from './auto-participant-recording-configuration.ts';
import {
  ParticipantToken,
  ParticipantTokenConfigurationInput,
  toTokenConfiguration,
} from './participant-token.ts';

// How it is loaded

export interface StageKey {
  arn: string;
}
type StageSource = Source<StageKey, StageSummary, AwsStage>;

export const stages = defineEntity<StageKey, StageSummary, AwsStage>({
  name: 'Stage',
  key: ['arn'],
  check: ({ arn }) => checkArn('stage', arn),
  filledBy: 'GetStage',
  load: loadEach(async ({ arn }, context) => {
    const { stage } = await context.send(targetOf(arn), new GetStageCommand({ arn }));
    return stage;
  }),
});

/** Id of the session now going on; AWS says it only of the stage. */
export async function activeSessionId(arn: string, context: Context): Promise<string | undefined> {
  const facts = await stages.factsOf(stages.ref({ arn }, context), 'summary', context);
  return facts?.activeSessionId;
}

// What it is

const StageEndpoints = builder.objectRef<AwsEndpoints>('StageEndpoints').implement({
  description: 'Where clients of a stage connect. May be kept for 14 days.',
  fields: (t) => ({
    events: t.exposeString('events', { description: 'WebSocket URL of the stage’s events.' }),
    whip: t.exposeString('whip', { description: 'URL for publishing with WHIP.' }),
    rtmp: t.exposeString('rtmp', { description: 'URL for publishing with RTMP, unencrypted.' }),
    rtmps: t.exposeString('rtmps', { description: 'URL for publishing with RTMPS.' }),
  }),
});

export const Stage = builder.node(builder.objectRef<StageSource>('Stage'), {
  ...stages.node,
  description: 'A virtual room in which participants exchange audio and video in real time. Key: `arn`.',
  interfaces: [Taggable],
  fields: (t) => ({
    arn: t.exposeID('arn', { nullable: false, description: 'The Amazon Resource Name.' }),
    name: t.string(stages.summary('name', 'Given by its maker, up to 128 characters; not unique.')),
    activeSessionId: t.id(
      stages.summary('activeSessionId', 'Id of the session now going on; null when nobody is there.'),
    ),
    tags: t.field({ type: [KeyValue], ...stages.summary('tags', 'Up to 50 tags.', toEntries) }),
    autoParticipantRecordingConfiguration: t.field({
      type: AutoParticipantRecordingConfiguration,
      ...stages.detail('autoParticipantRecordingConfiguration', 'How it records its publishers by itself.'),
    }),
    endpoints: t.field({ type: StageEndpoints, ...stages.detail('endpoints', 'Where its clients connect.') }),
  }),
});
taggable('stage', 'ivs-realtime', stages);

// Queries

const regional = { type: Stage, entity: stages, called: 'stage' };

defineRegionalQueries('stage', {
  ...regional,
  plural: 'stages',
  calledAll: 'stages',
  operation: 'ListStages',
  fetchPage: async (target, page, context) => {
    const { stages: items, nextToken } = await context.send(target, new ListStagesCommand(page));
    return { items, nextToken };
  },
});

// Mutations

const CreateStagePayload = builder
  .objectRef<{ stage: StageSource | null; participantTokens: AwsToken[] | undefined }>('CreateStagePayload')
  .implement({
    description: 'Answer of createStage.',
    fields: (t) => ({
      stage: t.expose('stage', {
        type: Stage,
        description: 'The new stage.',
        ...costs({ returnsDetail: true }),
      }),
      participantTokens: t.expose('participantTokens', {
        type: [ParticipantToken],
        ...scoped('ivs:token', {
          description:
            'The tokens that were asked for, in the order of their configurations. Shown only this once.',
        }),
      }),
    }),
  });

defineMutation('createStage', {
  scope: 'ivs:write',
  description: 'Makes a stage, and tokens for its first participants.',
  payload: CreateStagePayload,
  errors: [ValidationError, ServiceQuotaExceededError, PendingVerificationError],
  input: (t) => ({
    region: t.string({ description: 'The region to create it in; the gateway’s own when not given.' }),
    name: t.string({ description: 'Up to 128 letters, digits, `-` and `_`.' }),
    participantTokenConfigurations: t.field({
      type: [ParticipantTokenConfigurationInput],
      ...scoped('ivs:token', { description: 'Tokens to make at once, at most 12.' }),
    }),
    tags: t.field({ type: [KeyValueInput], description: 'Up to 50 tags.' }),
    autoParticipantRecordingConfiguration: t.field({
      type: AutoParticipantRecordingConfigurationInput,
      description: 'How it shall record its publishers by itself; not at all when not given.',
    }),
  }),
  resolve: async ({ region, tags, participantTokenConfigurations, ...rest }, context) => {
    const command = new CreateStageCommand({
      ...rest,
      tags: toMap(tags),
      participantTokenConfigurations: participantTokenConfigurations?.map((token) =>
        toTokenConfiguration(token, context.caller),
      ),
    });
    const { stage, participantTokens } = await write(
      context,
      chooseTarget(region, undefined, context),
      command,
    );
    return { stage: stages.fromPayload(stage, context), participantTokens };
  },
});

defineMutation('updateStage', {
  scope: 'ivs:write',
  description: 'Changes the name or the recording of a stage. What is not given stays as it is.',
  payload: payloadOf('updateStage', 'stage', Stage, 'The stage as it is now.'),
  errors: [
    ValidationError,
    ResourceNotFoundError,
    ConflictError,
    ServiceQuotaExceededError,
    PendingVerificationError,
  ],
  input: (t) => ({
    arn: t.id({ required: true, description: 'ARN of the stage.' }),
    name: t.string({ description: 'Up to 128 letters, digits, `-` and `_`.' }),
    autoParticipantRecordingConfiguration: t.field({
      type: AutoParticipantRecordingConfigurationInput,
      description: 'How it shall record its publishers by itself. Cannot change while a recording is active.',
    }),
  }),
  resolve: async (input, context) => {
    stages.check(input);
    const { stage } = await write(context, targetOf(input.arn), new UpdateStageCommand(input));
    return { thing: stages.fromPayload(stage, context) };
  },
});

defineDeletion('deleteStage', {
  ...regional,
  description: 'Deletes a stage and disconnects everybody on it.',
  member: 'stage',
  errors: [ValidationError, ResourceNotFoundError, ConflictError, PendingVerificationError],
  commandOf: (key) => new DeleteStageCommand(key),
});

// Federation

federate(Stage, stages);
