// The directives with which a client takes an answer in parts. graphql 16 has none; the executor finds them by name.
import { DirectiveLocation, GraphQLBoolean, GraphQLDirective, GraphQLInt, GraphQLNonNull, GraphQLString, } from 'graphql';
const condition = {
    type: new GraphQLNonNull(GraphQLBoolean),
    defaultValue: true,
    description: 'With `false`, the directive has no effect.',
};
const label = {
    type: GraphQLString,
    description: 'Label of the parts, unique within a document.',
};
export const defer = new GraphQLDirective({
    name: 'defer',
    description: 'Delivers the fields of a fragment in a later part of the response. Requires a client that accepts `multipart/mixed` or `text/event-stream`; other clients receive one response.',
    locations: [DirectiveLocation.FRAGMENT_SPREAD, DirectiveLocation.INLINE_FRAGMENT],
    args: { if: condition, label },
});
const stream = new GraphQLDirective({
    name: 'stream',
    description: 'Delivers the items of a list one by one, in order, as soon as each is complete. Requires what `@defer` requires.',
    locations: [DirectiveLocation.FIELD],
    args: {
        if: condition,
        label,
        initialCount: {
            type: new GraphQLNonNull(GraphQLInt),
            defaultValue: 0,
            description: 'Number of items in the first part.',
        },
    },
});
export const incremental = [defer, stream];
