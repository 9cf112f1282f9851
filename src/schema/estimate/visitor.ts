// The walk over the selection of an operation: fields declare their costs at each place, and the walk continues with the
// entities that they lead to.
import {
  type FieldNode,
  GraphQLError,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getArgumentValues,
  getNamedType,
  getNullableType,
  isAbstractType,
  isListType,
  isObjectType,
} from 'graphql';
import type { Caller } from '../../context.ts';
import type { Target } from '../../upstream/arn.ts';
import type { PlannedCalls } from '../../upstream/quota/forecast.ts';
import { alike, targetNamed } from '../language/arn.ts';
import { isAllowed } from '../language/authorization.ts';
import { groupBy } from '../language/collections.ts';
import type { Arguments, FieldCosts, Level, List } from '../language/costs.ts';
import { type ConnectionArgs, sizeOf } from '../loading/connection.ts';
import { type AnyEntity, entities } from '../loading/entity.ts';
import { isWithin, readLevel } from '../loading/required-level.ts';
import { type Selection, selectedFields } from '../loading/selection.ts';
import {
  descend,
  type EntitySet,
  entitySetOf,
  named,
  type Position,
  referred,
  times,
  toParent,
  unbatched,
} from './entity-set.ts';
import { once, requiredBy, type SameFields } from './same-fields.ts';
import { Tally } from './tally.ts';

/** Fragments that spread others twice double at each level; no real query needs so many fields. */
const MAX_FIELDS = 20_000;

/** Lists without a `first` in the document, each with its default. */
export type UnstatedLists = Map<string, { name: string; first: number }>;

/** Fields of one response key, or what their selections stand below. */
type Nodes = Selection['fieldNodes'];

/** One field on the objects of a place. */
interface FieldVisit {
  place: Position;
  nodes: readonly FieldNode[];
  field: GraphQLField<unknown, unknown>;
  costs: FieldCosts;
  same: SameFields;
}

export class EstimateVisitor {
  readonly #selection: Omit<Selection, 'fieldNodes'>;
  readonly #tally = new Tally();
  readonly #caller: Caller | undefined;
  readonly #unstatedFirst: number | undefined;
  readonly unstated: UnstatedLists = new Map();
  readonly #defaultTarget: Target;
  #fields = 0;

  constructor(
    selection: Omit<Selection, 'fieldNodes'>,
    defaultTarget: Target,
    caller?: Caller,
    unstatedFirst?: number,
  ) {
    this.#defaultTarget = defaultTarget;
    this.#selection = selection;
    this.#caller = caller;
    this.#unstatedFirst = unstatedFirst;
  }

