// How much introspection returns of this schema: how long its lists and texts are.
import {
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  printSchema,
} from 'graphql';

/** A value of a usual response takes about so many bytes. */
const BYTES_PER_VALUE = 20;

/** Of all types together, as below `__schema { types }`, the average adds up to what there is; of a type that is chosen, it may be the largest. */
interface Size {
  average: number;
  largest: number;
}
export type Which = keyof Size;

interface Sizes {
  /** By type and field of introspection, such as `__Type.fields`. */
  lists: ReadonlyMap<string, Size>;
  /** Of descriptions, by the type of introspection that has them, in values. */
  descriptions: ReadonlyMap<string, Size>;
  sdl: number;
}

const known = new WeakMap<GraphQLSchema, Sizes>();

function sizesOf(schema: GraphQLSchema): Sizes {
  const sizes = known.get(schema) ?? measure(schema);
  known.set(schema, sizes);
  return sizes;
}

/** How many values a text of the schema counts as: the subgraph's SDL alone has more than 100 KB. */
export function introspectionText(type: string, field: string, schema: GraphQLSchema, which: Which): number {
  if (type === '_Service') return sizesOf(schema).sdl;
  return field === 'description' ? (sizesOf(schema).descriptions.get(type)?.[which] ?? 0) : 0;
}

/** Undefined for what is no list of introspection. */
export const introspectionLength = (
  type: string,
  field: string,
  schema: GraphQLSchema,
  which: Which,
): number | undefined =>
  type.startsWith('__') ? sizesOf(schema).lists.get(`${type}.${field}`)?.[which] : undefined;

interface Described {
  description?: string | null | undefined;
}

function measure(schema: GraphQLSchema): Sizes {
  const types = Object.values(schema.getTypeMap());
  const directives = schema.getDirectives();
  const fields = types.flatMap(fieldsOf);
  const inputFields = types.flatMap(inputFieldsOf);
  const enumValues = types.flatMap(enumValuesOf);
  const args = [...fields, ...directives].flatMap((one) => [...one.args]);
  const lengthsOf = <One>(some: readonly One[], listOf: (one: One) => readonly unknown[]) =>
    sizeOf(some.map((one) => listOf(one).length));
  const textsOf = (some: readonly Described[]) =>
    sizeOf(some.map(({ description }) => (description?.length ?? 0) / BYTES_PER_VALUE));
  return {
    lists: new Map([
      ['__Schema.types', sizeOf([types.length])],
      ['__Schema.directives', sizeOf([directives.length])],
      ['__Type.fields', lengthsOf(types, fieldsOf)],
      ['__Type.inputFields', lengthsOf(types, inputFieldsOf)],
      ['__Type.enumValues', lengthsOf(types, enumValuesOf)],
      ['__Type.interfaces', lengthsOf(types, interfacesOf)],
      ['__Type.possibleTypes', lengthsOf(types, (type) => possibleTypesOf(type, schema))],
      ['__Field.args', lengthsOf(fields, (field) => field.args)],
      ['__Directive.args', lengthsOf(directives, (directive) => directive.args)],
      ['__Directive.locations', lengthsOf(directives, (directive) => directive.locations)],
    ]),
    descriptions: new Map([
      ['__Schema', textsOf([schema])],
      ['__Type', textsOf(types)],
      ['__Field', textsOf(fields)],
      ['__InputValue', textsOf([...inputFields, ...args])],
      ['__EnumValue', textsOf(enumValues)],
      ['__Directive', textsOf(directives)],
    ]),
    sdl: printSchema(schema).length / BYTES_PER_VALUE,
  };
}

const sizeOf = (sizes: readonly number[]): Size => ({
  average: sizes.reduce((sum, size) => sum + size, 0) / Math.max(1, sizes.length),
  largest: Math.max(0, ...sizes),
});

const fieldsOf = (type: GraphQLNamedType) =>
  isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
const inputFieldsOf = (type: GraphQLNamedType) =>
  isInputObjectType(type) ? Object.values(type.getFields()) : [];
const enumValuesOf = (type: GraphQLNamedType) => (isEnumType(type) ? type.getValues() : []);
const interfacesOf = (type: GraphQLNamedType) =>
  isObjectType(type) || isInterfaceType(type) ? type.getInterfaces() : [];
const possibleTypesOf = (type: GraphQLNamedType, schema: GraphQLSchema) =>
  isAbstractType(type) ? schema.getPossibleTypes(type) : [];
