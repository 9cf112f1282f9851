// How many values an answer can hold, when each list is as long as its `first` allows. AWS's rates bound the calls of a
// query; this bounds its memory, since four lists of 1000 inside each other are 250 bytes to write.
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  getOperationAST,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
  valueFromASTUntyped,
} from 'graphql';
import type { FieldCosts } from '../../schema/language/costs.ts';
import { MAX_FIRST } from '../../schema/loading/connection.ts';
import { fragmentsOf } from './document.ts';
import { introspectionLength, introspectionText, type Which } from './introspection-size.ts';
import { countItems } from './variables.ts';

type Variables = Readonly<Record<string, unknown>>;
interface Scope {
  schema: GraphQLSchema;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  variables: Variables;
  unstatedFirst: number | undefined;
  weights: Weights;
  /** Below a mutation: the items in its arguments. */
  items: number;
  /** Of introspection: all types, each once, or types that the document chooses. */
  which: Which;
}

/** What a value counts, a list that is streamed for each of its items, and a fragment that is deferred. */
interface Weights {
  value: number;
  stream: number;
  defer: number;
}
const VALUES: Weights = { value: 1, stream: 0, defer: 0 };
const PARTS: Weights = { value: 0, stream: 1, defer: 1 };

type Counted = [
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  given: Variables,
  /** Counts as the `first` of lists that state none, in place of the default. */
  unstatedFirst?: number | undefined,
];

export const countValues = (...counted: Counted): number => weigh(VALUES, ...counted);

/** In how many parts beside the first an answer can come. */
export const countParts = (...counted: Counted): number => weigh(PARTS, ...counted);

/** The document is valid and within its limits, so that walking a fragment wherever it is spread is bounded. */
function weigh(
  weights: Weights,
  ...[schema, document, operationName, given, unstatedFirst]: Counted
): number {
  const operation = getOperationAST(document, operationName);
  const root = operation && schema.getRootType(operation.operation);
  if (!operation || !root) return 0;
  const defaults = (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : [],
  );
  const variables = { ...Object.fromEntries(defaults), ...given };
  const which = 'largest' as const;
  const scope = {
    schema,
    fragments: fragmentsOf(document),
    variables,
    weights,
    which,
    items: 0,
    unstatedFirst,
  };
  return Math.ceil(count(operation.selectionSet, root, undefined, scope));
}

/** Of one object; `page` is how long the lists are that stand directly in it, where it is a connection. */
function count(
  { selections }: SelectionSetNode,
  parent: GraphQLNamedType,
  page: number | undefined,
  scope: Scope,
): number {
  let sum = 0;
  for (const node of selections) {
    if (node.kind === Kind.FIELD) sum += countField(node, parent, page, scope);
    else {
      const fragment = node.kind === Kind.FRAGMENT_SPREAD ? scope.fragments.get(node.name.value) : node;
      const type = fragment?.typeCondition && scope.schema.getType(fragment.typeCondition.name.value);
      if (hasDirective(node, 'defer')) sum += scope.weights.defer;
      if (fragment) sum += count(fragment.selectionSet, type ?? parent, page, scope);
    }
  }
  return sum;
}

function countField(
  node: FieldNode,
  parent: GraphQLNamedType,
  page: number | undefined,
  scope: Scope,
): number {
  const { value, stream } = scope.weights;
  const field = fieldOf(node.name.value, parent);
  if (!field) return value;
  const text = value * introspectionText(parent.name, node.name.value, scope.schema, scope.which);
  if (text > 0) return value + text;
  let below = node.selectionSet
    ? count(
        node.selectionSet,
        getNamedType(field.type),
        firstOf(node, field, scope),
        scopeBelow(node, parent, field, scope),
      )
    : 0;
  if (!isListType(getNullableType(field.type)))
    return value + below + value * weightOf(field) * itemsGiven(node, scope);
  if (page === undefined && namedBy(node, scope) > 0) below += value * NAMED;
  const item = value + (hasDirective(node, 'stream') ? stream : 0);
  return value + lengthOf(node, parent, page ?? maxLengthOf(field, scope), scope) * (item + below);
}

function scopeBelow(
  node: FieldNode,
  parent: GraphQLNamedType,
  { name, type }: GraphQLField<unknown, unknown>,
  scope: Scope,
): Scope {
  if (parent === scope.schema.getMutationType()) return { ...scope, items: itemsGiven(node, scope) };
  if (getNamedType(type).name !== '__Type') return scope;
  return { ...scope, which: parent.name === '__Schema' && name === 'types' ? 'average' : 'largest' };
}

/** Also one that `if` turns off: the bound is no price. */
const hasDirective = ({ directives }: SelectionNode, wanted: string): boolean =>
  directives?.some(({ name }) => name.value === wanted) ?? false;

function fieldOf(name: string, parent: GraphQLNamedType) {
  if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
  if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  if (isObjectType(parent) || isInterfaceType(parent)) return parent.getFields()[name];
  return undefined;
}

/** An item of a list in the arguments is read, checked and perhaps answered with an error of its own. */
const ARGUMENT = 30;
function maxLengthOf({ extensions }: GraphQLField<unknown, unknown>, { items }: Scope): number | undefined {
  const { perItem, maxLength } = extensions as FieldCosts;
  return perItem ? items : maxLength;
}
/** In slices it delays no other request, and counts for the memory and the errors of each. */
const SLICED_ARGUMENT = 9;
const weightOf = ({ extensions }: GraphQLField<unknown, unknown>): number =>
  (extensions as FieldCosts).inSlices ? SLICED_ARGUMENT : ARGUMENT;

/** The items of all lists in the arguments of a field, which may stand below each other. */
const itemsGiven = ({ arguments: args = [] }: FieldNode, { variables }: Scope): number =>
  args.reduce((sum, { value }) => sum + countItems(valueFromASTUntyped(value, variables)), 0);

/** What a list may hold of which nothing is known beforehand; most hold less. */
const SHORT_LIST = 10;
/** Each object requested by name can end as an error, which takes as much as so many values. */
const NAMED = 80;

function lengthOf(node: FieldNode, parent: GraphQLNamedType, page: number | undefined, scope: Scope): number {
  if (page !== undefined) return page;
  const introspected = introspectionLength(parent.name, node.name.value, scope.schema, scope.which);
  if (introspected !== undefined) return introspected;
  return namedBy(node, scope) || SHORT_LIST;
}

/** `nodes(ids)`, `_entities(representations)`: one for each. */
function namedBy({ arguments: args = [] }: FieldNode, { variables }: Scope): number {
  const lists = args.map(({ value }) => valueFromASTUntyped(value, variables));
  return Math.max(...lists.map((list) => (Array.isArray(list) ? list.length : 0)), 0);
}

/** How long the lists of a connection can be; undefined for what is none. */
function firstOf(
  { arguments: args }: FieldNode,
  field: GraphQLField<unknown, unknown>,
  { variables, unstatedFirst = MAX_FIRST }: Scope,
): number | undefined {
  const declared = field.args.find(({ name }) => name === 'first');
  if (!declared) return;
  const node = args?.find(({ name }) => name.value === 'first');
  const stated: unknown = node && valueFromASTUntyped(node.value, variables);
  const first = Number(stated ?? Math.min(unstatedFirst, declared.defaultValue as number));
  // One that is refused is refused at each item of the list above, so it counts as the largest.
  return first >= 1 && first <= MAX_FIRST ? first : MAX_FIRST;
}
