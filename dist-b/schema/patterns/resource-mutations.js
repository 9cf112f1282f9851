import { targetOf } from '../../upstream/arn.js';
import { arnAmong, chooseTarget } from '../language/arn.js';
import { awsObject } from '../language/aws-types.js';
import { regionInput, tagsInput, toMap } from '../language/input.js';
import { inWords, lowerFirst, upperFirst } from '../language/names.js';
import { defineMutation, payloadOf, write } from './mutation.js';
function defineWrite(name, options, { input, requestOf, nullClears, ...kind }) {
    const { entity, description, errors, scope = 'ivs:write' } = options;
    const { returns = kind.returns } = options;
    defineMutation(name, {
        scope,
        description,
        payload: payloadOf(name, lowerFirst(entity.name), entity.type, returns),
        errors,
        input,
        ...(nullClears && { nullClears }),
        resolve: async (given, context) => {
            const { target, request } = requestOf(given, context);
            options.check?.(request);
            const command = options.commandOf(request, context.caller);
            const output = await write(context, target, command);
            return { thing: entity.fromPayload(options.detailOf(output), context) };
        },
    });
}
/** Adds the mutation that makes a resource: in the region that is asked for, else in that of an ARN in the input. */
export function defineCreation(name, { region: described, ...options }) {
    defineWrite(name, options, {
        returns: `The new ${inWords(options.entity.name)}.`,
        input: (t) => ({ region: regionInput(t, described), ...options.input(t), tags: tagsInput(t) }),
        requestOf: ({ region, tags, ...rest }, context) => ({
            target: chooseTarget(region, arnAmong(rest), context),
            request: { ...rest, tags: toMap(tags) },
        }),
    });
}
/** Adds the mutation that changes a resource: null clears a member that says `clearedBy`, omission leaves it. */
export function defineUpdate(name, { arn: described, ...options }) {
    const { entity } = options;
    defineWrite(name, options, {
        returns: `The ${inWords(entity.name)} as it is now.`,
        nullClears: true,
        input: (t) => ({ arn: arnInput(t, entity, described), ...options.input(t) }),
        requestOf: (request) => {
            entity.check(request);
            return { target: targetOf(request.arn), request };
        },
    });
}
/** Names what is gone, instead of an object without fields. Relay's `@deleteRecord` and `@deleteEdge` take the global id. */
const deletionPayload = (name, noun) => awsObject(`${upperFirst(name)}Payload`, `Result of ${name}.`, {
    deletedId: [
        'ID',
        { nullable: false, description: `Global id of the deleted ${noun}, for client caches.` },
    ],
    arn: ['ID', { nullable: false, description: `ARN of the deleted ${noun}.` }],
});
/** Adds the mutation that deletes a resource. */
export function defineDeletion(name, options) {
    const { entity, description, errors, input, commandOf } = options;
    defineMutation(name, {
        scope: 'ivs:write',
        description,
        payload: deletionPayload(name, inWords(entity.name)),
        errors,
        input: (t) => ({ arn: arnInput(t, entity), ...input?.(t) }),
        resolve: async (given, context) => {
            const request = given;
            entity.check(request);
            await write(context, targetOf(request.arn), commandOf(request));
            return { deletedId: entity.globalIdOf(request), arn: request.arn };
        },
    });
}
const arnInput = (t, { name }, description = `ARN of the ${inWords(name)}.`) => t.id({ required: true, description });
