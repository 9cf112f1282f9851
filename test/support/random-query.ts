// Queries that nobody would write, to see that what holds for all queries holds for them: the same ones for a seed.
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLNamedOutputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { Pool } from './pool.ts';

type Field = GraphQLField<unknown, unknown>;

/** Numbers from 0 to 1 (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export class QueryWriter {
  readonly #schema: GraphQLSchema;
  readonly #pool: Pool;
  readonly #roll: () => number;
  #aliases = 0;

  constructor(schema: GraphQLSchema, pool: Pool, seed: number) {
    this.#schema = schema;
    this.#pool = pool;
    this.#roll = dice(seed);
  }

  /** Up to three fields of Query, with a few below each of them, down to where it happens to end. */
  query(): string {
    const fields = Object.values(this.#schema.getQueryType()?.getFields() ?? {});
    const some = this.#times(3, () => this.#one(fields.filter(({ name }) => name !== '_service')));
    return `{ ${some.map((field) => this.#write(field, this.#upTo(7))).join(' ')} }`;
  }

  /** A query for the last of these fields, each of which stands below the one before. */
  path([field, ...below]: readonly Field[]): string {
    if (!field) return '__typename';
    const type = getNamedType(field.type);
    if (isLeafType(type)) return this.call(field);
    const condition = isAbstractType(type) && below[0] ? `... on ${this.#ownerOf(below[0])} ` : '';
    return `${this.call(field)} { ${condition ? `${condition}{ ${this.path(below)} }` : this.path(below)} }`;
  }

  /** A field with values for its arguments. */
  call(field: Field): string {
    const given = field.args.flatMap((arg) => this.#argument(field, arg));
    return `${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''}`;
  }

  #ownerOf = (field: Field): string =>
    Object.values(this.#schema.getTypeMap()).find(
      (type) => 'getFields' in type && Object.values(type.getFields()).includes(field as never),
    )?.name as string;

  #upTo = (most: number): number => 1 + Math.floor(this.#roll() * most);
  #one = <Item>(items: readonly Item[]): Item => items[Math.floor(this.#roll() * items.length)] as Item;
  #times = <Item>(most: number, make: () => Item): Item[] => Array.from({ length: this.#upTo(most) }, make);

  #write(field: Field, depth: number): string {
    this.#aliases += 1;
    const type = getNamedType(field.type);
    const below = isLeafType(type) ? '' : this.#selection(type, depth - 1);
    return `f${this.#aliases}: ${this.call(field)} ${below}`;
  }

  #selection(type: GraphQLNamedOutputType, depth: number): string {
    if (isAbstractType(type)) {
      const types = this.#schema.getPossibleTypes(type);
      const some = this.#times(4, () => this.#one(types));
      return `{ __typename ${some.map((one) => `... on ${one.name} ${this.#selection(one, depth)}`).join(' ')} }`;
    }
    const fields = Object.values((type as GraphQLObjectType).getFields());
    const leaves = fields.filter((field) => isLeafType(getNamedType(field.type)));
    const others = fields.filter((field) => !leaves.includes(field));
    const picked = [
      ...this.#times(2, () => this.#one(leaves)),
      ...(depth > 0 ? this.#times(2, () => this.#one(others)) : []),
    ].filter((field) => field !== undefined);
    return `{ __typename ${picked.map((field) => this.#write(field, depth)).join(' ')} }`;
  }

  #argument(field: Field, { name, type }: GraphQLArgument): string[] {
    if (name === 'first') return this.#roll() < 0.2 ? [] : [`first: ${this.#upTo(4)}`];
    if (!isNonNullType(type) && this.#roll() < 0.7) return [];
    const nullable = getNullableType(type);
    if (isInputObjectType(nullable)) return [`${name}: ${this.#filter(nullable)}`];
    const values = this.#pool[name === 'arn' ? `${field.name}Arn` : name];
    if (!values) return [];
    const value = isListType(nullable)
      ? `[${this.#times(6, () => this.#one(values)).join(', ')}]`
      : this.#one(values);
    return [`${name}: ${value}`];
  }

  #filter(type: GraphQLInputObjectType): string {
    const { name, type: wrapped } = this.#one(Object.values(type.getFields()));
    const member = getNamedType(wrapped);
    if (isEnumType(member)) return `{ ${name}: ${this.#one(member.getValues()).name} }`;
    return `{ ${name}: ${member.name === 'Boolean' ? 'true' : this.#one(this.#pool[name] ?? ['"nobody"'])} }`;
  }
}
