// The JSON Schema of a world file, by which editors complete it.
import type { Constraint } from '../model/constraints/shapes.ts';
import { regionContents, worldNode } from './format.ts';
import type { Node } from './node.ts';
import { absolutePattern, anyPattern } from './time.ts';

type JsonSchema = Record<string, unknown>;

export const worldSchema = (): JsonSchema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://unpkg.com/ivs-graphql/schemas/world.schema.json',
  title: 'World of the IVS emulator',
  ...schemaOf(worldNode),
  $defs: Object.fromEntries(
    Object.entries(regionContents).map(([name, { node }]) => [name, definitionOf(node)]),
  ),
});

/** Collections are in several places, and once in the schema. */
const shared = new Map(Object.entries(regionContents).map(([name, { node }]) => [node, name]));

function schemaOf(node: Node): JsonSchema {
  const name = shared.get(node);
  return name === undefined ? definitionOf(node) : { $ref: `#/$defs/${name}` };
}

function definitionOf(node: Node): JsonSchema {
  switch (node.kind) {
    case 'object':
      return objectSchema(node);
    case 'list':
      return { type: 'array', items: schemaOf(node.of), ...bounds('Items', node.constraint) };
    case 'map':
      return mapSchema(node);
    case 'number':
      return {
        type: node.isInteger ? 'integer' : 'number',
        ...(node.constraint?.min !== undefined && { minimum: node.constraint.min }),
        ...(node.constraint?.max !== undefined && { maximum: node.constraint.max }),
      };
    case 'boolean':
      return { type: 'boolean' };
    case 'time':
      return { type: 'string', pattern: node.isAbsolute ? absolutePattern : anyPattern };
    case 'reference':
      return { type: 'string', description: `The name, id or ARN of a ${node.to}.` };
    default:
      return textSchema(node.constraint);
  }
}

function objectSchema({ members }: Extract<Node, { kind: 'object' }>): JsonSchema {
  const properties = Object.entries(members).map(([name, { node, description }]) => {
    const schema = schemaOf(node);
    return [
      name,
      { description: [description, schema.description].filter(Boolean).join(' '), ...omit(schema) },
    ];
  });
  const required = Object.entries(members).flatMap(([name, { isRequired }]) => (isRequired ? [name] : []));
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

const omit = ({ description: _, ...rest }: JsonSchema): JsonSchema => rest;

function mapSchema({ of, constraint, keyPattern }: Extract<Node, { kind: 'map' }>): JsonSchema {
  const names = keyPattern ? { pattern: keyPattern } : constraint?.keys;
  return {
    type: 'object',
    additionalProperties: schemaOf(of),
    ...(names && { propertyNames: textSchema(names) }),
    ...bounds('Properties', constraint),
  };
}

const textSchema = (constraint: Constraint = {}): JsonSchema =>
  constraint.oneOf
    ? { enum: constraint.oneOf }
    : {
        type: 'string',
        ...(constraint.pattern && { pattern: constraint.pattern.source }),
        ...bounds('Length', constraint),
      };

const bounds = (what: 'Items' | 'Properties' | 'Length', { min, max }: Constraint = {}): JsonSchema => ({
  ...(min && { [`min${what}`]: min }),
  ...(max !== undefined && { [`max${what}`]: max }),
});
