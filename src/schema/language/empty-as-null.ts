// How AWS says "nothing": an absent member, an empty string, an enum value that its own model does not list.
// All of them read as null here, in one place, so that no field can forget it.
import SchemaBuilder, {
  BasePlugin,
  type PothosOutputFieldConfig,
  type PothosOutputFieldType,
  type SchemaTypes,
} from '@pothos/core';
import type { GraphQLFieldResolver } from 'graphql';

const name = 'absence';

type Present = (value: unknown) => boolean;

class AbsencePlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override wrapResolve(
    resolve: GraphQLFieldResolver<unknown, Types['Context'], object>,
    { type }: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    const isPresent = this.presenceOf(type.kind === 'List' ? type.type : type);
    // A field that promises a value keeps its empty string: a tag's value may be one.
    if (!isPresent || (!type.nullable && type.kind !== 'List')) return resolve;
    const clean =
      type.kind === 'List'
        ? (value: unknown) => keep(value, isPresent)
        : (value: unknown) => (isPresent(value) ? value : null);
    return (...args) => {
      const value = resolve(...args);
      return value instanceof Promise ? value.then(clean) : clean(value);
    };
  }

  private presenceOf(type: PothosOutputFieldType<Types>): Present | undefined {
    if (type.kind === 'Scalar') {
      const isText = ['String', 'ID'].includes(this.buildCache.getTypeConfig(type.ref).name);
      return isText ? (value) => value !== '' : undefined;
    }
    if (type.kind !== 'Enum') return undefined;
    const known = new Set(
      Object.values(this.buildCache.getTypeConfig(type.ref, 'Enum').values).map((entry) => entry.value),
    );
    return (value) => known.has(value);
  }
}

const keep = (value: unknown, isPresent: Present) => (Array.isArray(value) ? value.filter(isPresent) : value);

declare global {
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      absence: AbsencePlugin<Types>;
    }
  }
}

SchemaBuilder.registerPlugin(name, AbsencePlugin);
