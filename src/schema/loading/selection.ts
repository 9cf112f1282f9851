// The fields that a selection has of an object, seen through fragments, aliases, @skip and @include.
import {
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  isAbstractType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Caller } from '../../context.ts';
import { isAllowed } from '../language/authorization.ts';
import { defer } from '../language/incremental.ts';
import type { Variables } from '../language/variables.ts';

/** What stands below a field, or below several that are answered as one; a resolver's `info` is one of these. */
export interface Selection {
  schema: GraphQLSchema;
  fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  variableValues: Variables;
  fieldNodes: readonly { readonly selectionSet?: SelectionSetNode | undefined }[];
}

/** The fields that `info` selects below it when the value is of type `type`; on demand without those that `@defer` lets wait. */
export function* selectedFields(
  info: Selection,
  type: GraphQLObjectType,
  { withDeferred = true } = {},
): Generator<FieldNode> {
  // A fragment adds nothing when it is spread again, and fragments that spread others twice would double at each level.
  const seen = new Set<string>();
  for (const { selectionSet } of info.fieldNodes) {
    if (selectionSet) yield* fieldsOf(selectionSet, info, type, { seen, withDeferred });
  }
}

function* fieldsOf(
  set: SelectionSetNode,
  info: Selection,
  type: GraphQLObjectType,
  options: { seen: Set<string>; withDeferred: boolean },
): Generator<FieldNode> {
  for (const selection of set.selections) {
    if (!isIncluded(selection, info)) continue;
    if (selection.kind === Kind.FIELD) {
      yield selection;
      continue;
    }
    if (!options.withDeferred && isDeferred(selection, info)) continue;
    const fragment =
      selection.kind === Kind.FRAGMENT_SPREAD ? spread(selection.name.value, info, options.seen) : selection;
    if (fragment && matches(fragment.typeCondition?.name.value, info, type)) {
      yield* fieldsOf(fragment.selectionSet, info, type, options);
    }
  }
}

function spread(name: string, { fragments }: Selection, seen: Set<string>) {
  if (seen.has(name)) return undefined;
  seen.add(name);
  return fragments[name];
}

function isIncluded(selection: SelectionNode, { variableValues }: Selection): boolean {
  const skip = getDirectiveValues(GraphQLSkipDirective, selection, variableValues);
  const include = getDirectiveValues(GraphQLIncludeDirective, selection, variableValues);
  return skip?.if !== true && include?.if !== false;
}

function isDeferred(selection: SelectionNode, { variableValues }: Selection): boolean {
  const deferral = getDirectiveValues(defer, selection, variableValues);
  return deferral !== undefined && deferral.if !== false;
}

function matches(condition: string | undefined, { schema }: Selection, type: GraphQLObjectType): boolean {
  if (!condition || condition === type.name) return true;
  const conditional = schema.getType(condition);
  return isAbstractType(conditional) && schema.isSubType(conditional, type);
}

/** Whether `info` selects field `name` below it, which the caller may have, when the value is of type `typeName`. */
export function selects(info: Selection, typeName: string, name: string, caller: Caller): boolean {
  const type = info.schema.getType(typeName) as GraphQLObjectType;
  const definition = type.getFields()[name];
  if (!definition || !isAllowed(definition, caller)) return false;
  for (const field of selectedFields(info, type)) if (field.name.value === name) return true;
  return false;
}
