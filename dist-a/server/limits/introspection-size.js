// How much introspection returns of this schema: how long its lists and texts are.
import { isAbstractType, isEnumType, isInputObjectType, isInterfaceType, isObjectType, printSchema, } from 'graphql';
/** A value of a usual answer takes about so many bytes. */
const BYTES_PER_VALUE = 20;
const known = new WeakMap();
function sizesOf(schema) {
    const sizes = known.get(schema) ?? measure(schema);
    known.set(schema, sizes);
    return sizes;
}
/** How many values a text of the schema counts as: the subgraph's SDL alone has more than 100 KB. */
export function introspectionText(type, field, schema, which) {
    if (type === '_Service')
        return sizesOf(schema).sdl;
    return field === 'description' ? (sizesOf(schema).descriptions.get(type)?.[which] ?? 0) : 0;
}
/** Undefined for what is no list of introspection. */
export const introspectionLength = (type, field, schema, which) => type.startsWith('__') ? sizesOf(schema).lists.get(`${type}.${field}`)?.[which] : undefined;
function measure(schema) {
    const types = Object.values(schema.getTypeMap());
    const directives = schema.getDirectives();
    const fields = types.flatMap(fieldsOf);
    const inputFields = types.flatMap(inputFieldsOf);
    const enumValues = types.flatMap(enumValuesOf);
    const args = [...fields, ...directives].flatMap((one) => [...one.args]);
    const lengthsOf = (some, listOf) => sizeOf(some.map((one) => listOf(one).length));
    const textsOf = (some) => sizeOf(some.map(({ description }) => (description?.length ?? 0) / BYTES_PER_VALUE));
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
const sizeOf = (sizes) => ({
    average: sizes.reduce((sum, size) => sum + size, 0) / Math.max(1, sizes.length),
    largest: Math.max(0, ...sizes),
});
const fieldsOf = (type) => isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
const inputFieldsOf = (type) => isInputObjectType(type) ? Object.values(type.getFields()) : [];
const enumValuesOf = (type) => (isEnumType(type) ? type.getValues() : []);
const interfacesOf = (type) => isObjectType(type) || isInterfaceType(type) ? type.getInterfaces() : [];
const possibleTypesOf = (type, schema) => isAbstractType(type) ? schema.getPossibleTypes(type) : [];
