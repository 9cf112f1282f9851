// Queries from the root: one by its key, and lists.
import type { InputFieldMap, InputObjectRef, InputShapeFromFields } from '@pothos/core';
import type { Context } from '../../context.ts';
import type { AwsCommand, OperationName } from '../../upstream/operation.ts';
import type { Place } from '../language/arn.ts';
import { builder, type SchemaTypes } from '../language/builder.ts';
import { type Arguments, costs, listed } from '../language/costs.ts';
import { inWords, lowerFirst } from '../language/names.ts';
import { nullOnlyOnError } from '../language/semantic-non-null.ts';
import {
  type ConnectionArgs,
  DEFAULT_FIRST,
  EMPTY_CONNECTION,
  MAX_EXTRA_PAGES,
  rootArgs,
} from '../loading/connection.ts';
import type { Entity } from '../loading/entity.ts';
import {
  defineList,
  type ListOptions,
  type LocalFilter,
  type PagedList,
  type Selector,
} from '../loading/list.ts';
import type { ArnKey } from './resource.ts';

/** Adds the query that finds one by its key; null when there is none. */
export function defineKeyQuery<Fields extends InputFieldMap, Summary extends object, Detail extends Summary>(
  entity: Entity<InputShapeFromFields<Fields>, Summary, Detail>,
  { description, args }: { description: string; args: Fields },
): void {
  builder.queryField(lowerFirst(entity.name), (t) =>
    t.field({
      type: entity.type,
      description,
      ...costs({ checksExistence: true }),
      args,
      resolve: (_root, key, context, info) => entity.load(key as never, context, info) as never,
    }),
  );
}

/** The same for a resource; `remark` is appended to the description. */
export function defineArnQuery<Summary extends object, Detail extends Summary>(
  entity: Entity<ArnKey, Summary, Detail>,
  remark = '',
): void {
  const called = inWords(entity.name);
  defineKeyQuery(entity, {
    description: `One ${called} by its ARN${remark}.`,
    args: builder.args((t) => ({ arn: t.id({ required: true, description: `ARN of the ${called}.` }) })),
  });
}

/** Where a list is. */
export const placeArgs = builder.args((t) => ({
  account: t.string({
    description:
      'Id of an AWS account served by this gateway. When omitted: the account of an ARN in the filter, else the gateway’s default account.',
  }),
  region: t.string({
    description:
      'AWS region served by this gateway. When omitted: the region of an ARN in the filter, else the gateway’s default region.',
  }),
}));

export const filterArg = <Filter>(
  type: InputObjectRef<SchemaTypes, Filter>,
  description = 'Filter of the list. AWS takes one condition at a time.',
) => builder.args((t) => ({ filter: t.field({ type, description }) }));

interface ParentCheck<Args> {
  operation: OperationName;
  exists: (args: Args, context: Context) => Promise<boolean>;
}

interface ListQueryOptions<Fields extends InputFieldMap, Request, Item> {
  description: string;
  args: Fields;
  /** A condition that AWS has no filter for, if the arguments state one. */
  filterOf?: (args: InputShapeFromFields<Fields>) => LocalFilter<Item> | undefined;
  selectorOf: (args: InputShapeFromFields<Fields>) => Selector<Request>;
  /**
   * Null when its parent does not exist, as AWS says of some lists. Of others AWS returns an empty list then: of those,
   * `parent` is looked for.
   */
  isNullWithoutParent?: true;
  parent?: ParentCheck<InputShapeFromFields<Fields>>;
}

/** Adds the query of a list. */
export function defineListQuery<Fields extends InputFieldMap, Request, Item>(
  name: string,
  list: PagedList<Request, Item>,
  {
    description,
    args,
    filterOf,
    selectorOf,
    isNullWithoutParent,
    parent,
  }: ListQueryOptions<Fields, Request, Item>,
): void {
  const options = listed(list, description, {
    ...(filterOf && { extraPages: extraPagesOf(filterOf) }),
    ...(parent && { calls: () => [{ operation: parent.operation }] }),
  });
  builder.queryField(name, (t) =>
    t.field({
      type: list.connection,
      ...(isNullWithoutParent ? options : nullOnlyOnError(options)),
      args: { ...args, ...rootArgs },
      resolve: async (_root, given, context) => {
        const { first, after, ...own } = given as ConnectionArgs & Place;
        const { account, region } = own;
        const page = { first: first ?? DEFAULT_FIRST.root, after, account, region };
        const found = await list.connect(selectorOf(own as never), page, context, filterOf?.(own as never));
        if (parent && isEmpty(found, after) && !(await parent.exists(own as never, context))) return null;
        return (found ?? (isNullWithoutParent ? null : EMPTY_CONNECTION)) as never;
      },
    }),
  );
}

/** A list that is still being read has begun with items. */
const isEmpty = (found: object | null, after: unknown): boolean =>
  !after && (found as { edges?: unknown[] } | null)?.edges?.length === 0;

const extraPagesOf =
  (filterOf: (args: never) => object | undefined) =>
  (args: Arguments): number =>
    filterOf(args as never) ? MAX_EXTRA_PAGES : 0;

type RegionalOptions<
  Fields extends InputFieldMap,
  Request extends object,
  Command extends AwsCommand,
  Summary,
> = Omit<ListOptions<Request, Command, Summary>, 'description'> &
  Partial<Pick<ListQueryOptions<Fields, Request, Summary>, 'args' | 'filterOf'>>;

/** Adds the two queries of a resource that AWS lists by region alone: `noun(arn)` and `nouns(account, region, first, after)`. */
export function defineRegionalQueries<
  Summary extends object,
  Detail extends Summary,
  Request extends object,
  Command extends AwsCommand,
  // biome-ignore lint/complexity/noBannedTypes: no arguments
  Fields extends InputFieldMap = {},
>(
  entity: Entity<ArnKey, Summary, Detail>,
  plural: string,
  { args, filterOf, ...options }: RegionalOptions<Fields, Request, Command, Summary>,
): void {
  const all = {} as Selector<Request>;
  const list = defineList(entity, {
    ...options,
    description: `A list of ${inWords(plural)}.`,
    lookup: () => all,
  });
  defineArnQuery(entity);
  defineListQuery(plural, list, {
    description: `The ${inWords(plural)} of a region, in AWS’s order.`,
    args: { ...placeArgs, ...args } as typeof placeArgs & Fields,
    ...(filterOf && { filterOf: filterOf as never }),
    selectorOf: () => all,
  });
}
