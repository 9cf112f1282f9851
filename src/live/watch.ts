// One watched resource in this replica: the view, and the poller that runs while it has subscribers.
import type { GapReason } from './messages.ts';
import type { Poller, PollListener } from './poller.ts';
import type { View, ViewListener } from './view.ts';

export interface WatchListener<Item> {
  onChange: ViewListener<Item>;
  /** Changes were missed, or may be. */
  onGap: (reason: GapReason) => void;
  /** After a gap: what holds now. */
  onState: () => void;
}

interface WatchOptions<Item> {
  view: View<Item>;
  poller: (listener: PollListener) => Poller<Item>;
  /** Its last subscriber has left. */
  onIdle: () => void;
  onBusy: () => void;
  /** See `PollListener`. */
  onFound: () => void;
}

export class Watch<Item> {
  readonly view: View<Item>;
  readonly #options: WatchOptions<Item>;
  readonly #poller: Poller<Item>;
  readonly #listeners = new Set<WatchListener<Item>>();
  #open = 0;
  #ready: Promise<void> | undefined;
  #isReady = false;

  constructor(options: WatchOptions<Item>) {
    this.#options = options;
    this.view = options.view;
    const listeners = () => (this.#isReady ? [...this.#listeners] : []);
    this.#poller = options.poller({
      onGap: (reason) => {
        for (const { onGap } of listeners()) onGap(reason);
      },
      onState: () => {
        for (const { onState } of listeners()) onState();
      },
      onFound: options.onFound,
    });
    this.view.listen((change) => {
      for (const { onChange } of [...this.#listeners]) onChange(change);
    });
  }

  /** Returns what ends it. */
  open(): () => void {
    this.#open += 1;
    if (this.#open === 1) this.#options.onBusy();
    this.#ready ??= this.#start();
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      this.#open -= 1;
      if (this.#open > 0) return;
      this.#isReady = false;
      this.#ready = undefined;
      this.#poller.stop();
      this.#options.onIdle();
    };
  }

  /** A start that fails is repeated for the next one who opens it. */
  #start(): Promise<void> {
    const ready = this.#poller.start();
    ready.then(
      () => (this.#isReady = this.#ready === ready),
      () => {
        if (this.#ready === ready) this.#ready = undefined;
      },
    );
    return ready;
  }

  /** Resolves when the view is what AWS says now. */
  async ready(): Promise<void> {
    await this.#ready;
  }

  listen(listener: WatchListener<Item>): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  nudge(): void {
    if (this.#open > 0) this.#poller.nudge();
  }

  close(): void {
    this.#poller.stop();
  }

  restart(): void {
    this.#poller.restart();
  }
}
