// JSON ⇄ the model's shapes. What the model does not know is dropped on the way in and on the way out,
// so a response holds the members of its shape and no other: a summary is a record written as its summary shape.
import { unreadable } from '../errors.ts';
import type { Shape, Structure } from '../model/model.ts';

type Json = Record<string, unknown>;

// The SDK's schemas do not distinguish integers from floats: this is the only float.
const FLOAT = 'framerate';
const INTEGER_LIMIT = 2 ** 31;

export function readStructure(structure: Structure, value: unknown, path = ''): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw mismatch(path, 'an object', value);
  const members: [string, unknown][] = [];
  for (const [name, { shape }] of structure.members) {
    const member: unknown = Object.hasOwn(value, name) ? (value as Json)[name] : undefined;
    if (member === undefined || member === null) continue; // AWS reads null as absent
    members.push([name, readShape(shape, member, path ? `${path}.${name}` : name)]);
  }
  return Object.fromEntries(members);
}

function readShape(shape: Shape, value: unknown, path: string): unknown {
  switch (shape.kind) {
    case 'structure':
      return readStructure(shape, value, path);
    case 'list':
      if (!Array.isArray(value)) throw mismatch(path, 'a list', value);
      return value.map((item, index) => readShape(shape.of, item, `${path}[${index}]`));
    case 'map':
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw mismatch(path, 'an object', value);
      // fromEntries defines the key `__proto__` like any other, where an assignment would not
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, readShape(shape.of, item, `${path}.${key}`)]),
      );
    case 'number':
      return readNumber(value, path);
    case 'timestamp':
      throw new Error(`${path}: no input of IVS holds a timestamp`);
    default:
      if (typeof value !== shape.kind) throw mismatch(path, `a ${shape.kind}`, value);
      return value;
  }
}

function readNumber(value: unknown, path: string): number {
  if (typeof value !== 'number') throw mismatch(path, 'a number', value);
  if (path.endsWith(FLOAT)) return value;
  if (!Number.isInteger(value) || value >= INTEGER_LIMIT || value < -INTEGER_LIMIT) {
    throw mismatch(path, 'a 32-bit integer', value);
  }
  return value;
}

const mismatch = (path: string, expected: string, value: unknown) =>
  unreadable(
    `${path || 'The body'} must be ${expected}, but is ${value === null ? 'null' : describe(value)}`,
  );

const describe = (value: unknown) =>
  Array.isArray(value)
    ? 'a list'
    : typeof value === 'object'
      ? 'an object'
      : `${typeof value} ${JSON.stringify(value).slice(0, 60)}`;

/** The body of a response: header-bound members and whatever a record holds beyond its shape stay behind. */
export function writeStructure(structure: Structure, value: object): Json {
  const written: Json = {};
  for (const [name, { shape, binding }] of structure.members) {
    const member: unknown = Object.hasOwn(value, name) ? (value as Json)[name] : undefined;
    if (binding !== 'header' && member !== undefined) written[name] = writeShape(shape, member);
  }
  return written;
}

function writeShape(shape: Shape, value: unknown): unknown {
  if (shape.kind === 'structure') return writeStructure(shape, value as object);
  if (shape.kind === 'list') return (value as unknown[]).map((item) => writeShape(shape.of, item));
  if (shape.kind === 'timestamp') return (value as Date).toISOString();
  return value;
}
