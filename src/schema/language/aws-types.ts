// Types whose members are AWS's, each under its own name: a table of member, type and description.
import type { EnumRef, FieldMap, InputObjectRef, ObjectRef } from '@pothos/core';
import { builder, type SchemaTypes } from './builder.ts';
import { KeyValue, toEntries } from './input.ts';
import { entryField, entryName, valueAt } from './map-entries.ts';

/** The GraphQL types that a value of AWS's can have; `Composite` is that of one with members. */
type TypeOf<Value, Composite> = [Value] extends [boolean]
  ? 'Boolean'
  : [Value] extends [number]
    ? 'Int' | 'Float'
    : [Value] extends [Date]
      ? 'DateTime'
      : [Value] extends [string]
        ? 'String' | 'ID' | EnumRef<SchemaTypes, Value>
        : Composite;

/** A map is shown as its entries. */
type OutputOf<Value> = [Value] extends [Record<string, string>]
  ? [typeof KeyValue]
  : [Value] extends [readonly (infer Item)[]]
    ? [TypeOf<Item, ObjectRef<SchemaTypes, Item>>]
    : TypeOf<Value, ObjectRef<SchemaTypes, Value>>;

type InputOf<Value> = [Value] extends [readonly (infer Item)[]]
  ? [TypeOf<Item, InputObjectRef<SchemaTypes, Item>>]
  : TypeOf<Value, InputObjectRef<SchemaTypes, Value>>;

interface Options {
  description: string;
  deprecationReason?: string;
}

/** A member's type, and its description or other options. */
type Member<Type, Other> = readonly [type: Type, described: string | (Options & Other)];

export type Members<Shape> = {
  [Name in keyof Shape]?: Member<OutputOf<NonNullable<Shape[Name]>>, { nullable?: false }>;
};
type InputMembers<Shape> = {
  [Name in keyof Shape]?: Member<InputOf<NonNullable<Shape[Name]>>, { required?: true }>;
};

export type MemberOptions = Options & { type: unknown };

/** Makes a field of each member of a table. */
export const fieldsOf = <Field>(
  members: object,
  fieldOf: (name: string, options: MemberOptions) => Field,
): Record<string, Field> =>
  Object.fromEntries(
    Object.entries<Member<unknown, object>>(members as never).map(([name, [type, described]]) => [
      name,
      fieldOf(name, { type, ...(typeof described === 'string' ? { description: described } : described) }),
    ]),
  );

/** Makes a field for one entry of each map in a table. */
export const entryFieldsOf = <Field>(
  members: object,
  fieldOf: (name: string, options: ReturnType<typeof entryField>) => Field,
): Record<string, Field> =>
  Object.fromEntries(
    Object.entries<Member<unknown, object>>(members as never)
      .filter(([, [type]]) => isMap(type))
      .map(([name]) => [entryName(name), fieldOf(name, entryField(name))]),
  );

export const isMap = (type: unknown): boolean => Array.isArray(type) && type[0] === KeyValue;

/** A type that shows members of AWS's; `more` are fields that take more than that. */
export function awsObject<Shape extends object>(
  name: string,
  description: string,
  members: Members<Shape>,
  more: (t: PothosSchemaTypes.ObjectFieldBuilder<SchemaTypes, Shape>) => FieldMap = () => ({}),
): ObjectRef<SchemaTypes, Shape> {
  return builder.objectRef<Shape>(name).implement({
    description,
    fields: (t) => ({
      ...fieldsOf(members, (member, options) =>
        isMap(options.type)
          ? t.field({
              ...options,
              resolve: (shape: never) => shape[member] && toEntries(shape[member]),
            } as never)
          : t.expose(member as never, options as never),
      ),
      ...entryFieldsOf(members, (member, options) =>
        t.field({
          ...options,
          resolve: (shape, { key }) => valueAt(shape[member as keyof Shape] as object | undefined, key),
        }),
      ),
      ...more(t as never),
    }),
  }) as ObjectRef<SchemaTypes, Shape>;
}

/** An input with members of AWS's; `isOneOf`: exactly one of them. */
export function awsInput<Shape extends object>(
  name: string,
  description: string,
  members: InputMembers<Shape>,
  { isOneOf = false }: { isOneOf?: boolean } = {},
): InputObjectRef<SchemaTypes, Shape> {
  return builder.inputType(name, {
    description,
    isOneOf,
    fields: (t) => fieldsOf(members, (_member, options) => t.field(options as never)),
  }) as unknown as InputObjectRef<SchemaTypes, Shape>;
}
