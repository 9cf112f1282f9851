// What may have changed in AWS without a write of this gateway.
import type { Target } from './arn.ts';
import type { OperationName } from './operation.ts';

export type Change = ChangedResource | ChangedList | ForeignWrite;

export interface ChangedResource {
  /** As it came: what is no ARN names no resource. */
  arn: string;
  /** The participants of a stage that may have changed, too. */
  participants?: readonly string[] | 'all' | undefined;
}

/** A list of a region that may hold other resources now, whatever it is filtered by. */
export interface ChangedList {
  list: OperationName;
  target: Target;
}

/** A write of another client of AWS. */
export interface ForeignWrite {
  /** AWS's name of the operation, which this version may not know. */
  write: string;
  target: Target;
  /** Members as on the wire. */
  input: object;
  output: unknown;
}

/** A write of this gateway that AWS has carried out. */
export interface Write {
  operation: OperationName;
  /** AWS's. */
  requestId: string;
  input: object;
  /** What it may have changed. */
  tags: ReadonlySet<string>;
  /** Milliseconds since 1970. */
  at: number;
}

export interface RecordedEvent {
  id: string;
  changes: readonly Change[];
  /** Changes nothing: it shows that events arrive. */
  isHeartbeat?: boolean;
  /** What subscribers may want to know. The journal has it with the tags of what may have changed. */
  body?: object | undefined;
  /** Beside these tags. */
  topics?: readonly string[];
}

/** What subscribers may want to know: an event, a write, or what a poll has found. */
export interface JournalEntry {
  cursor: string;
  /** What it is about: ARNs and other tags. */
  topics: readonly string[];
  /** Of the sender's own kind; with Redis it was JSON. */
  body: object;
}

export interface JournalListener {
  onEntry(entry: JournalEntry): void;
  /** Entries may have been missed. */
  onGap(): void;
}

/** What has happened lately, in the same order at all replicas. */
export interface ReadableJournal {
  /** Of the last entry. */
  readonly last: string;
  /** Of the last entry of so many milliseconds ago. */
  asOf(millisecondsAgo: number): string;
  /** Returns what ends it. */
  listen(listener: JournalListener): () => void;
  /** What came behind a cursor; undefined where that is not known any more. */
  since(cursor: string): readonly JournalEntry[] | undefined;
}

export interface EventLog {
  readonly journal: ReadableJournal;
  /** Resolves when all replicas have forgotten what was before it, and know it. Rejects when Redis is lost. */
  record(event: RecordedEvent): Promise<'accepted' | 'duplicate'>;
  /** Since the last heartbeat, whichever replica it reached; undefined without one. */
  heartbeatAgeMs(): number | undefined;
}
