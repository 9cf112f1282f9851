import { ivs, ivsRealtime } from './aws-sdk.ts';
// What the AWS SDK knows about each operation, read from the schemas it exports: routes, statuses,
// the type of every member and which are required. The emulator repeats none of it.

export type Service = 'ivs' | 'ivs-realtime';

export type Shape = Scalar | List | MapShape | Structure;
interface Scalar {
  kind: 'string' | 'number' | 'boolean' | 'timestamp';
}
interface List {
  kind: 'list';
  of: Shape;
}
interface MapShape {
  kind: 'map';
  of: Shape;
}
export interface Structure {
  kind: 'structure';
  name: string;
  members: Map<string, Member>;
}
interface Member {
  shape: Shape;
  required: boolean;
  /** Where it travels when not in the body: `header` names a response header, `path` and `query` a request's. */
  binding: 'body' | 'header' | 'path' | 'query';
  isSensitive: boolean;
}

export interface Operation {
  service: Service;
  name: string;
  method: string;
  path: string;
  status: number;
  input: Structure;
  output: Structure;
}

// The SDK's own encoding: an array whose first element is its kind, or a bare number for a simple type,
// in which 64 marks a list of it and 128 a map of it; a pair is a type with traits.
// `unit` is a response without members.
type Raw = number | 'unit' | (() => Raw) | readonly unknown[];
const simpleKinds: Record<number, Scalar['kind']> = {
  0: 'string',
  1: 'number',
  2: 'boolean',
  5: 'timestamp',
};
const LIST = 64;
const MAP = 128;

const structures = new Map<readonly unknown[], Structure>();

function readShape(raw: Raw): Shape {
  if (typeof raw === 'function') return readShape(raw());
  if (typeof raw === 'number') return readSimple(raw);
  if (raw === 'unit') return { kind: 'structure', name: raw, members: new Map() };
  const [kind, , name] = raw;
  if (raw.length === 2) return readShape(raw[0] as Raw);
  if (kind === 0) return { kind: 'string' };
  if (kind === 1) return { kind: 'list', of: readShape(raw[4] as Raw) };
  if (kind === 2) return { kind: 'map', of: readShape(raw[5] as Raw) };
  if (kind === 3) return readStructure(raw);
  throw new Error(`The AWS SDK's schema of ${String(name)} has the unknown kind ${String(kind)}`);
}

function readSimple(code: number): Shape {
  if (code >= MAP) return { kind: 'map', of: readSimple(code - MAP) };
  if (code >= LIST) return { kind: 'list', of: readSimple(code - LIST) };
  const kind = simpleKinds[code];
  if (!kind) throw new Error(`The AWS SDK's schemas use the unknown simple type ${code}`);
  return { kind };
}

function readStructure(raw: readonly unknown[]): Structure {
  const known = structures.get(raw);
  if (known) return known;
  const [, , name, , names, schemas, requiredCount = 0] = raw as [
    3,
    string,
    string,
    unknown,
    string[],
    Raw[],
    number?,
  ];
  const structure: Structure = { kind: 'structure', name, members: new Map() };
  structures.set(raw, structure); // before its members: a structure may hold itself
  names.forEach((member, index) => {
    const schema = schemas[index] as Raw;
    structure.members.set(member, {
      shape: readShape(schema),
      required: index < requiredCount,
      binding: readBinding(schema),
      isSensitive: isSensitive(schema),
    });
  });
  return structure;
}

function readBinding(schema: Raw): Member['binding'] {
  if (!Array.isArray(schema) || schema.length !== 2) return 'body';
  const traits: unknown = schema[1];
  if (traits === 1) return 'path'; // the SDK's bit for an httpLabel
  if (typeof traits !== 'object' || traits === null) return 'body';
  if ('httpQuery' in traits) return 'query';
  return 'httpHeader' in traits ? 'header' : 'body';
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

function readOperations(service: Service, sdk: Record<string, unknown>): Operation[] {
  return Object.values(sdk).flatMap((schema) => {
    if (!Array.isArray(schema) || schema[0] !== 9) return [];
    const [method, path, status] = schema[3].http as [string, string, number];
    const [input, output] = [readShape(schema[4]), readShape(schema[5])] as [Structure, Structure];
    return [{ service, name: schema[2] as string, method, path, status, input, output }];
  });
}

/** Every operation of both services; the three tag operations are in both, on one path. */
export const model: readonly Operation[] = [
  ...readOperations('ivs', ivs),
  ...readOperations('ivs-realtime', ivsRealtime),
];

/** The status of each error that a service declares. */
export const errorStatus: ReadonlyMap<string, number> = new Map(
  [...Object.values(ivs), ...Object.values(ivsRealtime)].flatMap((schema: unknown): [string, number][] =>
    Array.isArray(schema) && schema[0] === -3 && schema[3]?.httpError
      ? [[schema[2], schema[3].httpError]]
      : [],
  ),
);
