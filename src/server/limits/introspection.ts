// A hidden schema: no introspection, no subgraph SDL, and no suggestions of field names.
import { GraphQLError, NoSchemaIntrospectionCustomRule, type ValidationRule } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';

export const useNoIntrospection = (): Plugin => ({
  onValidate: ({ addValidationRule }) => {
    for (const rule of noIntrospectionRules) addValidationRule(rule);
  },
  onExecutionResult: ({ result, setResult }) => {
    if (!result || isAsyncIterable(result) || !result.errors) return;
    setResult({ ...result, errors: result.errors.map(withoutGuesses) });
  },
});

/** `_service` is a supergraph's own introspection. */
const NoSubgraphSdlRule: ValidationRule = (context) => ({
  Field(node) {
    if (node.name.value === '_service' && context.getParentType() === context.getSchema().getQueryType())
      context.reportError(
        new GraphQLError('GraphQL introspection has been disabled, `_service` is part of it.', {
          nodes: node,
        }),
      );
  },
});

export const noIntrospectionRules = [NoSchemaIntrospectionCustomRule, NoSubgraphSdlRule] as const;

function withoutGuesses(error: GraphQLError): GraphQLError {
  const { message, nodes, source, positions, path, extensions } = error;
  // No regular expression: a message may quote a megabyte of the client's.
  const guess = message.endsWith('?') ? message.lastIndexOf('Did you mean ') : -1;
  if (guess < 0) return error;
  return new GraphQLError(message.slice(0, guess).trimEnd(), { nodes, source, positions, path, extensions });
}
