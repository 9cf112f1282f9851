// Quotas of replicas in front of the emulator's own call rates, which judge them: without HTTP, so that a test says when
// each call arrives, and a hundred replicas are cheap.
import { CallRates } from '../../src/emulator/aws/rates.ts';
import type { Call } from '../../src/upstream/call.ts';
import type { Clock } from '../../src/upstream/clock.ts';
import { ThrottledError } from '../../src/upstream/errors.ts';
import { Ledger } from '../../src/upstream/ledger.ts';
import { operationNamed } from '../../src/upstream/operation.ts';
import { quota } from '../../src/upstream/quota/quota.ts';
import type { Shared } from '../../src/upstream/shared.ts';

const OPERATION = operationNamed('GetStage');
const TARGET = { account: undefined, region: 'us-west-2' };
const ORIGIN = { service: OPERATION.service, operation: OPERATION.name, region: TARGET.region };
/** From AWS's door to the end of the answer. */
const ANSWER_MS = 30;
const DEADLINE_MS = 30_000;

interface JudgeOptions {
  clock: Clock;
  /** How long the first, second … call is on its way. */
  onItsWay?: (call: number) => number;
}

export class Judge {
  readonly clock: Clock;
  /** When each call was sent, and when it arrived. */
  readonly sent: number[] = [];
  readonly arrivals: number[] = [];
  throttled = 0;
  readonly #rates: CallRates;
  readonly #onItsWay: (call: number) => number;

  constructor({ clock, onItsWay = () => 1 }: JudgeOptions) {
    this.clock = clock;
    this.#onItsWay = onItsWay;
    this.#rates = new CallRates();
  }

  /** A replica that sends GetStage calls through its quota. */
  replica(shared?: Shared) {
    const { layer } = quota({ clock: this.clock, shared });
    const send = layer(() => this.#answer());
    const call = async (caller: object, signal = new AbortController().signal): Promise<void> => {
      const deadline = this.clock.now() + DEADLINE_MS;
      await send({
        operation: OPERATION,
        target: TARGET,
        command: { input: {} },
        caller,
        deadline: () => deadline,
        signal,
        attempt: 1,
        ledger: new Ledger(this.clock),
      } as unknown as Call);
    };
    return { call };
  }

  async #answer(): Promise<void> {
    this.sent.push(this.clock.now());
    await this.pause(this.#onItsWay(this.sent.length));
    this.arrivals.push(this.clock.now());
    const caller = { accountId: '', clock: { now: () => new Date(this.clock.now()) } };
    const isAdmitted = this.#rates.admits(caller, TARGET.region, OPERATION.name, {});
    await this.pause(ANSWER_MS);
    if (isAdmitted) return;
    this.throttled += 1;
    throw new ThrottledError('', { ...ORIGIN, httpStatus: 429 });
  }

  pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.clock.after(milliseconds, resolve));
  }
}
