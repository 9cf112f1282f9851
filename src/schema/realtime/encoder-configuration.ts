import {
  type EncoderConfiguration as AwsEncoderConfiguration,
  type Video as AwsVideo,
  CreateEncoderConfigurationCommand,
  DeleteEncoderConfigurationCommand,
  type EncoderConfigurationSummary,
  GetEncoderConfigurationCommand,
  ListEncoderConfigurationsCommand,
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
import { builder } from '../language/builder.ts';
import { KeyValue, KeyValueInput, toEntries, toMap } from '../language/input.ts';
import { loadEach } from '../loading/calls.ts';
import { defineEntity, type Source } from '../loading/entity.ts';
import { federate } from '../patterns/federation.ts';
import { defineMutation, payloadOf, write } from '../patterns/mutation.ts';
import { defineDeletion, defineRegionalQueries } from '../patterns/regional.ts';
import { Taggable, taggable } from '../patterns/tags.ts';

// How it is loaded

export interface EncoderConfigurationKey {
  arn: string;
}

export const encoderConfigurations = defineEntity<
  EncoderConfigurationKey,
  EncoderConfigurationSummary,
  AwsEncoderConfiguration
>({
  name: 'EncoderConfiguration',
  key: ['arn'],
  check: ({ arn }) => checkArn('encoder-configuration', arn),
  filledBy: 'GetEncoderConfiguration',
  load: loadEach(async ({ arn }, context) => {
    const command = new GetEncoderConfigurationCommand({ arn });
    const { encoderConfiguration } = await context.send(targetOf(arn), command);
    return encoderConfiguration;
  }),
});

// What it is

const EncoderVideo = builder.objectRef<AwsVideo>('EncoderVideo').implement({
  description: 'The picture that an encoder makes.',
  fields: (t) => ({
    width: t.exposeInt('width', { description: 'In pixels, 2 to 1920, even.' }),
    height: t.exposeInt('height', { description: 'In pixels, 2 to 1920, even.' }),
    framerate: t.exposeFloat('framerate', { description: 'Frames a second, 1 to 60.' }),
    bitrate: t.exposeInt('bitrate', { description: 'Bits a second, up to 8500000.' }),
  }),
});

const { summary, detail } = encoderConfigurations;

export const EncoderConfiguration = builder.node(
  builder.objectRef<Source<EncoderConfigurationKey, EncoderConfigurationSummary, AwsEncoderConfiguration>>(
    'EncoderConfiguration',
  ),
  {
    ...encoderConfigurations.node,
    description: 'How a composition encodes its picture. Cannot be changed once it is made. Key: `arn`.',
    interfaces: [Taggable],
    fields: (t) => ({
      arn: t.exposeID('arn', { nullable: false, description: 'The Amazon Resource Name.' }),
      name: t.string(summary('name', 'Given by its maker, up to 128 characters; not unique.')),
      video: t.field({ type: EncoderVideo, ...detail('video', 'The picture that it makes.') }),
      tags: t.field({ type: [KeyValue], ...summary('tags', 'Up to 50 tags.', toEntries) }),
    }),
  },
);
taggable('encoder-configuration', 'ivs-realtime', encoderConfigurations);

// Queries

const regional = {
  type: EncoderConfiguration,
  entity: encoderConfigurations,
  called: 'encoder configuration',
};

defineRegionalQueries('encoderConfiguration', {
  ...regional,
  plural: 'encoderConfigurations',
  calledAll: 'encoder configurations',
  operation: 'ListEncoderConfigurations',
  fetchPage: async (target, page, context) => {
    const { encoderConfigurations: items, nextToken } = await context.send(
      target,
      new ListEncoderConfigurationsCommand(page),
    );
    return { items, nextToken };
  },
});

// Mutations

const EncoderVideoInput = builder.inputType('EncoderVideoInput', {
  description: 'The picture to make: at most 2073600 pixels, which is 1920 × 1080.',
  fields: (t) => ({
    width: t.int({ description: 'In pixels, 2 to 1920, even. AWS’s default: 1280.' }),
    height: t.int({ description: 'In pixels, 2 to 1920, even. AWS’s default: 720.' }),
    framerate: t.float({ description: 'Frames a second, 1 to 60. AWS’s default: 30.' }),
    bitrate: t.int({ description: 'Bits a second, 1 to 8500000. AWS’s default: 2500000.' }),
  }),
});

defineMutation('createEncoderConfiguration', {
  scope: 'ivs:write',
  description: 'Makes an encoder configuration.',
  payload: payloadOf(
    'createEncoderConfiguration',
    'encoderConfiguration',
    EncoderConfiguration,
    'The new encoder configuration.',
  ),
  errors: [
    ValidationError,
    ResourceNotFoundError,
    ConflictError,
    ServiceQuotaExceededError,
    PendingVerificationError,
  ],
  input: (t) => ({
    region: t.string({ description: 'The region to create it in; the gateway’s own when not given.' }),
    name: t.string({ description: 'Up to 128 letters, digits, `-` and `_`.' }),
    video: t.field({ type: EncoderVideoInput, description: 'The picture that it shall make.' }),
    tags: t.field({ type: [KeyValueInput], description: 'Up to 50 tags.' }),
  }),
  resolve: async ({ region, tags, ...rest }, context) => {
    const command = new CreateEncoderConfigurationCommand({ ...rest, tags: toMap(tags) });
    const { encoderConfiguration } = await write(context, chooseTarget(region, undefined, context), command);
    return { thing: encoderConfigurations.fromPayload(encoderConfiguration, context) };
  },
});

defineDeletion('deleteEncoderConfiguration', {
  ...regional,
  description: 'Deletes an encoder configuration that no composition uses.',
  member: 'encoderConfiguration',
  errors: [ValidationError, ResourceNotFoundError, ConflictError, ServiceQuotaExceededError],
  commandOf: (key) => new DeleteEncoderConfigurationCommand(key),
});

// Federation

federate(EncoderConfiguration, encoderConfigurations);
