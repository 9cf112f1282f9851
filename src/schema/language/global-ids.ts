// Global ids where ARNs belong. AWS would refuse them in words that hide them, since they look like secrets.
import { namedByGlobalId, quote } from '../../upstream/quote.ts';
import type { Violation } from '../../upstream/violations.ts';

const IS_ARN = /^arns?$|Arns?$/;

/** The members of a mutation's input that are to be ARNs and are global ids. */
export function globalIdsIn(value: unknown, path: readonly string[] = [], name = ''): Violation[] {
  if (typeof value === 'string' && IS_ARN.test(name) && namedByGlobalId(value)) {
    const message = `Expected ${name} to be an ARN, got: ${quote(value)}. Pass the object’s \`arn\`.`;
    return [{ path, message }];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    globalIdsIn(member, [...path, key], Array.isArray(value) ? name : key),
  );
}
