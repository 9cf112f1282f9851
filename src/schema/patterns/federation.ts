// The graph as a subgraph: entities by key.
import type { ObjectRef } from '@pothos/core';
import type { GraphQLResolveInfo, GraphQLSchema } from 'graphql';
import type { Context, Scope } from '../../context.ts';
import { ValidationError } from '../../upstream/errors.ts';
import { quote } from '../../upstream/quote.ts';
import { demand } from '../language/authorization.ts';
import { builder, type SchemaTypes } from '../language/builder.ts';
import type { FieldCosts, Reference } from '../language/costs.ts';
import { entities } from '../loading/entity.ts';

/** Makes a type an entity that other subgraphs can refer to by its key. */
export function federate<Thing extends object>(
  type: ObjectRef<SchemaTypes, Thing>,
  { federationKey }: { federationKey: string },
): void {
  builder.asEntity(type, {
    key: builder.selection(federationKey as never),
    resolveReference: (representation, context, info) =>
      findEntity(representation as Representation, context, info) as never,
  });
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
  const members = entity.federationKey.split(' ');
  const key = Object.fromEntries(members.map((member) => [member, textOf(representation, member)]));
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

/** Answers each representation alone; Apollo's own resolver fails all of them for one that it cannot read. */
export function withEntities(schema: GraphQLSchema): GraphQLSchema {
  const field = schema.getQueryType()?.getFields()._entities;
  if (!field) throw new Error('Expected a schema with entities');
  field.extensions = {
    ...field.extensions,
    // Pothos makes this field beside its plugins.
    scope: 'ivs:read',
    references: ({ representations }) => (representations as Representation[]).flatMap(namedBy),
  } satisfies FieldCosts & { scope: Scope };
  field.resolve = demand('ivs:read', (_root, { representations }, context, info) =>
    representations.map((representation: Representation | null) => findEntity(representation, context, info)),
  );
  return schema;
}
