// Fields that are null only when they failed: their types stay nullable, so that an error takes no sibling along, and
// `@semanticNonNull` tells clients that handle errors by themselves. https://specs.apollo.dev/nullability/v0.4
import SchemaBuilder, { BasePlugin, } from '@pothos/core';
import { DirectiveLocation, GraphQLDirective, GraphQLInt, GraphQLList, GraphQLNonNull, } from 'graphql';
import { UpstreamError } from '../../upstream/errors.js';
export const semanticNonNull = new GraphQLDirective({
    name: 'semanticNonNull',
    description: 'The field is null only if `errors` has an error with its path. A client that handles such errors itself can treat the field as non-null.',
    locations: [DirectiveLocation.FIELD_DEFINITION],
    args: {
        levels: {
            type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(GraphQLInt))),
            defaultValue: [0],
            description: 'Positions that are meant: 0 is the field, 1 the items of its list.',
        },
    },
});
/** Declares that a field is null only on error, beside its other options. A null of its resolver is then an error of AWS's. */
export const nullOnlyOnError = (options) => ({
    ...options,
    extensions: { ...options.extensions, semanticNonNull: true },
});
export const isSemanticNonNull = ({ extensions }) => extensions?.semanticNonNull === true;
/** AWS leaves out an empty list; a mutation returns a payload or an error. */
const isAlways = ({ kind, type }) => type.nullable && (type.kind === 'List' || kind === 'Mutation');
class SemanticNonNullPlugin extends BasePlugin {
    onOutputFieldConfig(field) {
        return isAlways(field) ? nullOnlyOnError(field) : field;
    }
    wrapResolve(resolve, field) {
        if (!isSemanticNonNull(field))
            return resolve;
        const isList = field.type.kind === 'List';
        const check = (value) => {
            if (value !== null && value !== undefined)
                return value;
            if (isList)
                return [];
            throw new UpstreamError(`AWS returned no value for ${field.parentType}.${field.name}`);
        };
        return (parent, args, context, info) => {
            const value = resolve(parent, args, context, info);
            return value instanceof Promise ? value.then(check) : check(value);
        };
    }
}
const name = 'semanticNonNull';
SchemaBuilder.registerPlugin(name, SemanticNonNullPlugin);
