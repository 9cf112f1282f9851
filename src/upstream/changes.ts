// What may have changed in AWS without a write of this gateway.
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
  region: string;
}

/** A write of another client of AWS. */
export interface ForeignWrite {
  /** AWS's name of the operation, which this version may not know. */
  write: string;
  region: string;
  /** Members as on the wire. */
  input: object;
  output: unknown;
}

export interface RecordedEvent {
  id: string;
  changes: readonly Change[];
  /** Changes nothing: it shows that events arrive. */
  isHeartbeat: boolean;
}

export interface EventLog {
  /** Resolves when all replicas have forgotten what was before it. Rejects when Redis is lost. */
  record(event: RecordedEvent): Promise<'accepted' | 'duplicate'>;
  /** Since the last heartbeat, whichever replica it reached; undefined without one. */
  heartbeatAgeMs(): number | undefined;
}
