// A process that is frozen between requests, as AWS Lambda's are: its time may stand still, and it is no replica meanwhile.
import type { OpenGateway } from '../bootstrap/open-gateway.ts';
import type { GatewayClock } from '../upstream/clock.ts';

/** What the wall clock may differ by in a moment without a freeze. */
const TOLERANCE_MS = 20;

export class Freezing {
  readonly #gateway: Pick<OpenGateway, 'pause' | 'resume'>;
  readonly #clock: GatewayClock;
  readonly #wall: () => number;
  #pausedAt: { wall: number; own: number } | undefined;

  constructor(gateway: Pick<OpenGateway, 'pause' | 'resume'>, clock: GatewayClock, wall = Date.now) {
    this.#gateway = gateway;
    this.#clock = clock;
    this.#wall = wall;
  }

  async pause(): Promise<void> {
    if (this.#pausedAt) return;
    await this.#gateway.pause();
    this.#pausedAt = { wall: this.#wall(), own: this.#clock.now() };
  }

  /** Lifetimes and leases end as if the process had run. */
  async resume(): Promise<void> {
    const paused = this.#pausedAt;
    if (!paused) return;
    this.#pausedAt = undefined;
    const unseen = this.#wall() - paused.wall - (this.#clock.now() - paused.own);
    if (unseen > TOLERANCE_MS) this.#clock.skip(unseen);
    await this.#gateway.resume();
  }
}
