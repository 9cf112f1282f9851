// Options of the fields of an entity: how each is filled, and what it costs.
import type { MaybePromise } from '@pothos/core';
import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../../context.ts';
import type { OperationName } from '../../upstream/operation.ts';
import type { Batch, FieldCosts, Level } from '../language/costs.ts';
import { shareable } from '../language/shareable.ts';
import type { Source } from './batch.ts';

/** What a resource got from its creator: another subgraph may know that as well, and provide it without a call. */
const GIVEN_BY_YOU: ReadonlySet<string> = new Set(['name', 'userId', 'attributes']);

interface Filled<Key, Summary, Detail> {
  filledBy: OperationName;
  batchedBy: Batch | undefined;
  factsOf(source: Source<Key, Summary, Detail>, level: Level, context: Context): MaybePromise<Summary | null>;
}

export type EntityFields<Key, Summary, Detail extends Summary> = ReturnType<
  typeof entityFields<Key, Summary, Detail>
>;

export function entityFields<Key, Summary, Detail extends Summary>(entity: Filled<Key, Summary, Detail>) {
  const common = (level: Level, description: string) => ({
    description: level === 'detail' ? `${description} Call: ${callOf(entity)}.` : description,
    extensions: { level } satisfies FieldCosts,
  });
  const member =
    (level: Level) =>
    <M extends keyof Detail & string, Shown = Detail[M]>(
      name: M,
      description: string,
      show: (
        value: NonNullable<Detail[M]>,
        context: Context,
        info: GraphQLResolveInfo,
      ) => MaybePromise<Shown> = (value) => value as unknown as Shown,
    ) => ({
      ...common(level, description),
      extensions: { level, ...(GIVEN_BY_YOU.has(name) && shareable.extensions) } satisfies FieldCosts,
      resolve: (
        source: Source<Key, Summary, Detail>,
        _args: object,
        context: Context,
        info: GraphQLResolveInfo,
      ): MaybePromise<Shown | null> => {
        const read = (facts: Summary | null): MaybePromise<Shown | null> => {
          const value = (facts as Detail | null)?.[name];
          return value === undefined || value === null ? null : show(value, context, info);
        };
        return whenKnown(entity.factsOf(source, level, context), read);
      },
    });

  const computed = <Shown, Args extends object>(
    level: 'summary' | 'detail',
    description: string,
    compute: (facts: Summary & Partial<Detail>, args: Args, key: Key) => Shown | null,
  ) => ({
    ...common(level, description),
    resolve: (source: Source<Key, Summary, Detail>, args: Args, context: Context) =>
      whenKnown(
        entity.factsOf(source, level, context),
        (known) => known && compute(known as Summary & Partial<Detail>, args, source),
      ),
  });

  return { member, computed };
}

const callOf = ({ filledBy, batchedBy }: Pick<Filled<never, never, never>, 'filledBy' | 'batchedBy'>) =>
  batchedBy ? `${batchedBy.operation}, one per ${batchedBy.size} items` : `${filledBy}, one per item`;

const whenKnown = <Facts, Shown>(
  facts: MaybePromise<Facts>,
  read: (facts: Facts) => MaybePromise<Shown>,
): MaybePromise<Shown> => (facts instanceof Promise ? facts.then(read) : read(facts));
