import type {
  Composition as AwsComposition,
  CompositionSummary,
  ListCompositionsRequest,
  CompositionState as State,
} from '@aws-sdk/client-ivs-realtime';
import { targetOf } from '../../upstream/arn.ts';
import { ivsRealtime } from '../../upstream/aws-sdk.ts';
import { builder } from '../language/builder.ts';
import { enumeration } from '../language/enumeration.ts';
import { filtersOf, tagsInput, toMap } from '../language/input.ts';
import { defineList } from '../loading/list.ts';
import { durationDescription, secondsOf } from '../patterns/duration.ts';
import { arnRule } from '../patterns/input-rules.ts';
import { defineMutation, payloadOf, write } from '../patterns/mutation.ts';
import { defineNode } from '../patterns/node.ts';
import { defineArnQuery, defineListQuery, filterArg, placeArgs } from '../patterns/queries.ts';
import { defineChildren, summaryReference } from '../patterns/relations.ts';
import { type ArnKey, defineResource, loadByArn } from '../patterns/resource.ts';
import { Taggable } from '../patterns/tags.ts';
import {
  CompositionDestinationConfigurationInput,
  toDestination,
} from './composition-destination-configuration.ts';
import { LayoutConfiguration, LayoutConfigurationInput } from './layout-configuration.ts';
import { Stage, stages } from './stage.ts';

const { GetCompositionCommand, ListCompositionsCommand, StartCompositionCommand, StopCompositionCommand } =
  ivsRealtime;

// How it is loaded

export const getComposition = (key: ArnKey) => new GetCompositionCommand(key);

export const compositions = defineResource<CompositionSummary, AwsComposition>({
  name: 'Composition',
  load: loadByArn(getComposition, (output) => output.composition),
});

export const compositionList = defineList(compositions, {
  description: 'A list of compositions.',
  commandOf: (request: ListCompositionsRequest) => new ListCompositionsCommand(request),
  itemsOf: (output) => output.compositions,
  lookup: () => ({}),
});

// What it is

const CompositionState = enumeration<State>('CompositionState', 'Lifecycle state of a composition.', {
  STARTING: 'Starting.',
  ACTIVE: 'Running.',
  STOPPING: 'Stopping.',
  FAILED: 'Ended because all destinations failed.',
  STOPPED: 'Ended.',
});

export const Composition = defineNode(
  compositions,
  {
    description:
      'All participants of a stage in one video, which is broadcast on a channel, recorded, or both. AWS stops it after a minute without a publisher and removes it five minutes after its end. Key: `arn`.',
    interfaces: [Taggable],
    summary: {
      stageArn: ['ID', 'ARN of the stage that it shows.'],
      state: [CompositionState, 'Lifecycle state.'],
      startTime: ['DateTime', 'Time of its start.'],
      endTime: ['DateTime', 'Time of its end. Null before.'],
    },
    detail: {
      layout: [LayoutConfiguration, 'Layout of the participants.'],
    },
  },
  (t) => ({
    durationSeconds: t.int(compositions.computed('summary', durationDescription, secondsOf)),
    stage: summaryReference(t, compositions, 'stageArn', stages, 'Stage that it shows.'),
  }),
);

// Fields of its stage

defineChildren(Stage, 'compositions', compositionList, {
  description: 'Compositions of the stage, including those that ended in the last five minutes.',
  selectorOf: ({ arn }) => ({ filterByStageArn: arn }),
});

// Queries

const CompositionFilter = builder.inputType('CompositionFilter', {
  description:
    'Condition on compositions. Set exactly one member, since AWS filters by one condition at a time.',
  isOneOf: true,
  fields: (t) => ({
    stageArn: t.id({ description: 'Items of this stage.' }),
    encoderConfigurationArn: t.id({
      description: 'Compositions with a destination that uses this encoder configuration.',
    }),
  }),
});

defineArnQuery(compositions, '; null from five minutes after its end');
defineListQuery('compositions', compositionList, {
  description:
    'The compositions of a region, in AWS’s order, those that ended in the last five minutes among them.',
  args: { ...placeArgs, ...filterArg(CompositionFilter) },
  selectorOf: ({ filter }) => filtersOf(filter),
});

// Mutations

defineMutation('startComposition', {
  scope: 'ivs:write',
  description: 'Starts a composition, which broadcasts or records all participants of a stage in one video.',
  payload: payloadOf('startComposition', 'composition', Composition, 'The new composition.'),
  errors: ['ResourceNotFoundError', 'ConflictError', 'ServiceQuotaExceededError', 'PendingVerificationError'],
  input: (t) => ({
    stageArn: t.id({ required: true, description: 'ARN of the stage.' }),
    idempotencyToken: t.string({
      description:
        'Idempotency token: up to 64 letters, digits, `-` and `_`. The same token returns the same composition and starts no other.',
    }),
    layout: t.field({
      type: LayoutConfigurationInput,
      description: 'Layout of the participants. A grid when omitted.',
    }),
    destinations: t.field({
      type: [CompositionDestinationConfigurationInput],
      required: true,
      description: 'Destinations: a channel, S3, or one of each.',
    }),
    tags: tagsInput(t),
  }),
  rules: [arnRule('stage', 'stageArn')],
  resolve: async ({ tags, destinations, ...rest }, context) => {
    const command = new StartCompositionCommand({
      ...rest,
      destinations: destinations.map(toDestination),
      tags: toMap(tags),
    });
    const { composition } = await write(context, targetOf(rest.stageArn), command);
    return { object: compositions.fromPayload(composition, context) };
  },
});

defineMutation('stopComposition', {
  scope: 'ivs:write',
  description: 'Stops a composition. AWS removes it five minutes after its end.',
  payload: payloadOf('stopComposition', 'composition', Composition, 'The composition as it is now.', {
    returnsDetail: false,
  }),
  errors: ['ResourceNotFoundError', 'ConflictError', 'ServiceQuotaExceededError'],
  input: (t) => ({ arn: t.id({ required: true, description: 'ARN of the composition.' }) }),
  rules: [(input) => compositions.check(input)],
  resolve: async (input, context) => {
    await write(context, targetOf(input.arn), new StopCompositionCommand(input));
    return { object: compositions.ref(input, context) };
  },
});
