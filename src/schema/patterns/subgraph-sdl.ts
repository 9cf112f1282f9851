// The schema as the composition of a supergraph reads it (SDL). graphql prints definitions without their directives, so each
// type is put together from what graphql prints of its parts.
import {
  GraphQLInputObjectType,
  type GraphQLNamedType,
  GraphQLObjectType,
  type GraphQLSchema,
  isInputObjectType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  printType,
} from 'graphql';
import { tagsOf } from '../language/authorization.ts';
import { isShareable } from '../language/shareable.ts';

const LINK = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.6", import: ["@key", "@shareable", "@tag"])`;

export const byName = (one: { name: string }, other: { name: string }): number =>
  one.name < other.name ? -1 : 1;

/** Types stand in the order of their names, fields in that of their definition. */
export function printSubgraph(schema: GraphQLSchema, keys: ReadonlyMap<string, string>): string {
  const types = Object.values(schema.getTypeMap())
    .filter((type) => !isSpecifiedScalarType(type) && !isIntrospectionType(type))
    .sort(byName);
  return [LINK, ...types.map((type) => printDefinition(type, keys.get(type.name)))].join('\n\n');
}

function printDefinition(type: GraphQLNamedType, key: string | undefined): string {
  if (!isObjectType(type) && !isInputObjectType(type)) return printType(type);
  const { fields } = type.toConfig();
  const directives = [...(key ? [`@key(fields: "${key}")`] : []), ...directivesOf(type)];
  const body = Object.entries(fields).map(([name, field]) =>
    [printField(type, { [name]: field }), ...directivesOf(field)].join(' '),
  );
  const head = printType(withFields(type, {}));
  const start = directives.length > 0 ? [head, ...directives.map((text) => `  ${text}`), '{'] : [`${head} {`];
  return [...start, body.join('\n\n'), '}'].join('\n');
}

/** Without the lines around it. */
const printField = (type: WithFields, field: object): string =>
  printType(withFields(type, field)).slice(`${printType(withFields(type, {}))} {\n`.length, -'\n}'.length);

type WithFields = GraphQLObjectType | GraphQLInputObjectType;

const withFields = (type: WithFields, fields: object): WithFields =>
  isObjectType(type)
    ? new GraphQLObjectType({ ...type.toConfig(), fields: fields as never })
    : // Federation 2.6 does not know @oneOf.
      new GraphQLInputObjectType({ ...type.toConfig(), isOneOf: false, fields: fields as never });

function directivesOf(member: { extensions?: object | null | undefined }): string[] {
  const tags = tagsOf(member).map((tag) => `@tag(name: "${tag}")`);
  return [...(isShareable(member) ? ['@shareable'] : []), ...tags];
}
