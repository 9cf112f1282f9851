// The fields of a result in the order of the document, which the GraphQL specification requires and graphql-js keeps. Up to 2.0.3
// @graphql-tools/executor has them in the order in which they resolve; later versions need Node 22.15.
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  getOperationAST,
  Kind,
  type SelectionSetNode,
} from 'graphql';

type Data = Record<string, unknown>;
type Sort = (value: unknown) => unknown;

/** Of one operation of a document. A field that several fragments have stands where the first of them has it. */
export function inOrderOf(document: DocumentNode, operationName: string | null | undefined): Sort {
  const operation = getOperationAST(document, operationName);
  const fragments = new Map(
    document.definitions.flatMap((definition): [string, FragmentDefinitionNode][] =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : [],
    ),
  );
  return operation ? sorterOf([operation.selectionSet], fragments) : (value) => value;
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

function sorterOf(sets: readonly SelectionSetNode[], fragments: Fragments): Sort {
  const children = new Map<string, SelectionSetNode[]>();
  for (const set of sets) collect(set, fragments, children);
  // Made once for all objects of a list, and only for what is there.
  const sorters = new Map<string, Sort>();
  const sorterFor = (key: string, below: SelectionSetNode[]): Sort => {
    const sorter = sorters.get(key) ?? sorterOf(below, fragments);
    sorters.set(key, sorter);
    return sorter;
  };
  const sort: Sort = (value) => {
    if (Array.isArray(value)) return value.map(sort);
    if (!isData(value)) return value;
    const sorted: Data = {};
    for (const [key, below] of children)
      if (key in value) sorted[key] = below.length > 0 ? sorterFor(key, below)(value[key]) : value[key];
    return sorted;
  };
  return sort;
}

function collect(
  { selections }: SelectionSetNode,
  fragments: Fragments,
  children: Map<string, SelectionSetNode[]>,
): void {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      const key = selection.alias?.value ?? selection.name.value;
      const below = children.get(key) ?? [];
      if (selection.selectionSet) below.push(selection.selectionSet);
      children.set(key, below);
      continue;
    }
    const fragment =
      selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
    if (fragment) collect(fragment.selectionSet, fragments, children);
  }
}

const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null;
