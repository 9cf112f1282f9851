import {
  type Composition as AwsComposition,
  type CompositionSummary,
  GetCompositionCommand,
  ListCompositionsCommand,
  StartCompositionCommand,
  type CompositionState as State,
  StopCompositionCommand,
} from '@aws-sdk/client-ivs-realtime';
import type { Context } from '../../context.ts';
import { checkArn, regionOf, type Target, targetOf } from '../../upstream/arn.ts';
import {
  ConflictError,
  PendingVerificationError,
  ResourceNotFoundError,
  ServiceQuotaExceededError,
  ValidationError,
} from '../../upstream/errors.ts';
import { chooseTarget } from '../language/arn.ts';
import { builder } from '../language/builder.ts';
import { costs, type List, listed } from '../language/costs.ts';
import { enumeration } from '../language/enumeration.ts';
import { type Given, given, KeyValue, KeyValueInput, toEntries, toMap } from '../language/input.ts';
import { loadEach } from '../loading/calls.ts';
import {
  type ConnectionArgs,
  connectionArgs,
  connectionOf,
  listConnection,
  type PageRequest,
  regionalConnectionArgs,
} from '../loading/connection.ts';
import { defineEntity, type Source } from '../loading/entity.ts';
import { federate } from '../patterns/federation.ts';
import { defineMutation, payloadOf, write } from '../patterns/mutation.ts';
import { Taggable, taggable } from '../patterns/tags.ts';
import { CompositionDestinationConfigurationInput } from './composition-destination-configuration.ts';
import { LayoutConfiguration, LayoutConfigurationInput } from './layout-configuration.ts';
import { Stage, stages } from './stage.ts';

// How it is loaded

export interface CompositionKey {
  arn: string;
}

export const compositions = defineEntity<CompositionKey, CompositionSummary, AwsComposition>({
  name: 'Composition',
  key: ['arn'],
  check: ({ arn }) => checkArn('composition', arn),
  filledBy: 'GetComposition',
  load: loadEach(async ({ arn }, context) => {
    const { composition } = await context.send(targetOf(arn), new GetCompositionCommand({ arn }));
    return composition;
  }),
});

interface Filters {
  filterByStageArn?: string | undefined;
  filterByEncoderConfigurationArn?: string | undefined;
}

async function fetchPage(target: Target, page: PageRequest & Filters, context: Context) {
  const { compositions: items, nextToken } = await context.send(target, new ListCompositionsCommand(page));
  return { items, nextToken };
}

const list: List = { operation: 'ListCompositions', pageMax: 100 };

compositions.listedBy({
  list,
  listOf: ({ arn }) => regionOf(arn),
  fetchPage: ({ arn }, page, context) => fetchPage(targetOf(arn), page, context),
  keyOf: ({ arn }) => ({ arn }),
});

function listCompositions(target: Target, filters: Filters, args: ConnectionArgs, context: Context) {
  return listConnection({
    args,
    context,
    list,
    scope: [target.region, filters],
    fetchPage: (page) => fetchPage(target, { ...filters, ...page }, context),
    ...compositions.listed(({ arn }) => ({ arn }), context),
  });
}

// What it is

const CompositionState = enumeration<State>('CompositionState', 'How far a composition has come.', {
  STARTING: 'About to run.',
  ACTIVE: 'Running.',
  STOPPING: 'About to end.',
  FAILED: 'Ended, since all of its destinations failed.',
  STOPPED: 'Ended.',
});

const { summary, detail } = compositions;

export const Composition = builder.node(
  builder.objectRef<Source<CompositionKey, CompositionSummary, AwsComposition>>('Composition'),
  {
    ...compositions.node,
    description:
      'All participants of a stage in one picture, broadcast on a channel, recorded, or both. It stops by itself when nobody has published for a minute, and is gone five minutes after its end. Key: `arn`.',
    interfaces: [Taggable],
    fields: (t) => ({
      arn: t.exposeID('arn', { nullable: false, description: 'The Amazon Resource Name.' }),
      stageArn: t.id(summary('stageArn', 'ARN of the stage that it shows.')),
      stage: t.field({
        type: Stage,
        ...summary('stageArn', 'The stage that it shows.', (arn, context, info) =>
          stages.resolveRef({ arn }, context, info),
        ),
      }),
      state: t.field({ type: CompositionState, ...summary('state', 'How far it has come.') }),
      layout: t.field({
        type: LayoutConfiguration,
        ...detail('layout', 'How it arranges the participants.'),
      }),
      tags: t.field({ type: [KeyValue], ...summary('tags', 'Up to 50 tags.', toEntries) }),
      startTime: t.field({ type: 'DateTime', ...summary('startTime', 'When it was started.') }),
      endTime: t.field({ type: 'DateTime', ...summary('endTime', 'When it ended; null before.') }),
    }),
  },
);
taggable('composition', 'ivs-realtime', compositions);