  run(type: GraphQLObjectType, nodes: Nodes): PlannedCalls[] {
    const root: Position = {
      count: 1,
      distinct: 1,
      groups: 1,
      step: 0,
      target: this.#defaultTarget,
      ancestors: new Map(),
      args: {},
    };
    if (type !== this.#selection.schema.getMutationType()) this.#visit(root, type, nodes);
    // Mutations come one after the other, and none knows what an earlier one has read.
    else {
      for (const equal of this.#fieldsOf(type, nodes).values()) {
        this.#field({ ...root, step: this.#tally.nextStep }, type, equal, new Map());
      }
    }
    return this.#tally.total();
  }

  #fieldsOf(type: GraphQLObjectType, fieldNodes: Nodes): Map<string, FieldNode[]> {
    const fields = selectedFields({ ...this.#selection, fieldNodes }, type);
    return groupBy(fields, ({ alias, name }) => (alias ?? name).value);
  }

  #visit(place: Position, type: GraphQLObjectType, nodes: Nodes): void {
    const same: SameFields = new Map();
    for (const equal of this.#fieldsOf(type, nodes).values()) this.#field(place, type, equal, same);
  }

  #field(of: Position, type: GraphQLObjectType, nodes: readonly FieldNode[], same: SameFields): void {
    this.#fields += 1;
    if (this.#fields > MAX_FIELDS) throw new GraphQLError(`Expected at most ${MAX_FIELDS} fields`);
    const [node] = nodes as readonly [FieldNode, ...FieldNode[]];
    const field = type.getFields()[node.name.value];
    if (!field || (this.#caller && !isAllowed(field, this.#caller))) return;
    const args = this.#argumentsOf(field, node);
    if (!args) return;
    const costs: FieldCosts = field.extensions;
    const place = {
      ...of,
      target: targetNamed(args, this.#defaultTarget) ?? of.target,
      args: { ...of.args, ...args },
    };
    const step = this.#make(costs, place, same);
    this.#follow({ place: { ...place, step }, nodes, field, costs, same }, args);
  }

  /** Undefined for what is refused before anything is resolved. */
  #argumentsOf(field: GraphQLField<unknown, unknown>, node: FieldNode): Arguments | undefined {
    try {
      return getArgumentValues(field, node, this.#selection.variableValues);
    } catch {
      return undefined;
    }
  }

  /** The calls that a field makes before it leads anywhere; the step in which they are done. */
  #make(costs: FieldCosts, place: Position, same: SameFields): number {
    const { level = 'key', calls: callsOf, reads, scans } = costs;
    let { step } = place;
    if (place.entitySet) step = this.#load(place.entitySet, level, place);
    const sent = readSafely(callsOf, place.args);
    for (const { operation: name, target = place.target, calls = 1, ...rest } of sent) {
      this.#tally.add({ ...rest, name, target: alike(target, this.#defaultTarget), calls, step });
    }
    if (sent.length > 0) step += 1;
    for (const { list, pages } of readSafely((args) => (reads ? [reads(args)] : []), place.args)) {
      const calls = times(place.count, pages);
      this.#tally.add({ name: list.operation, target: place.target, calls, step });
    }
    if (scans && !place.entitySet?.isListed) {
      this.#tally.add({ name: scans.operation, target: place.target, calls: place.count, step });
    }
    const required = requiredBy(costs, place, same);
    return required ? this.#load(required, 'summary', { ...place, step }) : step;
  }

  #load(entitySet: EntitySet, level: Level, { count, groups, step }: Position): number {
    if (level === 'key' || isWithin(level, entitySet.known)) {
      return level === 'detail' ? Math.max(step, entitySet.detailedAt) : step;
    }
    const loaded = this.#tally.load(entitySet, level, { count, groups }, step);
    entitySet.known = entitySet.entity.listing ? level : 'detail';
    if (entitySet.known === 'detail') entitySet.detailedAt = loaded;
    return loaded;
  }

  #follow(stop: FieldVisit, args: Arguments): void {
    const { place, nodes, field, costs } = stop;
    const type = getNamedType(field.type);
    const entity = entities.get(type.name);
    if (costs.references) {
      for (const entitySet of named(readSafely(costs.references, place.args)))
        this.#enterNamed(stop, entitySet);
    } else if (costs.list) this.#list(stop, costs.list, args);
    else if (entity) this.#enter(stop, entity, args);
    else {
      const many = itemsOf(stop);
      const page = field.name === 'edges' ? place.page : undefined;
      const [count, distinct] = [times(place.count, many), times(place.distinct, many)];
      for (const one of this.#typesOf(type)) this.#visit({ ...place, page, count, distinct }, one, nodes);
    }
  }

  #typesOf(type: GraphQLNamedType): readonly GraphQLObjectType[] {
    if (isAbstractType(type)) return this.#selection.schema.getPossibleTypes(type);
    return isObjectType(type) ? [type] : [];
  }

  /** Entities that arguments name, of several types at one place. */
  #enterNamed({ place, nodes, costs }: FieldVisit, entitySet: EntitySet): void {
    const { count } = entitySet;
    const target = alike(entitySet.target, this.#defaultTarget);
    const at = {
      ...place,
      target,
      entitySet: Object.assign(entitySet, { target }),
      count,
      distinct: count,
      groups: 1,
    };
    const ancestors = descend(at, entitySet, count, false);
    this.#visitEntities({ ...at, ancestors }, entitySet, nodes, !!costs.checksExistence);
  }

  #list({ place, nodes, field, costs, same }: FieldVisit, list: List, args: ConnectionArgs): void {
    const type = getNamedType(field.type) as GraphQLObjectType;
    const isStated = nodes.some((node) => node.arguments?.some(({ name }) => name.value === 'first'));
    const usual = defaultFirstOf(field);
    if (!isStated) this.unstated.set(`${field.name} ${usual}`, { name: field.name, first: usual });
    const first = (isStated ? args.first : this.#unstatedFirst) ?? usual;
    const { items, calls: full } = sizeOf({ ...args, first }, list);
    const calls = full && full + (costs.extraPages?.(args as Arguments) ?? 0);
    const page = once(same, field.name, args, () => {
      const all = times(place.count, calls);
      this.#tally.add({ name: list.operation, target: place.target, calls: all, step: place.step });
      return { items, entitySet: this.#listedOn(type, place, items) };
    });
    this.#visit({ ...unbatched(place), page, step: place.step + 1 }, type, nodes);
  }

  /** What a connection lists, where that has a key. */
  #listedOn(
    connection: GraphQLObjectType,
    { distinct, target }: Position,
    items: number,
  ): EntitySet | undefined {
    const { nodes } = connection.getFields();
    const entity = nodes && entities.get(getNamedType(nodes.type).name);
    const count = times(distinct, items);
    return entity && entitySetOf(entity, { count, target, known: 'summary', isListed: true });
  }

  #enter(stop: FieldVisit, entity: AnyEntity, args: Arguments): void {
    const { place, nodes, field, costs, same } = stop;
    const back = costs.toParent && toParent(place, entity.name);
    if (back?.entitySet) {
      this.#visitEntities(back, back.entitySet, nodes, false);
      return;
    }
    const items = itemsOf(stop);
    const isChild = !!(place.page || costs.isChild || costs.checksExistence);
    const known = costs.returnsDetail ? 'detail' : costs.returnsSummary ? 'summary' : 'key';
    const entitySet =
      place.page?.entitySet ??
      once(same, field.name, args, () => ({
        ...referred(place, entity, items, isChild),
        ...{ known, isListed: known === 'summary' },
      }));
    const count = times(place.count, items);
    const from = costs.unbatched ? unbatched(place) : place;
    const ancestors = descend(from, entitySet, Math.ceil(count / Math.max(1, from.groups)), isChild);
    const at = { ...from, entitySet, count, distinct: entitySet.count, ancestors };
    this.#visitEntities(at, entitySet, nodes, !!costs.checksExistence);
  }

  /** Loads as much as is selected; what is listed already does not wait for its details. */
  #visitEntities(at: Position, entitySet: EntitySet, nodes: Nodes, checksExistence: boolean): void {
    const { name } = entitySet.entity;
    const level = readLevel({ ...this.#selection, fieldNodes: nodes }, name);
    const loaded = this.#load(entitySet, checksExistence && level === 'key' ? 'summary' : level, at);
    const type = this.#selection.schema.getType(name) as GraphQLObjectType;
    const step = entitySet.isListed ? at.step : loaded;
    this.#visit({ ...at, step, page: undefined, args: {} }, type, nodes);
  }
}

const defaultFirstOf = ({ args }: GraphQLField<unknown, unknown>): number =>
  args.find(({ name }) => name === 'first')?.defaultValue as number;

/** How many a field returns for each of its objects. */
const itemsOf = ({ field, place, costs }: FieldVisit): number =>
  isListType(getNullableType(field.type)) ? (place.page?.items ?? costs.maxItems ?? 1) : 1;

/** What an argument that is refused would have cost: nothing. */
function readSafely<Said>(
  read: ((args: Arguments) => readonly Said[]) | undefined,
  args: Arguments,
): readonly Said[] {
  try {
    return read?.(args) ?? [];
  } catch {
    return [];
  }
}
