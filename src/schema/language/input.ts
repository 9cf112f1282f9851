// GraphQL inputs as AWS takes them.
import { checkArn } from '../../upstream/arn.ts';
import { ValidationError } from '../../upstream/errors.ts';
import { quote } from '../../upstream/quote.ts';
import type { Violation } from '../../upstream/violations.ts';
import { builder, type SchemaTypes } from './builder.ts';
import { clearedBy } from './clearing.ts';
import { inKebab, upperFirst } from './names.ts';
import { shareable } from './shareable.ts';

/** `T` without the nulls of GraphQL. */
export type Given<T> = T extends Date
  ? T
  : T extends readonly (infer Item)[]
    ? Given<Item>[]
    : T extends object
      ? { [Member in keyof T]: Given<Exclude<T[Member], null>> }
      : T;

/** Drops nulls, deeply: GraphQL's null says "not given", which AWS wants to see absent. */
export function given<T>(input: T): Given<T> {
  if (Array.isArray(input)) return input.map(given) as Given<T>;
  if (input === null || typeof input !== 'object' || input instanceof Date) return input as Given<T>;
  const members = Object.entries(input).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(members.map(([name, value]) => [name, given(value)])) as Given<T>;
}

interface Entry {
  key: string;
  value: string;
}

export const KeyValueInput = builder.inputRef<Entry>('KeyValueInput').implement({
  description: 'One entry of a map.',
  fields: (t) => ({
    key: t.string({ required: true, description: 'Key, at most once in a list.' }),
    value: t.string({ required: true, description: 'Value of the key, which can be empty.' }),
  }),
});

export const KeyValue = builder.objectRef<Entry>('KeyValue').implement({
  description: 'One entry of a map.',
  ...shareable,
  fields: (t) => ({
    key: t.exposeString('key', { nullable: false, description: 'Key, unique within its map.' }),
    value: t.exposeString('value', {
      nullable: false,
      description: 'Value of the key, which can be empty.',
    }),
  }),
});

/** The list of entries that GraphQL has in place of maps, as AWS's map. */
export function toMap(entries: readonly Entry[]): Record<string, string>;
export function toMap(entries: readonly Entry[] | undefined): Record<string, string> | undefined;
export function toMap(entries: readonly Entry[] | undefined): Record<string, string> | undefined {
  if (!entries) return undefined;
  const map = new Map<string, string>();
  for (const { key, value } of entries) {
    if (map.has(key)) throw ValidationError.of({ value: key, isTwice: true }, twice(key));
    map.set(key, value);
  }
  return Object.fromEntries(map);
}

const twice = (key: string): string => `Expected each key once, got twice: ${quote(key)}`;

const areEntries = (value: unknown): value is readonly Entry[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => isEntry(item));

const isEntry = (item: unknown): item is Entry =>
  typeof item === 'object' && item !== null && 'key' in item && 'value' in item;

/** The keys that stand in a list of entries before, anywhere in an input. */
export function repeatedKeysIn(value: unknown, path: readonly string[] = []): Violation[] {
  if (typeof value !== 'object' || value === null) return [];
  if (!areEntries(value))
    return Object.entries(value).flatMap(([name, member]) => repeatedKeysIn(member, [...path, name]));
  const known = new Set<string>();
  return value.flatMap(({ key }, index) => {
    const isNew = known.size < known.add(key).size;
    return isNew ? [] : [{ path: [...path, String(index), 'key'], message: twice(key) }];
  });
}

/** An input with maps in place of lists of entries, as AWS counts it. */
export function entriesAsMaps(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (areEntries(value)) return Object.fromEntries(value.map((entry) => [entry.key, entry.value]));
  if (Array.isArray(value)) return value.map(entriesAsMaps);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, entriesAsMaps(member)]));
}

export const toEntries = (map: Record<string, string>): Entry[] =>
  Object.entries(map).map(([key, value]) => ({ key, value }));

export type InputFieldBuilder = PothosSchemaTypes.InputFieldBuilder<SchemaTypes, 'InputObject'>;

/** The name that a new resource is given, or a changed one gets. */
export const nameInput = (t: InputFieldBuilder) =>
  t.string({
    description: 'Up to 128 letters, digits, `-` and `_`.',
    ...clearedBy(''),
  });

/** The tags of a new resource. */
export const tagsInput = (t: InputFieldBuilder, description = 'Up to 50 tags.') =>
  t.field({ type: [KeyValueInput], description });

/** Where a new resource is made, in other words where a default of its own needs them. */
export const placeInput = (
  t: InputFieldBuilder,
  {
    account = 'Account of the new resource: its id. The gateway’s default account when omitted.',
    region = 'Region of the new resource. The gateway’s default region when omitted.',
  } = {},
) => ({ account: t.string({ description: account }), region: t.string({ description: region }) });

type FiltersOf<Filter> = {
  [Member in keyof Filter as `filterBy${Capitalize<Member & string>}`]: Exclude<Filter[Member], null>;
};

/** AWS's filters of a list: each has the name of its member behind `filterBy`. */
export function filtersOf<Filter extends object>(
  filter: Filter | null | undefined,
): Partial<FiltersOf<Filter>> {
  const members = Object.entries<unknown>(given(filter ?? {}));
  for (const [name, value] of members) checkFilter(name, value);
  return Object.fromEntries(
    members.map(([name, value]) => [`filterBy${upperFirst(name)}`, value]),
  ) as Partial<FiltersOf<Filter>>;
}

/** AWS takes some empty texts, but does not document whether they select all items, none, or those without a value. */
function checkFilter(name: string, value: unknown): void {
  if (value === '')
    throw new ValidationError(
      `Expected filter.${name} to have a value, got an empty text. To list all items, omit the filter.`,
    );
  if (name.endsWith('Arn')) checkArn(inKebab(name.slice(0, -'Arn'.length)), String(value));
}
