import { encodeGlobalID } from '@pothos/plugin-relay';
import DataLoader from 'dataloader';
import { readCache } from '../../context.js';
import { UpstreamError, ValidationError } from '../../upstream/errors.js';
import { quote } from '../../upstream/quote.js';
import { builder } from '../language/builder.js';
import { shareable } from '../language/shareable.js';
import { answerBatch } from './batch.js';
import { levelOf } from './required-level.js';
/** What a thing got from whoever made it: another subgraph may know that as well, and provide it without a call. */
const GIVEN_BY_YOU = new Set(['name', 'userId', 'attributes']);
/** Every entity of the graph by its type's name, for `node(id)` and `_entities`. */
export const entities = new Map();
/** Declares a thing that has a key: how it is loaded and how its fields are filled. */
export function defineEntity(options) {
    const entity = new Entity(options);
    entities.set(options.name, entity);
    return entity;
}
export class Entity {
    name;
    /** The GraphQL type, which its noun implements. */
    type;
    check;
    federationKey;
    filledBy;
    batchedBy;
    /** Options that make the type a Relay node. */
    node;
    #options;
    #things = readCache(() => new Map());
    #loader;
    #answers;
    constructor(options) {
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
        this.#loader = readCache((context) => new DataLoader((demands) => answerBatch(demands, this.#answers, context), {
            cacheKeyFn: ({ thing, level }) => `${level} ${this.#idOf(thing)}`,
        }));
    }
    /** What bounds of a caller are about. */
    #arnOf(key) {
        return String(key[this.#options.key[0]]);
    }
    #idOf(key) {
        return this.#options.key.map((member) => key[member]).join(' ');
    }
    /** What `node(id)` finds the object by. */
    globalIdOf(key) {
        return encodeGlobalID(this.name, this.#idOf(key));
    }
    /** The key in a global id, not yet checked. */
    keyOfId(id) {
        const parts = id.split(' ');
        const members = this.#options.key;
        if (parts.length !== members.length)
            throw new ValidationError(`Not the id of a ${this.name}: ${quote(id)}`);
        return Object.fromEntries(members.map((member, index) => [member, parts[index]]));
    }
    /** The one object that stands for `key` in this request, so that what one field learns the next one knows. */
    ref(key, context) {
        const things = this.#things(context);
        const id = this.#idOf(key);
        const known = things.get(id);
        if (known)
            return known;
        const members = this.#options.key.map((member) => [member, key[member]]);
        const thing = { __typename: this.name, ...Object.fromEntries(members) };
        things.set(id, thing);
        return thing;
    }
    /**
     * What a reference leads to: null when AWS left it out, or when what it names is gone. A selection of key fields alone
     * makes no call, and does not look.
     */
    resolveRef(key, context, info) {
        if (!this.#options.key.every((member) => key[member]))
            return null;
        const thing = this.ref(key, context);
        const level = levelOf(info, this.name, context.caller);
        if (level === 'key')
            return thing;
        const facts = this.factsOf(thing, level, context);
        return facts instanceof Promise ? facts.then((known) => known && thing) : facts && thing;
    }
    /** How a list of summaries becomes things of this kind. */
    listed(keyOf, context) {
        return {
            keyOf: (summary) => this.#idOf(keyOf(summary)),
            haveIds: true,
            toNode: (summary) => this.learn(keyOf(summary), { summary }, context),
        };
    }
    /** Refers to a thing of which a list or a mutation has just told something. */
    learn(key, facts, context) {
        return Object.assign(this.ref(key, context), facts);
    }
    /** The thing that a mutation answered with, whole. Its own members name it. */
    fromPayload(detail, context) {
        if (!detail)
            throw new UpstreamError(`AWS carried out the mutation, but returned no ${this.name}`);
        return this.learn(detail, { detail }, context);
    }
    /** What is known of a thing, loaded as far as `level` needs it; null when it does not exist. */
    factsOf(thing, level, context) {
        if (thing.detail !== undefined)
            return thing.detail;
        if (level !== 'detail' && thing.summary)
            return thing.summary;
        return this.#load(thing, level, context);
    }
    async #load(thing, level, context) {
        const { answer } = await this.#loader(context).load({ thing, level });
        const facts = await answer;
        if (facts instanceof Error)
            throw facts;
        return facts;
    }
    /** Says in which list these things stand, so that many that are asked for by key can be looked up there. */
    listedBy(listing) {
        this.#answers.listing = listing;
    }
    /** Where many of them are looked up, if anywhere. */
    get listing() {
        return this.#answers.listing;
    }
    /** The thing if it exists, loaded as far as the selection below `info` needs it; else null. */
    async load(key, context, info) {
        this.check(key);
        const thing = this.ref(key, context);
        const level = levelOf(info, this.name, context.caller);
        return (await this.factsOf(thing, level === 'key' ? 'summary' : level, context)) && thing;
    }
    /** Like `reach`, for a key of another subgraph, which nobody has checked. */
    async resolveReference(key, context, info) {
        this.check(key);
        const arn = this.#arnOf(key);
        context.bounds.check(arn);
        // To whom it belongs only AWS can say.
        return context.bounds.covers(arn) ? this.resolveRef(key, context, info) : this.load(key, context, info);
    }
    /** Options of a field that lists tell already. */
    summary = this.#member('summary');
    /** Options of a field that costs its own call when the thing came out of a list. */
    detail = this.#member('detail');
    #call() {
        const { filledBy, batchedBy } = this;
        return batchedBy
            ? `${batchedBy.operation}, one per ${batchedBy.size} items`
            : `${filledBy}, one per item`;
    }
    /** Options of a field that is computed from what a call for `level` returns. */
    computed(level, description, compute) {
        return {
            ...this.#said(level, description),
            resolve: (thing, args, context) => {
                const read = (known) => known && compute(known, args, thing);
                const facts = this.factsOf(thing, level, context);
                return facts instanceof Promise ? facts.then(read) : read(facts);
            },
        };
    }
    #said(level, description) {
        return {
            description: level === 'detail' ? `${description} Call: ${this.#call()}.` : description,
            extensions: { level },
        };
    }
    #member(level) {
        return (member, description, show = (value) => value) => ({
            ...this.#said(level, description),
            extensions: { level, ...(GIVEN_BY_YOU.has(member) && shareable.extensions) },
            resolve: (thing, _args, context, info) => {
                const read = (facts) => {
                    const value = facts?.[member];
                    return value === undefined || value === null ? null : show(value, context, info);
                };
                const facts = this.factsOf(thing, level, context);
                return facts instanceof Promise ? facts.then(read) : read(facts);
            },
        });
    }
}
