import { costs } from '../language/costs.js';
import { toMap } from '../language/input.js';
import { inSlices } from '../language/slices.js';
import { problemIn } from './bulk-items.js';
import { defineBulkMutation } from './bulk-mutation.js';
import { addedTagsInput, locate, referencesTo, Taggable, tag, tagKeysInput, untag, } from './tags.js';
function defineBulkTagging(name, { input, send, description, ...options }) {
    defineBulkMutation(name, {
        ...options,
        scope: 'ivs:write',
        description: `${description} (${options.operation}, one call per resource).`,
        input: (t) => ({
            resourceArns: t.idList({
                required: true,
                description: 'ARNs of the resources, of any taggable type. Equal ARNs are sent once. AWS takes 10 calls a second, region and service.',
            }),
            ...input(t),
        }),
        problemOf: ({ resourceArn }) => problemIn(() => locate(resourceArn)),
        arnOf: ({ resourceArn }) => resourceArn,
        nameOf: ({ resourceArn }) => resourceArn,
        laneOf: ({ resourceArn }) => {
            const { service, target } = locate(resourceArn);
            return `${service} ${target.region}`;
        },
        serviceOf: ({ resourceArn }) => locate(resourceArn).service,
        key: { resourceArn: ['ID', { nullable: false, description: 'As in the input.' }] },
        sender: (context) => (item) => send(item, context),
        payload: (t) => ({
            resources: t.field({
                type: [Taggable],
                nullable: { list: false, items: true },
                description: 'The resources, in the order of the input. Null where the item failed.',
                ...costs({
                    perItem: true,
                    references: ({ input: given }) => given.resourceArns.flatMap(referencesTo),
                }),
                resolve: ({ done }) => inSlices(done.map((tagging) => tagging?.resource ?? null)),
            }),
        }),
    });
}
defineBulkTagging('tagResources', {
    operation: 'TagResource',
    participle: 'tagged',
    description: 'Adds or overwrites the same tags on many resources',
    input: (t) => ({ tags: addedTagsInput(t) }),
    itemsOf: ({ resourceArns, tags }) => {
        const map = toMap(tags);
        return resourceArns.map((resourceArn) => ({ resourceArn, tags: map }));
    },
    send: tag,
});
defineBulkTagging('untagResources', {
    operation: 'UntagResource',
    participle: 'untagged',
    description: 'Removes tags from many resources',
    input: (t) => ({ tagKeys: tagKeysInput(t) }),
    itemsOf: ({ resourceArns, tagKeys }) => resourceArns.map((resourceArn) => ({ resourceArn, tagKeys })),
    send: untag,
});
