// All running subscriptions: how many there are, which of them are too slow, and when they end.
import type { Caller } from '../../context.ts';
import type { Clock } from '../../upstream/clock.ts';
import type { Drain } from '../http/listener.ts';
import { refusal } from '../limits/admission.ts';
import type { SubscriptionCounter, Subscriptions } from '../limits/subscriptions.ts';
import { Expiries } from './expiries.ts';
import { type Every, Pings } from './pings.ts';
import type { Sink, Transport } from './sinks.ts';
import { endSpread } from './spread.ts';

const TICK_MS = 1000;
/** A client that reads nothing for so long is given up, as with any response. */
const MAX_STILL_TICKS = 30;

interface HubOptions {
  clock: Clock;
  /** Milliseconds since 1970, which is what tokens count in. */
  now: () => number;
  every: Every;
  counter: SubscriptionCounter;
}

interface Member {
  readonly sink: Sink | undefined;
  readonly counted: Subscriptions;
  readonly expiresAt: number | undefined;
  /** Its client has read all that it was sent. */
  resume(): void;
  leave(): void;
  complete(error: string): void;
}

/** What is seen of one that is too slow. */
interface Still {
  queued: number;
  ticks: number;
}

export class Hub {
  /** Messages sent to clients. */
  sent = 0;
  /** Times that a client was too slow. */
  gaps = 0;
  readonly refused = { draining: 0, total: 0, caller: 0 };
  readonly running: Record<Transport, number> = { sse: 0, multipart: 0, websocket: 0 };
  readonly clock: Clock;
  readonly pings = new Pings();
  readonly #every: Every;
  readonly #counter: SubscriptionCounter;
  readonly #members = new Set<Member>();
  readonly #behind = new Map<Member, Still>();
  readonly #expiries: Expiries<Member>;
  #stopTicking: (() => void) | undefined;
  #isDraining = false;
  #isOver = false;

  constructor({ clock, now, every, counter }: HubOptions) {
    this.clock = clock;
    this.#every = every;
    this.#counter = counter;
    this.#expiries = new Expiries(clock, now, (subscriber) => subscriber.complete(EXPIRED));
  }

  get isDraining(): boolean {
    return this.#isDraining;
  }

  /** Those that run are being ended: what begins now would stay. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Counts a subscription until its `end`, or throws the refusal. */
  begin(caller: Caller): Subscriptions {
    if (this.#isDraining) {
      this.refused.draining += 1;
      throw draining();
    }
    return this.#counter.begin(caller, (reason) => {
      this.refused[reason] += 1;
    });
  }

  end(counted: Subscriptions): void {
    this.#counter.end(counted);
  }

  attach(subscriber: Member, sink: Sink): void {
    this.#members.add(subscriber);
    this.running[sink.transport] += 1;
    if (sink.pingSeconds) this.pings.add(sink, sink.pingSeconds);
    this.#expiries.add(subscriber);
    this.tick();
  }

  leave(subscriber: Member): void {
    const { sink, counted } = subscriber;
    this.#counter.end(counted);
    if (!sink || !this.#members.delete(subscriber)) return;
    this.running[sink.transport] -= 1;
    if (sink.pingSeconds) this.pings.remove(sink, sink.pingSeconds);
    this.#expiries.remove(subscriber);
    this.#behind.delete(subscriber);
  }

  readonly countGap = (): void => {
    this.gaps += 1;
  };

  fallBehind(subscriber: Member): void {
    this.countGap();
    this.#behind.set(subscriber, { queued: subscriber.sink?.queued() ?? 0, ticks: 0 });
  }

  /** Lets the timer run. It never stops: an idle gateway wakes up once a second. */
  tick(): void {
    this.#stopTicking ??= this.#every(TICK_MS, () => {
      this.pings.tick();
      for (const [subscriber, still] of this.#behind) this.#look(subscriber, still);
    });
  }

  #look(subscriber: Member, still: Still): void {
    const queued = subscriber.sink?.queued() ?? 0;
    if (queued === 0) {
      this.#behind.delete(subscriber);
      subscriber.resume();
      return;
    }
    still.ticks = queued < still.queued ? 0 : still.ticks + 1;
    still.queued = queued;
    if (still.ticks < MAX_STILL_TICKS) return;
    subscriber.leave();
    subscriber.sink?.destroy();
  }

  /** Ends them without `complete`, after which clients would not come back. Web sockets are ended elsewhere. */
  drain({ delayMs, finishMs }: Drain): void {
    this.#isDraining = true;
    this.clock.after(delayMs, () => {
      this.#isOver = true;
      const those = [...this.#members].filter(({ sink }) => sink?.transport !== 'websocket');
      endSpread(this.clock, those, finishMs, (subscriber) => {
        const { sink } = subscriber;
        subscriber.leave();
        sink?.close();
      });
    });
  }

  close(): void {
    this.#stopTicking?.();
    for (const subscriber of this.#members) {
      const { sink } = subscriber;
      subscriber.leave();
      sink?.close();
    }
  }
}

const EXPIRED = JSON.stringify({
  errors: [{ message: 'The token has expired', extensions: { code: 'UNAUTHENTICATED' } }],
});

const draining = () => refusal(503, 'The gateway is stopping. Try again.', 1000);
