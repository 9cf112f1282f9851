// The schema as the composition of a supergraph reads it (SDL).
import { GraphQLInputObjectType, isInputObjectType, isIntrospectionType, isSpecifiedScalarType, } from 'graphql';
import { tagsOf } from '../language/authorization.js';
import { isShareable } from '../language/shareable.js';
import { printDefinition } from './sdl.js';
const LINK = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.6", import: ["@key", "@shareable", "@tag"])`;
export const byName = (one, other) => one.name < other.name ? -1 : 1;
/** Types stand in the order of their names, fields in that of their definition. */
export function printSubgraph(schema, keys) {
    const types = Object.values(schema.getTypeMap())
        .filter((type) => !isSpecifiedScalarType(type) && !isIntrospectionType(type))
        .sort(byName);
    return [LINK, ...types.map((type) => printEntity(type, keys.get(type.name)))].join('\n\n');
}
function printEntity(type, key) {
    const ofType = [...(key ? [`@key(fields: "${key}")`] : []), ...directivesOf(type)];
    return printDefinition(withoutOneOf(type), { ofType, ofField: directivesOf });
}
/** Federation 2.6 does not know @oneOf. */
const withoutOneOf = (type) => isInputObjectType(type) ? new GraphQLInputObjectType({ ...type.toConfig(), isOneOf: false }) : type;
/** `@semanticNonNull` is left out: composition drops it, or refuses a subgraph that does not link its specification. */
const directivesOf = (member) => {
    const tags = tagsOf(member).map((tag) => `@tag(name: "${tag}")`);
    return [...(isShareable(member) ? ['@shareable'] : []), ...tags];
};
