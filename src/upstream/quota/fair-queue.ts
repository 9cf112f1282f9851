/**
 * Those who wait, in turns: one of each caller, then the next one of each. A request that wants 500 objects does not
 * keep the next request, which wants one, waiting for all of them.
 */
export class FairQueue<Item> {
  readonly #lines = new Map<object, Item[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get callers(): number {
    return this.#lines.size;
  }

  /** Behind the others of its caller, or before them. */
  push(caller: object, item: Item, isFirst = false): void {
    const line = this.#lines.get(caller);
    if (!line) this.#lines.set(caller, [item]);
    else if (isFirst) line.unshift(item);
    else line.push(item);
    this.#size += 1;
  }

  /** Whose turn it is; the caller's next one goes behind those of all others. */
  shift(): Item | undefined {
    for (const [caller, line] of this.#lines) {
      const item = line.shift() as Item;
      this.#lines.delete(caller);
      if (line.length > 0) this.#lines.set(caller, line);
      this.#size -= 1;
      return item;
    }
    return undefined;
  }

  /** All of them in the order of their turns, if no other comes, and the how-many-eth of its caller each is. */
  *inTurn(): Generator<[item: Item, turn: number]> {
    const lines = [...this.#lines.values()].map((line) => [...line]);
    for (let turn = 1; lines.some((line) => turn <= line.length); turn += 1)
      for (const line of lines) if (turn <= line.length) yield [line[turn - 1] as Item, turn];
  }

  remove(caller: object, item: Item): void {
    const line = this.#lines.get(caller);
    const place = line?.indexOf(item) ?? -1;
    if (!line || place < 0) return;
    line.splice(place, 1);
    if (line.length === 0) this.#lines.delete(caller);
    this.#size -= 1;
  }

  /** Where one more of this caller would stand, if no other comes. */
  placeOf(caller: object): { ahead: number; turn: number } {
    const own = this.#lines.get(caller)?.length ?? 0;
    let ahead = own;
    for (const [other, line] of this.#lines) if (other !== caller) ahead += Math.min(line.length, own + 1);
    return { ahead, turn: own + 1 };
  }
}
