import { checkArn } from '../../upstream/arn.ts';
import { ivsRealtime } from '../../upstream/aws-sdk.ts';
import type { Scopes } from '../language/authorization.ts';
import { clearedBy } from '../language/clearing.ts';
import { KeyValueInput, nameInput, toMap } from '../language/input.ts';
import { defineCreation, defineDeletion, defineUpdate } from '../patterns/resource-mutations.ts';
import { IngestProtocol, ingestConfigurations } from './ingest-configuration.ts';

const {
  CreateIngestConfigurationCommand,
  DeleteIngestConfigurationCommand,
  UpdateIngestConfigurationCommand,
} = ivsRealtime;

/** Its stream key lets an encoder join as a user, no less than a participant token does. */
const scope: Scopes = ['ivs:write', 'ivs:token'];

/** Empty means none. */
const checkStage = ({ stageArn }: { stageArn?: string | undefined }) => {
  if (stageArn) checkArn('stage', stageArn);
};

defineCreation('createIngestConfiguration', {
  entity: ingestConfigurations,
  scope,
  description: 'Creates an ingest configuration, with which an encoder publishes to a stage.',
  errors: ['ServiceQuotaExceededError', 'PendingVerificationError'],
  place: {
    account:
      'Account of the new resource: its id. When omitted: the account of the stage, else the gateway’s default account.',
    region:
      'Region of the new resource. When omitted: the region of the stage, else the gateway’s default region.',
  },
  input: (t) => ({
    name: nameInput(t),
    stageArn: t.id({ description: 'ARN of the stage to publish to. Can be set later.' }),
    userId: t.string({
      description: 'Application id of the encoder, up to 128 characters. Visible to other participants.',
    }),
    attributes: t.field({
      type: [KeyValueInput],
      description: 'Application data about the encoder, up to 1 KB. Visible to other participants.',
    }),
    ingestProtocol: t.field({
      type: IngestProtocol,
      required: true,
      description: 'Ingest protocol. RTMP requires `insecureIngest`.',
    }),
    insecureIngest: t.boolean({ description: 'Whether RTMP without TLS is allowed. AWS’s default: false.' }),
    redundantIngest: t.boolean({
      description: 'Whether a second encoder can publish in parallel. AWS’s default: false.',
    }),
  }),
  rules: [checkStage],
  commandOf: ({ attributes, userId, ...rest }, { user }) =>
    new CreateIngestConfigurationCommand({
      ...rest,
      userId: userId ?? user,
      attributes: toMap(attributes),
    }),
  detailOf: (output) => output.ingestConfiguration,
});

defineUpdate('updateIngestConfiguration', {
  entity: ingestConfigurations,
  scope,
  description:
    'Moves an ingest configuration to another stage, or changes its redundancy. Omitted members stay unchanged.',
  errors: ['ResourceNotFoundError', 'ConflictError', 'PendingVerificationError'],
  arn: 'ARN of the ingest configuration; it must not be ACTIVE.',
  input: (t) => ({
    stageArn: t.id({
      description: 'ARN of the stage to publish to. Null removes it from its stage.',
      ...clearedBy(''),
    }),
    redundantIngest: t.boolean({ description: 'Whether a second encoder can publish in parallel.' }),
  }),
  rules: [checkStage],
  commandOf: (input) => new UpdateIngestConfigurationCommand(input),
  detailOf: (output) => output.ingestConfiguration,
});

defineDeletion('deleteIngestConfiguration', {
  entity: ingestConfigurations,
  description: 'Deletes an ingest configuration.',
  errors: ['ResourceNotFoundError', 'ConflictError', 'PendingVerificationError'],
  input: (t) => ({
    force: t.boolean({
      description:
        'Whether to disconnect an active encoder first. AWS’s default: false, which is a conflict while an encoder is active.',
    }),
  }),
  commandOf: (input) => new DeleteIngestConfigurationCommand(input),
});
