// The maximum number of calls of an operation, before it runs: a walk over its selection counts the entities that can be at
// each place, and each field declares what it costs (`costs.ts`).
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
} from 'graphql';
import type { Caller } from '../../context.ts';
import type { Target } from '../../upstream/arn.ts';
import type { PlannedCalls } from '../../upstream/quota/forecast.ts';
import { coerceVariables } from '../language/variables.ts';
import { EstimateVisitor } from './visitor.ts';

interface Request {
  schema: GraphQLSchema;
  document: DocumentNode;
  operationName?: string | null | undefined;
  variables?: Record<string, unknown> | undefined;
  /** Of what names none. */
  target: Target;
  /** Fields that the caller may not have cost nothing: they are refused before anything is done for them. */
  caller?: Caller | undefined;
  /** What counts as the `first` of lists that state none, in place of the default. */
  unstatedFirst?: number | undefined;
}

interface Estimate {
  calls: PlannedCalls[];
  /** The lists that state no `first`. */
  unstated: readonly { name: string; first: number }[];
}

/** What a valid operation calls at most, if nothing fails and AWS fills its pages; or why it cannot be executed. */
export function estimate({
  schema,
  document,
  operationName,
  variables = {},
  target,
  caller,
  unstatedFirst,
}: Request): Estimate | { errors: readonly GraphQLError[] } {
  const operation = getOperationAST(document, operationName);
  const type = operation && schema.getRootType(operation.operation);
  if (!operation) return { errors: [new GraphQLError('Expected the name of one of the operations')] };
  if (!type) return { errors: [new GraphQLError(`The schema has no ${operation.operation} operations`)] };
  // Each error prints the whole value that it is about.
  const coerced = coerceVariables(schema, operation.variableDefinitions, variables, { maxErrors: 5 });
  if (coerced.errors) return coerced;
  const visitor = new EstimateVisitor(
    { schema, fragments: fragmentsOf(document), variableValues: coerced.variables },
    target,
    caller,
    unstatedFirst,
  );
  try {
    return { calls: visitor.run(type, [operation]), unstated: [...visitor.unstated.values()] };
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
