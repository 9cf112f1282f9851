import {
  type AdConfiguration as AwsAdConfiguration,
  CreateAdConfigurationCommand,
  DeleteAdConfigurationCommand,
  GetAdConfigurationCommand,
  ListAdConfigurationsCommand,
  UpdateAdConfigurationCommand,
} from '@aws-sdk/client-ivs';
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
import { listed } from '../language/costs.ts';
import { KeyValue, KeyValueInput, toEntries, toMap } from '../language/input.ts';
import { loadEach } from '../loading/calls.ts';
import { connectionArgs } from '../loading/connection.ts';
import { defineEntity, type Source } from '../loading/entity.ts';
import { federate } from '../patterns/federation.ts';
import { defineMutation, payloadOf, write } from '../patterns/mutation.ts';
import { defineDeletion, defineRegionalQueries } from '../patterns/regional.ts';
import { Taggable, taggable } from '../patterns/tags.ts';
import { Channel, ChannelConnection, channelList, channels, listChannels } from './channel.ts';
import {
  MediaTailorPlaybackConfiguration,
  MediaTailorPlaybackConfigurationInput,
} from './media-tailor-playback-configuration.ts';
import { PostRollConfiguration, PostRollConfigurationInput } from './post-roll-configuration.ts';

// How it is loaded

export interface AdConfigurationKey {
  arn: string;
}

// The summary has every member of the detail.
export const adConfigurations = defineEntity<AdConfigurationKey, AwsAdConfiguration, AwsAdConfiguration>({
  name: 'AdConfiguration',
  key: ['arn'],
  check: ({ arn }) => checkArn('ad-configuration', arn),
  filledBy: 'GetAdConfiguration',
  load: loadEach(async ({ arn }, context) => {
    const { adConfiguration } = await context.send(targetOf(arn), new GetAdConfigurationCommand({ arn }));
    return adConfiguration;
  }),
});

// What it is

const { summary } = adConfigurations;

export const AdConfiguration = builder.node(
  builder.objectRef<Source<AdConfigurationKey, AwsAdConfiguration, AwsAdConfiguration>>('AdConfiguration'),
  {
    ...adConfigurations.node,
    description:
      'How ads are put into the streams of the channels that use it, by way of AWS Elemental MediaTailor. Key: `arn`.',
    interfaces: [Taggable],
    fields: (t) => ({
      arn: t.exposeID('arn', { nullable: false, description: 'The Amazon Resource Name.' }),
      name: t.string(summary('name', 'Given by its maker, up to 128 characters; not unique.')),
      mediaTailorPlaybackConfigurations: t.field({
        type: [MediaTailorPlaybackConfiguration],
        ...summary(
          'mediaTailorPlaybackConfigurations',
          'The 1 to 3 playback configurations that viewers may get. The first is for those whose playback token names none.',
        ),
      }),
      postRollConfiguration: t.field({
        type: PostRollConfiguration,
        ...summary('postRollConfiguration', 'The ad break after the end of a stream.'),
      }),
      tags: t.field({ type: [KeyValue], ...summary('tags', 'Up to 50 tags.', toEntries) }),
      channels: t.field({
        type: ChannelConnection,
        ...listed(channelList, 'The channels that use it.'),
        args: connectionArgs,
        resolve: ({ arn }, args, context) =>
          listChannels(targetOf(arn), { filterByAdConfigurationArn: arn }, args, context),
      }),
    }),
  },
);
taggable('ad-configuration', 'ivs', adConfigurations);

// Where it hangs on its channels

builder.objectFields(Channel, (t) => ({
  adConfiguration: t.field({
    type: AdConfiguration,
    ...channels.summary(
      'adConfigurationArn',
      'How ads are put in; null when none are.',
      (arn, context, info) => adConfigurations.resolveRef({ arn }, context, info),
    ),
  }),
}));

// Queries

const regional = { type: AdConfiguration, entity: adConfigurations, called: 'ad configuration' };

defineRegionalQueries('adConfiguration', {
  ...regional,
  plural: 'adConfigurations',
  calledAll: 'ad configurations',
  operation: 'ListAdConfigurations',
  fetchPage: async (target, page, context) => {
    const { adConfigurations: items, nextToken } = await context.send(
      target,
      new ListAdConfigurationsCommand(page),
    );
    return { items, nextToken };
  },
});

// Mutations

const mediaTailor =
  'The 1 to 3 playback configurations that viewers may get, the one for most of them first.';

defineMutation('createAdConfiguration', {
  scope: 'ivs:write',
  description: 'Makes an ad configuration, for channels to use.',
  payload: payloadOf(
    'createAdConfiguration',
    'adConfiguration',
    AdConfiguration,
    'The new ad configuration.',
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
    mediaTailorPlaybackConfigurations: t.field({
      type: [MediaTailorPlaybackConfigurationInput],
      required: true,
      description: mediaTailor,
    }),
    postRollConfiguration: t.field({
      type: PostRollConfigurationInput,
      description: 'The ad break after the end of a stream. AWS’s default: none.',
    }),
    tags: t.field({ type: [KeyValueInput], description: 'Up to 50 tags.' }),
  }),
  resolve: async ({ region, tags, ...rest }, context) => {
    const command = new CreateAdConfigurationCommand({ ...rest, tags: toMap(tags) });
    const { adConfiguration } = await write(context, chooseTarget(region, undefined, context), command);
    return { thing: adConfigurations.fromPayload(adConfiguration, context) };
  },
});

defineMutation('updateAdConfiguration', {
  scope: 'ivs:write',
  description: 'Changes an ad configuration. What is not given stays as it is.',
  payload: payloadOf(
    'updateAdConfiguration',
    'adConfiguration',
    AdConfiguration,
    'The ad configuration as it is now.',
  ),
  errors: [
    ValidationError,
    ResourceNotFoundError,
    ConflictError,
    ServiceQuotaExceededError,
    PendingVerificationError,
  ],
  input: (t) => ({
    arn: t.id({ required: true, description: 'ARN of the ad configuration.' }),
    name: t.string({ description: 'Up to 128 letters, digits, `-` and `_`.' }),
    mediaTailorPlaybackConfigurations: t.field({
      type: [MediaTailorPlaybackConfigurationInput],
      description: mediaTailor,
    }),
    postRollConfiguration: t.field({
      type: PostRollConfigurationInput,
      description: 'The ad break after the end of a stream.',
    }),
  }),
  resolve: async (input, context) => {
    adConfigurations.check(input);
    const command = new UpdateAdConfigurationCommand(input);
    const { adConfiguration } = await write(context, targetOf(input.arn), command);
    return { thing: adConfigurations.fromPayload(adConfiguration, context) };
  },
});

defineDeletion('deleteAdConfiguration', {
  ...regional,
  description: 'Deletes an ad configuration that no channel uses.',
  member: 'adConfiguration',
  errors: [ValidationError, ResourceNotFoundError, ConflictError],
  commandOf: (key) => new DeleteAdConfigurationCommand(key),
});

// Federation

federate(AdConfiguration, adConfigurations);
