// Checks a value against a node: all problems at once, each with its path.

import { unknownMember } from '../inputs/suggest.ts';
import type { Constraint } from '../model/constraints/shapes.ts';
import type { Node, Path, Problem } from './node.ts';
import { expectedAbsolute, expectedTime, readTime } from './time.ts';

const FAR_FUTURE = Date.UTC(9000, 0, 1);

export function* check(node: Node, value: unknown, path: Path): Generator<Problem> {
  const expected = mismatch(node, value);
  if (expected !== undefined)
    yield { path, message: `expected ${expected}, got ${shown(value)}${adviceOn(node, value)}` };
  else yield* checkInside(node, value, path);
}

/** YAML reads numbers and booleans where no quotes are. */
const adviceOn = ({ kind }: Node, value: unknown): string =>
  (kind === 'text' || kind === 'reference') && (typeof value === 'number' || typeof value === 'boolean')
    ? ': put it in quotes'
    : '';

function* checkInside(node: Node, value: unknown, path: Path): Generator<Problem> {
  if (node.kind === 'list')
    for (const [index, item] of (value as unknown[]).entries()) yield* check(node.of, item, [...path, index]);
  if (node.kind === 'map') yield* checkMap(node, value as Record<string, unknown>, path);
  if (node.kind === 'object') yield* checkMembers(node, value as Record<string, unknown>, path);
}

function* checkMembers(
  { members }: Extract<Node, { kind: 'object' }>,
  value: Record<string, unknown>,
  path: Path,
): Generator<Problem> {
  for (const name of Object.keys(value))
    if (!Object.hasOwn(members, name))
      yield { path: [...path, name], message: unknownMember(Object.keys(members), name), isName: true };
  for (const [name, { node, isRequired }] of Object.entries(members)) {
    const member = Object.hasOwn(value, name) ? value[name] : undefined;
    // As in JSON for AWS, null is absent
    if (member !== undefined && member !== null) yield* check(node, member, [...path, name]);
    else if (isRequired) yield { path, message: `expected the member ${name}, got none` };
  }
}

function* checkMap(
  { of, constraint, keyPattern }: Extract<Node, { kind: 'map' }>,
  value: Record<string, unknown>,
  path: Path,
): Generator<Problem> {
  for (const [name, item] of Object.entries(value)) {
    const wanted = keyPattern ? { pattern: keyPattern } : constraint?.keys;
    const expected = wanted && violated(wanted, name);
    if (expected)
      yield { path: [...path, name], message: `expected ${expected}, got ${shown(name)}`, isName: true };
    yield* check(of, item, [...path, name]);
  }
}

/** What was expected in place of this value; undefined where it fits. */
function mismatch(node: Node, value: unknown): string | undefined {
  switch (node.kind) {
    case 'object':
    case 'map':
      return isObject(value) ? sizeOf(node, value) : 'an object';
    case 'list':
      return Array.isArray(value) ? sizeOf(node, value) : 'a list';
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'true or false';
    case 'number':
      return numberMismatch(node, value);
    case 'time':
      return timeMismatch(node.isAbsolute, value);
    case 'reference':
      return typeof value === 'string' ? undefined : `the name, id or ARN of a ${node.to}`;
    default:
      return typeof value === 'string' ? violated(node.constraint, value) : 'a text';
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function sizeOf(node: Node, value: object): string | undefined {
  const { min = 0, max } = ('constraint' in node && node.constraint) || {};
  const size = Object.keys(value).length;
  if (size >= min && size <= (max ?? size)) return undefined;
  return max === undefined ? `at least ${min} item${min === 1 ? '' : 's'}` : `${min} to ${max} items`;
}

function numberMismatch({ constraint, isInteger }: Extract<Node, { kind: 'number' }>, value: unknown) {
  const { min = -(2 ** 31), max = 2 ** 31 - 1 } = constraint ?? {};
  const fits = typeof value === 'number' && value >= min && value <= max;
  if (fits && (!isInteger || Number.isInteger(value))) return undefined;
  return `a ${isInteger ? 'whole ' : ''}number from ${min} to ${max}`;
}

function timeMismatch(isAbsolute: boolean, value: unknown): string | undefined {
  const isTime = typeof value === 'string' && readTime(value, FAR_FUTURE) !== undefined;
  if (isTime && !(isAbsolute && /^(-|now$)/.test(value))) return undefined;
  return isAbsolute ? expectedAbsolute : expectedTime;
}

function violated({ min = 0, max, pattern, oneOf }: Constraint = {}, value: string): string | undefined {
  if (oneOf && !oneOf.includes(value)) return `one of ${oneOf.map((one) => one || '""').join(', ')}`;
  const length = [...value].length;
  if (length < min || length > (max ?? Number.POSITIVE_INFINITY))
    return max === undefined ? `at least ${min} characters` : `${min} to ${max} characters`;
  return pattern && !pattern.test(value) ? `a text that matches ${pattern.source}` : undefined;
}

function shown(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  return typeof value === 'object' ? 'an object' : JSON.stringify(value).slice(0, 120);
}
