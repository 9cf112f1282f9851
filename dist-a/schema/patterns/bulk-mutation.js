import { targetOf } from '../../upstream/arn.js';
import { builder } from '../language/builder.js';
import { costs } from '../language/costs.js';
import { upperFirst } from '../language/names.js';
import { inSlices } from '../language/slices.js';
import { bulkErrorType, warnOfFailures } from './bulk-error.js';
import { Tasks } from './bulk-items.js';
import { runBulk } from './bulk-run.js';
import { defineMutation } from './mutation.js';
/** Adds a bulk mutation, its input `<Name>Input`, its payload `<Name>Payload` and the error of an item, `<Name>Error`. */
export function defineBulkMutation(name, options) {
    const { scope, description, input, itemsOf, participle, sender } = options;
    defineMutation(name, {
        scope,
        description: `${description} Each item succeeds or fails alone. The calls are paced at AWS’s rate; an item whose turn would come after the request’s deadline fails as \`THROTTLED\`.`,
        payload: payloadOf(name, options),
        input,
        inSlices: true,
        calls: (given) => countCalls(itemsOf(given), options),
        count: ({ items, failures }) => ({
            requested: items.length,
            [participle]: items.length - failures.length,
            failed: failures.length,
        }),
        resolve: async (given, context, info) => {
            const items = itemsOf(given);
            const outcome = await runBulk({ ...options, items, send: sender(context, info) }, context);
            warnOfFailures(name, items.length, outcome.failures, context);
            return outcome;
        },
    });
}
function payloadOf(name, { participle, key, payload }) {
    const errorType = bulkErrorType(`${upperFirst(name)}Error`, `Why one item of ${name} failed.`, key);
    return builder.objectRef(`${upperFirst(name)}Payload`).implement({
        description: `Result of ${name}: an item without an error has succeeded.`,
        fields: (t) => ({
            requestedCount: t.int({
                nullable: false,
                description: 'Number of items in the input.',
                resolve: ({ items }) => items.length,
            }),
            [`${participle}Count`]: t.int({
                nullable: false,
                description: `Number of items that were ${participle}. Equal items count each.`,
                resolve: ({ items, failures }) => items.length - failures.length,
            }),
            errors: t.field({
                type: [errorType],
                nullable: false,
                description: 'The items that failed, in the order of the input.',
                ...costs({ perItem: true }),
                resolve: ({ failures }) => inSlices(failures),
            }),
            ...payload?.(t),
        }),
    });
}
/** One call for each sound item, as far as the deadline allows. */
function countCalls(items, options) {
    const { operation, arnOf, serviceOf, problemOf } = options;
    const tasks = new Tasks(options);
    for (const [index, item] of items.entries())
        if (!problemOf(item))
            tasks.add(item, index);
    return tasks.byLane().map((lane) => {
        const [{ item }] = lane;
        const service = serviceOf?.(item);
        const target = targetOf(arnOf(item));
        return { operation, target, calls: lane.length, asTimeAllows: true, ...(service && { service }) };
    });
}
