// One call on its way to AWS, and the layers it passes.
import type { Target } from './arn.ts';
import type { Ledger } from './ledger.ts';
import type { AwsCommand, Operation } from './operation.ts';

export interface Call {
  operation: Operation;
  target: Target;
  command: AwsCommand;
  signal: AbortSignal;
  /** Who asks: one object per request. Waiting calls take turns by it. */
  caller: object;
  /** When its request began, on the upstream's clock. */
  startedAt: number;
  /** When the answer is of no use any more, on the upstream's clock: later when somebody joins who can wait longer. */
  deadline: () => number;
  /** Whether it can be done without, by all who ask: then it is not tried again. */
  isOptional: () => boolean;
  /** From 1 on, where it is tried again. */
  attempt: number;
  /** Names what is asked; equal for calls that ask the same. */
  key: string;
  /** Wants what AWS says now, not what it said a while ago. */
  fresh: boolean;
  /** Wants the secrets in the answer, which then is nobody else's. */
  secrets: boolean;
  /** Where the layers write down what the request costs. */
  ledger: Ledger;
  /** The trace that the request belongs to, to be told to AWS. */
  trace?: Trace | undefined;
  /** Written by the cache: until when the answer may be given again, on the upstream's clock. Absent: not at all. */
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
