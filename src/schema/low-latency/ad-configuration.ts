import type { AdConfiguration as AwsAdConfiguration, ListAdConfigurationsRequest } from '@aws-sdk/client-ivs';
import { ivs } from '../../upstream/aws-sdk.ts';
import { builder } from '../language/builder.ts';
import { clearedBy } from '../language/clearing.ts';
import { nameInput } from '../language/input.ts';
import { defineNode } from '../patterns/node.ts';
import { defineRegionalQueries } from '../patterns/queries.ts';
import { defineChildren, summaryReference } from '../patterns/relations.ts';
import { defineResource, loadByArn } from '../patterns/resource.ts';
import { defineCreation, defineDeletion, defineUpdate } from '../patterns/resource-mutations.ts';
import { Taggable } from '../patterns/tags.ts';
import { Channel, channelList, channels } from './channel.ts';
import {
  MediaTailorPlaybackConfiguration,
  MediaTailorPlaybackConfigurationInput,
} from './media-tailor-playback-configuration.ts';
import { PostRollConfiguration, PostRollConfigurationInput } from './post-roll-configuration.ts';

const {
  CreateAdConfigurationCommand,
  DeleteAdConfigurationCommand,
  GetAdConfigurationCommand,
  ListAdConfigurationsCommand,
  UpdateAdConfigurationCommand,
} = ivs;

// How it is loaded

// The summary has every member of the detail.
export const adConfigurations = defineResource<AwsAdConfiguration, AwsAdConfiguration>({
  name: 'AdConfiguration',
  load: loadByArn(
    (key) => new GetAdConfigurationCommand(key),
    (output) => output.adConfiguration,
  ),
});

// What it is

const AdConfiguration = defineNode(adConfigurations, {
  description:
    'How ads are put into the streams of the channels that use it, by way of AWS Elemental MediaTailor. Key: `arn`.',
  interfaces: [Taggable],
  summary: {
    name: ['String', 'Given by its maker, up to 128 characters; not unique.'],
    mediaTailorPlaybackConfigurations: [
      [MediaTailorPlaybackConfiguration],
      'The 1 to 3 playback configurations that viewers may get. The first is for those whose playback token names none.',
    ],
    postRollConfiguration: [PostRollConfiguration, 'The ad break after the end of a stream.'],
  },
});

// Fields of its channels

builder.objectField(Channel, 'adConfiguration', (t) =>
  summaryReference(
    t,
    channels,
    'adConfigurationArn',
    adConfigurations,
    'How ads are put in; null when none are.',
  ),
);

defineChildren(AdConfiguration, 'channels', channelList, {
  description: 'The channels that use it.',
  selectorOf: ({ arn }) => ({ filterByAdConfigurationArn: arn }),
});

// Queries

defineRegionalQueries(adConfigurations, 'adConfigurations', {
  commandOf: (request: ListAdConfigurationsRequest) => new ListAdConfigurationsCommand(request),
  itemsOf: (output) => output.adConfigurations,
});

// Mutations

const mediaTailor =
  'The 1 to 3 playback configurations that viewers may get, the one for most of them first.';

defineCreation('createAdConfiguration', {
  entity: adConfigurations,
  description: 'Makes an ad configuration, for channels to use.',
  errors: ['ResourceNotFoundError', 'ConflictError', 'ServiceQuotaExceededError', 'PendingVerificationError'],
  input: (t) => ({
    name: nameInput(t),
    mediaTailorPlaybackConfigurations: t.field({
      type: [MediaTailorPlaybackConfigurationInput],
      required: true,
      description: mediaTailor,
    }),
    postRollConfiguration: t.field({
      type: PostRollConfigurationInput,
      description: 'The ad break after the end of a stream. AWS’s default: none.',
    }),
  }),
  commandOf: (input) => new CreateAdConfigurationCommand(input),
  detailOf: (output) => output.adConfiguration,
});

defineUpdate('updateAdConfiguration', {
  entity: adConfigurations,
  description: 'Changes an ad configuration. What is not given stays as it is.',
  errors: ['ResourceNotFoundError', 'ConflictError', 'ServiceQuotaExceededError', 'PendingVerificationError'],
  input: (t) => ({
    name: nameInput(t),
    mediaTailorPlaybackConfigurations: t.field({
      type: [MediaTailorPlaybackConfigurationInput],
      description: mediaTailor,
    }),
    postRollConfiguration: t.field({
      type: PostRollConfigurationInput,
      description: 'Ad break after the end of a stream. Null turns it off.',
      ...clearedBy({ enabled: false }),
    }),
  }),
  commandOf: (input) => new UpdateAdConfigurationCommand(input),
  detailOf: (output) => output.adConfiguration,
});

defineDeletion('deleteAdConfiguration', {
  entity: adConfigurations,
  description: 'Deletes an ad configuration that no channel uses.',
  errors: ['ResourceNotFoundError', 'ConflictError'],
  commandOf: (key) => new DeleteAdConfigurationCommand(key),
});
