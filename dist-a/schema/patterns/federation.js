import { ValidationError } from '../../upstream/errors.js';
import { quote } from '../../upstream/quote.js';
import { demand } from '../language/authorization.js';
import { itemErrors } from '../language/located-errors.js';
import { entities } from '../loading/entity.js';
/** The keys of the types that other subgraphs can refer to, by the types' names. */
export const keys = new Map();
/** Makes a type an entity that other subgraphs can refer to by its key. */
export function federate(type, { federationKey }) {
    keys.set(type.name, federationKey);
}
function locate(representation) {
    const entity = entities.get(representation?.__typename);
    if (!representation || !entity)
        throw new ValidationError(`Expected the name of an entity as \`__typename\`, got: ${quote(representation?.__typename)}`);
    const members = entity.federationKey.split(' ');
    const key = Object.fromEntries(members.map((member) => [member, textOf(representation, member)]));
    return { entity, key };
}
async function findEntity(representation, context, info) {
    const { entity, key } = locate(representation);
    return entity.resolveReference(key, context, info);
}
/** What a representation names, if anything. */
function namedBy(representation) {
    try {
        const { entity, key } = locate(representation);
        return [{ typeName: entity.name, key }];
    }
    catch {
        return [];
    }
}
function textOf(representation, member) {
    const value = representation[member];
    if (typeof value === 'string')
        return value;
    throw new ValidationError(`Expected ${quote(representation.__typename)} with a text as \`${member}\`, got: ${quote(value)}`);
}
/** Resolves each representation on its own, to its object or to an error. */
export const entitiesField = {
    description: 'Objects by the keys of their types, in order, for routers of a supergraph. Scope: `ivs:read`.',
    extensions: {
        scopes: ['ivs:read'],
        references: ({ representations }) => representations.flatMap(namedBy),
    },
    resolve: demand(['ivs:read'], (_root, { representations }, context, info) => {
        const errorOf = itemErrors(info);
        return representations.map((representation, index) => findEntity(representation, context, info).catch((error) => errorOf(error, index)));
    }),
};
