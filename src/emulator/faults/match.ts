// Which inputs of operations are meant: those that have certain members.

import { Refused } from '../errors.ts';
import { unknownMember } from '../inputs/suggest.ts';
import { model, type Shape, type Structure } from '../model/model.ts';

/** A part of an input. `null` means that the member is absent, as in the JSON of AWS. */
export type Match = Record<string, unknown>;

/** Of an object, the members that are named; of a list, all items. */
export function isPartOf(part: unknown, value: unknown): boolean {
  if (part === null) return value === undefined;
  if (typeof part !== 'object') return part === value;
  if (Array.isArray(part))
    return (
      Array.isArray(value) &&
      value.length === part.length &&
      part.every((item, index) => isPartOf(item, value[index]))
    );
  const members = typeof value === 'object' && value !== null ? value : {};
  return Object.entries(part).every(([name, item]) =>
    isPartOf(item, Object.hasOwn(members, name) ? (members as Match)[name] : undefined),
  );
}

/** Refuses what no input can have. Without an operation, or for `*`, it must fit one of all. */
export function checkMatch(owner: string, match: Match, operation = '*'): void {
  const inputs = model
    .filter(({ name }) => operation === '*' || operation === name)
    .map(({ input }) => input);
  for (const [name, part] of Object.entries(match)) {
    const shapes = inputs.flatMap(({ members }) => members.get(name)?.shape ?? []);
    if (shapes.length === 0) throw new Refused(`${owner}: ${unknownIn(inputs, name)}`);
    const problems = shapes.map((shape) => mismatch(shape, part, `${owner}.${name}`));
    const [problem] = problems;
    if (problem !== undefined && !problems.includes(undefined)) throw new Refused(problem);
  }
}

function unknownIn(inputs: readonly Structure[], name: string): string {
  const names = [...new Set(inputs.flatMap(({ members }) => [...members.keys()]))];
  const [first = '', ...rest] = name.split('.');
  const got = `got ${JSON.stringify(name.slice(0, 100))}`;
  if (rest.length > 0 && names.includes(first))
    return `expected a member in an object, {"${first}":{"${rest.join('.').slice(0, 100)}":…}}, ${got}`;
  return names.length === 0 ? `expected no members, ${got}` : `${unknownMember(names, name)} (${got})`;
}

/** Why no value of the shape has this part. */
function mismatch(shape: Shape, part: unknown, path: string): string | undefined {
  if (part === null) return undefined;
  switch (shape.kind) {
    case 'list':
      return Array.isArray(part)
        ? first(part.map((item, index) => mismatch(shape.of, item, `${path}[${index}]`)))
        : expected(path, 'a list', part);
    case 'map':
      return isObject(part)
        ? first(Object.entries(part).map(([key, item]) => mismatch(shape.of, item, `${path}.${key}`)))
        : expected(path, 'an object', part);
    case 'structure':
      return isObject(part) ? inStructure(shape, part, path) : expected(path, 'an object', part);
    default:
      return typeof part === shape.kind ? undefined : expected(path, `a ${shape.kind}`, part);
  }
}

const inStructure = (structure: Structure, part: Match, path: string): string | undefined =>
  first(
    Object.entries(part).map(([name, item]) => {
      const member = structure.members.get(name);
      return member
        ? mismatch(member.shape, item, `${path}.${name}`)
        : `${path}: ${unknownIn([structure], name)}`;
    }),
  );

const first = (problems: readonly (string | undefined)[]) =>
  problems.find((problem) => problem !== undefined);
const isObject = (value: unknown): value is Match =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const expected = (path: string, what: string, value: unknown) =>
  `${path}: expected ${what}, got ${typeof value === 'object' ? (Array.isArray(value) ? 'a list' : 'an object') : JSON.stringify(value)?.slice(0, 100)}`;
