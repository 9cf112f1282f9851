// Things with a key: loaded once per request, and only as much of them as is selected.
import type { MaybePromise, ObjectRef } from '@pothos/core';
import { encodeGlobalID } from '@pothos/plugin-relay';
import DataLoader from 'dataloader';
import type { GraphQLResolveInfo } from 'graphql';
import { type Context, readCache } from '../../context.ts';
import { UpstreamError, ValidationError } from '../../upstream/errors.ts';
import type { OperationName } from '../../upstream/operation.ts';
import { quote } from '../../upstream/quote.ts';
import { builder, type SchemaTypes } from '../language/builder.ts';
import type { Batch, FieldCosts, Level } from '../language/costs.ts';
import { shareable } from '../language/shareable.ts';
import { type Answers, answerBatch, type Coming, type Demand, type Source } from './batch.ts';
import type { LoadMany } from './calls.ts';
import type { Listing } from './list-lookup.ts';
import { levelOf } from './required-level.ts';

export type { Source } from './batch.ts';

/** What a thing got from whoever made it: another subgraph may know that as well, and provide it without a call. */
const GIVEN_BY_YOU: ReadonlySet<string> = new Set(['name', 'userId', 'attributes']);

export interface EntityOptions<Key, Detail> {
  /** The GraphQL type's name. */
  name: string;
  /** The members of the key, in the order of the federation key: first the ARN of the thing or of what it is part of. */
  key: readonly (keyof Key & string)[];
  /** Throws a ValidationError for a key that cannot name anything. */
  check: (key: Key) => void;
  load: LoadMany<Key, Detail>;
  /** The AWS operation behind `load`. */
  filledBy: OperationName;
  /** The one that takes its place where many are loaded at once. */
  batchedBy?: Batch;
}

export type AnyEntity = Entity<Record<string, string>, object, object>;
/** Every entity of the graph by its type's name, for `node(id)` and `_entities`. */
export const entities = new Map<string, AnyEntity>();

/** Declares a thing that has a key: how it is loaded and how its fields are filled. */
export function defineEntity<Key extends object, Summary extends object, Detail extends Summary>(
  options: EntityOptions<Key, Detail>,
): Entity<Key, Summary, Detail> {
  const entity = new Entity<Key, Summary, Detail>(options);
  entities.set(options.name, entity as unknown as AnyEntity);
  return entity;
}

export class Entity<Key extends object, Summary extends object, Detail extends Summary> {
  readonly name: string;
  /** The GraphQL type, which its noun implements. */
  readonly type: ObjectRef<SchemaTypes, Source<Key, Summary, Detail>>;
  readonly check: (key: Key) => void;
  readonly federationKey: string;
  readonly filledBy: OperationName;
  readonly batchedBy: Batch | undefined;
  /** Options that make the type a Relay node. */
  readonly node: { id: { resolve: (key: Key) => string } };

  readonly #options: EntityOptions<Key, Detail>;
  readonly #things = readCache(() => new Map<string, Source<Key, Summary, Detail>>());
  readonly #loader: (context: Context) => DataLoader<Demand<Key, Summary, Detail>, Coming<Summary>, string>;
  readonly #answers: Answers<Key, Summary, Detail>;

