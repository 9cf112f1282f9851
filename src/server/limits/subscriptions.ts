// How many subscriptions can run, in all and of one caller. They are counted beside requests in progress.
import type { Caller } from '../../context.ts';
import { networkOf } from '../../http/address.ts';
import { nameOf, refusal } from './admission.ts';

/** Those of one caller. */
export interface Subscriptions {
  readonly caller: string;
  running: number;
}

interface SubscriptionLimits {
  max: number;
  maxPerCaller: number;
}

/** No end of a subscription is known. */
const RETRY_MS = 5000;

export class SubscriptionCounter {
  readonly #limits: SubscriptionLimits;
  readonly #callers = new Map<string, Subscriptions>();
  #total = 0;

  constructor(limits: SubscriptionLimits) {
    this.#limits = limits;
  }

  /** Counts one until `end`, or throws the refusal. */
  begin(caller: Caller, onRefusal: (reason: 'total' | 'caller') => void): Subscriptions {
    const { max, maxPerCaller } = this.#limits;
    const name = networkOf(nameOf(caller));
    const own = this.#callers.get(name) ?? { caller: name, running: 0 };
    if (own.running >= maxPerCaller) {
      onRefusal('caller');
      throw refusal(
        429,
        `Expected at most ${maxPerCaller} subscriptions at the same time of one caller, got more. End some, or raise LIMITS=subscriptionsPerCaller.`,
        RETRY_MS,
      );
    }
    if (this.#total >= max) {
      onRefusal('total');
      throw refusal(
        503,
        `The gateway has ${max} subscriptions, which is its limit. Try again later.`,
        RETRY_MS,
      );
    }
    this.#callers.set(name, own);
    own.running += 1;
    this.#total += 1;
    return own;
  }

  end(own: Subscriptions): void {
    own.running -= 1;
    this.#total -= 1;
    if (own.running === 0) this.#callers.delete(own.caller);
  }
}
