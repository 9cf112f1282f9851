// Which subscriptions are equal, and behind which message one begins.
import {
  type ExecutionArgs,
  type FieldNode,
  GraphQLString,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  valueFromAST,
  visit,
} from 'graphql';
import type { Context } from '../../context.ts';
import { coerceVariables } from '../../schema/language/variables.ts';
import { COST_HEADER } from '../http/cost-header.ts';
import { rightsOf } from '../response-cache/request-key.ts';

export type Args = ExecutionArgs & {
  contextValue: Context & { request: Request; params: { query?: string }; requestId: string };
};

interface Sharing {
  /** Undefined where it is shared with no other one. */
  key: string | undefined;
  after: string | undefined;
}

/** The errors of variables are found again when they are executed. */
export function sharingOf(args: Args): Sharing {
  const { schema, variableValues = {}, contextValue } = args;
  const operation = getOperationAST(args.document, args.operationName) as OperationDefinitionNode;
  const { afterNode, afterVariable } = rootOf(args, operation);
  const coerced = coerceVariables(schema, operation.variableDefinitions, variableValues ?? {});
  if (coerced.errors) return { key: undefined, after: undefined };
  const after = afterNode && valueFromAST(afterNode, GraphQLString, coerced.values);
  const { request, params, caller } = contextValue;
  // Its costs are shown with each message.
  if (request.headers.has(COST_HEADER)) return { key: undefined, after: after as string };
  const others = Object.entries(variableValues ?? {}).filter(([name]) => name !== afterVariable);
  const key = JSON.stringify([rightsOf(caller), operation.name?.value, others, params.query]);
  return { key, after: typeof after === 'string' ? after : undefined };
}

interface Root {
  afterNode: NonNullable<FieldNode['arguments']>[number]['value'] | undefined;
  /** The variable that stands only there. */
  afterVariable: string | undefined;
}

/** Documents are parsed once and executed often. */
const known = new WeakMap<OperationDefinitionNode, Root>();

function rootOf(args: Args, operation: OperationDefinitionNode): Root {
  const root = known.get(operation) ?? readRoot(args, operation);
  known.set(operation, root);
  return root;
}

function readRoot(args: Args, operation: OperationDefinitionNode): Root {
  const field = rootField(args, operation.selectionSet);
  const afterNode = field?.arguments?.find(({ name }) => name.value === 'after')?.value;
  if (afterNode?.kind !== Kind.VARIABLE) return { afterNode, afterVariable: undefined };
  const name = afterNode.name.value;
  let uses = 0;
  visit(args.document, {
    VariableDefinition: () => false,
    Variable: (node) => {
      if (node.name.value === name) uses += 1;
    },
  });
  return { afterNode, afterVariable: uses === 1 ? name : undefined };
}

export const rootFieldOf = (args: Args): FieldNode | undefined =>
  rootField(
    args,
    (getOperationAST(args.document, args.operationName) as OperationDefinitionNode).selectionSet,
  );

/** A valid subscription has one. */
function rootField(args: Args, { selections }: SelectionSetNode): FieldNode | undefined {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) return selection;
    const inner =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : fragmentOf(args, selection.name.value);
    const found = inner && rootField(args, inner.selectionSet);
    if (found) return found;
  }
  return undefined;
}

const fragmentOf = ({ document }: Args, name: string) =>
  document.definitions.find(
    (definition) => definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name,
  ) as { selectionSet: SelectionSetNode } | undefined;
