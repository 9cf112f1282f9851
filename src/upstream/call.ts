// One call on its way to AWS, and the layers it passes.
import { nameOfTarget, type Target } from './arn.ts';
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
  /** Of a read that needs only what a list returns of the resource. */
  brief?: Brief | undefined;
  /** Of a read that others may answer while it waits for its turn. */
  place?: Place | undefined;
  /** When its turn has come: what is sent in its place, for those who wait then. */
  embark?: (() => Call) | undefined;
}

/** Tells whoever sent the read what it got. */
export interface Brief {
  /** Written where the answer is the item of a list: until when it may be given again. Absent: the answer is whole. */
  listedUntil?: number | undefined;
}

/** Who hears how it goes with a waiting call. */
export interface Place {
  /** Whether so many others wait with it that one call will answer them together. */
  isShared(): boolean;
  wait(turn: Turn): void;
  /** Its turn has come, or it has left. */
  end(): void;
}

export interface Turn {
  /** Gives the turn up: the call fails with `GATHERED`. */
  leave(): void;
  /** What `isShared` says now. */
  share(isShared: boolean): void;
}

/** Of a call whose turn was given up, since another call answers it. */
export const GATHERED = new Error('Another call answers this one');

/** Headers of W3C Trace Context. */
export interface Trace {
  traceparent: string;
  tracestate?: string;
}

export const keyOf = ({
  operation,
  target,
  command,
}: Pick<Call, 'operation' | 'target' | 'command'>): string =>
  `${nameOfTarget(target)} ${operation.service} ${operation.name} ${JSON.stringify(command.input)}`;

export type Send = (call: Call) => Promise<unknown>;
export type Layer = (next: Send) => Send;
