// A schema that is not told: no introspection, no subgraph SDL, and no guesses at the names of fields.
import { GraphQLError, NoSchemaIntrospectionCustomRule } from 'graphql';
import { isAsyncIterable } from 'graphql-yoga';
export const useNoIntrospection = () => ({
    onValidate: ({ addValidationRule }) => {
        for (const rule of noIntrospectionRules)
            addValidationRule(rule);
    },
    onExecutionResult: ({ result, setResult }) => {
        if (!result || isAsyncIterable(result) || !result.errors)
            return;
        setResult({ ...result, errors: result.errors.map(withoutGuesses) });
    },
});
/** `_service` is a supergraph's own introspection. */
const NoSubgraphSdlRule = (context) => ({
    Field(node) {
        if (node.name.value === '_service' && context.getParentType() === context.getSchema().getQueryType())
            context.reportError(new GraphQLError('GraphQL introspection has been disabled, `_service` is part of it.', {
                nodes: node,
            }));
    },
});
export const noIntrospectionRules = [NoSchemaIntrospectionCustomRule, NoSubgraphSdlRule];
function withoutGuesses(error) {
    const { message, nodes, source, positions, path, extensions } = error;
    // No regular expression: a message may quote a megabyte of the client's.
    const guess = message.endsWith('?') ? message.lastIndexOf('Did you mean ') : -1;
    if (guess < 0)
        return error;
    return new GraphQLError(message.slice(0, guess).trimEnd(), { nodes, source, positions, path, extensions });
}
