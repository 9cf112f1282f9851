import { fieldsOf } from '../language/aws-types.js';
import { builder } from '../language/builder.js';
import { groupBy } from '../language/collections.js';
import { MutationError } from '../language/errors.js';
/** The type `name` of such errors; `key` are the members of an item that its error repeats. */
export const bulkErrorType = (name, description, key) => builder.objectRef(name).implement({
    description,
    interfaces: [MutationError],
    fields: (t) => ({
        index: t.exposeInt('index', {
            nullable: false,
            description: 'Position of the item in the input, from 0.',
        }),
        ...fieldsOf(key, (member, options) => t.field({
            ...options,
            resolve: ({ item }) => item[member],
        })),
        code: t.exposeString('code', {
            nullable: false,
            description: 'A code of this API, such as `NOT_FOUND` or `THROTTLED`.',
        }),
        awsCode: t.exposeString('awsCode', {
            description: 'AWS’s code, such as `ResourceNotFoundException`. Null when AWS returned none.',
        }),
        message: t.exposeString('message', { nullable: false, description: 'Description of the problem.' }),
        retryable: t.exposeBoolean('retryable', {
            nullable: false,
            description: 'Whether the same item can succeed when it is sent again.',
        }),
    }),
});
/** Says in the log how many items failed and why. Without the items: some name people. */
export function warnOfFailures(name, requested, failures, { log }) {
    if (failures.length === 0)
        return;
    const codes = Object.fromEntries([...groupBy(failures, ({ code }) => code)].map(([code, { length }]) => [code, length]));
    log.warn({ requested, failed: failures.length, codes }, `${name}: some items failed`);
}
