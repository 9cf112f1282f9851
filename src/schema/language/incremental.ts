// The directives with which a client takes an answer in parts. graphql 16 has none; the executor finds them by name.
import {
  DirectiveLocation,
  GraphQLBoolean,
  GraphQLDirective,
  GraphQLInt,
  GraphQLNonNull,
  GraphQLString,
} from 'graphql';

const condition = {
  type: new GraphQLNonNull(GraphQLBoolean),
  defaultValue: true,
  description: 'With `false` it is as if it were not there.',
};
const label = {
  type: GraphQLString,
  description: 'A name of yours that the parts carry; each only once in a document.',
};

const defer = new GraphQLDirective({
  name: 'defer',
  description:
    'Lets the fields of a fragment follow in a part of their own, so that nobody waits for them. Needs a client that takes `multipart/mixed` or `text/event-stream`; others get all at once.',
  locations: [DirectiveLocation.FRAGMENT_SPREAD, DirectiveLocation.INLINE_FRAGMENT],
  args: { if: condition, label },
});

const stream = new GraphQLDirective({
  name: 'stream',
  description:
    'Lets the items of a list follow one by one, each as soon as it and those before it are known. Needs what `@defer` needs.',
  locations: [DirectiveLocation.FIELD],
  args: {
    if: condition,
    label,
    initialCount: {
      type: new GraphQLNonNull(GraphQLInt),
      defaultValue: 0,
      description: 'How many items the first part shall hold.',
    },
  },
});

export const incremental: readonly GraphQLDirective[] = [defer, stream];
