// How fast polls may read: a share of each operation's rate, so that queries keep the rest.
import { nameOfTarget, type Target } from '../upstream/arn.ts';
import type { Clock } from '../upstream/clock.ts';
import { type OperationName, operationNamed } from '../upstream/operation.ts';
import { type Rates, rateOf } from '../upstream/quota/limits.ts';

/** Of the published rate, for all replicas together. */
const SHARE = 0.4;
interface PaceOptions {
  clock: Clock;
  rates: Rates;
  replicas: () => number;
}

const keyOf = (operation: OperationName, target: Target): string => `${operation} ${nameOfTarget(target)}`;

export class PollPace {
  readonly #options: PaceOptions;
  readonly #next = new Map<string, number>();
  readonly #together = new Map<string, Promise<void>>();

  constructor(options: PaceOptions) {
    this.#options = options;
  }

  /** Resolves when one call can be made. Turns are in the order of the requests for them. */
  async turn(operation: OperationName, target: Target): Promise<void> {
    const { clock } = this.#options;
    const key = keyOf(operation, target);
    const at = Math.max(clock.now(), this.#next.get(key) ?? 0);
    this.#next.set(key, at + this.#gapOf(operation, target));
    if (at > clock.now()) await new Promise<void>((resolve) => void clock.after(at - clock.now(), resolve));
  }

  /** The same for reads that a list can serve together: all that wait have the same turn. */
  async turnTogether(operation: OperationName, target: Target): Promise<void> {
    const key = keyOf(operation, target);
    const known = this.#together.get(key);
    if (known) return known;
    const turn = this.turn(operation, target).then(() => void this.#together.delete(key));
    this.#together.set(key, turn);
    return turn;
  }

  /** Delays the next turns by calls that were made beside those of a turn. */
  charge(operation: OperationName, target: Target, calls: number): void {
    const key = keyOf(operation, target);
    const next = Math.max(this.#options.clock.now(), this.#next.get(key) ?? 0);
    this.#next.set(key, next + calls * this.#gapOf(operation, target));
  }

  #gapOf(operation: OperationName, target: Target): number {
    const { rates, replicas } = this.#options;
    const perSecond = rateOf(operationNamed(operation), target, rates);
    return (1000 / (SHARE * perSecond)) * replicas();
  }
}
