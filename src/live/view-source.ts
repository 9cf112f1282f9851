// What subscribers of a view listen to: its state, then its changes.
import type { Joined, LiveSource } from '../events/live-source.ts';
import { iterate } from './iterate.ts';
import { type ChangeMessage, gapAt, type StateMessage, type ViewMessage } from './messages.ts';
import type { Watch } from './watch.ts';

type Listener<Item> = (message: ViewMessage<Item>) => void;

export class ViewSource<Item> implements LiveSource<ViewMessage<Item>> {
  after: string | undefined;
  readonly #watch: Watch<Item>;
  readonly #keeps: (item: Item) => boolean;
  readonly #listeners = new Set<Listener<Item>>();
  readonly #release: () => void;
  readonly #stop: () => void;
  readonly #iterator = iterate(this);
  /** The same for all who join before the next change. */
  #state: StateMessage<Item> | undefined;

  /** `keeps`: the items that the subscribers may see, and want to. */
  constructor(watch: Watch<Item>, keeps: (item: Item) => boolean) {
    this.#watch = watch;
    this.#keeps = keeps;
    this.#release = watch.open();
    this.#stop = watch.listen({
      onChange: (change) => {
        if (!keeps(change.item) && !(change.before && keeps(change.before))) return;
        this.#emit({ ...change, type: change.kind });
      },
      onGap: (reason) => this.#emit(gapAt(this.#watch.view.cursor, reason)),
      onState: () => {
        this.#state = undefined;
        this.#emit(this.#now());
      },
    });
  }

  ready(): Promise<void> {
    return this.#watch.ready();
  }

  join(after: string | undefined, listener: Listener<Item>): Joined<ViewMessage<Item>> {
    this.#listeners.add(listener);
    return { first: this.#first(after), leave: () => void this.#listeners.delete(listener) };
  }

  resume(): readonly ViewMessage<Item>[] {
    return [gapAt(this.#watch.view.cursor, 'SLOW_READER'), this.#now()];
  }

  close(): void {
    this.#stop();
    this.#release();
  }

  [Symbol.asyncIterator](): AsyncIterator<ViewMessage<Item>> {
    return this.#iterator;
  }

  #first(after: string | undefined): readonly ViewMessage<Item>[] {
    if (after === undefined) return [this.#now()];
    const missed = this.#watch.view.since(after);
    if (!missed) return [gapAt(this.#watch.view.cursor, 'EXPIRED_CURSOR'), this.#now()];
    return missed
      .filter(({ item, before }) => this.#keeps(item) || (before !== undefined && this.#keeps(before)))
      .map((change): ChangeMessage<Item> => ({ ...change, type: change.kind }));
  }

  #now(): StateMessage<Item> {
    const { name, cursor, items, sweptAt = new Date() } = this.#watch.view;
    if (this.#state?.cursor === cursor && this.#state.seenAt === sweptAt) return this.#state;
    const kept = [...items.values()].filter(this.#keeps);
    const id = `${name} ${cursor} ${sweptAt.getTime()}`;
    this.#state = { type: 'state', id, cursor, items: kept, seenAt: sweptAt };
    return this.#state;
  }

  #emit(message: ViewMessage<Item>): void {
    this.#state = undefined;
    for (const listener of [...this.#listeners]) listener(message);
  }
}
