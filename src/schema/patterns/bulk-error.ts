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

/** Logs how many items failed and why. Without the items: some identify a viewer. */
export function warnOfFailures(
  name: string,
  requested: number,
  failures: readonly { code: string }[],
  { log }: Pick<Context, 'log'>,
): void {
  if (failures.length === 0) return;
  const codes = Object.fromEntries(
    [...groupBy(failures, ({ code }) => code)].map(([code, { length }]) => [code, length]),
  );
  log.warn({ requested, failed: failures.length, codes }, `${name}: some items failed`);
}
