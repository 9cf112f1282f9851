// One call on its way to AWS, and the layers it passes.
import { nameOfTarget, type Target } from './arn.ts';
import type { Ledger } from './ledger.ts';
import type { AwsCommand, Operation } from './operation.ts';

/** What spans can be put under: opaque here. */
export type Parent = object;

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
  /** Headers that continue a trace at AWS. Absent: none are sent. */
  trace?: Trace | undefined;
  /** Set where it has to wait for quota. */
  hasWaited?: boolean | undefined;
  /** Where its spans belong. */
  parent?: Parent | undefined;
  /** Where the other reads belong that it serves. */
  others?: readonly (Parent | undefined)[] | undefined;
  /** Written by the cache: until when the response may be given again, on the upstream's clock. Absent: not at all. */
  goodUntil?: number | undefined;
  /** Shared by all attempts of a read that others may join. */
  progress?: { isQueued: boolean; hasLeft?: boolean } | undefined;
  /** Of a read that needs only the members that a list returns. */
  brief?: Brief | undefined;
  /** Of a read that another call may serve while it waits for its turn. */
  place?: Place | undefined;
  /** Returns the call to be sent when the turn has come, for the reads that wait then. */
  embark?: (() => Call) | undefined;
}

/** The response of a list: the key of its call, and until when it can be reused. */
export interface ListedPage {
  key: string;
  answer: unknown;
  goodUntil: number;
}

/** Filled for the sender of the read. */
export interface Brief {
  /** Set where the response is an item of a list. Absent: the response is complete. */
  page?: ListedPage | undefined;
}

/** Is notified of the waiting of a call. */
export interface Place {
  /** Whether enough others wait for one call to serve all of them. */
  isShared(): boolean;
  wait(turn: Turn): void;
  /** It waits no longer. */
  end(): void;
}

export interface Turn {
  /** Gives up the turn: the call fails with `GATHERED`. */
  leave(): void;
  /** Sets whether one call will serve it together with others. */
  share(isShared: boolean): void;
}

/** The failure of a call that gave up its turn, since another call serves it. */
export const GATHERED = new Error('Served by another call');

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
