// `node(id)` and `nodes(ids)`: any object of the graph by its global id. Each id is answered alone.
import { decodeGlobalID } from '@pothos/plugin-relay';
import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../../context.ts';
import { ValidationError } from '../../upstream/errors.ts';
import { quote } from '../../upstream/quote.ts';
import { builder } from '../language/builder.ts';
import { costs, type Reference } from '../language/costs.ts';
import { entities } from '../loading/entity.ts';

function decode(globalId: string): { typename: string; id: string } {
  try {
    return decodeGlobalID(globalId);
  } catch {
    throw new ValidationError(`Expected an id that this API gave out, got: ${quote(globalId)}`);
  }
}

function locate(globalId: string) {
  const { typename, id } = decode(globalId);
  const entity = entities.get(typename);
  if (!entity) throw new ValidationError(`No type with ids is called ${quote(typename)}`);
  return { entity, key: entity.keyOfId(id) };
}

async function findNode(
  globalId: string,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<object | null> {
  const { entity, key } = locate(globalId);
  return entity.load(key, context, info);
}

/** What ids name; one that names nothing costs nothing. */
const namedBy = (ids: readonly string[]): Reference[] =>
  ids.flatMap((globalId) => {
    try {
      const { entity, key } = locate(globalId);
      return [{ typeName: entity.name, key }];
    } catch {
      return [];
    }
  });

builder.queryFields((t) => ({
  node: t.field({
    type: builder.nodeInterfaceRef(),
    description: 'Any object by its global id; null when it no longer exists.',
    ...costs({ checksExistence: true, references: ({ id }) => namedBy([id as string]) }),
    args: { id: t.arg.id({ required: true, description: 'The `id` of an object of this API.' }) },
    resolve: (_root, { id }, context, info) => findNode(id, context, info),
  }),
  nodes: t.field({
    type: [builder.nodeInterfaceRef()],
    nullable: { list: false, items: true },
    description: 'Objects by their global ids, each in its place; null where one no longer exists.',
    ...costs({ checksExistence: true, references: ({ ids }) => namedBy(ids as string[]) }),
    args: { ids: t.arg.idList({ required: true, description: 'The `id`s of objects of this API.' }) },
    resolve: (_root, { ids }, context, info) =>
      Promise.all(ids.map((id) => findNode(id, context, info).catch((error: Error) => error as never))),
  }),
}));
