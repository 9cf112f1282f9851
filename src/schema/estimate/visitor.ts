// The walk over the selection of an operation: fields declare their costs at each position, and the walk continues with the
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
import type { Arguments, FieldCosts, List } from '../language/costs.ts';
import { type ConnectionArgs, sizeOf } from '../loading/connection.ts';
import { type AnyEntity, entities } from '../loading/entity.ts';
import { readLevel } from '../loading/required-level.ts';
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
import { FieldCalls, readSafely } from './field-calls.ts';
import { once, type SameFields } from './same-fields.ts';

/** Fragments that spread others twice double at each level; no real query needs so many fields. */
const MAX_FIELDS = 20_000;

/** Lists without a `first` in the document, each with its default. */
export type UnstatedLists = Map<string, { name: string; first: number }>;

/** Fields of one response key, or what their selections stand below. */
type Nodes = Selection['fieldNodes'];

/** One field on the objects of a position. */
interface FieldVisit {
  position: Position;
  nodes: readonly FieldNode[];
  field: GraphQLField<unknown, unknown>;
  costs: FieldCosts;
  same: SameFields;
}

export class EstimateVisitor {
  readonly #selection: Omit<Selection, 'fieldNodes'>;
  readonly #calls: FieldCalls;
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
    this.#calls = new FieldCalls(defaultTarget);
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
        this.#field({ ...root, step: this.#calls.nextStep }, type, equal, new Map());
      }
    }
    return this.#calls.total();
  }

  #fieldsOf(type: GraphQLObjectType, fieldNodes: Nodes): Map<string, FieldNode[]> {
    const fields = selectedFields({ ...this.#selection, fieldNodes }, type);
    return groupBy(fields, ({ alias, name }) => (alias ?? name).value);
  }

  #visit(position: Position, type: GraphQLObjectType, nodes: Nodes): void {
    const same: SameFields = new Map();
    for (const equal of this.#fieldsOf(type, nodes).values()) this.#field(position, type, equal, same);
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
    const position = {
      ...of,
      target: targetNamed(args, this.#defaultTarget) ?? of.target,
      args: { ...of.args, ...args },
    };
    const step = this.#calls.make(costs, position, same);
    this.#follow({ position: { ...position, step }, nodes, field, costs, same }, args);
  }

  /** Undefined for what is refused before anything is resolved. */
  #argumentsOf(field: GraphQLField<unknown, unknown>, node: FieldNode): Arguments | undefined {
    try {
      return getArgumentValues(field, node, this.#selection.variableValues);
    } catch {
      return undefined;
    }
  }

  #follow(visit: FieldVisit, args: Arguments): void {
    const { position, nodes, field, costs } = visit;
    const type = getNamedType(field.type);
    const entity = entities.get(type.name);
    if (costs.references) {
      for (const entitySet of named(readSafely(costs.references, position.args)))
        this.#enterNamed(visit, entitySet);
    } else if (costs.list) this.#list(visit, costs.list, args);
    else if (entity) this.#enter(visit, entity, args);
    else {
      const many = itemsOf(visit);
      const page = field.name === 'edges' ? position.page : undefined;
      const [count, distinct] = [times(position.count, many), times(position.distinct, many)];
      for (const one of this.#typesOf(type)) this.#visit({ ...position, page, count, distinct }, one, nodes);
    }
  }

  #typesOf(type: GraphQLNamedType): readonly GraphQLObjectType[] {
    if (isAbstractType(type)) return this.#selection.schema.getPossibleTypes(type);
    return isObjectType(type) ? [type] : [];
  }

  /** Entities that arguments name, of several types at one position. */
  #enterNamed({ position, nodes, costs }: FieldVisit, entitySet: EntitySet): void {
    const { count } = entitySet;
    const target = alike(entitySet.target, this.#defaultTarget);
    const at = {
      ...position,
      target,
      entitySet: Object.assign(entitySet, { target }),
      count,
      distinct: count,
      groups: 1,
    };
    const ancestors = descend(at, entitySet, count, false);
    this.#visitEntities({ ...at, ancestors }, entitySet, nodes, !!costs.checksExistence);
  }

  #list({ position, nodes, field, costs, same }: FieldVisit, list: List, args: ConnectionArgs): void {
    const type = getNamedType(field.type) as GraphQLObjectType;
    const isStated = nodes.some((node) => node.arguments?.some(({ name }) => name.value === 'first'));
    const usual = defaultFirstOf(field);
    if (!isStated) this.unstated.set(`${field.name} ${usual}`, { name: field.name, first: usual });
    const first = (isStated ? args.first : this.#unstatedFirst) ?? usual;
    const { items, calls: full } = sizeOf({ ...args, first }, list);
    const calls = full && full + (costs.extraPages?.(args as Arguments) ?? 0);
    const page = once(same, field.name, args, () => {
      this.#calls.list(list, calls, position);
      return { items, entitySet: this.#listedOn(type, position, items) };
    });
    this.#visit({ ...unbatched(position), page, step: position.step + 1 }, type, nodes);
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

  #enter(visit: FieldVisit, entity: AnyEntity, args: Arguments): void {
    const { position, nodes, field, costs, same } = visit;
    const back = costs.toParent && toParent(position, entity.name);
    if (back?.entitySet) {
      this.#visitEntities(back, back.entitySet, nodes, false);
      return;
    }
    const items = itemsOf(visit);
    const isChild = !!(position.page || costs.isChild || costs.checksExistence);
    const known = costs.returnsDetail ? 'detail' : costs.returnsSummary ? 'summary' : 'key';
    const entitySet =
      position.page?.entitySet ??
      once(same, field.name, args, () => ({
        ...referred(position, entity, items, isChild),
        ...{ known, isListed: known === 'summary' },
      }));
    const count = times(position.count, items);
    const from = costs.unbatched ? unbatched(position) : position;
    const ancestors = descend(from, entitySet, Math.ceil(count / Math.max(1, from.groups)), isChild);
    const at = { ...from, entitySet, count, distinct: entitySet.count, ancestors };
    this.#visitEntities(at, entitySet, nodes, !!costs.checksExistence);
  }

  /** Loads as much as is selected; what is listed already does not wait for its details. */
  #visitEntities(at: Position, entitySet: EntitySet, nodes: Nodes, checksExistence: boolean): void {
    const { name } = entitySet.entity;
    const level = readLevel({ ...this.#selection, fieldNodes: nodes }, name);
    const loaded = this.#calls.load(entitySet, checksExistence && level === 'key' ? 'summary' : level, at);
    const type = this.#selection.schema.getType(name) as GraphQLObjectType;
    const step = entitySet.isListed ? at.step : loaded;
    this.#visit({ ...at, step, page: undefined, args: {} }, type, nodes);
  }
}

const defaultFirstOf = ({ args }: GraphQLField<unknown, unknown>): number =>
  args.find(({ name }) => name === 'first')?.defaultValue as number;

/** How many a field returns for each of its objects. */
const itemsOf = ({ field, position, costs }: FieldVisit): number =>
  isListType(getNullableType(field.type)) ? (position.page?.items ?? costs.maxItems ?? 1) : 1;
