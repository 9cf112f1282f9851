// What subscribers to events listen to: all that the journal says of some topics.
import { isActivity } from '../events/activity.ts';
import type { Joined, LiveSource } from '../events/live-source.ts';
import type { JournalEntry, ReadableJournal } from '../upstream/changes.ts';
import { iterate } from './iterate.ts';
import { type ActivityMessage, type GapMessage, gapAt } from './messages.ts';

type Message = ActivityMessage | GapMessage;
type Listener = (message: Message) => void;

export class ActivitySource implements LiveSource<Message> {
  after: string | undefined;
  readonly #journal: ReadableJournal;
  readonly #topics: ReadonlySet<string>;
  readonly #listeners = new Set<Listener>();
  readonly #stop: () => void;
  readonly #iterator = iterate(this);

  constructor(journal: ReadableJournal, topics: readonly string[]) {
    this.#journal = journal;
    this.#topics = new Set(topics);
    this.#stop = journal.listen({
      onEntry: (entry) => {
        const message = this.#messageOf(entry);
        if (message) this.#emit(message);
      },
      onGap: () => this.#emit(gapAt(journal.last, 'REDIS_LOST')),
    });
  }

  async ready(): Promise<void> {}

  join(after: string | undefined, listener: Listener): Joined<Message> {
    this.#listeners.add(listener);
    return { first: this.#first(after), leave: () => void this.#listeners.delete(listener) };
  }

  resume(): readonly Message[] {
    return [gapAt(this.#journal.last, 'SLOW_READER')];
  }

  close(): void {
    this.#stop();
  }

  [Symbol.asyncIterator](): AsyncIterator<Message> {
    return this.#iterator;
  }

  #first(after: string | undefined): readonly Message[] {
    if (after === undefined) return [];
    const missed = this.#journal.since(after);
    if (!missed) return [gapAt(this.#journal.last, 'EXPIRED_CURSOR')];
    return missed.flatMap((entry) => this.#messageOf(entry) ?? []);
  }

  #messageOf({ body, topics, cursor }: JournalEntry): ActivityMessage | undefined {
    if (!isActivity(body) || !topics.some((topic) => this.#topics.has(topic))) return undefined;
    return { type: 'activity', cursor, activity: body };
  }

  #emit(message: Message): void {
    for (const listener of [...this.#listeners]) listener(message);
  }
}
