import {
  type IngestConfiguration as AwsIngestConfiguration,
  GetIngestConfigurationCommand,
  type IngestConfigurationSummary,
  ListIngestConfigurationsCommand,
  type IngestProtocol as Protocol,
  type IngestConfigurationState as State,
} from '@aws-sdk/client-ivs-realtime';
import type { Context } from '../../context.ts';
import { checkArn, type Target, targetOf } from '../../upstream/arn.ts';
import { chooseTarget } from '../language/arn.ts';
import { scoped } from '../language/authorization.ts';
import { builder } from '../language/builder.ts';
import { costs, type List, listed } from '../language/costs.ts';
import { enumeration } from '../language/enumeration.ts';
import { type Given, given, KeyValue, toEntries } from '../language/input.ts';
import { loadEach } from '../loading/calls.ts';
import {
  type ConnectionArgs,
  connectionArgs,
  connectionOf,
  listConnection,
  regionalConnectionArgs,
} from '../loading/connection.ts';
import { defineEntity, type Source } from '../loading/entity.ts';
import { federate } from '../patterns/federation.ts';
import { Taggable, taggable } from '../patterns/tags.ts';
import { Participant, participants } from './participant.ts';
import { findIngestParticipant, RedundantIngestCredential } from './redundant-ingest-credential.ts';
import { Stage, stages } from './stage.ts';

// How it is loaded

interface IngestConfigurationKey {
  arn: string;
}

export const ingestConfigurations = defineEntity<
  IngestConfigurationKey,
  IngestConfigurationSummary,
  AwsIngestConfiguration
>({
  name: 'IngestConfiguration',
  key: ['arn'],
  check: ({ arn }) => checkArn('ingest-configuration', arn),
  filledBy: 'GetIngestConfiguration',
  load: loadEach(async ({ arn }, context) => {
    const command = new GetIngestConfigurationCommand({ arn });
    const { ingestConfiguration } = await context.send(targetOf(arn), command);
    return ingestConfiguration;
  }),
});

const list: List = { operation: 'ListIngestConfigurations', pageMax: 100 };

type Filter = typeof IngestConfigurationFilter.$inferInput;

function listIngestConfigurations(
  target: Target,
  { stageArn, state }: Partial<Given<Filter>>,
  { first, after }: ConnectionArgs,
  context: Context,
) {
  if (stageArn !== undefined) checkArn('stage', stageArn);
  const filters = { filterByStageArn: stageArn, filterByState: state };
  return listConnection({
    context,
    args: { first, after },
    list,
    scope: [target.region, filters],
    fetchPage: async (page) => {
      const command = new ListIngestConfigurationsCommand({ ...filters, ...page });
      const { ingestConfigurations: items, nextToken } = await context.send(target, command);
      return { items, nextToken };
    },
    ...ingestConfigurations.listed(({ arn }) => ({ arn }), context),
  });
}

// What it is

export const IngestProtocol = enumeration<Protocol>('IngestProtocol', 'How an encoder sends to a stage.', {
  RTMP: 'RTMP, unencrypted.',
  RTMPS: 'RTMP over TLS.',
});

const IngestConfigurationState = enumeration<State>(
  'IngestConfigurationState',
  'Whether an ingest configuration is in use.',
  {
    ACTIVE: 'An encoder is sending with it.',
    INACTIVE: 'No encoder is sending with it.',
  },
);

const { summary, detail } = ingestConfigurations;