  constructor(options: EntityOptions<Key, Detail>) {
    this.#options = options;
    this.name = options.name;
    this.type = builder.objectRef(options.name);
    this.check = options.check;
    this.federationKey = options.key.join(' ');
    this.filledBy = options.filledBy;
    this.batchedBy = options.batchedBy;
    this.node = { id: { resolve: (key) => this.#idOf(key) } };
    const { load } = options;
    this.#answers = { load, arnOf: (key) => this.#arnOf(key), idOf: (key) => this.#idOf(key) };
    this.#loader = readCache(
      (context: Context) =>
        new DataLoader(
          (demands: readonly Demand<Key, Summary, Detail>[]) => answerBatch(demands, this.#answers, context),
          {
            cacheKeyFn: ({ thing, level }) => `${level} ${this.#idOf(thing)}`,
          },
        ),
    );
  }

  /** What bounds of a caller are about. */
  #arnOf(key: Key): string {
    return String(key[this.#options.key[0] as keyof Key]);
  }

  #idOf(key: Key): string {
    let id = '';
    for (const [index, member] of this.#options.key.entries())
      id += index > 0 ? ` ${key[member]}` : String(key[member]);
    return id;
  }

  /** The key of an item of a list. Members that the item lacks are those by which the list is selected. */
  keyIn(item: object, selector: object): Key {
    const key: Record<string, unknown> = {};
    for (const member of this.#options.key)
      key[member] = (item as Partial<Key>)[member] ?? (selector as Partial<Key>)[member];
    return key as Key;
  }

  /** What `node(id)` finds the object by. */
  globalIdOf(key: Key): string {
    return encodeGlobalID(this.name, this.#idOf(key));
  }

  /** The key in a global id, not yet checked. */
  keyOfId(id: string): Key {
    const parts = id.split(' ');
    const members = this.#options.key;
    if (parts.length !== members.length)
      throw new ValidationError(`Not the id of a ${this.name}: ${quote(id)}`);
    return Object.fromEntries(members.map((member, index) => [member, parts[index]])) as Key;
  }

  /** The one object that stands for `key` in this request, so that what one field learns the next one knows. */
  ref(key: Key, context: Context): Source<Key, Summary, Detail> {
    const things = this.#things(context);
    const id = this.#idOf(key);
    const known = things.get(id);
    if (known) return known;
    const thing = { __typename: this.name, ...this.keyIn(key, key) } as Source<Key, Summary, Detail>;
    things.set(id, thing);
    return thing;
  }

  /**
   * What a reference leads to: null when AWS left it out, or when what it names is gone. A selection of key fields alone
   * makes no call, and does not look.
   */
  resolveRef(
    key: { [Member in keyof Key]?: Key[Member] | undefined },
    context: Context,
    info: GraphQLResolveInfo,
  ): MaybePromise<Source<Key, Summary, Detail> | null> {
    if (!this.#options.key.every((member) => key[member])) return null;
    const thing = this.ref(key as Key, context);
    const level = levelOf(info, this.name, context.caller);
    if (level === 'key') return thing;
    const facts = this.factsOf(thing, level, context);
    return facts instanceof Promise ? facts.then((known) => known && thing) : facts && thing;
  }

  /** How a list of summaries becomes things of this kind. */
  listed(selector: object, context: Context) {
    return {
      keyOf: (summary: Summary) => this.#idOf(this.keyIn(summary, selector)),
      haveIds: true,
      toNode: (summary: Summary) => {
        const thing = this.ref(this.keyIn(summary, selector), context);
        thing.summary = summary;
        return thing;
      },
    };
  }

  /** The thing that a mutation answered with, whole. Its own members name it. */
  fromPayload(
    detail: (Detail & { [Member in keyof Key]?: Key[Member] | undefined }) | undefined,
    context: Context,
  ) {
    if (!detail) throw new UpstreamError(`AWS carried out the mutation, but returned no ${this.name}`);
    const thing = this.ref(detail as unknown as Key, context);
    thing.detail = detail;
    return thing;
  }

  /** What is known of a thing, loaded as far as `level` needs it; null when it does not exist. */
  factsOf(thing: Source<Key, Summary, Detail>, level: Level, context: Context): MaybePromise<Summary | null> {
    if (thing.detail !== undefined) return thing.detail;
    if (level !== 'detail' && thing.summary) return thing.summary;
    return this.#load(thing, level, context);
  }

  async #load(thing: Source<Key, Summary, Detail>, level: Level, context: Context): Promise<Summary | null> {
    const { answer } = await this.#loader(context).load({ thing, level });
    const facts = await answer;
    if (facts instanceof Error) throw facts;
    return facts;
  }

  /** Says in which list these things stand, so that many that are asked for by key can be looked up there. */
  listedBy(listing: Listing<Key, Summary>): void {
    this.#answers.listing = listing;
  }

  /** Where many of them are looked up, if anywhere. */
  get listing(): Listing<Key, Summary> | undefined {
    return this.#answers.listing;
  }

  /** The thing if it exists, loaded as far as the selection below `info` needs it; else null. */
  async load(key: Key, context: Context, info: GraphQLResolveInfo) {
    this.check(key);
    const thing = this.ref(key, context);
    const level = levelOf(info, this.name, context.caller);
    return (await this.factsOf(thing, level === 'key' ? 'summary' : level, context)) && thing;
  }

  /** Like `reach`, for a key of another subgraph, which nobody has checked. */
  async resolveReference(key: Key, context: Context, info: GraphQLResolveInfo) {
    this.check(key);
    const arn = this.#arnOf(key);
    context.bounds.check(arn);
    // To whom it belongs only AWS can say.
    return context.bounds.covers(arn) ? this.resolveRef(key, context, info) : this.load(key, context, info);
  }

  /** Options of a field that lists tell already. */
  readonly summary = this.#member('summary');
  /** Options of a field that costs its own call when the thing came out of a list. */
  readonly detail = this.#member('detail');

  #call(): string {
    const { filledBy, batchedBy } = this;
    return batchedBy
      ? `${batchedBy.operation}, one per ${batchedBy.size} items`
      : `${filledBy}, one per item`;
  }

  /** Options of a field that is computed from what a call for `level` returns. */
  computed<Shown, Args extends object>(
    level: 'summary' | 'detail',
    description: string,
    compute: (facts: Summary & Partial<Detail>, args: Args, thing: Key) => Shown | null,
  ) {
    return {
      ...this.#said(level, description),
      resolve: (thing: Source<Key, Summary, Detail>, args: Args, context: Context) => {
        const read = (known: Summary | null) =>
          known && compute(known as Summary & Partial<Detail>, args, thing);
        const facts = this.factsOf(thing, level, context);
        return facts instanceof Promise ? facts.then(read) : read(facts);
      },
    };
  }

  #said(level: Level, description: string) {
    return {
      description: level === 'detail' ? `${description} Call: ${this.#call()}.` : description,
      extensions: { level } satisfies FieldCosts,
    };
  }

  #member(level: Level) {
    return <M extends keyof Detail & string, Shown = Detail[M]>(
      member: M,
      description: string,
      show: (
        value: NonNullable<Detail[M]>,
        context: Context,
        info: GraphQLResolveInfo,
      ) => MaybePromise<Shown> = (value) => value as unknown as Shown,
    ) => ({
      ...this.#said(level, description),
      extensions: { level, ...(GIVEN_BY_YOU.has(member) && shareable.extensions) } satisfies FieldCosts,
      resolve: (
        thing: Source<Key, Summary, Detail>,
        _args: object,
        context: Context,
        info: GraphQLResolveInfo,
      ): MaybePromise<Shown | null> => {
        const read = (facts: Summary | null): MaybePromise<Shown | null> => {
          const value = (facts as Detail | null)?.[member];
          return value === undefined || value === null ? null : show(value, context, info);
        };
        const facts = this.factsOf(thing, level, context);
        return facts instanceof Promise ? facts.then(read) : read(facts as Summary | null);
      },
    });
  }
}
