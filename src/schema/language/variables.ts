// Variables of an operation, in graphql 16 and 17. 16 gives resolvers the coerced values and takes them; 17 gives and takes an
// object that has them as `coerced`, beside their sources.
import {
  type GraphQLError,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getVariableValues,
  type VariableDefinitionNode,
  versionInfo,
} from 'graphql';

/** What this graphql gives and takes. */
export type Variables = GraphQLResolveInfo['variableValues'];
type Values = Readonly<Record<string, unknown>>;

type Coerced = { variables: Variables; values: Values; errors?: never } | { errors: readonly GraphQLError[] };

interface Result {
  errors?: readonly GraphQLError[];
  /** Of 16. */
  coerced?: Values;
  /** Of 17. */
  variableValues?: { coerced: Values };
}

export function coerceVariables(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[] | undefined,
  inputs: Values,
  options?: { maxErrors: number },
): Coerced {
  const result = getVariableValues(schema, definitions ?? [], inputs, options) as Result;
  if (result.errors) return { errors: result.errors };
  const variables = (versionInfo.major >= 17 ? result.variableValues : result.coerced) as Variables;
  return { variables, values: valuesOf(variables) };
}

const valuesOf = (variables: Variables): Values =>
  versionInfo.major >= 17
    ? (variables as unknown as { coerced: Values }).coerced
    : (variables as unknown as Values);
