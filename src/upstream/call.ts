// One call on its way to AWS, and the layers it passes.
import type { Target } from './arn.ts';
import type { Ledger } from './ledger.ts';
import type { AwsCommand, Operation } from './operation.ts';

export interface Call {
  operation: Operation;
  target: Target;
  command: AwsCommand;
  signal: AbortSignal;
  /** One object per request. Waiting calls take turns by it. */
  caller: object;
  /** When its request began, on the upstream's clock. */
  startedAt: number;
  /** The deadline, on the upstream's clock: later when a request joins that can wait longer. */
  deadline: () => number;
  /** Whether it can be done without, by all who ask: then it is not tried again. */
  isOptional: () => boolean;
  /** From 1 on, where it is tried again. */
  attempt: number;
  /** Identifies the read; equal for identical calls. */
  key: string;
  /** Wants what AWS says now, not what it said a while ago. */
  fresh: boolean;
  /** Wants the secrets in the response, which then is not shared. */
  secrets: boolean;
  /** Where the layers write down what the request costs. */
  ledger: Ledger;
  /** The trace of the request, sent to AWS. */
  trace?: Trace | undefined;
  /** Written by the cache: until when the response may be given again, on the upstream's clock. Absent: not at all. */
  goodUntil?: number | undefined;
  /** Shared by all attempts of a read that others may join. */
  progress?: { isQueued: boolean } | undefined;
}

/** Headers of W3C Trace Context. */
export interface Trace {
  traceparent: string;
  tracestate?: string;
}
export type Send = (call: Call) => Promise<unknown>;
export type Layer = (next: Send) => Send;
