import { builder } from '../language/builder.js';
import { costs, listed } from '../language/costs.js';
import { nullOnlyOnError } from '../language/semantic-non-null.js';
import { DEFAULT_FIRST, EMPTY_CONNECTION, nestedArgs } from '../loading/connection.js';
/** A field that refers to an entity; null where `keyOf` finds no whole key. */
export const reference = (t, entity, description, keyOf, said = {}) => t.field({
    type: entity.type,
    description,
    ...costs(said),
    resolve: (of, _args, context, info) => {
        const key = keyOf(of, context);
        return (key instanceof Promise
            ? key.then((known) => entity.resolveRef(known, context, info))
            : entity.resolveRef(key, context, info));
    },
});
/**
 * A payload's field that refers to what its mutation was about. That exists, so the field is non-null: what is selected of it
 * is loaded below, and fails there, so that the payload stays.
 */
export const subject = (t, entity, description, arnOf) => t.field({
    type: entity.type,
    nullable: false,
    description,
    resolve: (of, _args, context) => entity.ref({ arn: arnOf(of) }, context),
});
/** A field that refers to the resource whose ARN is a member of the summaries of `entity`. */
export const summaryReference = (t, entity, member, target, description, said = {}) => t.field({
    type: target.type,
    ...entity.summary(member, description, (arn, context, info) => target.resolveRef({ arn: String(arn) }, context, info)),
    ...costs({ level: 'summary', ...said }),
});
/** Adds to a parent the field that finds one of its children; null when there is none. */
export function defineChild(parent, name, entity, { description, args, keyOf }) {
    builder.objectField(parent, name, (t) => t.field({
        type: entity.type,
        description,
        ...costs({ checksExistence: true }),
        args: { ...args },
        resolve: (of, given, context, info) => entity.load(keyOf(of, given), context, info),
    }));
}
/** Adds to a parent the connection of its children. */
export function defineChildren(parent, name, list, { description, args, selectorOf }) {
    builder.objectField(parent, name, (t) => t.field({
        type: list.connection,
        ...nullOnlyOnError(listed(list, description)),
        args: { ...args, ...nestedArgs },
        resolve: async (of, { first, after, ...own }, context) => {
            const page = { first: first ?? DEFAULT_FIRST.nested, after };
            return ((await list.connect(selectorOf(of, own), page, context)) ??
                EMPTY_CONNECTION);
        },
    }));
}
