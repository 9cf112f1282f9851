// Checks an input that has the right types against what the model requires and our constraints add.

import { AwsError, validationFailed } from '../errors.ts';
import { lowLatency, lowLatencyExclusive } from './constraints/low-latency.ts';
import { realtime, realtimeExclusive } from './constraints/realtime.ts';
import type { Constraint } from './constraints/shapes.ts';
import type { Operation, Service, Shape, Structure } from './model.ts';

const constraints = { ivs: lowLatency, 'ivs-realtime': realtime };
const exclusive = { ivs: lowLatencyExclusive, 'ivs-realtime': realtimeExclusive };

/** What holds for a member of a structure, if anything does. */
export const constraintOf = (service: Service, structure: string, member: string): Constraint | undefined =>
  constraints[service][structure]?.[member] ?? constraints[service]['*']?.[member];

/** Throws one ValidationException that names everything that is wrong, as AWS does. */
export function validate({ service, input: structure }: Operation, input: Record<string, unknown>): void {
  const problems = [...checkStructure(service, structure, input, '')];
  if (problems.length > 0) {
    const count = problems.length === 1 ? '1 validation error' : `${problems.length} validation errors`;
    throw validationFailed(`${count} detected: ${problems.slice(0, 10).join('; ')}`);
  }
  checkExclusive(service, structure.name, input);
}

function checkExclusive(service: Service, structure: string, input: Record<string, unknown>): void {
  const rule = exclusive[service][structure];
  const used = rule?.members.filter((member) => input[member] !== undefined) ?? [];
  if (rule && used.length > 1)
    throw new AwsError(rule.error, `Only one filter may be used, but got ${used.join(', ')}`);
}

function* checkStructure(
  service: Service,
  structure: Structure,
  value: Record<string, unknown>,
  path: string,
): Generator<string> {
  for (const [name, { shape, required }] of structure.members) {
    const member = value[name];
    if (member === undefined) {
      if (required) yield `${path}${name}: is required`;
      continue;
    }
    const constraint = constraintOf(service, structure.name, name);
    yield* checkConstraint(constraint, member, path + name);
    if (!hasTooMany(constraint, member)) yield* checkInside(service, shape, member, path + name);
  }
}

function* checkInside(service: Service, shape: Shape, value: unknown, path: string): Generator<string> {
  if (shape.kind === 'structure') {
    yield* checkStructure(service, shape, value as Record<string, unknown>, `${path}.`);
  } else if (shape.kind === 'list') {
    for (const [index, item] of (value as unknown[]).entries()) {
      yield* checkInside(service, shape.of, item, `${path}[${index}]`);
    }
  }
}

function* checkConstraint(
  constraint: Constraint | undefined,
  value: unknown,
  path: string,
): Generator<string> {
  if (!constraint) return;
  yield* checkBounds(constraint, value, path);
  if (typeof value === 'string') yield* checkText(constraint, value, path);
  if (typeof value !== 'object' || value === null || hasTooMany(constraint, value)) return;
  for (const [key, item] of Object.entries(value)) {
    yield* checkConstraint(constraint.each, item, `${path}[${key}]`);
    if (constraint.keys) yield* checkConstraint(constraint.keys, key, `a key of ${path}`);
  }
}

/** Of a list or map beyond its size that alone is said: a body has room for hundreds of thousands of items. */
const hasTooMany = (constraint: Constraint | undefined, value: unknown): boolean =>
  typeof value === 'object' && measured(value)[1] > (constraint?.max ?? Number.POSITIVE_INFINITY);

function* checkBounds({ min, max }: Constraint, value: unknown, path: string): Generator<string> {
  const [measure, amount] = measured(value);
  if (min !== undefined && amount < min)
    yield `${path}: ${measure} must be at least ${min}, got ${shown(value, amount)}`;
  if (max !== undefined && amount > max)
    yield `${path}: ${measure} must be at most ${max}, got ${shown(value, amount)}`;
}

function* checkText({ pattern, oneOf }: Constraint, value: string, path: string): Generator<string> {
  if (pattern && !pattern.test(value)) yield `${path}: must match ${pattern.source}, got ${shown(value)}`;
  if (oneOf && !oneOf.includes(value))
    yield `${path}: must be one of ${oneOf.map((one) => one || '""').join(', ')}, got ${shown(value)}`;
}

function measured(value: unknown): [measure: string, amount: number] {
  if (typeof value === 'number') return ['value', value];
  if (typeof value === 'string') return ['length', [...value].length];
  return ['size', typeof value === 'object' && value !== null ? Object.keys(value).length : 0];
}

const shown = (value: unknown, amount?: number) =>
  typeof value === 'object'
    ? amount
    : `${JSON.stringify(value).slice(0, 140)}${amount === undefined || typeof value === 'number' ? '' : ` (${amount})`}`;
