// Where in an input a ValidationError is: our checks know the value that they refuse, AWS's messages a path of AWS's names.
import type { ValidationError } from '../../upstream/errors.ts';
import type { Violation } from '../../upstream/violations.ts';

/** What the type ValidationError shows. */
export function violationsOf(error: ValidationError, input: object): Violation[] {
  const { violations, message, refused } = error;
  if (violations.length === 0) return [{ path: refused && pathTo(input, refused), message }];
  return violations.map(({ path, message }) => ({ path: path && existing(input, path), message }));
}

/** As far as it leads: a few members have another name here than AWS's. */
function existing(input: unknown, path: readonly string[]): string[] | undefined {
  const known: string[] = [];
  let value = input;
  for (const name of path) {
    // A member that is missing is the one that is required.
    if (typeof value !== 'object' || value === null) break;
    const isItem = Array.isArray(value) || value === input || Object.hasOwn(value, name);
    if (!isItem) break;
    known.push(name);
    value = (value as Record<string, unknown>)[name];
  }
  return known.length > 0 ? known : undefined;
}

/** The first member, depth first, with that name and value, as far as they are known. */
function pathTo(
  value: unknown,
  refused: { name?: string | undefined; value?: unknown },
  path: string[] = [],
): string[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, member] of Object.entries(value)) {
    if (isMeant(name, member, refused)) return [...path, name];
    const inside = pathTo(member, refused, [...path, name]);
    if (inside) return inside;
  }
  return undefined;
}

function isMeant(name: string, member: unknown, refused: { name?: string | undefined; value?: unknown }) {
  if (refused.name !== undefined && refused.name !== name) return false;
  // Lists and maps are copied on their way to AWS, so only texts and numbers can be compared.
  return typeof refused.value === 'object' || refused.value === undefined || refused.value === member;
}
