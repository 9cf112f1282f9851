// graphql prints definitions without their directives, so a type is put together from what graphql prints of its parts.
import {
  GraphQLInputObjectType,
  GraphQLInterfaceType,
  type GraphQLNamedType,
  GraphQLObjectType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  printType,
} from 'graphql';

interface Member {
  extensions?: object | null | undefined;
}

/** The directives of a type or of one of its fields, as they are written. */
export type DirectivesOf = (member: Member) => readonly string[];

export function printDefinition(
  type: GraphQLNamedType,
  { ofType, ofField }: { ofType: readonly string[]; ofField: DirectivesOf },
): string {
  if (!hasFields(type)) return printType(type);
  const { fields } = type.toConfig();
  const body = Object.entries(fields).map(([name, field]) =>
    [printField(type, { [name]: field }), ...ofField(field)].join(' '),
  );
  const head = printType(withFields(type, {}));
  const start = ofType.length > 0 ? [head, ...ofType.map((text) => `  ${text}`), '{'] : [`${head} {`];
  return [...start, body.join('\n\n'), '}'].join('\n');
}

/** Without the lines around it. */
const printField = (type: WithFields, field: object): string =>
  printType(withFields(type, field)).slice(`${printType(withFields(type, {}))} {\n`.length, -'\n}'.length);

type WithFields = GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType;

const hasFields = (type: GraphQLNamedType): type is WithFields =>
  isObjectType(type) || isInterfaceType(type) || isInputObjectType(type);

function withFields(type: WithFields, fields: object): WithFields {
  const config = { ...type.toConfig(), fields } as never;
  if (isObjectType(type)) return new GraphQLObjectType(config);
  return isInterfaceType(type) ? new GraphQLInterfaceType(config) : new GraphQLInputObjectType(config);
}
