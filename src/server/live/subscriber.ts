// One client's subscription, as long as it lives: where its messages go, and what to do when it does not read them.
import type { Subscriptions } from '../limits/subscriptions.ts';
import type { Frames } from './frames.ts';
import type { Delivery, Group } from './group.ts';
import type { Hub } from './hub.ts';
import type { Sink } from './sinks.ts';
import { currentTurn } from './turn.ts';

/** What may wait in a socket. One that holds more when a turn begins is skipped until it is empty. */
const MAX_BYTES = 256 * 1024;
const MAX_MESSAGES = 64;

export class Subscriber {
  readonly group: Group;
  readonly expiresAt: number | undefined;
  /** Where it is counted. */
  readonly counted: Subscriptions;
  readonly #hub: Hub;
  #after: string | undefined;
  #sink: Sink | undefined;
  #leaveSource: (() => void) | undefined;
  #onLeave: (() => void) | undefined;
  /** Later messages, while the first ones are executed. */
  #backlog: Delivery[] | undefined;
  /** Earlier ones are in what the source said of now. */
  #from = 0;
  /** Messages since the socket was empty, and when that was looked at. */
  #unread = 0;
  #turn = 0;
  #isBehind = false;
  #hasLeft = false;

  constructor(
    hub: Hub,
    group: Group,
    counted: Subscriptions,
    options: { after?: string; expiresAt?: number },
  ) {
    this.group = group;
    this.expiresAt = options.expiresAt;
    this.counted = counted;
    this.#hub = hub;
    this.#after = options.after;
    group.enter(this);
  }

  get sink(): Sink | undefined {
    return this.#sink;
  }

  get hasLeft(): boolean {
    return this.#hasLeft;
  }

  onLeave(run: () => void): void {
    this.#onLeave = run;
  }

  /** Begins to receive. */
  attach(sink: Sink): void {
    if (this.#hub.isOver) this.leave();
    if (this.#hasLeft) {
      sink.close();
      return;
    }
    this.#sink = sink;
    this.#hub.attach(this, sink);
    this.#from = this.group.next;
    const { first, leave } = this.group.source.join(this.#after, (message) =>
      this.group.receive(this, message),
    );
    this.#after = undefined;
    this.#leaveSource = leave;
    void this.#catchUp(first);
  }

  /** What the source sends all. Equal messages of one turn are sent together: `frames` has all of `deliveries`. */
  receive(deliveries: readonly Delivery[], frames: Frames): void {
    if (this.#hasLeft || this.#isBehind) return;
    const isNew = (deliveries[0] as Delivery).number >= this.#from;
    const those = isNew ? deliveries : deliveries.filter(({ number }) => number >= this.#from);
    if (those.length === 0) return;
    if (this.#backlog) this.#keep(those);
    else this.#send(those.length, isNew ? frames : this.group.framesOf(those));
  }

  /** One too many says that the others are of no use. */
  #keep(deliveries: readonly Delivery[]): void {
    if (this.#backlog && this.#backlog.length <= MAX_MESSAGES) this.#backlog.push(...deliveries);
  }

  #send(messages: number, frames: Frames): void {
    const sink = this.#sink as Sink;
    const turn = currentTurn();
    if (turn !== this.#turn) {
      this.#turn = turn;
      const queued = sink.queued();
      if (queued === 0) this.#unread = 0;
      else if (queued > MAX_BYTES || this.#unread >= MAX_MESSAGES) {
        this.#fallBehind();
        return;
      }
    }
    this.#unread += messages;
    this.#hub.sent += messages;
    sink.send(frames);
  }

  #fallBehind(): void {
    this.#isBehind = true;
    this.#backlog = undefined;
    this.#hub.fallBehind(this);
  }

  /** Its socket is empty again. */
  resume(): void {
    this.#isBehind = false;
    this.#unread = 0;
    this.#from = this.group.next;
    void this.#catchUp(this.group.resume());
  }

  async #catchUp(messages: readonly object[]): Promise<void> {
    this.#backlog = [];
    const all = await Promise.all(messages.map((message) => this.group.execute(message)));
    if (this.#hasLeft) return;
    // However much that is: the bytes are shared, and a source says no more than it keeps.
    for (const frames of all) this.#sink?.send(frames);
    this.#hub.sent += all.length;
    const backlog = this.#backlog ?? [];
    this.#backlog = undefined;
    if (backlog.length > MAX_MESSAGES) this.#fallBehind();
    else if (backlog.length > 0) this.#send(backlog.length, this.group.framesOf(backlog));
  }

  /** The client has left, or nothing more is for it. */
  leave(): void {
    if (this.#hasLeft) return;
    this.#hasLeft = true;
    this.#leaveSource?.();
    this.#onLeave?.();
    this.#backlog = undefined;
    this.group.leave(this);
    this.#hub.leave(this);
  }

  /** It is over. */
  complete(error: string): void {
    const sink = this.#sink;
    this.leave();
    sink?.complete(error);
  }
}
