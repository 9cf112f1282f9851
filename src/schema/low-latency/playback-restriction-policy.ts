import {
  type PlaybackRestrictionPolicy as AwsPolicy,
  CreatePlaybackRestrictionPolicyCommand,
  DeletePlaybackRestrictionPolicyCommand,
  GetPlaybackRestrictionPolicyCommand,
  ListPlaybackRestrictionPoliciesCommand,
  type PlaybackRestrictionPolicySummary,
  UpdatePlaybackRestrictionPolicyCommand,
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
import { builder, type SchemaTypes } from '../language/builder.ts';
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

// How it is loaded

export interface PlaybackRestrictionPolicyKey {
  arn: string;
}

export const playbackRestrictionPolicies = defineEntity<
  PlaybackRestrictionPolicyKey,
  PlaybackRestrictionPolicySummary,
  AwsPolicy
>({
  name: 'PlaybackRestrictionPolicy',
  key: ['arn'],
  check: ({ arn }) => checkArn('playback-restriction-policy', arn),
  filledBy: 'GetPlaybackRestrictionPolicy',
  load: loadEach(async ({ arn }, context) => {
    const answer = await context.send(targetOf(arn), new GetPlaybackRestrictionPolicyCommand({ arn }));
    return answer.playbackRestrictionPolicy;
  }),
});

// What it is

const { summary } = playbackRestrictionPolicies;

export const PlaybackRestrictionPolicy = builder.node(
  builder.objectRef<Source<PlaybackRestrictionPolicyKey, PlaybackRestrictionPolicySummary, AwsPolicy>>(
    'PlaybackRestrictionPolicy',
  ),
  {
    ...playbackRestrictionPolicies.node,
    description: 'From which countries and websites channels may be watched. Key: `arn`.',
    interfaces: [Taggable],
    fields: (t) => ({
      arn: t.exposeID('arn', { nullable: false, description: 'The Amazon Resource Name.' }),
      name: t.string(summary('name', 'Given by its maker, up to 128 characters; not unique.')),
      allowedCountries: t.stringList(
        summary(
          'allowedCountries',
          'ISO 3166-1 codes of two letters; an empty list stands for all countries.',
        ),
      ),
      allowedOrigins: t.stringList(
        summary(
          'allowedOrigins',
          'Websites, as in the HTTP header `Origin`; an empty list stands for all of them.',
        ),
      ),
      enableStrictOriginEnforcement: t.boolean(
        summary(
          'enableStrictOriginEnforcement',
          'Whether the origin is checked at every request of a player instead of by CORS alone.',
        ),
      ),
      tags: t.field({ type: [KeyValue], ...summary('tags', 'Up to 50 tags.', toEntries) }),
    }),
  },
);
taggable('playback-restriction-policy', 'ivs', playbackRestrictionPolicies);

// Where it hangs on its channels

builder.objectFields(Channel, (t) => ({
  playbackRestrictionPolicy: t.field({
    type: PlaybackRestrictionPolicy,
    ...channels.summary(
      'playbackRestrictionPolicyArn',
      'The policy on where it may be watched; null when it may be watched anywhere.',
      (arn, context, info) => playbackRestrictionPolicies.resolveRef({ arn }, context, info),
    ),
  }),
}));

builder.objectFields(PlaybackRestrictionPolicy, (t) => ({
  channels: t.field({
    type: ChannelConnection,
    ...listed(channelList, 'The channels under it.'),
    args: connectionArgs,
    resolve: ({ arn }, args, context) =>
      listChannels(targetOf(arn), { filterByPlaybackRestrictionPolicyArn: arn }, args, context),
  }),
}));

// Queries

const regional = {
  type: PlaybackRestrictionPolicy,
  entity: playbackRestrictionPolicies,
  called: 'playback restriction policy',
};

defineRegionalQueries('playbackRestrictionPolicy', {
  ...regional,
  plural: 'playbackRestrictionPolicies',
  calledAll: 'playback restriction policies',
  operation: 'ListPlaybackRestrictionPolicies',
  fetchPage: async (target, page, context) => {
    const { playbackRestrictionPolicies: items, nextToken } = await context.send(
      target,
      new ListPlaybackRestrictionPoliciesCommand(page),
    );
    return { items, nextToken };
  },
});

// Mutations

const restrictionFields = (t: PothosSchemaTypes.InputFieldBuilder<SchemaTypes, 'InputObject'>) => ({
  allowedCountries: t.stringList({
    description: 'ISO 3166-1 codes of two letters. An empty list allows all countries, as a new policy does.',
  }),
  allowedOrigins: t.stringList({
    description:
      'Websites, as in the HTTP header `Origin`, up to 128 characters each. An empty list allows all of them, as a new policy does.',
  }),
  enableStrictOriginEnforcement: t.boolean({
    description:
      'Whether to check the origin at every request of a player instead of by CORS alone. The default of a new policy: false.',
  }),
  name: t.string({ description: 'Up to 128 letters, digits, `-` and `_`.' }),
});

defineMutation('createPlaybackRestrictionPolicy', {
  scope: 'ivs:write',
  description: 'Makes a policy on where channels may be watched.',
  payload: payloadOf(
    'createPlaybackRestrictionPolicy',
    'playbackRestrictionPolicy',
    PlaybackRestrictionPolicy,
    'The new policy.',
  ),
  errors: [ValidationError, ServiceQuotaExceededError, PendingVerificationError],
  input: (t) => ({
    region: t.string({ description: 'The region to create it in; the gateway’s own when not given.' }),
    ...restrictionFields(t),
    tags: t.field({ type: [KeyValueInput], description: 'Up to 50 tags.' }),
  }),
  resolve: async ({ region, tags, ...rest }, context) => {
    const command = new CreatePlaybackRestrictionPolicyCommand({ ...rest, tags: toMap(tags) });
    const answer = await write(context, chooseTarget(region, undefined, context), command);
    return { thing: playbackRestrictionPolicies.fromPayload(answer.playbackRestrictionPolicy, context) };
  },
});

defineMutation('updatePlaybackRestrictionPolicy', {
  scope: 'ivs:write',
  description: 'Changes a policy, for all channels under it. What is not given stays as it is.',
  payload: payloadOf(
    'updatePlaybackRestrictionPolicy',
    'playbackRestrictionPolicy',
    PlaybackRestrictionPolicy,
    'The policy as it is now.',
  ),
  errors: [ValidationError, ResourceNotFoundError, ConflictError, PendingVerificationError],
  input: (t) => ({
    arn: t.id({ required: true, description: 'ARN of the playback restriction policy.' }),
    ...restrictionFields(t),
  }),
  resolve: async (input, context) => {
    playbackRestrictionPolicies.check(input);
    const command = new UpdatePlaybackRestrictionPolicyCommand(input);
    const answer = await write(context, targetOf(input.arn), command);
    return { thing: playbackRestrictionPolicies.fromPayload(answer.playbackRestrictionPolicy, context) };
  },
});

defineDeletion('deletePlaybackRestrictionPolicy', {
  ...regional,
  description:
    'Deletes a policy under which there is no channel: see `playbackRestrictionPolicyArn` of updateChannel.',
  member: 'playbackRestrictionPolicy',
  errors: [ValidationError, ResourceNotFoundError, ConflictError, PendingVerificationError],
  commandOf: (key) => new DeletePlaybackRestrictionPolicyCommand(key),
});

// Federation

federate(PlaybackRestrictionPolicy, playbackRestrictionPolicies);
