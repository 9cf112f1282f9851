import { targetOf } from '../../upstream/arn.js';
import { builder } from '../language/builder.js';
import { costs } from '../language/costs.js';
import { inWords } from '../language/names.js';
import { inSlices } from '../language/slices.js';
import { problemIn } from './bulk-items.js';
import { defineBulkMutation } from './bulk-mutation.js';
import { write } from './mutation.js';
const DeletedResource = builder.objectRef('DeletedResource').implement({
    description: 'A resource that was deleted.',
    fields: (t) => ({
        deletedId: t.exposeID('deletedId', {
            nullable: false,
            description: 'Global id that the object had. Remove it from your cache.',
        }),
        arn: t.exposeID('arn', { nullable: false, description: 'ARN that the resource had.' }),
    }),
});
/** Adds the mutation that deletes many resources of one type. */
export function defineBulkDeletion(name, { entity, operation, description, commandOf }) {
    const noun = inWords(entity.name);
    const remove = async ({ arn }, context) => {
        await write(context, targetOf(arn), commandOf({ arn }));
        return { deletedId: entity.globalIdOf({ arn }), arn };
    };
    defineBulkMutation(name, {
        operation,
        scope: 'ivs:write',
        description: `${description} (${operation}, one call per ${noun}).`,
        input: (t) => ({
            arns: t.idList({
                required: true,
                description: `ARNs of the ${noun}s. Equal ARNs are sent once. AWS takes 5 calls a second and region.`,
            }),
        }),
        itemsOf: ({ arns }) => arns.map((arn) => ({ arn })),
        problemOf: (key) => problemIn(() => entity.check(key)),
        arnOf: ({ arn }) => arn,
        nameOf: ({ arn }) => arn,
        participle: 'deleted',
        key: { arn: ['ID', { nullable: false, description: 'As in the input.' }] },
        sender: (context) => (key) => remove(key, context),
        payload: (t) => ({
            deleted: t.field({
                type: [DeletedResource],
                nullable: false,
                description: `The ${noun}s that were deleted, each once, in the order of the input.`,
                ...costs({ perItem: true }),
                resolve: ({ done }) => inSlices([...new Set(done)].filter((one) => one !== undefined)),
            }),
        }),
    });
}
