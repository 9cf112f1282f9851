import { isArn, parseArn, targetOf } from '../../upstream/arn.js';
import { ValidationError } from '../../upstream/errors.js';
import { quote } from '../../upstream/quote.js';
import { services } from '../../upstream/services/index.js';
import { scoped } from '../language/authorization.js';
import { builder } from '../language/builder.js';
import { costs } from '../language/costs.js';
import { KeyValue, KeyValueInput, toEntries, toMap } from '../language/input.js';
import { entryField, valueAt } from '../language/map-entries.js';
import { entities } from '../loading/entity.js';
import { arnFields } from './arn-fields.js';
import { defineMutation, write } from './mutation.js';
const taggables = new Map();
/** Declares that things whose ARN is of type `kind` have tags, and which service keeps them. */
export function taggable(kind, service, entity) {
    taggables.set(kind, { service, sdk: services[service].sdk, entity: entity });
}
/** Where the tags of a resource are. */
export function locate(arn) {
    const found = taggables.get(parseArn(arn).kind);
    if (!found)
        throw ValidationError.of({ value: arn }, `Expected the ARN of something with tags (${[...taggables.keys()].join(', ')}), got: ${quote(arn)}`);
    return { target: targetOf(arn), ...found };
}
const tagField = entryField('tags');
/** Types that implement it inherit its fields; one whose lists do not tell its tags has a field `tags` of its own. */
export const Taggable = builder.interfaceRef('Taggable').implement({
    description: 'A resource with an ARN and tags.',
    interfaces: [builder.nodeInterfaceRef()],
    resolveType: ({ __typename }) => __typename,
    fields: (t) => ({
        arn: t.exposeID('arn', { nullable: false, description: 'Amazon Resource Name.' }),
        tags: t.field({
            type: [KeyValue],
            description: 'Up to 50 tags.',
            ...costs({ level: 'summary', maxLength: 50 }),
            resolve: (thing, _args, context) => {
                const facts = entities.get(thing.__typename)?.factsOf(thing, 'summary', context);
                return facts instanceof Promise ? facts.then(tagsIn) : tagsIn(facts);
            },
        }),
        tag: t.field({
            ...tagField,
            extensions: { ...tagField.extensions, level: 'summary' },
            resolve: async (thing, { key }, context) => {
                const facts = await entities.get(thing.__typename)?.factsOf(thing, 'summary', context);
                return valueAt(facts?.tags, key);
            },
        }),
        ...arnFields(t),
    }),
});
const tagsIn = (facts) => facts?.tags && toEntries(facts.tags);
/** What a tag operation costs, wherever the ARN says that it goes. */
function send(operation, { resourceArn }) {
    const { target, service } = locate(resourceArn);
    return [{ operation, target, service }];
}
/** What an ARN refers to; nothing where it is none of a taggable type. */
export function referencesTo(arn) {
    const found = isArn(arn) && taggables.get(parseArn(arn).kind);
    return found ? [{ typeName: found.entity.name, key: { arn } }] : [];
}
const taggingPayload = (payload, description) => builder.objectRef(payload).implement({
    description,
    fields: (t) => ({
        resource: t.expose('resource', {
            type: Taggable,
            nullable: false,
            description: 'The resource whose tags were changed.',
            ...costs({ references: ({ input }) => referencesTo(input.resourceArn) }),
        }),
        tags: t.field({
            type: [KeyValue],
            ...scoped('ivs:read', {
                description: 'All tags of the resource after the change. Call: ListTagsForResource.',
                ...costs({ calls: ({ input }) => send('ListTagsForResource', input) }),
            }),
            resolve: async ({ resourceArn }, _args, context) => {
                const { target, sdk } = locate(resourceArn);
                const { tags } = await context.send(target, new sdk.ListTagsForResourceCommand({ resourceArn }));
                return toEntries(tags ?? {});
            },
        }),
    }),
});
/** Sends a tag operation where the ARN says and answers with the thing. */
async function retag(resourceArn, context, commandOf) {
    const { target, sdk, entity } = locate(resourceArn);
    await write(context, target, commandOf(sdk));
    return {
        resourceArn,
        resource: entity.ref({ arn: resourceArn }, context),
    };
}
export const tag = ({ resourceArn, tags }, context) => retag(resourceArn, context, (sdk) => new sdk.TagResourceCommand({ resourceArn, tags }));
export const untag = ({ resourceArn, tagKeys }, context) => retag(resourceArn, context, (sdk) => new sdk.UntagResourceCommand({ resourceArn, tagKeys }));
/** The tags that a mutation adds. */
export const addedTagsInput = (t) => t.field({
    type: [KeyValueInput],
    required: true,
    description: 'Tags to add or overwrite. Limit: keys of 1 to 128 characters, values of up to 256, 50 tags per resource.',
});
/** The keys of the tags that a mutation removes. */
export const tagKeysInput = (t) => t.stringList({ required: true, description: 'Keys of the tags to remove. Limit: 50.' });
defineMutation('tagResource', {
    scope: 'ivs:write',
    description: 'Adds or overwrites tags of a resource.',
    payload: taggingPayload('TagResourcePayload', 'Payload of tagResource.'),
    errors: ['ResourceNotFoundError'],
    input: (t) => ({
        resourceArn: t.id({ required: true, description: 'ARN of a taggable resource.' }),
        tags: addedTagsInput(t),
    }),
    calls: (input) => send('TagResource', input),
    resolve: ({ resourceArn, tags }, context) => tag({ resourceArn, tags: toMap(tags) }, context),
});
defineMutation('untagResource', {
    scope: 'ivs:write',
    description: 'Removes tags of a resource.',
    payload: taggingPayload('UntagResourcePayload', 'Payload of untagResource.'),
    errors: ['ResourceNotFoundError'],
    input: (t) => ({
        resourceArn: t.id({ required: true, description: 'ARN of a taggable resource.' }),
        tagKeys: tagKeysInput(t),
    }),
    calls: (input) => send('UntagResource', input),
    resolve: (removal, context) => untag(removal, context),
});
