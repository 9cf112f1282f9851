// Things that were asked for in one tick, answered with the fewest calls that can.
import { outside } from '../../access/bounds.ts';
import type { Context } from '../../context.ts';
import type { Brief } from '../../upstream/call.ts';
import { groupBy } from '../language/collections.ts';
import type { Level } from '../language/costs.ts';
import { turnBetween } from '../language/slices.ts';
import type { LoadMany } from './calls.ts';
import { type Listing, lookUp, revalidate } from './list-lookup.ts';

/** A thing in one request: its key, and what AWS has told of it so far. `detail: null` says that it does not exist. */
export type Source<Key, Summary, Detail> = Key & {
  readonly __typename: string;
  summary?: Summary;
  detail?: Detail | null;
};

export interface Demand<Key, Summary, Detail> {
  thing: Source<Key, Summary, Detail>;
  level: Level;
}

/** What will be known of one thing of a batch; boxed, since a batch would wait for a bare promise. */
export interface Coming<Summary> {
  answer: Promise<Summary | null | Error>;
}

/** Where the answers about things of one kind come from. */
export interface Answers<Key, Summary, Detail> {
  load: LoadMany<Key, Detail>;
  arnOf: (key: Key) => string;
  idOf: (key: Key) => string;
  /** Where many of them are looked up, if anywhere. */
  listing?: Listing<Key, Summary>;
}

/** Answers each in its place, and keeps with the things what AWS told. */
export async function answerBatch<Key extends object, Summary extends object, Detail extends Summary>(
  demands: readonly Demand<Key, Summary, Detail>[],
  { load, arnOf, idOf, listing }: Answers<Key, Summary, Detail>,
  context: Context,
): Promise<Coming<Summary>[]> {
  await turnBetween(demands);
  // What is outside fails alone, and spoils no batch.
  const inside = demands.filter(({ thing }) => context.bounds.mayHold(arnOf(thing)));
  const whole = new Set(inside.filter(({ level }) => level === 'detail').map(({ thing }) => thing));
  const brief = inside.map(({ thing }) => thing).filter((thing) => !whole.has(thing));
  const told = listing
    ? await lookUp(brief, listing, idOf, context)
    : new Map<Source<Key, Summary, Detail>, Summary | null>();
  const rest = [...whole, ...brief.filter((thing) => !told.has(thing))];
  // The others have been looked up in their list already.
  const lone = listing
    ? [...groupBy(brief, listing.listOf).values()].flatMap((siblings) => (siblings[1] ? [] : siblings))
    : brief;
  const briefs = new Map<Key, Brief>(lone.map((thing) => [thing, {}]));
  const briefOf = (thing: Key) => briefs.get(thing);
  const found = new Map(
    listing?.revalidates
      ? loadRevalidated(rest, whole, { load, idOf, listing }, context, briefOf)
      : zip(rest, load(rest, context, briefOf)),
  );
  // Their children are then read together, in fewer calls, unless the client would rather have each at once.
  if (!context.inParts) await Promise.all(found.values());
  await turnBetween(demands);
  const learn = async (thing: Source<Key, Summary, Detail>): Promise<Summary | null | Error> => {
    const summary = told.get(thing);
    const answer = await found.get(thing);
    if (answer instanceof Error) return answer;
    const arn = arnOf(thing);
    if (!answer && !summary && !context.bounds.covers(arn)) return outside(arn);
    const isWhole = briefOf(thing)?.page === undefined;
    if (answer !== undefined && isWhole) thing.detail = answer;
    else if (summary === null) thing.detail = null;
    else thing.summary = answer ?? summary;
    return thing.detail === undefined ? (thing.summary ?? null) : thing.detail;
  };
  return demands.map(({ thing }) => ({ answer: learn(thing) }));
}

/** Loads things of which a list says whether their details still hold, each list by itself, since its pages take time. */
function loadRevalidated<Key extends object, Summary extends object, Detail extends Summary>(
  things: readonly Source<Key, Summary, Detail>[],
  whole: ReadonlySet<Source<Key, Summary, Detail>>,
  {
    load,
    idOf,
    listing,
  }: Pick<Answers<Key, Summary, Detail>, 'load' | 'idOf'> & { listing: Listing<Key, Summary> },
  context: Context,
  briefOf: (thing: Key) => Brief | undefined,
): [Source<Key, Summary, Detail>, Promise<Detail | null | Error>][] {
  return [...groupBy(things, listing.listOf).values()].flatMap((siblings) => {
    const detailed = siblings.filter((thing) => whole.has(thing));
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
