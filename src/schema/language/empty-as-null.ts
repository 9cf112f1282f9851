// How AWS says "nothing": an absent member, an empty string, an enum value that its own model does not list.
// All of them read as null here, in one place, so that no field can forget it. So does a number that its type cannot hold;
// a value of another type than AWS documents is an error of AWS's, not of ours.
import SchemaBuilder, {
  BasePlugin,
  type PothosOutputFieldConfig,
  type PothosOutputFieldType,
  type SchemaTypes,
} from '@pothos/core';
import type { GraphQLFieldResolver } from 'graphql';
import type { Context } from '../../context.ts';
import { UpstreamError } from '../../upstream/errors.ts';
import { quote } from '../../upstream/quote.ts';

const name = 'emptyAsNull';

/** What a value means to a field: `empty` reads as null, `foreign` is of another type than documented. */
type Verdict = 'valid' | 'empty' | 'tooLarge' | 'foreign';
type Judge = (value: unknown) => Verdict;

const judgeText: Judge = (value) => {
  if (value === '') return 'empty';
  return typeof value === 'string' ? 'valid' : 'foreign';
};
/** GraphQL's Int has 32 bits; AWS's numbers have 64. */
const judgeInt: Judge = (value) => {
  if (typeof value !== 'number' || !Number.isInteger(value)) return 'foreign';
  return (value | 0) === value ? 'valid' : 'tooLarge';
};

const scalars: Record<string, Judge> = {
  String: judgeText,
  ID: judgeText,
  Int: judgeInt,
  Float: (value) => (typeof value === 'number' ? 'valid' : 'foreign'),
  Boolean: (value) => (typeof value === 'boolean' ? 'valid' : 'foreign'),
};

class EmptyAsNullPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override wrapResolve(
    resolve: GraphQLFieldResolver<unknown, Types['Context'], object>,
    { type, parentType, name: field }: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    const isList = type.kind === 'List';
    const judge = this.judgeOf(isList ? type.type : type);
    if (!judge) return resolve;
    const cleanOne = cleaner(judge, `${parentType}.${field}`, isList || type.nullable);
    const clean = isList ? cleanList(cleanOne) : cleanOne;
    return (parent, args, context, info) => {
      const value = resolve(parent, args, context, info);
      return value instanceof Promise
        ? value.then((late) => clean(late, context as never))
        : clean(value, context as never);
    };
  }

  private judgeOf(type: PothosOutputFieldType<Types>): Judge | undefined {
    if (type.kind === 'Scalar') return scalars[this.buildCache.getTypeConfig(type.ref).name];
    if (type.kind !== 'Enum') return undefined;
    const known = new Set(
      Object.values(this.buildCache.getTypeConfig(type.ref, 'Enum').values).map((entry) => entry.value),
    );
    return (value) => (known.has(value) ? 'valid' : 'empty');
  }
}

type Log = Pick<Context, 'log'>;
type Clean = (value: unknown, context: Log) => unknown;

/** A field that promises a value keeps its empty string: a tag's value may be one. */
const cleaner =
  (judge: Judge, field: string, isNullable: boolean): Clean =>
  (value, { log }) => {
    if (value === undefined || value === null || value instanceof Error) return value;
    const verdict = judge(value);
    if (verdict === 'valid') return value;
    if (verdict === 'empty') return isNullable ? null : value;
    if (verdict === 'foreign' || !isNullable)
      throw new UpstreamError(`AWS returned a value of another type for ${field}`);
    log.warn({ field, value: quote(value) }, 'a number that its type cannot hold reads as null');
    return null;
  };

const cleanList =
  (cleanOne: Clean): Clean =>
  (values, context) =>
    Array.isArray(values)
      ? values
          .map((value) => cleanOne(value, context))
          .filter((value) => value !== null && value !== undefined)
      : values;

declare global {
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      emptyAsNull: EmptyAsNullPlugin<Types>;
    }
  }
}

SchemaBuilder.registerPlugin(name, EmptyAsNullPlugin);
