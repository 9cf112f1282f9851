// Objects that were requested in one tick, loaded with the fewest calls.
import { outside } from '../../access/bounds.ts';
import type { Context } from '../../context.ts';
import type { Brief } from '../../upstream/call.ts';
import { groupBy } from '../language/collections.ts';
import type { Level } from '../language/costs.ts';
import { turnBetween } from '../language/slices.ts';
import type { LoadMany } from './calls.ts';
import { type Listing, lookUp, revalidate } from './list-lookup.ts';

/** An object in one request: its key, and what AWS has returned of it so far. `detail: null`: it does not exist. */
export type Source<Key, Summary, Detail> = Key & {
  readonly __typename: string;
  summary?: Summary;
  detail?: Detail | null;
};

export interface Demand<Key, Summary, Detail> {
  source: Source<Key, Summary, Detail>;
  level: Level;
}

/** What will be known of one object of a batch; boxed, since a batch would wait for a bare promise. */
export interface Coming<Summary> {
  answer: Promise<Summary | null | Error>;
}

/** Where the facts of objects of one type come from. */
export interface Answers<Key, Summary, Detail> {
  load: LoadMany<Key, Detail>;
  arnOf: (key: Key) => string;
  idOf: (key: Key) => string;
  /** The list in which many of them are looked up, if there is one. */
  listing?: Listing<Key, Summary>;
}

/** One result per demand, in their order; what AWS returned is stored in the objects. */
export async function answerBatch<Key extends object, Summary extends object, Detail extends Summary>(
  demands: readonly Demand<Key, Summary, Detail>[],
  { load, arnOf, idOf, listing }: Answers<Key, Summary, Detail>,
  context: Context,
): Promise<Coming<Summary>[]> {
  await turnBetween(demands);
  // What is outside fails alone, and spoils no batch.
  const inside = demands.filter(({ source }) => context.bounds.mayHold(arnOf(source)));
  const whole = new Set(inside.filter(({ level }) => level === 'detail').map(({ source }) => source));
  const brief = inside.map(({ source }) => source).filter((source) => !whole.has(source));
  const listed = listing
    ? await lookUp(brief, listing, idOf, context)
    : new Map<Source<Key, Summary, Detail>, Summary | null>();
  const rest = [...whole, ...brief.filter((source) => !listed.has(source))];
  // The others have been looked up in their list already.
  const lone = listing
    ? [...groupBy(brief, listing.listOf).values()].flatMap((siblings) => (siblings[1] ? [] : siblings))
    : brief;
  const briefs = new Map<Key, Brief>(lone.map((source) => [source, {}]));
  const briefOf = (source: Key) => briefs.get(source);
  const found = new Map(
    listing?.revalidates
      ? loadRevalidated(rest, whole, { load, idOf, listing }, context, briefOf)
      : zip(rest, load(rest, context, briefOf)),
  );
  // Their children are then read together, in fewer calls, unless the client would rather have each at once.
  if (!context.inParts) await Promise.all(found.values());
  await turnBetween(demands);
  const learn = async (source: Source<Key, Summary, Detail>): Promise<Summary | null | Error> => {
    const summary = listed.get(source);
    const answer = await found.get(source);
    if (answer instanceof Error) return answer;
    const arn = arnOf(source);
    if (!answer && !summary && !context.bounds.covers(arn)) return outside(arn);
    const isWhole = briefOf(source)?.page === undefined;
    if (answer !== undefined && isWhole) source.detail = answer;
    else if (summary === null) source.detail = null;
    else source.summary = answer ?? summary;
    return source.detail === undefined ? (source.summary ?? null) : source.detail;
  };
  return demands.map(({ source }) => ({ answer: learn(source) }));
}

/** Loads objects of which a list says whether their details still hold, each list by itself, since its pages take time. */
function loadRevalidated<Key extends object, Summary extends object, Detail extends Summary>(
  sources: readonly Source<Key, Summary, Detail>[],
  whole: ReadonlySet<Source<Key, Summary, Detail>>,
  {
    load,
    idOf,
    listing,
  }: Pick<Answers<Key, Summary, Detail>, 'load' | 'idOf'> & { listing: Listing<Key, Summary> },
  context: Context,
  briefOf: (source: Key) => Brief | undefined,
): [Source<Key, Summary, Detail>, Promise<Detail | null | Error>][] {
  return [...groupBy(sources, listing.listOf).values()].flatMap((siblings) => {
    const detailed = siblings.filter((source) => whole.has(source));
    const answers = revalidate(detailed, listing, idOf, context).then(() => load(siblings, context, briefOf));
    const answerAt = async (index: number) => (await answers)[index] as Promise<Detail | null | Error>;
    return zip(
      siblings,
      siblings.map((_, index) => answerAt(index)),
    );
  });
}

const zip = <A, B>(left: readonly A[], right: readonly B[]): [A, B][] =>
  left.map((item, index) => [item, right[index] as B]);
