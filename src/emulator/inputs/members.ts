// The members of an input. They are checked when they are set: a wrong one would otherwise break a later request.
import { Refused } from '../errors.ts';
import { type Kind, rules } from './member-rules.ts';
import { describe, isObject, type Rule } from './rule.ts';
import { didYouMean } from './suggest.ts';

/** The members of an input. One with `?` after its kind may be left out. */
export type Fields = Record<string, Kind | `${Kind}?`>;

/** The input, all of whose members are as `fields` says; `owner` is what the message names. */
export function checkInput(owner: string, fields: Fields, input: unknown): Record<string, unknown> {
  const unknown = Object.keys(requireObject(owner, input)).find((name) => !Object.hasOwn(fields, name));
  if (unknown === undefined) return checkMembers(owner, fields, input);
  const names = Object.keys(fields);
  const expected = names.length > 0 ? `members among ${names.join(', ')}` : 'no members';
  throw unexpected(owner, expected, describe(unknown) + didYouMean(names, unknown));
}

/** The same, where other members may stand beside. */
export function checkMembers(owner: string, fields: Fields, input: unknown): Record<string, unknown> {
  const members = requireObject(owner, input);
  for (const [name, kind] of Object.entries(fields)) {
    const value = Object.hasOwn(members, name) ? members[name] : undefined;
    if (value === undefined && kind.endsWith('?')) continue;
    check(`${owner}: ${name}`, rules[kind.replace('?', '') as Kind], value);
  }
  return members;
}

/** A query has texts only: what is meant as a number, a boolean or an object is read as JSON. */
export function readQuery(fields: Fields, query: Record<string, string>): Record<string, unknown> {
  const members = Object.entries(query).map(([name, text]) => {
    const kind = Object.hasOwn(fields, name) ? fields[name]?.replace('?', '') : undefined;
    const isText = kind === undefined || rules[kind as Kind].fits(text);
    return [name, isText ? text : (parsed(text) ?? text)];
  });
  return Object.fromEntries(members);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function requireObject(owner: string, input: unknown): Record<string, unknown> {
  if (!isObject(input)) throw unexpected(owner, 'a JSON object', describe(input));
  return input;
}

function check(path: string, rule: Rule, value: unknown): void {
  const { expected, fits, show = describe, values = [], each, names } = rule;
  if (!fits(value)) throw unexpected(path, expected, show(value) + didYouMean(values, value));
  if (!each) return;
  for (const [name, item] of Object.entries(value as object)) {
    if (names) check(`${path}, a name in it`, names, name);
    check(Array.isArray(value) ? `${path}[${name}]` : `${path}.${name.slice(0, 100)}`, each, item);
  }
}

const unexpected = (path: string, expected: string, got: string) =>
  new Refused(`${path}: expected ${expected}, got ${got}`);
