// Events of AWS: each is recorded once, and what it may have changed is forgotten.
import { LRUCache } from 'lru-cache';
import type { EventLog, RecordedEvent } from '../changes.ts';
import type { Clock } from '../clock.ts';
import { EventPace } from './event-pace.ts';
import type { ForgottenListener } from './invalidations.ts';
import { Journal } from './journal.ts';
import { tagsOfChange } from './tags.ts';

/** EventBridge delivers an event again when a response was late; most copies come within minutes. */
export const SEEN_MS = 60 * 60_000;
const MAX_SEEN = 20_000;

export const tagsOf = ({ changes }: RecordedEvent): Set<string> =>
  new Set(changes.flatMap((change) => [...tagsOfChange(change)]));

/** All that an entry of the journal is found by. */
export const topicsOf = ({ topics = [], ...event }: RecordedEvent): string[] => [...tagsOf(event), ...topics];

export interface EventLogOptions {
  clock: Clock;
  /** How long subscribers can continue behind a cursor. */
  replayMs: number;
}

/** Of a gateway without replicas. */
export class LocalEventLog implements EventLog {
  readonly journal: Journal;
  readonly #clock: Clock;
  readonly #pace: EventPace;
  readonly #seen = new LRUCache<string, { at: number }>({ max: MAX_SEEN });
  readonly #listeners: ForgottenListener[] = [];
  #heartbeatAt: number | undefined;

  constructor({ clock, replayMs }: EventLogOptions) {
    this.#clock = clock;
    this.journal = new Journal({ replayMs, clock });
    this.#pace = new EventPace(clock, (tags) => this.#forget(tags));
  }

  onForgotten(listener: ForgottenListener): void {
    this.#listeners.push(listener);
  }

  async record(event: RecordedEvent): Promise<'accepted' | 'duplicate'> {
    const now = this.#clock.now();
    const seen = this.#seen.get(event.id);
    if (seen && now - seen.at < SEEN_MS) return 'duplicate';
    this.#seen.set(event.id, { at: now });
    if (event.isHeartbeat) this.#heartbeatAt = now;
    this.#pace.forget(tagsOf(event));
    const { body } = event;
    if (body) this.journal.append({ cursor: this.journal.next(), topics: topicsOf(event), body });
    return 'accepted';
  }

  heartbeatAgeMs(): number | undefined {
    return this.#heartbeatAt === undefined ? undefined : this.#clock.now() - this.#heartbeatAt;
  }

  #forget(tags: ReadonlySet<string>): void {
    for (const listener of this.#listeners) listener(tags);
  }
}
