// Where an input breaks a rule: our checks know the value that they refuse, AWS's messages a path of AWS's names. Both become
// paths of the names that the input has here.
import {
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  getNamedType,
  isInputObjectType,
} from 'graphql';
import type { Refused, ValidationError } from '../../upstream/errors.ts';
import type { Violation } from '../../upstream/violations.ts';

/** What the type ValidationError shows. */
export function violationsOf(
  error: ValidationError,
  input: object,
  type: GraphQLInputObjectType,
): Violation[] {
  const { violations, message, refused } = error;
  if (violations.length === 0) return [{ path: refused && pathTo(input, refused), message }];
  return violations.map(({ path, message }) => ({ path: path && here(path, type), message }));
}

/** As far as it leads through the types: AWS's maps are lists here. */
function here(path: readonly string[], type: GraphQLInputObjectType): string[] | undefined {
  const known: string[] = [];
  let at: GraphQLInputType = type;
  for (const name of path) {
    const isPosition = /^\d+$/.test(name);
    const member: GraphQLInputField | undefined =
      isInputObjectType(getNamedType(at)) && !isPosition ? memberOf(at, name) : undefined;
    if (!member && !isPosition) break;
    known.push(member?.name ?? name);
    at = member?.type ?? (getNamedType(at) as GraphQLInputType);
  }
  return known.length > 0 ? known : undefined;
}

const memberOf = (type: GraphQLInputType, name: string): GraphQLInputField | undefined =>
  Object.values((getNamedType(type) as GraphQLInputObjectType).getFields()).find(
    (member) => member.name === name || member.extensions.awsName === name,
  );

/** The first member, depth first, that is meant. */
function pathTo(value: unknown, refused: Refused, path: string[] = []): string[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const again = refused.isTwice && Array.isArray(value) ? secondWith(refused.value, value) : -1;
  if (again >= 0) return [...path, String(again), 'key'];
  for (const [name, member] of Object.entries(value)) {
    if (isMeant(name, member, refused)) return [...path, name];
    const inside = pathTo(member, refused, [...path, name]);
    if (inside) return inside;
  }
  return undefined;
}

function isMeant(name: string, member: unknown, { name: refused, value, isTwice }: Refused): boolean {
  if (isTwice || (refused !== undefined && refused !== name)) return false;
  return value === undefined || value === member;
}

/** Where a list of entries has the key for the second time. */
function secondWith(key: unknown, entries: readonly { key?: unknown }[]): number {
  const isOne = (entry: { key?: unknown }) => entry?.key === key;
  const first = entries.findIndex(isOne);
  return first < 0 ? -1 : entries.findIndex((entry, index) => index > first && isOne(entry));
}
