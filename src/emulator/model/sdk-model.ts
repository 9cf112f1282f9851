// What the AWS SDK says of each operation, as JSON. aws-model.json holds it, since to load the SDK takes longer than all else of
// a start; scripts/docs.mjs writes that file.
import { createRequire } from 'node:module';

type Simple = 'string' | 'number' | 'boolean' | 'timestamp';
export type JsonShape = Simple | { list: JsonShape } | { map: JsonShape } | { structure: string };
export interface JsonMember {
  shape: JsonShape;
  required?: true;
  /** Where it travels when not in the body: `header` names a response header, `path` and `query` a request's. */
  binding?: 'header' | 'path' | 'query';
  isSensitive?: true;
}
interface JsonOperation {
  name: string;
  method: string;
  path: string;
  status: number;
  input: string;
  output: string;
}
export interface JsonModel {
  operations: JsonOperation[];
  structures: Record<string, Record<string, JsonMember>>;
  /** The status of each error that is declared. */
  errors: Record<string, number>;
  enums: Record<string, Record<string, string>>;
}

// The SDK's own encoding: an array whose first element is its kind, or a bare number for a simple type,
// in which 64 marks a list of it and 128 a map of it; a pair is a type with traits.
// `unit` is a response without members.
type Raw = number | 'unit' | (() => Raw) | readonly unknown[];
const simpleKinds: Record<number, Simple> = { 0: 'string', 1: 'number', 2: 'boolean', 5: 'timestamp' };
const LIST = 64;
const MAP = 128;
const OPERATION = 9;
const ERROR = -3;

// The clients are CommonJS: an import would first search their text for the names of exports
const require = createRequire(import.meta.url);
const modules = { ivs: '@aws-sdk/client-ivs', 'ivs-realtime': '@aws-sdk/client-ivs-realtime' };

export const describeSdk = (): Record<keyof typeof modules, JsonModel> => ({
  ivs: describeClient(require(modules.ivs)),
  'ivs-realtime': describeClient(require(modules['ivs-realtime'])),
});

function describeClient(sdk: Record<string, unknown>): JsonModel {
  const structures: JsonModel['structures'] = {};
  const schemas = Object.values(sdk).filter((value) => Array.isArray(value));
  const operations = schemas
    .filter(([kind]) => kind === OPERATION)
    .map((raw) => operationOf(raw, structures));
  const errors = schemas.flatMap(([kind, , name, traits]) =>
    kind === ERROR && traits?.httpError ? [[name, traits.httpError]] : [],
  );
  return { operations, structures, errors: Object.fromEntries(errors), enums: enumsOf(sdk) };
}

/** Each is an object of texts. */
const enumsOf = (sdk: Record<string, unknown>): JsonModel['enums'] =>
  Object.fromEntries(
    Object.entries(sdk).filter((entry): entry is [string, Record<string, string>] => isEnum(entry[1])),
  );
const isEnum = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).length > 0 &&
  Object.values(value).every((one) => typeof one === 'string');

function operationOf(raw: readonly unknown[], structures: JsonModel['structures']): JsonOperation {
  const [, , name, { http }, input, output] = raw as [
    9,
    string,
    string,
    { http: [string, string, number] },
    Raw,
    Raw,
  ];
  const [method, path, status] = http;
  const nameOf = (schema: Raw) => (shapeOf(schema, structures) as { structure: string }).structure;
  return { name, method, path, status, input: nameOf(input), output: nameOf(output) };
}

function shapeOf(raw: Raw, structures: JsonModel['structures']): JsonShape {
  if (typeof raw === 'function') return shapeOf(raw(), structures);
  if (typeof raw === 'number') return simpleOf(raw);
  if (raw === 'unit') {
    structures[raw] = {};
    return { structure: raw };
  }
  const [kind, , name] = raw;
  if (raw.length === 2) return shapeOf(raw[0] as Raw, structures);
  if (kind === 0) return 'string';
  if (kind === 1) return { list: shapeOf(raw[4] as Raw, structures) };
  if (kind === 2) return { map: shapeOf(raw[5] as Raw, structures) };
  if (kind === 3) return { structure: addStructure(raw, structures) };
  throw new Error(`The AWS SDK's schema of ${String(name)} has the unknown kind ${String(kind)}`);
}

function simpleOf(code: number): JsonShape {
  if (code >= MAP) return { map: simpleOf(code - MAP) };
  if (code >= LIST) return { list: simpleOf(code - LIST) };
  const kind = simpleKinds[code];
  if (!kind) throw new Error(`The AWS SDK's schemas use the unknown simple type ${code}`);
  return kind;
}

function addStructure(raw: readonly unknown[], structures: JsonModel['structures']): string {
  type RawStructure = [3, string, string, unknown, string[], Raw[], number?];
  const [, , name, , names, schemas, requiredCount = 0] = raw as RawStructure;
  if (structures[name]) return name;
  const members: Record<string, JsonMember> = {};
  structures[name] = members; // before its members: a structure may hold itself
  names.forEach((member, index) => {
    const schema = schemas[index] as Raw;
    const binding = bindingOf(schema);
    members[member] = {
      shape: shapeOf(schema, structures),
      ...(index < requiredCount && { required: true }),
      ...(binding && { binding }),
      ...(isSensitive(schema) && { isSensitive: true }),
    };
  });
  return name;
}

function bindingOf(schema: Raw): JsonMember['binding'] {
  if (!Array.isArray(schema) || schema.length !== 2) return undefined;
  const traits: unknown = schema[1];
  if (traits === 1) return 'path'; // the SDK's bit for an httpLabel
  if (typeof traits !== 'object' || traits === null) return undefined;
  if ('httpQuery' in traits) return 'query';
  return 'httpHeader' in traits ? 'header' : undefined;
}

const SENSITIVE = 8; // the SDK's bit

/** By a trait of the member itself, or of its type. */
function isSensitive(raw: Raw): boolean {
  if (typeof raw === 'function') return isSensitive(raw());
  if (!Array.isArray(raw)) return false;
  return raw.length === 2 ? hasSecret(raw[1]) || isSensitive(raw[0]) : hasSecret(raw[3]);
}

const hasSecret = (traits: unknown): boolean =>
  typeof traits === 'number'
    ? (traits & SENSITIVE) !== 0
    : typeof traits === 'object' && traits !== null && 'sensitive' in traits;
