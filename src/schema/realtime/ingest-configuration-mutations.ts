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
  description: 'Makes an ingest configuration, which lets an encoder send to a stage.',
  errors: ['ServiceQuotaExceededError', 'PendingVerificationError'],
  region: 'The region to create it in; when not given that of the stage, or without one the gateway’s own.',
  input: (t) => ({
    name: nameInput(t),
    stageArn: t.id({ description: 'ARN of the stage to send to; it can be given later.' }),
    userId: t.string({
      description: 'Your own name for the encoder, up to 128 characters. Other participants see it.',
    }),
    attributes: t.field({
      type: [KeyValueInput],
      description: 'Your own data about the encoder, up to 1 KB. Other participants see it.',
    }),
    ingestProtocol: t.field({
      type: IngestProtocol,
      required: true,
      description: 'How the encoder sends. RTMP needs `insecureIngest`.',
    }),
    insecureIngest: t.boolean({ description: 'Whether RTMP without TLS may be sent. AWS’s default: false.' }),
    redundantIngest: t.boolean({
      description: 'Whether a second encoder may send too. AWS’s default: false.',
    }),
  }),
  check: checkStage,
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
    'Moves an ingest configuration to another stage, or changes its redundancy. What is not given stays as it is.',
  errors: ['ResourceNotFoundError', 'ConflictError', 'PendingVerificationError'],
  arn: 'ARN of the ingest configuration; it must not be ACTIVE.',
  input: (t) => ({
    stageArn: t.id({
      description: 'ARN of the stage to publish to. Null removes it from its stage.',
      ...clearedBy(''),
    }),
    redundantIngest: t.boolean({ description: 'Whether a second encoder may send too.' }),
  }),
  check: checkStage,
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
        'Whether an encoder that is sending is cut off first; AWS’s default: false, and then it is a conflict.',
    }),
  }),
  commandOf: (input) => new DeleteIngestConfigurationCommand(input),
});
