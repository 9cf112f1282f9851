import type {
  IngestConfiguration as AwsIngestConfiguration,
  IngestConfigurationSummary,
  ListIngestConfigurationsRequest,
  IngestProtocol as Protocol,
  IngestConfigurationState as State,
} from '@aws-sdk/client-ivs-realtime';
import { checkArn, targetOf } from '../../upstream/arn.ts';
import { ivsRealtime } from '../../upstream/aws-sdk.ts';
import { scoped } from '../language/authorization.ts';
import { builder } from '../language/builder.ts';
import { costs } from '../language/costs.ts';
import { enumeration } from '../language/enumeration.ts';
import { filtersOf, KeyValue } from '../language/input.ts';
import { loadEach } from '../loading/calls.ts';
import { defineList } from '../loading/list.ts';
import { defineNode } from '../patterns/node.ts';
import { defineArnQuery, defineListQuery, filterArg, regionArg } from '../patterns/queries.ts';
import { defineChildren, summaryReference } from '../patterns/relations.ts';
import { defineResource } from '../patterns/resource.ts';
import { Taggable } from '../patterns/tags.ts';
import { Participant, participants } from './participant.ts';
import { findIngestParticipant, RedundantIngestCredential } from './redundant-ingest-credential.ts';
import { Stage, stages } from './stage.ts';

const { GetIngestConfigurationCommand, ListIngestConfigurationsCommand } = ivsRealtime;

// How it is loaded

export const ingestConfigurations = defineResource<IngestConfigurationSummary, AwsIngestConfiguration>({
  name: 'IngestConfiguration',
  load: loadEach(async ({ arn }, context) => {
    const command = new GetIngestConfigurationCommand({ arn });
    const { ingestConfiguration } = await context.send(targetOf(arn), command);
    return ingestConfiguration;
  }),
});

const list = defineList(ingestConfigurations, {
  description: 'A list of ingest configurations.',
  commandOf: (request: ListIngestConfigurationsRequest) => new ListIngestConfigurationsCommand(request),
  itemsOf: (output) => output.ingestConfigurations,
  check: ({ filterByStageArn: arn }) => {
    if (arn !== undefined) checkArn('stage', arn);
  },
});

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

defineNode(
  ingestConfigurations,
  {
    description: 'What lets an encoder send to a stage with RTMP or RTMPS, as a participant. Key: `arn`.',
    interfaces: [Taggable],
    summary: {
      name: ['String', 'Given by its maker, up to 128 characters; not unique.'],
      ingestProtocol: [IngestProtocol, 'How the encoder sends.'],
      stageArn: ['ID', 'ARN of its stage; null when it belongs to none.'],
      participantId: ['ID', 'Id of the participant that the encoder is.'],
      state: [IngestConfigurationState, 'Whether an encoder is sending with it.'],
      userId: ['String', 'Your own name for the encoder; other participants see it.'],
      redundantIngest: ['Boolean', 'Whether a second encoder may send too.'],
    },
    detail: {
      attributes: [[KeyValue], 'Your own data about the encoder; other participants see it.'],
      tags: [[KeyValue], 'Up to 50 tags.'],
    },
  },
  (t) => ({
    stage: summaryReference(
      t,
      ingestConfigurations,
      'stageArn',
      stages,
      'Its stage; null when it belongs to none.',
    ),
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
    streamKey: t.string(
      scoped(
        'ivs:secret',
        ingestConfigurations.detail(
          'streamKey',
          'The secret that the encoder sends with; it tells AWS which encoder that is.',
        ),
      ),
    ),
    redundantIngestCredentials: t.field({
      type: [RedundantIngestCredential],
      description: `What the second encoder sends with; empty without \`redundantIngest\`. Filled by ${ingestConfigurations.filledBy}.`,
      ...costs({ level: 'detail', maxItems: 1 }),
      resolve: async (configuration, _args, context) => {
        const facts = await ingestConfigurations.factsOf(configuration, 'detail', context);
        const { redundantIngestCredentials, stageArn } = (facts ?? {}) as Partial<AwsIngestConfiguration>;
        return redundantIngestCredentials?.map((credential) => ({ ...credential, stageArn }));
      },
    }),
  }),
);

// Fields of its stage and its participant

defineChildren(Stage, 'ingestConfigurations', list, {
  description: 'What lets encoders send to it.',
  selectorOf: ({ arn }) => ({ filterByStageArn: arn }),
});

builder.objectField(Participant, 'ingestConfiguration', (t) =>
  summaryReference(
    t,
    participants,
    'ingestConfigurationArn',
    ingestConfigurations,
    'The ingest configuration through which it publishes, if any.',
  ),
);

// Queries

const IngestConfigurationFilter = builder.inputType('IngestConfigurationFilter', {
  description: 'AWS filters by one condition at a time.',
  isOneOf: true,
  fields: (t) => ({
    stageArn: t.id({ description: 'Only those of this stage.' }),
    state: t.field({ type: IngestConfigurationState, description: 'Only those in this state.' }),
  }),
});

defineArnQuery(ingestConfigurations);
defineListQuery('ingestConfigurations', list, {
  description: 'The ingest configurations of a region, in AWS’s order.',
  args: { ...regionArg, ...filterArg(IngestConfigurationFilter) },
  selectorOf: ({ filter }) => filtersOf(filter),
});
