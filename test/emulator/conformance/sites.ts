// Every place of an operation's input that something is asked of, and values that ask too much of it.
import { lowLatency } from '../../../src/emulator/model/constraints/low-latency.ts';
import { realtime } from '../../../src/emulator/model/constraints/realtime.ts';
import type { Constraint } from '../../../src/emulator/model/constraints/shapes.ts';
import type { Operation, Shape, Structure } from '../../../src/emulator/model/model.ts';
import { exampleOf, type Find, satisfies, stretch } from './examples.ts';
import type { Input } from './wire.ts';

type Path = readonly (string | number)[];

export interface Site {
  path: Path;
  shape: Shape;
  constraint: Constraint | undefined;
  required: boolean;
  binding: 'body' | 'path' | 'query' | 'header';
}

const constraints = { ivs: lowLatency, 'ivs-realtime': realtime };
const findIn =
  ({ service }: Operation): Find =>
  (structure, member) =>
    constraints[service][structure]?.[member] ?? constraints[service]['*']?.[member];

export const nameOf = ({ path }: { path: Path }) => path.join('.');

/** Depth first; the first item stands for a list, the value of the key `k` for a map. */
export function sitesOf(operation: Operation): Site[] {
  return [...insideStructure(operation.input, findIn(operation), [])];
}

function* insideStructure(structure: Structure, find: Find, above: Path): Generator<Site> {
  for (const [name, { shape, required, binding }] of structure.members) {
    const site: Site = {
      path: [...above, name],
      shape,
      required,
      binding,
      constraint: find(structure.name, name),
    };
    yield site;
    yield* inside(site, find);
  }
}

function* inside({ path, shape, constraint, binding }: Site, find: Find): Generator<Site> {
  if (shape.kind === 'structure') yield* insideStructure(shape, find, path);
  if (shape.kind !== 'list' && shape.kind !== 'map') return;
  const item = shape.kind === 'list' ? 0 : 'k';
  const site = {
    path: [...path, item],
    shape: shape.of,
    constraint: constraint?.each,
    required: false,
    binding,
  };
  yield site;
  yield* inside(site, find);
}

/** The input with another value in one place. What is above it and missing is filled with examples; undefined takes it away. */
export function withValue(operation: Operation, input: Input, path: Path, value: unknown): Input {
  const find = findIn(operation);
  const put = (
    shape: Shape,
    constraint: Constraint | undefined,
    current: unknown,
    [head, ...rest]: Path,
  ): unknown => {
    if (head === undefined) return value;
    const base = current ?? exampleOf(shape, constraint, find);
    if (shape.kind === 'structure') {
      const known = base as Input;
      const member = shape.members.get(String(head))?.shape as Shape;
      return { ...known, [head]: put(member, find(shape.name, String(head)), known[head], rest) };
    }
    if (shape.kind !== 'list' && shape.kind !== 'map') throw new Error(`${path.join('.')} leads nowhere`);
    const copy = structuredClone(base) as Input;
    copy[head] = put(shape.of, constraint?.each, copy[head], rest);
    return copy;
  };
  return put(operation.input, undefined, input, path) as Input;
}

/** A valid value for a place. */
export const exampleFor = (operation: Operation, { shape, constraint }: Site): unknown =>
  exampleOf(shape, constraint, findIn(operation));

export interface Case {
  /** The member and what is wrong with it. */
  name: string;
  path: Path;
  value: unknown;
}

const of = (site: Site, what: string, value: unknown): Case => ({
  name: `${nameOf(site)} ${what}`,
  path: site.path,
  value,
});

/** One value just outside each bound, pattern and enum of a place: `rule` says which. */
export function violations(operation: Operation, rule: 'min' | 'max' | 'pattern' | 'oneOf'): Case[] {
  return sitesOf(operation).flatMap((site) => {
    const { shape, constraint = {}, path } = site;
    const keys = Object.entries(bad(constraint.keys ?? {}, { kind: 'string' }, findIn(operation), rule)).map(
      ([what, key]) => ({ name: `${nameOf(site)} with a key ${what}`, path, value: { [String(key)]: 'x' } }),
    );
    const values = bad(constraint, shape, findIn(operation), rule);
    return [...Object.entries(values).map(([what, value]) => of(site, what, value)), ...keys];
  });
}

function bad(constraint: Constraint, shape: Shape, find: Find, rule: string): Record<string, unknown> {
  const { min, max, pattern, oneOf } = constraint;
  if (rule === 'min' && min !== undefined && (min > 0 || shape.kind === 'number'))
    return { [`below ${min}`]: stretch(shape, constraint, find, min - 1) };
  if (rule === 'max' && max !== undefined)
    return { [`above ${max}`]: stretch(shape, constraint, find, max + 1) };
  if (rule === 'oneOf' && oneOf) return { 'outside its enum': 'NO_SUCH_VALUE' };
  if (rule !== 'pattern' || !pattern) return {};
  const example = String(exampleOf(shape, constraint, find));
  const middle = Math.floor(example.length / 2);
  return { 'against its pattern': `${example.slice(0, middle)}!${example.slice(middle + 1)}` };
}

/** The bounds themselves and every value of an enum. */
export function limits(operation: Operation): Case[] {
  const find = findIn(operation);
  return sitesOf(operation).flatMap((site) => {
    const { shape, constraint = {}, binding } = site;
    const { min, max, oneOf = [] } = constraint;
    const bounds = [min, max].filter((bound) => bound !== undefined);
    return [
      ...bounds.map((bound) => of(site, `of ${bound}`, stretch(shape, constraint, find, bound))),
      ...oneOf.map((value) => of(site, value, value)),
    ].filter(({ value }) => satisfies(constraint, value) && !(binding === 'query' && isEmpty(value)));
  });
}

/** A query has no form for an empty list. */
const isEmpty = (value: unknown) => Array.isArray(value) && value.length === 0;
