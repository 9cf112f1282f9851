// The fields and types that make a schema a subgraph: https://www.apollographql.com/docs/graphos/reference/federation/subgraph-spec
import { GraphQLList, GraphQLNonNull, GraphQLObjectType, GraphQLScalarType, GraphQLSchema, GraphQLString, GraphQLUnionType, } from 'graphql';
import { entitiesField, keys } from './federation.js';
import { byName } from './subgraph-sdl.js';
const Any = new GraphQLScalarType({ name: '_Any' });
const Service = new GraphQLObjectType({
    name: '_Service',
    fields: {
        sdl: {
            type: GraphQLString,
            description: 'The sdl representing the federated service capabilities. Includes federation directives, removes federation types, and includes rest of full schema after schema directives have been applied',
            resolve: (print) => print(),
        },
    },
});
/** Adds what only routers need behind what clients look for. The SDL is printed when it is first selected. */
export function withFederation(schema, sdl) {
    const { query, types, ...config } = schema.toConfig();
    const Entity = new GraphQLUnionType({
        name: '_Entity',
        types: [...keys.keys()].sort().map((name) => schema.getType(name)),
    });
    const { fields, ...rest } = query.toConfig();
    const Query = new GraphQLObjectType({
        ...rest,
        fields: {
            ...fields,
            _entities: {
                ...entitiesField,
                type: new GraphQLNonNull(new GraphQLList(Entity)),
                args: { representations: { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(Any))) } },
            },
            _service: {
                description: 'For routers of a supergraph: the subgraph’s schema.',
                type: new GraphQLNonNull(Service),
                resolve: () => sdl,
            },
        },
    });
    const all = [...types.filter((type) => type !== query), Query, Any, Entity, Service];
    // A test validates it, so that no start has to.
    return new GraphQLSchema({ ...config, query: Query, types: all.sort(byName), assumeValid: true });
}
