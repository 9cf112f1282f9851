// Objects with a key: loaded once per request, and only as much of them as is selected.
import type { MaybePromise, ObjectRef } from '@pothos/core';
import DataLoader from 'dataloader';
import type { GraphQLResolveInfo } from 'graphql';
import { type Context, readCache } from '../../context.ts';
import { UpstreamError } from '../../upstream/errors.ts';
import type { OperationName } from '../../upstream/operation.ts';
import { builder, type SchemaTypes } from '../language/builder.ts';
import type { Batch, Level } from '../language/costs.ts';
import { type Answers, answerBatch, type Coming, type Demand, type Source } from './batch.ts';
import type { LoadMany } from './calls.ts';
import { type EntityFields, entityFields } from './entity-fields.ts';
import { EntityKey } from './entity-key.ts';
import type { Listing } from './list-lookup.ts';
import { levelOf } from './required-level.ts';

export type { Source } from './batch.ts';

export interface EntityOptions<Key, Detail> {
  /** The GraphQL type's name. */
  name: string;
  /** The members of the key, in the order of the federation key: first the ARN of the resource or of what it is part of. */
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

/** Declares a type that has a key: how its objects are loaded and how their fields are filled. */
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
  readonly filledBy: OperationName;
  readonly batchedBy: Batch | undefined;
  /** Options that make the type a Relay node. */
  readonly node: { id: { resolve: (key: Key) => string } };

  readonly key: EntityKey<Key>;
  /** Options of a field that lists return already. */
  readonly summary: ReturnType<EntityFields<Key, Summary, Detail>['member']>;
  /** Options of a field that costs a call of its own when the object came out of a list. */
  readonly detail: ReturnType<EntityFields<Key, Summary, Detail>['member']>;
  /** Options of a field that is computed from what a call for the level returns. */
  readonly computed: EntityFields<Key, Summary, Detail>['computed'];

  readonly #sources = readCache(() => new Map<string, Source<Key, Summary, Detail>>());
  readonly #loader: (context: Context) => DataLoader<Demand<Key, Summary, Detail>, Coming<Summary>, string>;
  readonly #answers: Answers<Key, Summary, Detail>;

  constructor(options: EntityOptions<Key, Detail>) {
    this.name = options.name;
    this.type = builder.objectRef(options.name);
    this.check = options.check;
    this.filledBy = options.filledBy;
    this.batchedBy = options.batchedBy;
    const key = new EntityKey<Key>(options.name, options.key);
    this.key = key;
    this.node = { id: { resolve: (named) => key.idOf(named) } };
    const fields = entityFields<Key, Summary, Detail>(this);
    this.summary = fields.member('summary');
    this.detail = fields.member('detail');
    this.computed = fields.computed;
    const { load } = options;
    this.#answers = { load, arnOf: (named) => key.arnOf(named), idOf: (named) => key.idOf(named) };
    this.#loader = readCache(
      (context: Context) =>
        new DataLoader(
          (demands: readonly Demand<Key, Summary, Detail>[]) => answerBatch(demands, this.#answers, context),
          {
            cacheKeyFn: ({ source, level }) => `${level} ${this.key.idOf(source)}`,
          },
        ),
    );
  }

  /** The one object that stands for `key` in this request, so that the next field uses what an earlier one has loaded. */
  ref(key: Key, context: Context): Source<Key, Summary, Detail> {
    const sources = this.#sources(context);
    const id = this.key.idOf(key);
    const known = sources.get(id);
    if (known) return known;
    const source = { __typename: this.name, ...this.key.in(key, key) } as Source<Key, Summary, Detail>;
    sources.set(id, source);
    return source;
  }

  /**
   * The object of a reference: null when AWS left it out, or when the object does not exist. A selection of key fields alone
   * makes no call, and does not check existence.
   */
  resolveRef(
    key: { [Member in keyof Key]?: Key[Member] | undefined },
    context: Context,
    info: GraphQLResolveInfo,
  ): MaybePromise<Source<Key, Summary, Detail> | null> {
    if (!this.key.members.every((member) => key[member])) return null;
    const source = this.ref(key as Key, context);
    const level = levelOf(info, this.name, context.caller);
    if (level === 'key') return source;
    const facts = this.factsOf(source, level, context);
    return facts instanceof Promise ? facts.then((known) => known && source) : facts && source;
  }

  /** How a list of summaries becomes objects of this type. */
  listed(selector: object, context: Context) {
    return {
      keyOf: (summary: Summary) => this.key.idOf(this.key.in(summary, selector)),
      haveIds: true,
      toNode: (summary: Summary) => {
        const source = this.ref(this.key.in(summary, selector), context);
        source.summary = summary;
        return source;
      },
    };
  }

  /** The object that a mutation returned, whole. Its own members name it. */
  fromPayload(
    detail: (Detail & { [Member in keyof Key]?: Key[Member] | undefined }) | undefined,
    context: Context,
  ) {
    if (!detail) throw new UpstreamError(`AWS carried out the mutation, but returned no ${this.name}`);
    const source = this.ref(detail as unknown as Key, context);
    source.detail = detail;
    return source;
  }

  /** What is known of an object, loaded as far as `level` needs it; null when it does not exist. */
  factsOf(
    source: Source<Key, Summary, Detail>,
    level: Level,
    context: Context,
  ): MaybePromise<Summary | null> {
    if (source.detail !== undefined) return source.detail;
    if (level !== 'detail' && source.summary) return source.summary;
    return this.#load(source, level, context);
  }

  async #load(source: Source<Key, Summary, Detail>, level: Level, context: Context): Promise<Summary | null> {
    const { answer } = await this.#loader(context).load({ source, level });
    const facts = await answer;
    if (facts instanceof Error) throw facts;
    return facts;
  }

  /** Declares the list of these objects, so that many that are requested by key can be looked up there. */
  listedBy(listing: Listing<Key, Summary>): void {
    this.#answers.listing = listing;
  }

  /** The list in which many of them are looked up, if there is one. */
  get listing(): Listing<Key, Summary> | undefined {
    return this.#answers.listing;
  }

  /** The object if it exists, loaded as far as the selection below `info` needs it; else null. */
  async load(key: Key, context: Context, info: GraphQLResolveInfo) {
    this.check(key);
    const source = this.ref(key, context);
    const level = levelOf(info, this.name, context.caller);
    return (await this.factsOf(source, level === 'key' ? 'summary' : level, context)) && source;
  }

  /** Like `resolveRef`, for a key of another subgraph, which is not checked yet. */
  async resolveReference(key: Key, context: Context, info: GraphQLResolveInfo) {
    this.check(key);
    const arn = this.key.arnOf(key);
    context.bounds.check(arn);
    // Only AWS knows the resource that it belongs to.
    return context.bounds.covers(arn) ? this.resolveRef(key, context, info) : this.load(key, context, info);
  }
}
