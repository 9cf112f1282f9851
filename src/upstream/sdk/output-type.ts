// The types of responses, read off the schema that the SDK attaches to each command.
import type { AwsCommand } from '../operation.ts';

// The SDK's encoding: a type is an array that begins with its kind, or a bare number for a simple type without traits;
// a pair is a type with traits, a function a type that is named later on. `unit` is a response without members.
export type Raw = number | string | (() => Raw) | readonly unknown[];
export const STRING = 0;
export const LIST = 1;
export const MAP = 2;
export const STRUCTURE = 3;

/** The type of the response, in the operation's own schema. */
export function answerOf(command: AwsCommand): Raw {
  const type = (command as { schema?: readonly unknown[] }).schema?.[5] as Raw;
  return typeof type === 'function' ? type() : type;
}

/** Without a name in its stead and without its traits. */
export function plain(raw: Raw): Raw {
  if (typeof raw === 'function') return plain(raw());
  return Array.isArray(raw) && raw.length === 2 ? plain(raw[0]) : raw;
}

/** The members of a structure, those that must be there first. */
export const membersOf = (structure: readonly unknown[]): [name: string, type: Raw][] =>
  (structure[4] as string[]).map((name, index) => [name, (structure[5] as Raw[])[index] as Raw]);

/** How many of its members must be there. */
export const requiredOf = (structure: readonly unknown[]): number =>
  (structure[6] as number | undefined) ?? 0;
