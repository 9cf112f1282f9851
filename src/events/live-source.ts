// What subscriptions listen to: the same messages for all who may see the same.

/** One message to subscribers: the root value of one execution of their operation. */
export interface LiveMessage {
  /** Where it stands: a subscription with `after: cursor` continues behind it. */
  readonly cursor: string;
}

export interface Joined<Message extends LiveMessage> {
  /** What a subscriber receives before the messages that its listener hears: the state, or what it has missed. */
  first: readonly Message[];
  leave(): void;
}

/** Also an iterable, for executors that know nothing of sharing: one subscriber, behind `after`. */
export interface LiveSource<Message extends LiveMessage = LiveMessage> extends AsyncIterable<Message> {
  /** Of the field. */
  after?: string | undefined;
  /** Resolves when it can be joined. Rejects where there is nothing to listen to. */
  ready(): Promise<void>;
  /**
   * Without a wait between `first` and the first call of `listener`, so that no message is lost or comes twice. With `after`,
   * `first` is what came behind that cursor, or else says that something was missed.
   */
  join(after: string | undefined, listener: (message: Message) => void): Joined<Message>;
  /** For a subscriber that was too slow: says that messages were missed, and what holds now. */
  resume(): readonly Message[];
  /** Of `ready` and of all that follows: the source is used no more. */
  close(): void;
}

export const isLiveSource = (source: unknown): source is LiveSource =>
  typeof source === 'object' && source !== null && 'join' in source && 'resume' in source;