// Where it hangs on its stage

const CompositionConnection = connectionOf(Composition, 'Composition', 'A list of compositions.');

builder.objectField(Stage, 'compositions', (t) =>
  t.field({
    type: CompositionConnection,
    ...listed(list, 'Its compositions, those that ended in the last five minutes among them.'),
    args: connectionArgs,
    resolve: ({ arn }, args, context) =>
      listCompositions(targetOf(arn), { filterByStageArn: arn }, args, context),
  }),
);

// Queries

const CompositionFilter = builder.inputType('CompositionFilter', {
  description: 'What compositions can be listed by.',
  isOneOf: true,
  fields: (t) => ({
    stageArn: t.id({ description: 'Only those of this stage.' }),
    encoderConfigurationArn: t.id({
      description: 'Only those with a destination that is encoded with this configuration.',
    }),
  }),
});

/** AWS’s filters, checked. */
function filtersOf(filter: typeof CompositionFilter.$inferInput | null | undefined): Filters {
  const { stageArn, encoderConfigurationArn }: Partial<Given<NonNullable<typeof filter>>> = given(
    filter ?? {},
  );
  if (stageArn) checkArn('stage', stageArn);
  if (encoderConfigurationArn) checkArn('encoder-configuration', encoderConfigurationArn);
  return { filterByStageArn: stageArn, filterByEncoderConfigurationArn: encoderConfigurationArn };
}

builder.queryFields((t) => ({
  composition: t.field({
    type: Composition,
    description: 'One composition by its ARN; null from five minutes after its end.',
    ...costs({ checksExistence: true }),
    args: { arn: t.arg.id({ required: true, description: 'ARN of the composition.' }) },
    resolve: (_root, key, context, info) => compositions.load(key, context, info),
  }),
  compositions: t.field({
    type: CompositionConnection,
    ...listed(
      list,
      'The compositions of a region, in AWS’s order, those that ended in the last five minutes among them.',
    ),
    args: {
      ...regionalConnectionArgs,
      filter: t.arg({ type: CompositionFilter, description: 'Only some of them.' }),
    },
    resolve: (_root, { region, filter, ...args }, context) => {
      const filters = filtersOf(filter);
      const arn = filters.filterByStageArn ?? filters.filterByEncoderConfigurationArn;
      return listCompositions(chooseTarget(region, arn, context), filters, args, context);
    },
  }),
}));

// Mutations

defineMutation('startComposition', {
  scope: 'ivs:write',
  description: 'Starts to broadcast or to record all participants of a stage in one picture.',
  payload: payloadOf('startComposition', 'composition', Composition, 'The new composition.'),
  errors: [
    ValidationError,
    ResourceNotFoundError,
    ConflictError,
    ServiceQuotaExceededError,
    PendingVerificationError,
  ],
  input: (t) => ({
    stageArn: t.id({ required: true, description: 'ARN of the stage to show.' }),
    idempotencyToken: t.string({
      description:
        'Up to 64 letters, digits, `-` and `_` that name this request: sent again, it answers with the same composition and starts no other.',
    }),
    layout: t.field({
      type: LayoutConfigurationInput,
      description: 'How to arrange the participants; in a grid when not given.',
    }),
    destinations: t.field({
      type: [CompositionDestinationConfigurationInput],
      required: true,
      description: 'Where the picture shall go: to a channel, to S3, or to one of each.',
    }),
    tags: t.field({ type: [KeyValueInput], description: 'Up to 50 tags.' }),
  }),
  resolve: async ({ tags, ...rest }, context) => {
    checkArn('stage', rest.stageArn);
    const command = new StartCompositionCommand({ ...rest, tags: toMap(tags) });
    const { composition } = await write(context, targetOf(rest.stageArn), command);
    return { thing: compositions.fromPayload(composition, context) };
  },
});

defineMutation('stopComposition', {
  scope: 'ivs:write',
  description: 'Stops a composition. It is gone five minutes after its end.',
  payload: payloadOf('stopComposition', 'composition', Composition, 'The composition as it is now.', {
    returnsDetail: false,
  }),
  errors: [ValidationError, ResourceNotFoundError, ConflictError, ServiceQuotaExceededError],
  input: (t) => ({ arn: t.id({ required: true, description: 'ARN of the composition.' }) }),
  resolve: async (input, context) => {
    compositions.check(input);
    await write(context, targetOf(input.arn), new StopCompositionCommand(input));
    return { thing: compositions.ref(input, context) };
  },
});

// Federation

federate(Composition, compositions);
