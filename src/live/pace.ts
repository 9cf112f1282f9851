// How fast polls may read: a share of each operation's rate, so that queries keep the rest.
import type { Target } from '../upstream/arn.ts';
import type { Clock } from '../upstream/clock.ts';
import { type OperationName, operationNamed } from '../upstream/operation.ts';

/** Of the published rate, for all replicas together. */
const SHARE = 0.4;
interface PaceOptions {
  clock: Clock;
  /** Rates of this account that differ from the published ones. */
  rates: Readonly<Record<string, number>>;
  replicas: () => number;
}

export class PollPace {
  readonly #options: PaceOptions;
  readonly #next = new Map<string, number>();
  readonly #together = new Map<string, Promise<void>>();

  constructor(options: PaceOptions) {
    this.#options = options;
  }

  /** Resolves when one call can be made. Turns are in the order of the requests for them. */
  async turn(operation: OperationName, { region }: Target): Promise<void> {
    const { clock } = this.#options;
    const key = `${operation} ${region}`;
    const at = Math.max(clock.now(), this.#next.get(key) ?? 0);
    this.#next.set(key, at + this.#gapOf(operation));
    if (at > clock.now()) await new Promise<void>((resolve) => void clock.after(at - clock.now(), resolve));
  }

  /** The same for reads that a list can serve together: all that wait have the same turn. */
  async turnTogether(operation: OperationName, target: Target): Promise<void> {
    const key = `${operation} ${target.region}`;
    const known = this.#together.get(key);
    if (known) return known;
    const turn = this.turn(operation, target).then(() => void this.#together.delete(key));
    this.#together.set(key, turn);
    return turn;
  }

  /** Delays the next turns by calls that were made beside those of a turn. */
  charge(operation: OperationName, { region }: Target, calls: number): void {
    const key = `${operation} ${region}`;
    const next = Math.max(this.#options.clock.now(), this.#next.get(key) ?? 0);
    this.#next.set(key, next + calls * this.#gapOf(operation));
  }

  #gapOf(operation: OperationName): number {
    const { rates, replicas } = this.#options;
    const perSecond = rates[operation] ?? operationNamed(operation).rate.perSecond;
    return (1000 / (SHARE * perSecond)) * replicas();
  }
}
