// The way of events to one receiver: in order, one at a time, repeated as EventBridge repeats. A receiver that hangs
// fills the queue, which is bounded, and delays nothing but its own events.

import { logUnexpected } from '../errors.ts';
import type { WorldClock } from '../world/clock.ts';
import { Random } from '../world/random.ts';
import type { Outcome, Send } from './api-destination.ts';
import type { Sending } from './delivery-faults.ts';

// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
const MAX_RETRIES = 185;
const MAX_AGE_MS = 24 * 60 * 60 * 1000;
// Not documented: a back-off with jitter with which 185 retries take about a day
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 10 * 60 * 1000;
// The emulator's own bounds
const WAITING = 10_000;
const WAITING_BYTES = 32 * 1024 * 1024;

export interface DeliveryCounts {
  /** The file that events are written to, if this is none of the receivers. */
  file?: string;
  /** Responded to with a status below 300. */
  delivered: number;
  retries: number;
  /** Refused with a status that is not retried, or retried too often or too long. */
  failed: number;
  /** Beyond the bound of the queue. */
  dropped: number;
  /** For their time, or for the one that is sent. */
  waiting: number;
  /** Whether a request is in flight. */
  sending: boolean;
  /** What came of the last request. */
  last?: Outcome;
}

const NONE = { delivered: 0, retries: 0, failed: 0, dropped: 0 };

interface Waiting extends Sending {
  body: string;
  since: number;
  retries: number;
  order: number;
}

export class Delivery {
  #send: Send;
  #clock: WorldClock;
  /** What is due later by the emulator's clock. */
  #held: Waiting[] = [];
  /** What is due in real time, the retries among it: a receiver responds in real time. */
  #queue: Waiting[] = [];
  #bytes = 0;
  #order = 0;
  #isSending = false;
  #stop = new AbortController();
  #random = new Random(2);
  /** Replaced by a reset: what was in flight then counts no more, and is not repeated. */
  #counts = { ...NONE };
  #last: Outcome | undefined;

  constructor(send: Send, clock: WorldClock) {
    this.#send = send;
    this.#clock = clock;
  }

  get counts(): DeliveryCounts {
    const [waiting, sending] = [this.#held.length + this.#queue.length, this.#isSending];
    return { ...this.#counts, waiting, sending, ...(this.#last && { last: this.#last }) };
  }

  offer(body: string, sendings: readonly Sending[]): void {
    const since = this.#realNow();
    for (const sending of sendings) this.#add(this.#held, { ...sending, body, since, retries: 0, order: 0 });
    this.pump();
  }

  /** See `Deliveries.follow`. */
  follow(setBackMs: number): void {
    for (const held of this.#held) held.at -= setBackMs;
    this.pump();
  }

  /** Sends what is due. */
  pump(): void {
    this.#release();
    if (this.#isSending || this.#stop.signal.aborted) return;
    const next = this.#take(this.#queue, this.#realNow());
    if (!next) return;
    this.#isSending = true;
    this.#attempt(next)
      .catch(logUnexpected)
      .finally(() => {
        this.#isSending = false;
        this.pump();
      });
  }

  /** What waits is forgotten, and the request in flight is cut. */
  close(): void {
    this.#stop.abort();
    this.clear();
  }

  clear(): void {
    this.#held = [];
    this.#queue = [];
    this.#bytes = 0;
    this.#counts = { ...NONE };
    this.#last = undefined;
  }

  /** By time, at one time by rank, and those of one rank as they came. */
  #add(queue: Waiting[], waiting: Waiting): void {
    if (
      this.#held.length + this.#queue.length >= WAITING ||
      this.#bytes + waiting.body.length > WAITING_BYTES
    ) {
      this.#counts.dropped += 1;
      return;
    }
    this.#order += 1;
    const entry = { ...waiting, order: this.#order };
    const later = queue.findLastIndex((one) => isBefore(one, entry));
    queue.splice(later + 1, 0, entry);
    this.#bytes += entry.body.length;
  }

  /** From now on in real time, in the order in which it was held. */
  #release(): void {
    const now = this.#clock.now().getTime();
    for (let held = this.#take(this.#held, now); held; held = this.#take(this.#held, now))
      this.#add(this.#queue, { ...held, at: this.#realNow(), rank: 0 });
  }

  #take(queue: Waiting[], until: number): Waiting | undefined {
    const [next] = queue;
    if (!next || next.at > until) return undefined;
    queue.shift();
    this.#bytes -= next.body.length;
    return next;
  }

  #realNow = () => this.#clock.source.now().getTime();

  async #attempt(waiting: Waiting): Promise<void> {
    const counts = this.#counts;
    const outcome = await this.#request(waiting.body);
    if (this.#stop.signal.aborted || counts !== this.#counts) return;
    this.#last = outcome;
    if (!isRetried(outcome)) this.#counts[(outcome.status ?? 0) < 300 ? 'delivered' : 'failed'] += 1;
    else this.#retry(waiting, outcome);
  }

  async #request(body: string): Promise<Outcome> {
    try {
      return await this.#send(body, this.#stop.signal);
    } catch (error) {
      return { failure: String(error) };
    }
  }

  #retry(waiting: Waiting, { retryAfter }: Outcome): void {
    const now = this.#realNow();
    const backOff = Math.min(FIRST_RETRY_MS * 2 ** waiting.retries, LONGEST_RETRY_MS);
    const jittered = (backOff * (500 + this.#random.below(501))) / 1000;
    // The longer of the two, and none after a negative one
    const wanted = delayOf(retryAfter, now);
    const at = now + Math.max(jittered, wanted);
    if (wanted < 0 || waiting.retries >= MAX_RETRIES || at - waiting.since > MAX_AGE_MS) {
      this.#counts.failed += 1;
      return;
    }
    this.#counts.retries += 1;
    this.#add(this.#queue, { ...waiting, at, rank: 0, retries: waiting.retries + 1 });
  }
}

const isBefore = (one: Waiting, other: Waiting): boolean =>
  one.at - other.at < 0 ||
  (one.at === other.at && (one.rank < other.rank || (one.rank === other.rank && one.order < other.order)));

const RETRIED = new Set([401, 407, 409, 429]);

const isRetried = ({ status }: Outcome): boolean =>
  status === undefined || RETRIED.has(status) || status >= 500;

/** Of Retry-After: seconds, or a date. */
function delayOf(retryAfter: string | undefined, now: number): number {
  if (retryAfter === undefined) return 0;
  const seconds = Number(retryAfter);
  if (!Number.isNaN(seconds)) return seconds * 1000;
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? 0 : Math.max(0, date - now);
}
