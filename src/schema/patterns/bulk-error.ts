// Why an item of a bulk mutation failed.
import type { ObjectRef } from '@pothos/core';
import type { Context } from '../../context.ts';
import { fieldsOf, type Members } from '../language/aws-types.ts';
import { builder, type SchemaTypes } from '../language/builder.ts';
import { groupBy } from '../language/collections.ts';
import { MutationError } from '../language/errors.ts';
import type { BulkFailure } from './bulk-items.ts';

/** The type `name` of such errors; `key` are the members of an item that its error repeats. */
export const bulkErrorType = <Item extends object>(
  name: string,
  description: string,
  key: Members<Item>,
): ObjectRef<SchemaTypes, BulkFailure<Item>> =>
  builder.objectRef<BulkFailure<Item>>(name).implement({
    description,
    interfaces: [MutationError] as never,
    fields: (t) => ({
      index: t.exposeInt('index', {
        nullable: false,
        description: 'Position of the item in the input, from 0.',
      }),
      ...fieldsOf(key, (member, options) =>
        t.field({
          ...options,
          resolve: ({ item }: BulkFailure<Item>) => item[member as keyof Item],
        } as never),
      ),
      code: t.exposeString('code', {
        nullable: false,
        description: 'A code of this API, such as `NOT_FOUND` or `THROTTLED`.',
      }),
      awsCode: t.exposeString('awsCode', {
        description: 'AWS’s code, such as `ResourceNotFoundException`. Null when AWS returned none.',
      } as never),
      message: t.exposeString('message', { nullable: false, description: 'Description of the problem.' }),
      retryable: t.exposeBoolean('retryable', {
        nullable: false,
        description: 'Whether the same item can succeed when it is sent again.',
      }),
    }),
  }) as never;

/** Records which items succeeded, for the audit, and logs why others failed. Without the items: some identify a viewer. */
export function recordItems<Item extends object>(
  mutation: string,
  items: readonly Item[],
  failures: readonly BulkFailure<Item>[],
  { log, trail }: Pick<Context, 'log' | 'trail'>,
): void {
  const failed = new Set(failures.map(({ index }) => index));
  trail.items = { done: items.filter((_, index) => !failed.has(index)), failures };
  if (failures.length === 0) return;
  const codes = Object.fromEntries(
    [...groupBy(failures, ({ code }) => code)].map(([code, { length }]) => [code, length]),
  );
  log.warn({ mutation, requested: items.length, failed: failures.length, codes }, 'some items failed');
}
