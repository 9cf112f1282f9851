// A subscription has one root field, always. graphql-js 16.15 fails on one that `@skip` takes away, and reads no variables
// there. https://spec.graphql.org/September2025/#sec-Single-Root-Field
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
} from 'graphql';

const SWITCHES = ['skip', 'include'];

/** Before the document is validated: graphql-js's own rule throws for a directive with a variable. */
export function errorsOfRoot({ definitions }: DocumentNode): GraphQLError[] {
  const fragments = new Map(
    definitions
      .filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION)
      .map((one) => [one.name.value, one]),
  );
  const errors: GraphQLError[] = [];
  const look = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      const found = selection.directives?.find(({ name }) => SWITCHES.includes(name.value));
      if (found) errors.push(refusal(found.name.value));
      if (selection.kind === Kind.INLINE_FRAGMENT) look(selection.selectionSet);
      if (selection.kind === Kind.FRAGMENT_SPREAD) lookAt(selection.name.value);
    }
  };
  const lookAt = (name: string): void => {
    const fragment = fragments.get(name);
    // Once each: fragments can lead to themselves.
    fragments.delete(name);
    if (fragment) look(fragment.selectionSet);
  };
  for (const one of definitions)
    if (one.kind === Kind.OPERATION_DEFINITION && one.operation === 'subscription') look(one.selectionSet);
  return errors;
}

const refusal = (directive: string) =>
  new GraphQLError(`Expected the root field of a subscription without @${directive}`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
