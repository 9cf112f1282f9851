import {
  CreateIngestConfigurationCommand,
  DeleteIngestConfigurationCommand,
  UpdateIngestConfigurationCommand,
} from '@aws-sdk/client-ivs-realtime';
import { checkArn, targetOf } from '../../upstream/arn.ts';
import {
  ConflictError,
  PendingVerificationError,
  ResourceNotFoundError,
  ServiceQuotaExceededError,
  ValidationError,
} from '../../upstream/errors.ts';
import { chooseTarget } from '../language/arn.ts';
import { KeyValueInput, toMap } from '../language/input.ts';
import { defineMutation, payloadOf, write } from '../patterns/mutation.ts';
import { IngestConfiguration, IngestProtocol, ingestConfigurations } from './ingest-configuration.ts';

/** Empty means none. */
const checkStageArn = (arn: string | undefined) => {
  if (arn) checkArn('stage', arn);
};

defineMutation('createIngestConfiguration', {
  scope: 'ivs:write',
  description: 'Makes an ingest configuration, which lets an encoder send to a stage.',
  payload: payloadOf(
    'createIngestConfiguration',
    'ingestConfiguration',
    IngestConfiguration,
    'The new ingest configuration.',
  ),
  errors: [ValidationError, ServiceQuotaExceededError, PendingVerificationError],
  input: (t) => ({
    region: t.string({
      description:
        'The region to create it in; when not given that of the stage, or without one the gateway’s own.',
    }),
    name: t.string({ description: 'Up to 128 letters, digits, `-` and `_`.' }),
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
    tags: t.field({ type: [KeyValueInput], description: 'Up to 50 tags.' }),
  }),
  resolve: async ({ region, attributes, tags, ...rest }, context) => {
    checkStageArn(rest.stageArn);
    const input = { ...rest, attributes: toMap(attributes), tags: toMap(tags) };
    const command = new CreateIngestConfigurationCommand(input);
    const target = chooseTarget(region, rest.stageArn, context);
    const { ingestConfiguration } = await write(context, target, command);
    return { thing: ingestConfigurations.fromPayload(ingestConfiguration, context) };
  },
});

defineMutation('updateIngestConfiguration', {
  scope: 'ivs:write',
  description:
    'Moves an ingest configuration to another stage, or changes its redundancy. What is not given stays as it is.',
  payload: payloadOf(
    'updateIngestConfiguration',
    'ingestConfiguration',
    IngestConfiguration,
    'The ingest configuration as it is now.',
  ),
  errors: [ValidationError, ResourceNotFoundError, ConflictError, PendingVerificationError],
  input: (t) => ({
    arn: t.id({ required: true, description: 'ARN of the ingest configuration; it must not be ACTIVE.' }),
    stageArn: t.id({ description: 'ARN of the stage to send to; empty takes it off its stage.' }),
    redundantIngest: t.boolean({ description: 'Whether a second encoder may send too.' }),
  }),
  resolve: async (input, context) => {
    ingestConfigurations.check(input);
    checkStageArn(input.stageArn);
    const command = new UpdateIngestConfigurationCommand(input);
    const { ingestConfiguration } = await write(context, targetOf(input.arn), command);
    return { thing: ingestConfigurations.fromPayload(ingestConfiguration, context) };
  },
});

defineMutation('deleteIngestConfiguration', {
  scope: 'ivs:write',
  description: 'Deletes an ingest configuration.',
  payload: payloadOf(
    'deleteIngestConfiguration',
    'ingestConfiguration',
    IngestConfiguration,
    'The ingest configuration that is gone: only its `id` and `arn` can be read.',
  ),
  errors: [ValidationError, ResourceNotFoundError, ConflictError, PendingVerificationError],
  input: (t) => ({
    arn: t.id({ required: true, description: 'ARN of the ingest configuration.' }),
    force: t.boolean({
      description:
        'Whether an encoder that is sending is cut off first; AWS’s default: false, and then it is a conflict.',
    }),
  }),
  resolve: async ({ arn, force }, context) => {
    ingestConfigurations.check({ arn });
    await write(context, targetOf(arn), new DeleteIngestConfigurationCommand({ arn, force }));
    return { thing: ingestConfigurations.deleted({ arn }, context) };
  },
});
