// A schema that is not told: no introspection, no subgraph SDL, and no guesses at the names of fields.
import {
  GraphQLError,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  NoSchemaIntrospectionCustomRule,
  printSchema,
  type ValidationRule,
} from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';

export const useNoIntrospection = (): Plugin => ({
  onValidate: ({ addValidationRule }) => {
    for (const rule of noIntrospectionRules) addValidationRule(rule);
  },
  onExecutionResult: ({ result, setResult }) => {
    if (!result || isAsyncIterable(result) || !result.errors) return;
    setResult({ ...result, errors: result.errors.map(withoutGuesses) });
  },
});

/** `_service` is a supergraph's own introspection. */
const NoSubgraphSdlRule: ValidationRule = (context) => ({
  Field(node) {
    if (node.name.value === '_service' && context.getParentType() === context.getSchema().getQueryType())
      context.reportError(
        new GraphQLError('GraphQL introspection has been disabled, `_service` is part of it.', {
          nodes: node,
        }),
      );
  },
});

export const noIntrospectionRules = [NoSchemaIntrospectionCustomRule, NoSubgraphSdlRule] as const;

function withoutGuesses(error: GraphQLError): GraphQLError {
  const { message, nodes, source, positions, path, extensions } = error;
  // No regular expression: a message may quote a megabyte of the client's.
  const guess = message.endsWith('?') ? message.lastIndexOf('Did you mean ') : -1;
  if (guess < 0) return error;
  return new GraphQLError(message.slice(0, guess).trimEnd(), { nodes, source, positions, path, extensions });
}

/** A value of a usual answer takes about so many bytes. */
const BYTES_PER_VALUE = 20;

/** How many values a text of the schema counts as: the subgraph's SDL alone has more than 100 KB. */
export function introspectionText(type: string, field: string, schema: GraphQLSchema): number {
  if (type === '_Service') return textsOf(schema).sdl;
  return type.startsWith('__') && field === 'description' ? textsOf(schema).description : 0;
}

interface Texts {
  description: number;
  sdl: number;
}
const texts = new WeakMap<GraphQLSchema, Texts>();

function textsOf(schema: GraphQLSchema): Texts {
  const known = texts.get(schema) ?? measureTexts(schema);
  texts.set(schema, known);
  return known;
}

function measureTexts(schema: GraphQLSchema): Texts {
  const descriptions: number[] = [];
  const sdl = printSchema(schema);
  const note = ({ description }: { description?: string | null | undefined }) =>
    void descriptions.push(description?.length ?? 0);
  for (const type of Object.values(schema.getTypeMap())) {
    note(type);
    if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type))
      for (const field of Object.values(type.getFields())) note(field);
  }
  const total = descriptions.reduce((sum, length) => sum + length, 0);
  return {
    description: total / descriptions.length / BYTES_PER_VALUE,
    sdl: sdl.length / BYTES_PER_VALUE,
  };
}

/** How long the lists of introspection are in this schema, on average: all types have all fields, and so on. */
const lengths = new WeakMap<GraphQLSchema, Record<string, number>>();

/** Undefined for what is no list of introspection. */
export function introspectionLength(type: string, field: string, schema: GraphQLSchema): number | undefined {
  if (!type.startsWith('__')) return;
  const known = lengths.get(schema) ?? measure(schema);
  lengths.set(schema, known);
  return known[field];
}

function measure(schema: GraphQLSchema): Record<string, number> {
  const types = Object.values(schema.getTypeMap());
  const fields = types.flatMap((type) =>
    isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [],
  );
  const inputFields = types.flatMap((type) =>
    isInputObjectType(type) ? Object.values(type.getFields()) : [],
  );
  const enumValues = types.flatMap((type) => (isEnumType(type) ? type.getValues() : []));
  const args = fields.flatMap((field) => field.args);
  return {
    types: types.length,
    directives: schema.getDirectives().length,
    fields: fields.length / types.length,
    inputFields: inputFields.length / types.length,
    enumValues: enumValues.length / types.length,
    args: args.length / fields.length,
    interfaces: 1,
    possibleTypes: 1,
    locations: 5,
  };
}
