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
import {
  ConflictError,
  PendingVerificationError,
  ResourceNotFoundError,
  ServiceQuotaExceededError,
  ValidationError,
} from '../../upstream/errors.ts';
import { checkArn, regionOf } from '../arn.ts';
import { builder } from '../builder.ts';
import { connectionOf, listConnection, regionalConnectionArgs } from '../connection.ts';
import { defineEntity, type Source } from '../entity.ts';
import { federate } from '../federation.ts';
import { KeyValue, KeyValueInput, toEntries, toMap } from '../input.ts';
import { loadEach } from '../loader.ts';
import { defineMutation, payloadOf, write } from '../mutation.ts';
import { Taggable, taggable } from '../tags.ts';
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
    const { stage } = await context.send(regionOf(arn), new GetStageCommand({ arn }));
    return stage;
  }),
});

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

const StageConnection = connectionOf(Stage, 'Stage', 'A list of stages.');

builder.queryFields((t) => ({
  stage: t.field({
    type: Stage,
    description: 'One stage by its ARN.',
    args: { arn: t.arg.id({ required: true, description: 'ARN of the stage.' }) },
    resolve: (_root, key, context, info) => stages.find(key, context, info),
  }),
  stages: t.field({
    type: StageConnection,
    description: 'The stages of a region, in AWS’s order. One ListStages call per 100.',
    args: regionalConnectionArgs,
    resolve: (_root, { region, ...args }, context) => {
      const where = region ?? context.defaultRegion;
      return listConnection({
        args,
        scope: ['ListStages', where],
        pageMax: 100,
        fetchPage: async (page) => {
          const { stages: items, nextToken } = await context.send(where, new ListStagesCommand(page));
          return { items, nextToken };
        },
        ...stages.listed(({ arn }) => ({ arn }), context),
      });
    },
  }),
}));

// Mutations

const CreateStagePayload = builder
  .objectRef<{ stage: StageSource | null; participantTokens: AwsToken[] | undefined }>('CreateStagePayload')
  .implement({
    description: 'Answer of createStage.',
    fields: (t) => ({
      stage: t.expose('stage', { type: Stage, description: 'The new stage.' }),
      participantTokens: t.expose('participantTokens', {
        type: [ParticipantToken],
        description:
          'The tokens that were asked for, in the order of their configurations. Shown only this once.',
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
      description: 'Tokens to make at once, at most 12.',
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
      participantTokenConfigurations: participantTokenConfigurations?.map(toTokenConfiguration),
    });
    const { stage, participantTokens } = await write(context, region ?? context.defaultRegion, command);
    return { stage: stages.answered(stage, context), participantTokens };
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
    const { stage } = await write(context, regionOf(input.arn), new UpdateStageCommand(input));
    return { thing: stages.answered(stage, context) };
  },
});

defineMutation('deleteStage', {
  scope: 'ivs:write',
  description: 'Deletes a stage and disconnects everybody on it.',
  payload: payloadOf(
    'deleteStage',
    'stage',
    Stage,
    'The stage that is gone: only its `id` and `arn` can be read.',
  ),
  errors: [ValidationError, ResourceNotFoundError, ConflictError, PendingVerificationError],
  input: (t) => ({ arn: t.id({ required: true, description: 'ARN of the stage.' }) }),
  resolve: async (input, context) => {
    stages.check(input);
    await write(context, regionOf(input.arn), new DeleteStageCommand(input));
    return { thing: stages.gone(input, context) };
  },
});

// Federation

federate(Stage, stages);
