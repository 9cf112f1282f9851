// What happened on AWS's wire: calls, requests that are none, and a line for each of both.
import type { IncomingMessage } from 'node:http';
import type { Reply, Silence } from '../reply.ts';
import type { Call, StoredCall } from './call.ts';
import { CallLog } from './calls.ts';
import { reasonOf, shownPathOf, UnmatchedLog } from './unmatched.ts';

/** What is known of a request so far. */
export interface Exchange {
  startedAt: number;
  time: Date;
  requestId: string;
  account?: string;
  region?: string;
  operation?: string;
  call?: StoredCall;
  fault?: string;
  /** Aborts when the call is to end early. */
  signal?: AbortSignal;
}
export type WriteLine = (line: string) => void;

export class Traffic {
  readonly calls = new CallLog();
  readonly unmatched = new UnmatchedLog();
  #write: WriteLine | undefined;

  constructor(write?: WriteLine) {
    this.#write = write;
  }

  /** For all accounts or one. */
  reset(account?: string): void {
    this.calls.reset(account);
    this.unmatched.clear(account);
  }

  ended(request: IncomingMessage, exchange: Exchange, outcome: Reply | Silence): void {
    const durationMs = Math.round((performance.now() - exchange.startedAt) * 100) / 100;
    const reply = typeof outcome === 'object' ? outcome : undefined;
    const { call, fault } = exchange;
    if (call) {
      const body = reply ? textOf(reply.body) : '';
      this.calls.ended(call, { status: reply?.status, body, error: reply?.error, fault, durationMs });
    } else if (reply?.error) {
      this.unmatched.add(unmatchedOf(request, exchange, reply.status, reply.error));
    }
    this.#write?.(lineOf(request, exchange, outcome, durationMs));
  }
}

const textOf = (body: string | Buffer): string => (typeof body === 'string' ? body : body.toString());

const unmatchedOf = (
  request: IncomingMessage,
  { time, requestId, account }: Exchange,
  status: number,
  error: NonNullable<Call['error']>,
) => ({
  time: time.toISOString(),
  requestId,
  method: request.method ?? '',
  path: shownPathOf(request),
  ...(request.headers['user-agent'] && { userAgent: request.headers['user-agent'].slice(0, 200) }),
  ...(account !== undefined && { account }),
  status,
  errorType: error.type,
  reason: reasonOf(request, error),
});

/** `<time> <account> <region> <operation> <status> <error> <ms> <fault>`; `-` for what is not known. */
function lineOf(
  request: IncomingMessage,
  { time, account, region, operation, fault }: Exchange,
  outcome: Reply | Silence,
  durationMs: number,
): string {
  const { status, error } = typeof outcome === 'object' ? outcome : { status: outcome, error: undefined };
  const called = operation ?? `${request.method} ${shownPathOf(request)}`;
  const parts = [time.toISOString(), account, region, called, status, error?.type, `${durationMs} ms`, fault];
  return parts.map((part) => part ?? '-').join(' ');
}
