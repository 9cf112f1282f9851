import {
  type AdConfiguration as AwsAdConfiguration,
  CreateAdConfigurationCommand,
  DeleteAdConfigurationCommand,
  GetAdConfigurationCommand,
  ListAdConfigurationsCommand,
  UpdateAdConfigurationCommand,
} from '@aws-sdk/client-ivs';
import {
  ConflictError,
  PendingVerificationError,
  ResourceNotFoundError,
  ServiceQuotaExceededError,
  ValidationError,
} from '../../upstream/errors.ts';
import { checkArn, regionOf } from '../arn.ts';
import { builder } from '../builder.ts';
import { connectionArgs, connectionOf, listConnection, regionalConnectionArgs } from '../connection.ts';
import { defineEntity, type Source } from '../entity.ts';
import { federate } from '../federation.ts';
import { KeyValue, KeyValueInput, toEntries, toMap } from '../input.ts';
import { loadEach } from '../loader.ts';
import { defineMutation, payloadOf, write } from '../mutation.ts';
import { Taggable, taggable } from '../tags.ts';
import { Channel, ChannelConnection, channels, listChannels } from './channel.ts';
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
    const { adConfiguration } = await context.send(regionOf(arn), new GetAdConfigurationCommand({ arn }));
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
        description: 'The channels that use it. One ListChannels call per 100.',
        args: connectionArgs,
        resolve: ({ arn }, args, context) =>
          listChannels(regionOf(arn), { filterByAdConfigurationArn: arn }, args, context),
      }),
    }),
  },
);
taggable('ad-configuration', 'ivs', adConfigurations);

// Where it hangs on its channels

builder.objectFields(Channel, (t) => ({
  adConfiguration: t.field({
    type: AdConfiguration,
    ...channels.summary('adConfigurationArn', 'How ads are put in; null when none are.', (arn, context) =>
      adConfigurations.referTo({ arn }, context),
    ),
  }),
}));

// Queries

const AdConfigurationConnection = connectionOf(
  AdConfiguration,
  'AdConfiguration',
  'A list of ad configurations.',
);

builder.queryFields((t) => ({
  adConfiguration: t.field({
    type: AdConfiguration,
    description: 'One ad configuration by its ARN.',
    args: { arn: t.arg.id({ required: true, description: 'ARN of the ad configuration.' }) },
    resolve: (_root, key, context, info) => adConfigurations.find(key, context, info),
  }),
  adConfigurations: t.field({
    type: AdConfigurationConnection,
    description: 'The ad configurations of a region, in AWS’s order. One ListAdConfigurations call per 100.',
    args: regionalConnectionArgs,
    resolve: (_root, { region, ...args }, context) => {
      const where = region ?? context.defaultRegion;
      return listConnection({
        args,
        scope: ['ListAdConfigurations', where],
        pageMax: 100,
        fetchPage: async (page) => {
          const answer = await context.send(where, new ListAdConfigurationsCommand(page));
          return { items: answer.adConfigurations, nextToken: answer.nextToken };
        },
        ...adConfigurations.listed(({ arn }) => ({ arn }), context),
      });
    },
  }),
}));

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
      description: 'The ad break after the end of a stream; AWS’s default is none.',
    }),
    tags: t.field({ type: [KeyValueInput], description: 'Up to 50 tags.' }),
  }),
  resolve: async ({ region, tags, ...rest }, context) => {
    const command = new CreateAdConfigurationCommand({ ...rest, tags: toMap(tags) });
    const { adConfiguration } = await write(context, region ?? context.defaultRegion, command);
    return { thing: adConfigurations.answered(adConfiguration, context) };
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
    const { adConfiguration } = await write(context, regionOf(input.arn), command);
    return { thing: adConfigurations.answered(adConfiguration, context) };
  },
});

defineMutation('deleteAdConfiguration', {
  scope: 'ivs:write',
  description: 'Deletes an ad configuration that no channel uses.',
  payload: payloadOf(
    'deleteAdConfiguration',
    'adConfiguration',
    AdConfiguration,
    'The ad configuration that is gone: only its `id` and `arn` can be read.',
  ),
  errors: [ValidationError, ResourceNotFoundError, ConflictError],
  input: (t) => ({ arn: t.id({ required: true, description: 'ARN of the ad configuration.' }) }),
  resolve: async (input, context) => {
    adConfigurations.check(input);
    await write(context, regionOf(input.arn), new DeleteAdConfigurationCommand(input));
    return { thing: adConfigurations.gone(input, context) };
  },
});

// Federation

federate(AdConfiguration, adConfigurations);
