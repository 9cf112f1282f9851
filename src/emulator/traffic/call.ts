// A call of an operation, as it is stored and as it is shown.
import type { Entry } from './recent.ts';

export interface Call {
  /** By the clock of the emulator. */
  time: string;
  requestId: string;
  account: string;
  region: string;
  operation: string;
  input: Record<string, unknown>;
  /** Of the response; absent where it is an error, or larger than 64 KB. */
  output?: unknown;
  outputBytes?: number;
  error?: { type: string; message: string };
  /** Absent while the response is outstanding, and for good when there is none. */
  status?: number;
  /** In real time, with the delays of faults. */
  durationMs?: number;
  /** The id of the fault that struck it. */
  fault?: string;
}
/** What is known of a call when it comes. */
export type NewCall = Pick<Call, 'requestId' | 'account' | 'region' | 'operation' | 'input'> & { time: Date };
/** What is known when it ends. */
export interface Ending {
  status?: number | undefined;
  /** What was sent, or its size where it is too large. */
  body: string | number;
  error?: Call['error'] | undefined;
  fault?: string | undefined;
  durationMs: number;
}
/** As it is stored: its texts and objects are made when it is read. */
export interface StoredCall extends NewCall {
  ending?: Ending;
  entry?: Entry<StoredCall>;
  /** Where its status is counted: those of its time, also after a reset. */
  statuses?: Map<number, number>;
}
