// How many calls an operation makes at most, told before it runs: its selection is walked with the number of things that
// can stand at each place, and each field says what it costs (`costs.ts`).
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  Kind,
} from 'graphql';
import type { Target } from '../../upstream/arn.ts';
import type { PlannedCalls } from '../../upstream/quota/forecast.ts';
import { EstimateVisitor } from './visitor.ts';

interface Request {
  schema: GraphQLSchema;
  document: DocumentNode;
  operationName?: string | null | undefined;
  variables?: Record<string, unknown> | undefined;
  /** Of what names none. */
  target: Target;
}

/** What a valid operation calls at most, if nothing fails and AWS fills its pages; or why it cannot be executed. */
export function estimate({
  schema,
  document,
  operationName,
  variables = {},
  target,
}: Request): { calls: PlannedCalls[] } | { errors: readonly GraphQLError[] } {
  const operation = getOperationAST(document, operationName);
  const type = operation && schema.getRootType(operation.operation);
  if (!type) return { errors: [new GraphQLError('Expected the name of one of the operations')] };
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables, {
    // As the execution does: each error prints the value that it is about.
    maxErrors: 50,
  });
  if (!coerced) return { errors: errors ?? [] };
  const visitor = new EstimateVisitor({ schema, fragments: fragmentsOf(document), variableValues: coerced });
  try {
    return { calls: visitor.run(type, [operation], target) };
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] };
    throw error;
  }
}

const fragmentsOf = ({ definitions }: DocumentNode): Record<string, FragmentDefinitionNode> =>
  Object.fromEntries(
    definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
    ),
  );
