// The walk through the selection of an operation: where it comes by, fields say what they cost, and it goes on to the
// things that they lead to.
import { GraphQLError, getArgumentValues, getNamedType, getNullableType, isAbstractType, isListType, isObjectType, } from 'graphql';
import { targetNamed } from '../language/arn.js';
import { isAllowed } from '../language/authorization.js';
import { groupBy } from '../language/collections.js';
import { sizeOf } from '../loading/connection.js';
import { entities } from '../loading/entity.js';
import { isWithin, readLevel } from '../loading/required-level.js';
import { selectedFields } from '../loading/selection.js';
import { descend, entitySetOf, named, referred, times, toParent, unbatched, } from './entity-set.js';
import { Tally } from './tally.js';
/** Fragments that spread others twice double at each level; nobody needs so many fields. */
const MAX_FIELDS = 20_000;
export class EstimateVisitor {
    #selection;
    #tally = new Tally();
    #caller;
    #unstatedFirst;
    unstated = new Map();
    #fields = 0;
    constructor(selection, caller, unstatedFirst) {
        this.#selection = selection;
        this.#caller = caller;
        this.#unstatedFirst = unstatedFirst;
    }
    run(type, nodes, target) {
        const root = {
            count: 1,
            distinct: 1,
            groups: 1,
            step: 0,
            target,
            ancestors: new Map(),
            args: {},
        };
        if (type !== this.#selection.schema.getMutationType())
            this.#visit(root, type, nodes);
        // Mutations come one after the other, and none knows what an earlier one has read.
        else {
            for (const equal of this.#fieldsOf(type, nodes).values()) {
                this.#field({ ...root, step: this.#tally.nextStep }, type, equal, new Map());
            }
        }
        return this.#tally.total();
    }
    #fieldsOf(type, fieldNodes) {
        const fields = selectedFields({ ...this.#selection, fieldNodes }, type);
        return groupBy(fields, ({ alias, name }) => (alias ?? name).value);
    }
    #visit(place, type, nodes) {
        const same = new Map();
        for (const equal of this.#fieldsOf(type, nodes).values())
            this.#field(place, type, equal, same);
    }
    #field(of, type, nodes, same) {
        this.#fields += 1;
        if (this.#fields > MAX_FIELDS)
            throw new GraphQLError(`Expected at most ${MAX_FIELDS} fields`);
        const [node] = nodes;
        const field = type.getFields()[node.name.value];
        if (!field || (this.#caller && !isAllowed(field, this.#caller)))
            return;
        const args = this.#argumentsOf(field, node);
        if (!args)
            return;
        const costs = field.extensions;
        const place = { ...of, target: targetNamed(args) ?? of.target, args: { ...of.args, ...args } };
        const step = this.#make(costs, place);
        this.#follow({ place: { ...place, step }, nodes, field, costs, same }, args);
    }
    /** Undefined for what is refused before anything is resolved. */
    #argumentsOf(field, node) {
        try {
            return getArgumentValues(field, node, this.#selection.variableValues);
        }
        catch {
            return undefined;
        }
    }
    /** The calls that a field makes before it leads anywhere; the step in which they are done. */
    #make({ level = 'key', calls: callsOf, reads, scans, requires }, place) {
        let { step } = place;
        if (place.things)
            step = this.#load(place.things, level, place);
        const sent = readSafely(callsOf, place.args);
        for (const { operation: name, target = place.target, calls = 1, ...rest } of sent) {
            this.#tally.add({ ...rest, name, target, calls, step });
        }
        if (sent.length > 0)
            step += 1;
        for (const { list, pages } of readSafely((args) => (reads ? [reads(args)] : []), place.args)) {
            const calls = times(place.count, pages);
            this.#tally.add({ name: list.operation, target: place.target, calls, step });
        }
        if (scans && !place.things?.isListed) {
            this.#tally.add({ name: scans.operation, target: place.target, calls: place.count, step });
        }
        const before = requires && entities.get(requires);
        return before ? this.#load(referred(place, before, 1, false), 'summary', { ...place, step }) : step;
    }
    #load(things, level, { count, groups, step }) {
        if (level === 'key' || isWithin(level, things.known)) {
            return level === 'detail' ? Math.max(step, things.detailedAt) : step;
        }
        const loaded = this.#tally.load(things, level, { count, groups }, step);
        things.known = things.entity.listing ? level : 'detail';
        if (things.known === 'detail')
            things.detailedAt = loaded;
        return loaded;
    }
    #follow(stop, args) {
        const { place, nodes, field, costs } = stop;
        const type = getNamedType(field.type);
        const entity = entities.get(type.name);
        if (costs.references) {
            for (const things of named(readSafely(costs.references, place.args)))
                this.#enterNamed(stop, things);
        }
        else if (costs.list)
            this.#list(stop, costs.list, args);
        else if (entity)
            this.#enter(stop, entity, args);
        else {
            const many = itemsOf(stop);
            const page = field.name === 'edges' ? place.page : undefined;
            const [count, distinct] = [times(place.count, many), times(place.distinct, many)];
            for (const one of this.#typesOf(type))
                this.#visit({ ...place, page, count, distinct }, one, nodes);
        }
    }
    #typesOf(type) {
        if (isAbstractType(type))
            return this.#selection.schema.getPossibleTypes(type);
        return isObjectType(type) ? [type] : [];
    }
    /** What arguments name: things of several types at one place. */
    #enterNamed({ place, nodes, costs }, things) {
        const { count, target } = things;
        const at = { ...place, target, things, count, distinct: count, groups: 1 };
        const ancestors = descend(at, things, count, false);
        this.#visitThings({ ...at, ancestors }, things, nodes, !!costs.checksExistence);
    }
    #list({ place, nodes, field, costs, same }, list, args) {
        const type = getNamedType(field.type);
        const isStated = nodes.some((node) => node.arguments?.some(({ name }) => name.value === 'first'));
        const usual = defaultFirstOf(field);
        if (!isStated)
            this.unstated.set(`${field.name} ${usual}`, { name: field.name, first: usual });
        const first = (isStated ? args.first : this.#unstatedFirst) ?? usual;
        const { items, calls: full } = sizeOf({ ...args, first }, list);
        const calls = full && full + (costs.extraPages?.(args) ?? 0);
        const page = once(same, field.name, args, () => {
            const all = times(place.count, calls);
            this.#tally.add({ name: list.operation, target: place.target, calls: all, step: place.step });
            return { items, things: this.#listedOn(type, place, items) };
        });
        this.#visit({ ...unbatched(place), page, step: place.step + 1 }, type, nodes);
    }
    /** What a connection lists, where that has a key. */
    #listedOn(connection, { distinct, target }, items) {
        const { nodes } = connection.getFields();
        const entity = nodes && entities.get(getNamedType(nodes.type).name);
        const count = times(distinct, items);
        return entity && entitySetOf(entity, { count, target, known: 'summary', isListed: true });
    }
    #enter(stop, entity, args) {
        const { place, nodes, field, costs, same } = stop;
        const back = costs.toParent && toParent(place, entity.name);
        if (back?.things) {
            this.#visitThings(back, back.things, nodes, false);
            return;
        }
        const items = itemsOf(stop);
        const isChild = !!(place.page || costs.isChild || costs.checksExistence);
        const known = costs.returnsDetail ? 'detail' : 'key';
        const things = place.page?.things ??
            once(same, field.name, args, () => ({ ...referred(place, entity, items, isChild), known }));
        const count = times(place.count, items);
        const from = costs.unbatched ? unbatched(place) : place;
        const ancestors = descend(from, things, Math.ceil(count / Math.max(1, from.groups)), isChild);
        const at = { ...from, things, count, distinct: things.count, ancestors };
        this.#visitThings(at, things, nodes, !!costs.checksExistence);
    }
    /** Loads as much as is selected; what is listed already does not wait for its details. */
    #visitThings(at, things, nodes, checksExistence) {
        const { name } = things.entity;
        const level = readLevel({ ...this.#selection, fieldNodes: nodes }, name);
        const loaded = this.#load(things, checksExistence && level === 'key' ? 'summary' : level, at);
        const type = this.#selection.schema.getType(name);
        const step = things.isListed ? at.step : loaded;
        this.#visit({ ...at, step, page: undefined, args: {} }, type, nodes);
    }
}
const defaultFirstOf = ({ args }) => args.find(({ name }) => name === 'first')?.defaultValue;
/** How many a field answers with for each of its objects. */
const itemsOf = ({ field, place, costs }) => isListType(getNullableType(field.type)) ? (place.page?.items ?? costs.maxItems ?? 1) : 1;
/** What `make` made for an equal field of the same place: equal reads at the same time are one. */
function once(same, name, args, make) {
    const key = `${name} ${JSON.stringify(args)}`;
    const made = same.get(key) ?? make();
    same.set(key, made);
    return made;
}
/** What an argument that is refused would have cost: nothing. */
function readSafely(read, args) {
    try {
        return read?.(args) ?? [];
    }
    catch {
        return [];
    }
}
