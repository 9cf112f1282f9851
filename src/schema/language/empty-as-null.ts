// How AWS says "nothing": an absent member, an empty string. Beside it, what this graph cannot show: an enum value that AWS's
// model of today does not list.
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

/** Extensions of a nullable field in which an empty string is a value. */
export const keepsEmpty = { keepsEmpty: true } as const;

/** What a value means to a field: `foreign` is of another type than documented, all others but `valid` read as null. */
type Verdict = 'valid' | 'empty' | 'tooLarge' | 'unlisted' | 'foreign';
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

const judgeEnum =
  (known: ReadonlySet<unknown>): Judge =>
  (value) => {
    const verdict = judgeText(value);
    return verdict === 'valid' && !known.has(value) ? 'unlisted' : verdict;
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
    { type, parentType, name: field, extensions }: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    if (extensions?.keepsEmpty) return resolve;
    const isList = type.kind === 'List';
    const item = isList ? type.type : type;
    const judge = this.judgeOf(item);
    if (!judge) return resolve;
    const cleanOne = cleaner(judge, {
      field: `${parentType}.${field}`,
      typeName: this.nameOf(item),
      isNullable: isList || type.nullable,
    });
    const clean = isList ? cleanList(cleanOne) : cleanOne;
    return (parent, args, context, info) => {
      const value = resolve(parent, args, context, info);
      return value instanceof Promise
        ? value.then((late) => clean(late, context as never))
        : clean(value, context as never);
    };
  }

  private judgeOf(type: PothosOutputFieldType<Types>): Judge | undefined {
    if (type.kind === 'Scalar') return scalars[this.nameOf(type)];
    if (type.kind !== 'Enum') return undefined;
    const { values } = this.buildCache.getTypeConfig(type.ref, 'Enum');
    return judgeEnum(new Set(Object.values(values).map((entry) => entry.value)));
  }

  private nameOf(type: PothosOutputFieldType<Types>): string {
    return type.kind === 'List' ? this.nameOf(type.type) : this.buildCache.getTypeConfig(type.ref).name;
  }
}

type Log = Pick<Context, 'log'>;
type Clean = (value: unknown, context: Log) => unknown;

interface Place {
  field: string;
  typeName: string;
  isNullable: boolean;
}

const UNLISTED = 'a value of AWS that this enum does not have reads as null';

/** A field that promises a value keeps its empty string: a tag's value may be one. */
const cleaner =
  (judge: Judge, { field, typeName, isNullable }: Place): Clean =>
  (value, { log }) => {
    if (value === undefined || value === null || value instanceof Error) return value;
    const verdict = judge(value);
    if (verdict === 'valid') return value;
    if (verdict === 'empty') return isNullable ? null : value;
    if (verdict === 'foreign' || !isNullable)
      throw new UpstreamError(`AWS returned a value of another type for ${field}`);
    // AWS adds values to its enums; a new one comes with each item of a list.
    if (verdict === 'unlisted') log.warnOnce({ enum: typeName, value: quote(value) }, { field }, UNLISTED);
    else log.warn({ field, value: quote(value) }, 'a number that its type cannot hold reads as null');
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
