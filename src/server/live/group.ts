// Equal subscriptions of callers with equal rights: they have one source, one execution for each of its messages, and one
// copy of the bytes.
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { LiveMessage, LiveSource } from '../../events/live-source.ts';
import type { Clock } from '../../upstream/clock.ts';
import { Frames } from './frames.ts';

export interface Receiver {
  /** `frames` has all of the deliveries. */
  receive(deliveries: readonly Delivery[], frames: Frames): void;
}

/** A message on its way to those who were there when it came. */
export interface Delivery {
  readonly number: number;
  readonly message: object;
  frames: Frames | undefined;
  readonly targets: Receiver[];
  /** When it came. */
  readonly since: number;
}

/** Receivers that are written to between two looks at other work. */
const SLICE = 500;
/** Messages that are sent together. */
const MAX_TOGETHER = 64;
/** Messages whose details are being read, for so long: more come faster than AWS's rates allow to read them. */
const MAX_EXECUTING = 64;
const MAX_WAIT_MS = 2000;
/** A flush of many subscribers is followed by a pause as long as itself, in which further messages gather. */
const PAUSE_FROM_MS = 5;
const MAX_PAUSE_MS = 250;

type Run = (message: object) => Frames | Promise<Frames>;

interface GroupOptions {
  clock: Clock;
  /** The last one has left. */
  onEmpty: () => void;
  /** Messages come too fast. */
  onBehind: () => void;
}

export class Group {
  readonly source: LiveSource;
  /** The number of the next message. */
  next = 0;
  readonly #run: Run;
  readonly #onEmpty: () => void;
  readonly #onBehind: () => void;
  readonly #clock: Clock;
  readonly #members = new Set<Receiver>();
  readonly #results = new WeakMap<object, Frames | Promise<Frames>>();
  #queue: Delivery[] = [];
  #resumed: { at: number; messages: readonly LiveMessage[] } | undefined;
  #executing = 0;
  #isBehind = false;
  #isFlushing = false;
  #isClosed = false;

  constructor(source: LiveSource, run: Run, { clock, onEmpty, onBehind }: GroupOptions) {
    this.source = source;
    this.#run = run;
    this.#onEmpty = onEmpty;
    this.#onBehind = onBehind;
    this.#clock = clock;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  enter(subscriber: Receiver): void {
    this.#members.add(subscriber);
  }

  /** The last one closes the source. */
  leave(subscriber: Receiver): void {
    if (this.#members.delete(subscriber) && this.#members.size === 0) this.close();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#queue = [];
    this.#onEmpty();
    this.source.close();
  }

  /** Once for each message, for all receivers. Executions overlap. */
  execute(message: object): Frames | Promise<Frames> {
    const known = this.#results.get(message);
    if (known) return known;
    const result = this.#run(message);
    this.#results.set(message, result);
    return result;
  }

  /** The same for all that were too slow at the same time. */
  resume(): readonly LiveMessage[] {
    if (this.#resumed?.at !== this.next) this.#resumed = { at: this.next, messages: this.source.resume() };
    return this.#resumed.messages;
  }

  /** A source calls this for one subscriber after the other. */
  receive(subscriber: Receiver, message: object): void {
    const last = this.#queue.at(-1);
    const isNew = last?.message !== message;
    if (isNew && this.#executing >= MAX_EXECUTING) this.#isBehind ||= this.#waitedMs() > MAX_WAIT_MS;
    if (this.#isBehind) return;
    const delivery = isNew ? this.#enqueue(message) : last;
    delivery.targets.push(subscriber);
  }

  #waitedMs(): number {
    const [oldest] = this.#queue;
    return oldest ? this.#clock.now() - oldest.since : 0;
  }

  /** All have missed the same: they hear of the gap, and what holds now. */
  #catchUp(): void {
    this.#isBehind = false;
    this.#onBehind();
    for (const message of this.resume())
      for (const subscriber of [...this.#members]) this.receive(subscriber, message);
  }

  #enqueue(message: object): Delivery {
    const delivery: Delivery = {
      ...{ number: this.next, message, frames: undefined, targets: [] },
      since: this.#clock.now(),
    };
    this.next += 1;
    this.#queue.push(delivery);
    const result = this.execute(message);
    if (result instanceof Frames) {
      delivery.frames = result;
      // Its receivers are not known yet.
      queueMicrotask(() => void this.#flush());
    } else {
      this.#executing += 1;
      void result.then((frames) => {
        this.#executing -= 1;
        delivery.frames = frames;
        void this.#flush();
      });
    }
    return delivery;
  }

  framesOf(deliveries: readonly Delivery[]): Frames {
    return Frames.join(deliveries.map(({ frames }) => frames as Frames));
  }

  /** In order: a result that is ready early waits for those before it. */
  async #flush(): Promise<void> {
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    while (this.#queue[0]?.frames) {
      const began = performance.now();
      await this.#deliver(this.#takeEqual());
      const took = performance.now() - began;
      if (took > PAUSE_FROM_MS) await pause(Math.min(took, MAX_PAUSE_MS));
    }
    this.#isFlushing = false;
    if (this.#isBehind && this.#queue.length === 0) this.#catchUp();
  }

  /** The next messages that are ready and have the same receivers. */
  #takeEqual(): Delivery[] {
    const [first] = this.#queue as [Delivery];
    const isEqual = ({ frames, targets }: Delivery) => !!frames && areSame(targets, first.targets);
    const others = this.#queue.slice(1, MAX_TOGETHER).findIndex((delivery) => !isEqual(delivery));
    return this.#queue.splice(0, others === -1 ? MAX_TOGETHER : others + 1);
  }

  async #deliver(deliveries: readonly Delivery[]): Promise<void> {
    const frames = this.framesOf(deliveries);
    const { targets } = deliveries[0] as Delivery;
    for (let start = 0; start < targets.length; start += SLICE) {
      if (start > 0) await nextTurn();
      for (const subscriber of targets.slice(start, start + SLICE)) subscriber.receive(deliveries, frames);
    }
  }
}

const areSame = (some: readonly unknown[], others: readonly unknown[]): boolean =>
  some.length === others.length && some.every((one, index) => one === others[index]);
