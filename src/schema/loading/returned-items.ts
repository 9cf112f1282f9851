// What a client has of a list. AWS's lists may move while they are read: what was at the end of one page then comes again
// at the beginning of the next one, and is left out there.

export class ReturnedItems {
  readonly #haveIds: boolean;
  /** In their order, by their names: one stretch at most, and what its cursor names. */
  readonly #names: string[];
  readonly #known: Set<string>;

  /** `names` are those of a cursor, and all `before` the next page where it stands at the end of one. */
  constructor(haveIds: boolean, names: readonly string[], { before }: { before: boolean }) {
    this.#haveIds = haveIds;
    this.#names = before ? names.toReversed() : [];
    this.#known = new Set(names);
  }

  /** The places of what is new on a page, of which the client has all before `from`. */
  add(page: readonly string[], from: number): number[] {
    const repeated = from === 0 ? countRepeated(this.#names, page) : 0;
    const places: number[] = [];
    for (const [place, name] of page.entries()) {
      const isRepeated = place >= from && (this.#haveIds ? this.#known.has(name) : place < repeated);
      this.#known.add(name);
      if (isRepeated) continue;
      this.#names.push(name);
      if (place >= from) places.push(place);
    }
    return places;
  }

  get count(): number {
    return this.#names.length;
  }

  /** The last names, the newest first; of the first `end` ones. */
  last(count: number, end = this.#names.length): string[] {
    return this.#names.slice(Math.max(0, end - count), end).reverse();
  }
}

/**
 * How many items of a page are the last ones before it once more, where items have no ids. Equal items may be different ones,
 * such as two events of the same moment: so they count as repeated only if they stand at the border, in the same order, and
 * nowhere else, which would prove that the list has equal items.
 */
function countRepeated(before: readonly string[], page: readonly string[]): number {
  const [first] = page;
  const run = first === undefined ? [] : before.slice(indexFromEnd(before, first));
  const isRepeated = run.every(
    (name, place) =>
      isOnce(name, before) && (place >= page.length || (page[place] === name && isOnce(name, page))),
  );
  return isRepeated ? Math.min(run.length, page.length) : 0;
}

const indexFromEnd = (names: readonly string[], name: string): number => {
  const index = names.lastIndexOf(name);
  return index < 0 ? names.length : index;
};
const isOnce = (name: string, names: readonly string[]): boolean =>
  names.indexOf(name) === names.lastIndexOf(name);
