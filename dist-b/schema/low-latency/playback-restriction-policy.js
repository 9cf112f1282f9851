import { ivs } from '../../upstream/aws-sdk.js';
import { builder } from '../language/builder.js';
import { clearedBy } from '../language/clearing.js';
import { nameInput } from '../language/input.js';
import { defineNode } from '../patterns/node.js';
import { defineRegionalQueries } from '../patterns/queries.js';
import { defineChildren, summaryReference } from '../patterns/relations.js';
import { defineResource, loadByArn } from '../patterns/resource.js';
import { defineCreation, defineDeletion, defineUpdate } from '../patterns/resource-mutations.js';
import { Taggable } from '../patterns/tags.js';
import { Channel, channelList, channels } from './channel.js';
const { CreatePlaybackRestrictionPolicyCommand, DeletePlaybackRestrictionPolicyCommand, GetPlaybackRestrictionPolicyCommand, ListPlaybackRestrictionPoliciesCommand, UpdatePlaybackRestrictionPolicyCommand, } = ivs;
// How it is loaded
export const playbackRestrictionPolicies = defineResource({
    name: 'PlaybackRestrictionPolicy',
    load: loadByArn((key) => new GetPlaybackRestrictionPolicyCommand(key), (output) => output.playbackRestrictionPolicy),
});
// What it is
const PlaybackRestrictionPolicy = defineNode(playbackRestrictionPolicies, {
    description: 'A policy on the countries and origins of viewers. Key: `arn`.',
    interfaces: [Taggable],
    summary: {
        name: ['String', 'Name given at creation, up to 128 characters. Not unique.'],
        allowedCountries: [['String'], 'ISO 3166-1 alpha-2 codes. An empty list stands for all countries.'],
        allowedOrigins: [
            ['String'],
            'Origins as in the HTTP header `Origin`. An empty list stands for all origins.',
        ],
        enableStrictOriginEnforcement: [
            'Boolean',
            'Whether AWS checks the origin of every playback request, instead of by CORS alone.',
        ],
    },
});
// Fields of its channels
builder.objectField(Channel, 'playbackRestrictionPolicy', (t) => summaryReference(t, channels, 'playbackRestrictionPolicyArn', playbackRestrictionPolicies, 'Policy on the countries and origins of viewers. Null when playback is unrestricted.'));
defineChildren(PlaybackRestrictionPolicy, 'channels', channelList, {
    description: 'Channels that use it.',
    selectorOf: ({ arn }) => ({ filterByPlaybackRestrictionPolicyArn: arn }),
});
// Queries
defineRegionalQueries(playbackRestrictionPolicies, 'playbackRestrictionPolicies', {
    commandOf: (request) => new ListPlaybackRestrictionPoliciesCommand(request),
    itemsOf: (output) => output.playbackRestrictionPolicies,
});
// Mutations
const restrictionFields = (t) => ({
    allowedCountries: t.stringList({
        description: 'ISO 3166-1 alpha-2 codes. An empty list allows all countries, which is the default, and so does null in an update.',
        ...clearedBy([]),
    }),
    allowedOrigins: t.stringList({
        description: 'Origins as in the HTTP header `Origin`, up to 128 characters each. An empty list allows all origins, which is the default, and so does null in an update.',
        ...clearedBy([]),
    }),
    enableStrictOriginEnforcement: t.boolean({
        description: 'Whether AWS checks the origin of every playback request, instead of by CORS alone. The default of a new policy: false.',
    }),
    name: nameInput(t),
});
defineCreation('createPlaybackRestrictionPolicy', {
    entity: playbackRestrictionPolicies,
    description: 'Creates a policy on the countries and origins of viewers.',
    returns: 'The new policy.',
    errors: ['ServiceQuotaExceededError', 'PendingVerificationError'],
    input: (t) => ({
        ...restrictionFields(t),
    }),
    commandOf: (input) => new CreatePlaybackRestrictionPolicyCommand(input),
    detailOf: (output) => output.playbackRestrictionPolicy,
});
defineUpdate('updatePlaybackRestrictionPolicy', {
    entity: playbackRestrictionPolicies,
    description: 'Updates a policy, for all channels that use it. Omitted members stay unchanged.',
    returns: 'The policy as it is now.',
    errors: ['ResourceNotFoundError', 'ConflictError', 'PendingVerificationError'],
    input: (t) => ({
        ...restrictionFields(t),
    }),
    commandOf: (input) => new UpdatePlaybackRestrictionPolicyCommand(input),
    detailOf: (output) => output.playbackRestrictionPolicy,
});
defineDeletion('deletePlaybackRestrictionPolicy', {
    entity: playbackRestrictionPolicies,
    description: 'Deletes a policy that no channel uses. See `playbackRestrictionPolicyArn` of updateChannel.',
    errors: ['ResourceNotFoundError', 'ConflictError', 'PendingVerificationError'],
    commandOf: (key) => new DeletePlaybackRestrictionPolicyCommand(key),
});
