// How many calls an operation makes at most, told before it runs: its selection is walked with the number of things that
// can stand at each place, and each field says what it costs (`costs.ts`).
import { GraphQLError, getOperationAST, getVariableValues, Kind, } from 'graphql';
import { EstimateVisitor } from './visitor.js';
/** What a valid operation calls at most, if nothing fails and AWS fills its pages; or why it cannot be executed. */
export function estimate({ schema, document, operationName, variables = {}, target, caller, unstatedFirst, }) {
    const operation = getOperationAST(document, operationName);
    const type = operation && schema.getRootType(operation.operation);
    if (!operation)
        return { errors: [new GraphQLError('Expected the name of one of the operations')] };
    if (!type)
        return { errors: [new GraphQLError(`The schema has no ${operation.operation} operations`)] };
    const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables, {
        // Each error prints the whole value that it is about.
        maxErrors: 5,
    });
    if (!coerced)
        return { errors: errors ?? [] };
    const visitor = new EstimateVisitor({ schema, fragments: fragmentsOf(document), variableValues: coerced }, caller, unstatedFirst);
    try {
        return { calls: visitor.run(type, [operation], target), unstated: [...visitor.unstated.values()] };
    }
    catch (error) {
        if (error instanceof GraphQLError)
            return { errors: [error] };
        throw error;
    }
}
const fragmentsOf = ({ definitions }) => Object.fromEntries(definitions.flatMap((definition) => definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : []));