export const IngestConfiguration = builder.node(
  builder.objectRef<Source<IngestConfigurationKey, IngestConfigurationSummary, AwsIngestConfiguration>>(
    'IngestConfiguration',
  ),
  {
    ...ingestConfigurations.node,
    description: 'What lets an encoder send to a stage with RTMP or RTMPS, as a participant. Key: `arn`.',
    interfaces: [Taggable],
    fields: (t) => ({
      arn: t.exposeID('arn', { nullable: false, description: 'The Amazon Resource Name.' }),
      name: t.string(summary('name', 'Given by its maker, up to 128 characters; not unique.')),
      ingestProtocol: t.field({
        type: IngestProtocol,
        ...summary('ingestProtocol', 'How the encoder sends.'),
      }),
      stageArn: t.id(summary('stageArn', 'ARN of its stage; null when it belongs to none.')),
      stage: t.field({
        type: Stage,
        ...summary('stageArn', 'Its stage; null when it belongs to none.', (arn, context, info) =>
          stages.resolveRef({ arn }, context, info),
        ),
      }),
      participantId: t.id(summary('participantId', 'Id of the participant that the encoder is.')),
      participant: t.field({
        type: Participant,
        description:
          'The encoder in the session now going on; null when it was not there. Costs a GetStage and a GetParticipant call.',
        ...costs({ level: 'summary', requires: stages.name, checksExistence: true }),
        resolve: async (configuration, _args, context, info) => {
          const facts = await ingestConfigurations.factsOf(configuration, 'summary', context);
          return facts && findIngestParticipant(facts, context, info);
        },
      }),
      state: t.field({
        type: IngestConfigurationState,
        ...summary('state', 'Whether an encoder is sending with it.'),
      }),
      userId: t.string(summary('userId', 'Your own name for the encoder; other participants see it.')),
      redundantIngest: t.boolean(summary('redundantIngest', 'Whether a second encoder may send too.')),
      streamKey: t.string(
        scoped(
          'ivs:secret',
          detail('streamKey', 'The secret that the encoder sends with; it tells AWS which encoder that is.'),
        ),
      ),
      redundantIngestCredentials: t.field({
        type: [RedundantIngestCredential],
        description: `What the second encoder sends with; null without \`redundantIngest\`. Filled by ${ingestConfigurations.filledBy}.`,
        ...costs({ level: 'detail', maxItems: 1 }),
        resolve: async (configuration, _args, context) => {
          const facts = await ingestConfigurations.factsOf(configuration, 'detail', context);
          const { redundantIngestCredentials, stageArn } = (facts ?? {}) as Partial<AwsIngestConfiguration>;
          return redundantIngestCredentials?.map((credential) => ({ ...credential, stageArn }));
        },
      }),
      attributes: t.field({
        type: [KeyValue],
        ...detail('attributes', 'Your own data about the encoder; other participants see it.', toEntries),
      }),
      tags: t.field({ type: [KeyValue], ...detail('tags', 'Up to 50 tags.', toEntries) }),
    }),
  },
);
taggable('ingest-configuration', 'ivs-realtime', ingestConfigurations);

// Where it hangs on its stage and its participant

const IngestConfigurationConnection = connectionOf(
  IngestConfiguration,
  'IngestConfiguration',
  'A list of ingest configurations.',
);

builder.objectField(Stage, 'ingestConfigurations', (t) =>
  t.field({
    type: IngestConfigurationConnection,
    ...listed(list, 'What lets encoders send to it.'),
    args: connectionArgs,
    resolve: ({ arn }, args, context) =>
      listIngestConfigurations(targetOf(arn), { stageArn: arn }, args, context),
  }),
);

builder.objectField(Participant, 'ingestConfiguration', (t) =>
  t.field({
    type: IngestConfiguration,
    ...participants.summary(
      'ingestConfigurationArn',
      'The ingest configuration through which it publishes, if any.',
      (arn, context, info) => ingestConfigurations.resolveRef({ arn }, context, info),
    ),
  }),
);

// Queries

const IngestConfigurationFilter = builder.inputType('IngestConfigurationFilter', {
  description: 'AWS filters by one thing at a time.',
  isOneOf: true,
  fields: (t) => ({
    stageArn: t.id({ description: 'Only those of this stage.' }),
    state: t.field({ type: IngestConfigurationState, description: 'Only those in this state.' }),
  }),
});

builder.queryFields((t) => ({
  ingestConfiguration: t.field({
    type: IngestConfiguration,
    description: 'One ingest configuration by its ARN.',
    ...costs({ checksExistence: true }),
    args: { arn: t.arg.id({ required: true, description: 'ARN of the ingest configuration.' }) },
    resolve: (_root, key, context, info) => ingestConfigurations.load(key, context, info),
  }),
  ingestConfigurations: t.field({
    type: IngestConfigurationConnection,
    ...listed(list, 'The ingest configurations of a region, in AWS’s order.'),
    args: {
      ...regionalConnectionArgs,
      filter: t.arg({
        type: IngestConfigurationFilter,
        description: 'Only some of them; AWS takes one condition at a time.',
      }),
    },
    resolve: (_root, { region, filter, ...args }, context) => {
      const by: Partial<Given<Filter>> = given(filter ?? {});
      const target = chooseTarget(region, by.stageArn, context);
      return listIngestConfigurations(target, by, args, context);
    },
  }),
}));

// Federation

federate(IngestConfiguration, ingestConfigurations);
