// Types with a global id, and `node(id)` and `nodes(ids)`, which find their objects again. Each id is resolved alone.
import type { FieldMap, InterfaceRef } from '@pothos/core';
import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../../context.ts';
import { ValidationError } from '../../upstream/errors.ts';
import { quote } from '../../upstream/quote.ts';
import { entryFieldsOf, fieldsOf, isMap, type MemberOptions, type Members } from '../language/aws-types.ts';
import { builder, type SchemaTypes } from '../language/builder.ts';
import { costs, type Reference } from '../language/costs.ts';
import { toEntries } from '../language/input.ts';
import { itemErrors } from '../language/located-errors.ts';
import { valueAt } from '../language/map-entries.ts';
import { type Entity, entities, type Source } from '../loading/entity.ts';
import { federate } from './federation.ts';

type EntryOptions = Parameters<Parameters<typeof entryFieldsOf>[1]>[1];

interface NodeOptions<Key, Summary, Detail> {
  description: string;
  interfaces?: InterfaceRef<SchemaTypes, Key & { __typename: string }>[];
  /** Describes the members of the key, where no interface does. */
  key?: { [Member in keyof Key]: string };
  /** Members that lists have, too. */
  summary?: Members<Summary>;
  /** Members that cost their own call when the object came out of a list. */
  detail?: Members<Detail>;
}

/** The type of an entity, to which other subgraphs can refer; `more` are fields that are no member of AWS's as it is. */
export function defineNode<Key extends object, Summary extends object, Detail extends Summary>(
  entity: Entity<Key, Summary, Detail>,
  { description, interfaces = [], key, summary = {}, detail = {} }: NodeOptions<Key, Summary, Detail>,
  more: (
    t: PothosSchemaTypes.ObjectFieldBuilder<SchemaTypes, Source<Key, Summary, Detail>>,
  ) => FieldMap = () => ({}),
): typeof entity.type {
  const type = builder.node(entity.type, {
    ...entity.node,
    description,
    interfaces: interfaces as never,
    fields: (t) => {
      const shown = (level: 'summary' | 'detail') => (member: string, options: MemberOptions) =>
        t.field({
          type: options.type,
          ...entity[level](member as never, options.description, isMap(options.type) ? toEntries : undefined),
        } as never);
      const entryOf = (level: 'summary' | 'detail') => (member: string, options: EntryOptions) => {
        const computed = entity.computed(level, options.description, (facts, { key }: { key: string }) =>
          valueAt(facts[member as keyof Summary] as object | undefined, key),
        );
        const extensions = { ...options.extensions, ...computed.extensions };
        return t.field({ ...options, ...computed, extensions } as never);
      };
      const keyFields = Object.entries<string>(key ?? {}).map(([member, description]) => [
        member,
        t.exposeID(member as never, { nullable: false, description } as never),
      ]);
      return {
        ...Object.fromEntries(keyFields),
        ...fieldsOf(summary, shown('summary')),
        ...fieldsOf(detail, shown('detail')),
        ...entryFieldsOf(summary, entryOf('summary')),
        ...entryFieldsOf(detail, entryOf('detail')),
        ...more(t as never),
      } as never;
    },
  }) as never as typeof entity.type;
  federate(entity);
  return type;
}

/** The type and the key that are in an id. Pothos' own reader makes an error with a stack for what is none. */
function decode(globalId: string): { typename: string; id: string } {
  const [typename, ...id] = Buffer.from(globalId, 'base64').toString().split(':');
  if (!typename || id.length === 0)
    throw new ValidationError(`Expected an id that this API gave out, got: ${quote(globalId)}`);
  return { typename, id: id.join(':') };
}

function locate(globalId: string) {
  const { typename, id } = decode(globalId);
  const entity = entities.get(typename);
  if (!entity) throw new ValidationError(`No type with ids is called ${quote(typename)}`);
  return { entity, key: entity.key.ofId(id) };
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
    description: 'An object by its global id. Null when it no longer exists.',
    ...costs({ checksExistence: true, references: ({ id }) => namedBy([id as string]) }),
    args: { id: t.arg.id({ required: true, description: '`id` of an object of this API.' }) },
    resolve: (_root, { id }, context, info) => findNode(id, context, info),
  }),
  nodes: t.field({
    type: [builder.nodeInterfaceRef()],
    nullable: { list: false, items: true },
    description: 'Objects by their global ids, in the order of `ids`. Null where one no longer exists.',
    ...costs({ checksExistence: true, references: ({ ids }) => namedBy(ids as string[]) }),
    args: { ids: t.arg.idList({ required: true, description: '`id`s of objects of this API.' }) },
    resolve: (_root, { ids }, context, info) => {
      const errorOf = itemErrors(info);
      return Promise.all(
        ids.map((id, index) =>
          findNode(id, context, info).catch((error: Error) => errorOf(error, index) as never),
        ),
      );
    },
  }),
}));
