import { checkArn, targetOf } from '../../upstream/arn.js';
import { ivsRealtime } from '../../upstream/aws-sdk.js';
import { builder } from '../language/builder.js';
import { enumeration } from '../language/enumeration.js';
import { filtersOf, tagsInput, toMap } from '../language/input.js';
import { defineList } from '../loading/list.js';
import { durationDescription, secondsOf } from '../patterns/duration.js';
import { defineMutation, payloadOf, write } from '../patterns/mutation.js';
import { defineNode } from '../patterns/node.js';
import { defineArnQuery, defineListQuery, filterArg, regionArg } from '../patterns/queries.js';
import { defineChildren, summaryReference } from '../patterns/relations.js';
import { defineResource, loadByArn } from '../patterns/resource.js';
import { Taggable } from '../patterns/tags.js';
import { CompositionDestinationConfigurationInput, toDestination, } from './composition-destination-configuration.js';
import { LayoutConfiguration, LayoutConfigurationInput } from './layout-configuration.js';
import { Stage, stages } from './stage.js';
const { GetCompositionCommand, ListCompositionsCommand, StartCompositionCommand, StopCompositionCommand } = ivsRealtime;
// How it is loaded
export const compositions = defineResource({
    name: 'Composition',
    load: loadByArn((key) => new GetCompositionCommand(key), (output) => output.composition),
});
const list = defineList(compositions, {
    description: 'A list of compositions.',
    commandOf: (request) => new ListCompositionsCommand(request),
    itemsOf: (output) => output.compositions,
    lookup: () => ({}),
});
// What it is
const CompositionState = enumeration('CompositionState', 'Lifecycle state of a composition.', {
    STARTING: 'Starting.',
    ACTIVE: 'Running.',
    STOPPING: 'Stopping.',
    FAILED: 'Ended because all destinations failed.',
    STOPPED: 'Ended.',
});
export const Composition = defineNode(compositions, {
    description: 'All participants of a stage in one video, which is broadcast on a channel, recorded, or both. AWS stops it after a minute without a publisher and removes it five minutes after its end. Key: `arn`.',
    interfaces: [Taggable],
    summary: {
        stageArn: ['ID', 'ARN of the stage that it shows.'],
        state: [CompositionState, 'Lifecycle state.'],
        startTime: ['DateTime', 'Time of its start.'],
        endTime: ['DateTime', 'Time of its end. Null before.'],
    },
    detail: {
        layout: [LayoutConfiguration, 'Layout of the participants.'],
    },
}, (t) => ({
    durationSeconds: t.int(compositions.computed('summary', durationDescription, secondsOf)),
    stage: summaryReference(t, compositions, 'stageArn', stages, 'Stage that it shows.'),
}));
// Fields of its stage
defineChildren(Stage, 'compositions', list, {
    description: 'Compositions of the stage, including those that ended in the last five minutes.',
    selectorOf: ({ arn }) => ({ filterByStageArn: arn }),
});
// Queries
const CompositionFilter = builder.inputType('CompositionFilter', {
    description: 'AWS filters by one condition at a time.',
    isOneOf: true,
    fields: (t) => ({
        stageArn: t.id({ description: 'Items of this stage.' }),
        encoderConfigurationArn: t.id({
            description: 'Compositions with a destination that uses this encoder configuration.',
        }),
    }),
});
defineArnQuery(compositions, '; null from five minutes after its end');
defineListQuery('compositions', list, {
    description: 'The compositions of a region, in AWS’s order, those that ended in the last five minutes among them.',
    args: { ...regionArg, ...filterArg(CompositionFilter) },
    selectorOf: ({ filter }) => filtersOf(filter),
});
// Mutations
defineMutation('startComposition', {
    scope: 'ivs:write',
    description: 'Starts a composition, which broadcasts or records all participants of a stage in one video.',
    payload: payloadOf('startComposition', 'composition', Composition, 'The new composition.'),
    errors: ['ResourceNotFoundError', 'ConflictError', 'ServiceQuotaExceededError', 'PendingVerificationError'],
    input: (t) => ({
        stageArn: t.id({ required: true, description: 'ARN of the stage.' }),
        idempotencyToken: t.string({
            description: 'Idempotency token: up to 64 letters, digits, `-` and `_`. The same token returns the same composition and starts no other.',
        }),
        layout: t.field({
            type: LayoutConfigurationInput,
            description: 'Layout of the participants. A grid when omitted.',
        }),
        destinations: t.field({
            type: [CompositionDestinationConfigurationInput],
            required: true,
            description: 'Destinations: a channel, S3, or one of each.',
        }),
        tags: tagsInput(t),
    }),
    resolve: async ({ tags, destinations, ...rest }, context) => {
        checkArn('stage', rest.stageArn);
        const command = new StartCompositionCommand({
            ...rest,
            destinations: destinations.map(toDestination),
            tags: toMap(tags),
        });
        const { composition } = await write(context, targetOf(rest.stageArn), command);
        return { thing: compositions.fromPayload(composition, context) };
    },
});
defineMutation('stopComposition', {
    scope: 'ivs:write',
    description: 'Stops a composition. AWS removes it five minutes after its end.',
    payload: payloadOf('stopComposition', 'composition', Composition, 'The composition as it is now.', {
        returnsDetail: false,
    }),
    errors: ['ResourceNotFoundError', 'ConflictError', 'ServiceQuotaExceededError'],
    input: (t) => ({ arn: t.id({ required: true, description: 'ARN of the composition.' }) }),
    resolve: async (input, context) => {
        compositions.check(input);
        await write(context, targetOf(input.arn), new StopCompositionCommand(input));
        return { thing: compositions.ref(input, context) };
    },
});
