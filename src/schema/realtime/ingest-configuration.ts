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
import { defineArnQuery, defineListQuery, filterArg, placeArgs } from '../patterns/queries.ts';
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
  lookup: () => ({}),
  check: ({ filterByStageArn: arn }) => {
    if (arn !== undefined) checkArn('stage', arn);
  },
});

// What it is

export const IngestProtocol = enumeration<Protocol>('IngestProtocol', 'Ingest protocol of a stage.', {
  RTMP: 'RTMP, unencrypted.',
  RTMPS: 'RTMP over TLS.',
});

const IngestConfigurationState = enumeration<State>(
  'IngestConfigurationState',
  'State of an ingest configuration.',
  {
    ACTIVE: 'An encoder is publishing with it.',
    INACTIVE: 'No encoder is publishing with it.',
  },
);

defineNode(
  ingestConfigurations,
  {
    description:
      'A stream key with which an encoder, such as OBS, publishes to a stage over RTMP or RTMPS. The encoder then appears as a participant. Key: `arn`.',
    interfaces: [Taggable],
    summary: {
      name: ['String', 'Name given at creation, up to 128 characters. Not unique.'],
      ingestProtocol: [IngestProtocol, 'Ingest protocol.'],
      stageArn: ['ID', 'ARN of the stage to publish to. Null when it has none.'],
      participantId: ['ID', 'Participant id of the encoder.'],
      state: [IngestConfigurationState, 'State: whether an encoder is publishing with it.'],
      userId: ['String', 'Application id of the encoder. Visible to other participants.'],
      redundantIngest: ['Boolean', 'Whether a second encoder can publish in parallel.'],
    },
    detail: {
      attributes: [[KeyValue], 'Application data about the encoder. Visible to other participants.'],
      tags: [[KeyValue], 'Up to 50 tags.'],
    },
  },
  (t) => ({
    stage: summaryReference(
      t,
      ingestConfigurations,
      'stageArn',
      stages,
      'Stage to publish to. Null when it has none.',
    ),
    participant: t.field({
      type: Participant,
      description:
        'The encoder as a participant of the active session. Null when it has not joined. Call: GetStage and GetParticipant.',
      ...costs({ level: 'summary', requires: stages.name, requiresAs: 'stage', checksExistence: true }),
      resolve: async (configuration, _args, context, info) => {
        const facts = await ingestConfigurations.factsOf(configuration, 'summary', context);
        return facts && findIngestParticipant(facts, context, info);
      },
    }),
    streamKey: t.string(
      scoped(
        'ivs:secret',
        ingestConfigurations.detail('streamKey', 'Secret stream key, which identifies the encoder.'),
      ),
    ),
    redundantIngestCredentials: t.field({
      type: [RedundantIngestCredential],
      description: `Credentials of the second encoder. Empty without \`redundantIngest\`. Call: ${ingestConfigurations.filledBy}.`,
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
  description: 'Ingest configurations of the stage.',
  selectorOf: ({ arn }) => ({ filterByStageArn: arn }),
});

builder.objectField(Participant, 'ingestConfiguration', (t) =>
  summaryReference(
    t,
    participants,
    'ingestConfigurationArn',
    ingestConfigurations,
    'Ingest configuration with which it publishes. Null when it uses none.',
  ),
);

// Queries

const IngestConfigurationFilter = builder.inputType('IngestConfigurationFilter', {
  description:
    'Condition on ingest configurations. Set exactly one member, since AWS filters by one condition at a time.',
  isOneOf: true,
  fields: (t) => ({
    stageArn: t.id({ description: 'Items of this stage.' }),
    state: t.field({ type: IngestConfigurationState, description: 'Items in this state.' }),
  }),
});

defineArnQuery(ingestConfigurations);
defineListQuery('ingestConfigurations', list, {
  description: 'The ingest configurations of a region, in AWS’s order.',
  args: { ...placeArgs, ...filterArg(IngestConfigurationFilter) },
  selectorOf: ({ filter }) => filtersOf(filter),
});
