// How nouns lead to each other: references by key, and what stands below a parent.
import type { InputFieldMap, InputShapeFromFields, MaybePromise, ObjectRef } from '@pothos/core';
import type { Context } from '../../context.ts';
import { builder, type SchemaTypes } from '../language/builder.ts';
import { costs, type FieldCosts, listed } from '../language/costs.ts';
import { nullOnlyOnError } from '../language/semantic-non-null.ts';
import { DEFAULT_FIRST, EMPTY_CONNECTION, nestedArgs } from '../loading/connection.ts';
import type { Entity, Source } from '../loading/entity.ts';
import type { PagedList, Selector } from '../loading/list.ts';
import type { ArnKey } from './resource.ts';

/** A key as AWS gives it: what a member is missing of refers to nothing. */
type Partly<Key> = { [Member in keyof Key]?: Key[Member] | undefined };

/** A field that refers to an entity; null where `keyOf` finds no whole key. */
export const reference = <Of, Key extends object, Summary extends object, Detail extends Summary>(
  t: PothosSchemaTypes.ObjectFieldBuilder<SchemaTypes, Of>,
  entity: Entity<Key, Summary, Detail>,
  description: string,
  keyOf: (of: Of, context: Context) => MaybePromise<Partly<Key>>,
  said: FieldCosts = {},
) =>
  t.field({
    type: entity.type,
    description,
    ...costs(said),
    resolve: (of, _args, context, info) => {
      const key = keyOf(of, context);
      return (
        key instanceof Promise
          ? key.then((known) => entity.resolveRef(known, context, info))
          : entity.resolveRef(key, context, info)
      ) as never;
    },
  });

/**
 * A payload's field that refers to what its mutation was about. That exists, so the field is non-null: what is selected of it
 * is loaded below, and fails there, so that the payload stays.
 */
export const subject = <Of, Summary extends object, Detail extends Summary>(
  t: PothosSchemaTypes.ObjectFieldBuilder<SchemaTypes, Of>,
  entity: Entity<ArnKey, Summary, Detail>,
  description: string,
  arnOf: (of: Of) => string,
) =>
  t.field({
    type: entity.type,
    nullable: false,
    description,
    resolve: (of, _args, context) => entity.ref({ arn: arnOf(of) }, context) as never,
  });

/** A field that refers to the resource whose ARN is a member of the summaries of `entity`. */
export const summaryReference = <
  Key extends object,
  Summary extends object,
  Detail extends Summary,
  Target extends object,
  TargetDetail extends Target,
>(
  t: PothosSchemaTypes.ObjectFieldBuilder<SchemaTypes, Source<Key, Summary, Detail>>,
  entity: Entity<Key, Summary, Detail>,
  member: keyof Summary & string,
  target: Entity<ArnKey, Target, TargetDetail>,
  description: string,
  said: FieldCosts = {},
) =>
  t.field({
    type: target.type,
    ...entity.summary(member, description, (arn, context, info) =>
      target.resolveRef({ arn: String(arn) }, context, info),
    ),
    ...costs({ level: 'summary', ...said }),
  } as never);

interface ChildOptions<Parent, Fields extends InputFieldMap, Key> {
  description: string;
  args?: Fields;
  keyOf: (parent: Parent, args: InputShapeFromFields<Fields>) => Key;
}

/** Adds to a parent the field that finds one of its children; null when there is none. */
export function defineChild<
  Parent extends object,
  Key extends object,
  Summary extends object,
  Detail extends Summary,
  // biome-ignore lint/complexity/noBannedTypes: no arguments
  Fields extends InputFieldMap = {},
>(
  parent: ObjectRef<SchemaTypes, Parent>,
  name: string,
  entity: Entity<Key, Summary, Detail>,
  { description, args, keyOf }: ChildOptions<Parent, Fields, Key>,
): void {
  builder.objectField(parent, name, (t) =>
    t.field({
      type: entity.type,
      description,
      ...costs({ checksExistence: true }),
      args: { ...args },
      resolve: (of, given, context, info) => entity.load(keyOf(of, given as never), context, info) as never,
    }),
  );
}

interface ChildrenOptions<Parent, Fields extends InputFieldMap, Request> {
  description: string;
  args?: Fields;
  selectorOf: (parent: Parent, args: InputShapeFromFields<Fields>) => Selector<Request>;
}

/** Adds to a parent the connection of its children. */
export function defineChildren<
  Parent extends object,
  Request,
  Item,
  // biome-ignore lint/complexity/noBannedTypes: no arguments
  Fields extends InputFieldMap = {},
>(
  parent: ObjectRef<SchemaTypes, Parent>,
  name: string,
  list: PagedList<Request, Item>,
  { description, args, selectorOf }: ChildrenOptions<Parent, Fields, Request>,
): void {
  builder.objectField(parent, name, (t) =>
    t.field({
      type: list.connection,
      ...nullOnlyOnError(listed(list, description)),
      args: { ...args, ...nestedArgs },
      resolve: async (of, { first, after, ...own }, context) => {
        const page = { first: first ?? DEFAULT_FIRST.nested, after };
        return ((await list.connect(selectorOf(of, own as never), page, context)) ??
          EMPTY_CONNECTION) as never;
      },
    }),
  );
}
