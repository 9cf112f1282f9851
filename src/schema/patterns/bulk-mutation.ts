// Bulk mutations: one list in, one call for each item. The payload counts the items and lists those that failed, so it is no
// union: the whole fails only with a GraphQL error.
import type { FieldMap, InputFieldMap, ObjectRef } from '@pothos/core';
import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../../context.ts';
import { targetOf } from '../../upstream/arn.ts';
import type { Operation } from '../../upstream/operation.ts';
import type { Scopes } from '../language/authorization.ts';
import type { Members } from '../language/aws-types.ts';
import { builder, type SchemaTypes } from '../language/builder.ts';
import { type CallCount, costs } from '../language/costs.ts';
import type { InputFieldBuilder } from '../language/input.ts';
import { upperFirst } from '../language/names.ts';
import { inSlices } from '../language/slices.ts';
import { bulkErrorType, recordItems } from './bulk-error.ts';
import { type Bulk, type BulkOutcome, Tasks } from './bulk-items.ts';
import { runBulk } from './bulk-run.ts';
import { defineMutation } from './mutation.ts';

interface BulkOptions<Item extends object, Done>
  extends Pick<Bulk<Item, Done>, 'operation' | 'problemOf' | 'arnOf' | 'nameOf' | 'laneOf'> {
  scope: Scopes;
  description: string;
  input: (t: InputFieldBuilder) => InputFieldMap;
  /** Throws a ValidationError for an input that no item can be made of. */
  itemsOf: (input: never) => readonly Item[];
  /** What happened to an item without an error, as in `deletedCount`. */
  participle: string;
  /** The members of an item that its error repeats. */
  key: Members<Item>;
  /** Which service an item's call goes to, where both have the operation. */
  serviceOf?: (item: Item) => Operation['service'];
  /** Makes what sends one item. Runs once, before the first. */
  sender: (context: Context, info: GraphQLResolveInfo) => (item: Item) => Promise<Done>;
  /** Further fields of the payload. */
  payload?: (t: PothosSchemaTypes.ObjectFieldBuilder<SchemaTypes, BulkOutcome<Item, Done>>) => FieldMap;
}

/** Adds a bulk mutation, its input `<Name>Input`, its payload `<Name>Payload` and the error of an item, `<Name>Error`. */
export function defineBulkMutation<Item extends object, Done>(
  name: string,
  options: BulkOptions<Item, Done>,
): void {
  const { scope, description, input, itemsOf, participle, sender } = options;
  defineMutation(name, {
    scope,
    description: `${description} Each item succeeds or fails alone. The calls are paced at AWS’s rate; an item whose turn would come after the request’s deadline fails as \`THROTTLED\`.`,
    payload: payloadOf(name, options),
    input,
    inSlices: true,
    calls: (given) => countCalls(itemsOf(given as never), options),
    count: ({ items, failures }) => ({
      requested: items.length,
      [participle]: items.length - failures.length,
      failed: failures.length,
    }),
    resolve: async (given, context, info) => {
      const items = itemsOf(given as never);
      const outcome = await runBulk({ ...options, items, send: sender(context, info) }, context);
      recordItems(name, items, outcome.failures, context);
      return outcome;
    },
  });
}

function payloadOf<Item extends object, Done>(
  name: string,
  { participle, key, payload }: Pick<BulkOptions<Item, Done>, 'participle' | 'key' | 'payload'>,
): ObjectRef<SchemaTypes, BulkOutcome<Item, Done>> {
  const errorType = bulkErrorType<Item>(`${upperFirst(name)}Error`, `Why one item of ${name} failed.`, key);
  return builder.objectRef<BulkOutcome<Item, Done>>(`${upperFirst(name)}Payload`).implement({
    description: `Result of ${name}: an item without an error has succeeded.`,
    fields: (t) => ({
      requestedCount: t.int({
        nullable: false,
        description: 'Number of items in the input.',
        resolve: ({ items }) => items.length,
      }),
      [`${participle}Count`]: t.int({
        nullable: false,
        description: `Number of items that were ${participle}. Equal items count each.`,
        resolve: ({ items, failures }) => items.length - failures.length,
      }),
      errors: t.field({
        type: [errorType],
        nullable: false,
        description: 'The items that failed, in the order of the input.',
        ...costs({ perItem: true }),
        resolve: ({ failures }) => inSlices(failures) as never,
      }),
      ...payload?.(t as never),
    }),
  });
}

/** One call for each sound item, as far as the deadline allows. */
function countCalls<Item extends object>(
  items: readonly Item[],
  options: Pick<
    BulkOptions<Item, unknown>,
    'operation' | 'problemOf' | 'arnOf' | 'nameOf' | 'laneOf' | 'serviceOf'
  >,
): CallCount[] {
  const { operation, arnOf, serviceOf, problemOf } = options;
  const tasks = new Tasks<Item>(options);
  for (const [index, item] of items.entries()) if (!problemOf(item)) tasks.add(item, index);
  return tasks.byLane().map((lane) => {
    const [{ item }] = lane as [(typeof lane)[number]];
    const service = serviceOf?.(item);
    const target = targetOf(arnOf(item));
    return { operation, target, calls: lane.length, asTimeAllows: true, ...(service && { service }) };
  });
}
