// A list of AWS, declared once: its connection, its costs and the pages in which keys are looked up all come from here.
import type { ObjectRef } from '@pothos/core';
import type { Context } from '../../context.ts';
import { nameOfTarget, type Target, targetOf } from '../../upstream/arn.ts';
import { type AwsCommand, type OperationName, type OutputOf, operationOf } from '../../upstream/operation.ts';
import { arnAmong, chooseTarget, type Place } from '../language/arn.ts';
import type { SchemaTypes } from '../language/builder.ts';
import type { List } from '../language/costs.ts';
import { connectionOf, listConnection, type Page, type PageArgs } from './connection.ts';
import type { Entity } from './entity.ts';
import { type ReadItems, readItems } from './read-items.ts';

/** The members of AWS's request that say which page of a list is meant. */
interface PageRequest {
  nextToken: string | undefined;
  maxResults: number;
}

/** The members of AWS's request that say which list is meant: what it is of, and its filters. */
export type Selector<Request> = {
  [Member in keyof Request as Exclude<Member, keyof PageRequest>]: object extends Pick<Request, Member>
    ? Request[Member]
    : NonNullable<Request[Member]>;
};

export interface ListOptions<Request extends object, Command extends AwsCommand, Item> {
  /** Of the connection type. */
  description: string;
  /** AWS's largest `maxResults` for it, where that is not 100. */
  pageMax?: number;
  commandOf: (request: Request) => Command;
  itemsOf: (output: OutputOf<Command>) => readonly Item[] | undefined;
  /** Throws a ValidationError for what selects no list. */
  check?: (selector: Selector<Request>) => void;
}

/** How the items of a list become objects of a type. */
interface NodeOptions<Request, Item, Node extends object> {
  type: ObjectRef<SchemaTypes, Node>;
  nodesOf: (
    selector: Selector<Request>,
    context: Context,
  ) => {
    /** What identifies an item in the list. */
    keyOf: (item: Item) => string;
    /** Whether two items of one key are the same. */
    haveIds?: boolean;
    toNode: (item: Item) => Node;
  };
}

/** A condition that AWS has no filter for; the gateway checks it on each item. */
export interface LocalFilter<Item> {
  /** What identifies the filtered list among others: a cursor holds for one of them. */
  scope: object;
  keeps: (item: Item) => boolean;
}

export interface PagedList<Request, Item> extends List {
  connection: ReturnType<typeof connectionOf>;
  fetchPage: (
    target: Target,
    selector: Selector<Request>,
    nextToken: string | undefined,
    context: Context,
  ) => Promise<Page<Item>>;
  /** Resolves a field: in the account and region of the arguments, else in those of the first ARN of the selector. */
  connect: (
    selector: Selector<Request>,
    args: PageArgs & Place,
    context: Context,
    filter?: LocalFilter<Item>,
  ) => Promise<object | null>;
  /** The call for a page. */
  commandOf: (selector: Selector<Request>, nextToken: string | undefined) => AwsCommand;
  itemsOf: (output: object) => readonly Item[];
  /** The items of its first pages. */
  read: (selector: Selector<Request>, maxPages: number, context: Context) => Promise<ReadItems<Item>>;
}

/** Declares a list of objects that have no key of their own. */
export function definePagedList<
  Request extends object,
  Command extends AwsCommand,
  Item,
  Node extends object,
>({
  description,
  pageMax = 100,
  commandOf,
  itemsOf,
  check,
  type,
  nodesOf,
}: ListOptions<Request, Command, Item> & NodeOptions<Request, Item, Node>): PagedList<Request, Item> {
  const { name } = operationOf(commandOf({} as Request));
  const list: List = { operation: name as OperationName, pageMax };
  const pageOf = (selector: Selector<Request>, nextToken: string | undefined): Command => {
    const page: PageRequest = { nextToken, maxResults: pageMax };
    return commandOf({ ...inOrder(selector), ...page } as Request);
  };
  const fetchPage: PagedList<Request, Item>['fetchPage'] = async (target, selector, nextToken, context) => {
    const output = await context.send(target, pageOf(selector, nextToken));
    return { items: itemsOf(output), nextToken: (output as { nextToken?: string }).nextToken };
  };
  return {
    ...list,
    connection: connectionOf(type, description),
    fetchPage,
    commandOf: pageOf,
    itemsOf: (output) => itemsOf(output as OutputOf<Command>) ?? [],
    read: (selector, maxPages, context) => {
      check?.(selector);
      const target = chooseTarget({}, arnAmong(selector), context);
      return readItems(list, maxPages, (nextToken) => fetchPage(target, selector, nextToken, context));
    },
    connect: (selector, { account, region, first, after }, context, filter) => {
      check?.(selector);
      const target = chooseTarget({ account, region }, arnAmong(selector), context);
      return listConnection({
        context,
        args: { first, after },
        list,
        scope: [nameOfTarget(target), inOrder(selector), ...(filter ? [filter.scope] : [])],
        fetchPage: async (token) => {
          const { items, nextToken } = await fetchPage(target, selector, token, context);
          return { items: filter ? items?.filter(filter.keeps) : items, nextToken };
        },
        ...nodesOf(selector, context),
      });
    },
  };
}

/** Fields select the same list with members in different orders. It is one list, in the cache and for cursors. */
const inOrder = <Of extends object>(selector: Of): Of =>
  Object.fromEntries(Object.entries(selector).sort(([one], [other]) => (one < other ? -1 : 1))) as Of;

interface LookupOptions<Key, Request> {
  /** Selects the list that has a key. Where it is given, keys that are requested together are looked up there. */
  lookup?: (key: Key) => Selector<Request>;
  /** See `Listing`. */
  revalidates?: boolean;
}

/** Declares a list of an entity. Members of the key that its summaries do not have are those of the selector. */
export function defineList<
  Key extends object,
  Summary extends object,
  Detail extends Summary,
  Request extends object,
  Command extends AwsCommand,
>(
  entity: Entity<Key, Summary, Detail>,
  {
    lookup,
    revalidates = false,
    ...options
  }: ListOptions<Request, Command, Summary> & LookupOptions<Key, Request>,
): PagedList<Request, Summary> {
  const list = definePagedList({
    ...options,
    type: entity.type,
    nodesOf: (selector: Selector<Request>, context) => entity.listed(selector, context),
  });
  if (!lookup) return list;
  const targetFor = (key: Key) => targetOf(arnAmong(key) as string);
  entity.listedBy({
    list,
    revalidates,
    listOf: (key) => JSON.stringify([nameOfTarget(targetFor(key)), lookup(key)]),
    fetchPage: (sibling, nextToken, context) =>
      list.fetchPage(targetFor(sibling), lookup(sibling), nextToken, context),
    keyOf: (summary, sibling) => entity.key.in(summary, lookup(sibling)),
  });
  return list;
}
