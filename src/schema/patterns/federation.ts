// The graph as a subgraph: entities by key.
import type { GraphQLFieldConfig, GraphQLResolveInfo } from 'graphql';
import type { Context, Scope } from '../../context.ts';
import { ValidationError } from '../../upstream/errors.ts';
import { quote } from '../../upstream/quote.ts';
import { demand } from '../language/authorization.ts';
import type { FieldCosts, Reference } from '../language/costs.ts';
import { itemErrors } from '../language/located-errors.ts';
import { entities } from '../loading/entity.ts';

/** The keys of the types that other subgraphs can refer to, by the types' names. */
export const keys = new Map<string, string>();

/** Makes the type of an entity one that other subgraphs can refer to by its key. */
export function federate({ name, key }: { name: string; key: { members: readonly string[] } }): void {
  keys.set(name, key.members.join(' '));
}

interface Representation {
  __typename?: unknown;
  [member: string]: unknown;
}

function locate(representation: Representation | null) {
  const entity = entities.get(representation?.__typename as string);
  if (!representation || !entity)
    throw new ValidationError(
      `Expected the name of an entity as \`__typename\`, got: ${quote(representation?.__typename)}`,
    );
  const key = Object.fromEntries(
    entity.key.members.map((member) => [member, textOf(representation, member)]),
  );
  return { entity, key };
}

async function findEntity(representation: Representation | null, context: Context, info: GraphQLResolveInfo) {
  const { entity, key } = locate(representation);
  return entity.resolveReference(key, context, info);
}

/** What a representation names, if anything. */
function namedBy(representation: Representation | null): Reference[] {
  try {
    const { entity, key } = locate(representation);
    return [{ typeName: entity.name, key }];
  } catch {
    return [];
  }
}

function textOf(representation: Representation, member: string): string {
  const value = representation[member];
  if (typeof value === 'string') return value;
  throw new ValidationError(
    `Expected ${quote(representation.__typename)} with a text as \`${member}\`, got: ${quote(value)}`,
  );
}

/** Resolves each representation on its own, to its object or to an error. */
export const entitiesField = {
  description:
    'Objects by the keys of their types, in order, for routers of a supergraph. Scope: `ivs:read`.',
  extensions: {
    scopes: ['ivs:read'],
    references: ({ representations }) => (representations as Representation[]).flatMap(namedBy),
  } satisfies FieldCosts & { scopes: Scope[] },
  resolve: demand(['ivs:read'], (_root, { representations }, context, info) => {
    const errorOf = itemErrors(info);
    return representations.map((representation: Representation | null, index: number) =>
      findEntity(representation, context, info).catch((error: Error) => errorOf(error, index)),
    );
  }),
} satisfies Partial<GraphQLFieldConfig<unknown, Context>>;
