// One request of a client of ours: what its calls have in common.
import type { Target } from './arn.ts';
import type { Hit } from './cache/local-cache.ts';
import { type Brief, type Call, keyOf, type Send, type Trace } from './call.ts';
import type { Clock } from './clock.ts';
import { ResourceNotFoundError, toAborted } from './errors.ts';
import { type Account, type Budget, type Cost, Ledger, type Sources } from './ledger.ts';
import { type AwsCommand, type OutputOf, operationOf } from './operation.ts';
import { type Forecast, forecast, type PlannedCalls } from './quota/forecast.ts';
import type { ReadCounts } from './read-counts.ts';
import { RequestEnd } from './request-end.ts';
import { checkInputSize } from './sdk/input-check.ts';
import { returnsSecrets } from './sdk/secrets.ts';
import type { Served } from './served.ts';

export interface RequestOptions {
  signal: AbortSignal;
  timeoutMs: number;
  /** Its reads are not served from the cache. */
  fresh?: boolean | undefined;
  /** Sent to AWS with each call, where the gateway is to send it. */
  trace?: Trace | undefined;
  /** Whether it records the responses that it reads. */
  isTracked?: boolean | undefined;
  /** Requests with the same object wait for AWS's rates in one line: together they get the turns of one. */
  turns?: object | undefined;
}

/** With `brief` it may answer with what a list returns of the resource, and then says so there. */
export type SendCommand = <C extends AwsCommand>(
  target: Target,
  command: C,
  brief?: Brief,
) => Promise<OutputOf<C>>;

/** One request of a client of ours: its calls take turns with those of others, and end when it ends. */
export interface UpstreamRequest {
  send: SendCommand;
  /** The same for what can be done without: when it fails, it is not tried again. */
  sendOnce: SendCommand;
  /** The same for work that must not stay half done: it continues when the client leaves, and has a deadline of its own. */
  sendToEnd: SendCommand;
  /** From now on its reads return secrets, which are left out otherwise. */
  revealSecrets(): void;
  /** Whether AWS, or a cache, has returned anything; "not found" counts, too. */
  isServed(): boolean;
  /** What it has cost so far. */
  cost(): Cost;
  /** How long what it has read may be given again, in milliseconds; undefined where it has read nothing. */
  goodForMs(): number | undefined;
  /** The responses that it has read; undefined where nothing was, or they are not recorded. */
  sources(): Sources | undefined;
  /** What calls would cost that it has not sent. Those to an account or region that is not served would be refused. */
  forecast(calls: readonly PlannedCalls[]): Forecast;
}

interface Shared {
  served: Served;
  clock: Clock;
  /** What the cache of this process has for a call. */
  hit: (call: Call) => Hit | undefined;
  /** For what is no hit. */
  send: Send;
  budgetOf: (account: Account) => Budget;
  reads: ReadCounts;
}

export function openRequest(
  { served, clock, hit, send, budgetOf, reads }: Shared,
  { signal, timeoutMs, fresh = false, trace, isTracked, turns = {} }: RequestOptions,
): UpstreamRequest {
  const ledger = new Ledger(clock, reads, isTracked);
  const lifeOf = (client: AbortSignal) => {
    const [end, startedAt] = [new RequestEnd(client, timeoutMs), clock.now()];
    return { end, of: { signal: end.signal, startedAt, deadline: () => startedAt + timeoutMs } };
  };
  const life = lifeOf(signal);
  const request = { caller: turns, attempt: 1, fresh, ledger, trace };
  let isRevealing = false;

  const toCall = (
    named: Target,
    command: AwsCommand,
    rest: Pick<Call, 'isOptional' | 'signal' | 'startedAt' | 'deadline' | 'brief'>,
  ): Call => {
    const target = served.resolve(named);
    checkInputSize(command.input);
    const operation = operationOf(command);
    const key = keyOf({ operation, target, command });
    const secrets = isRevealing && returnsSecrets(command);
    return { operation, target, command, key, secrets, ...request, ...rest };
  };

  const sendMiss = async (call: Call): Promise<unknown> => {
    // A request that has ended would still wait for turns, and take them from others.
    if (call.signal.aborted) throw toAborted(call.signal);
    // A hit was checked when it was a miss.
    served.checkNamed(call.command.input);
    let answer: unknown;
    try {
      answer = await send(call);
      ledger.serve();
      return answer;
    } catch (error) {
      if (error instanceof ResourceNotFoundError) ledger.serve();
      throw error;
    } finally {
      // What failed may go well the next time, and what is not there may be made.
      const page = call.brief?.page;
      if (call.operation.isRead) ledger.read(page ?? call, page?.answer ?? answer, call.goodUntil ?? 0);
    }
  };

  const sender = (optional: boolean, begin: () => typeof life): SendCommand => {
    const isOptional = () => optional;
    return async <C extends AwsCommand>(target: Target, command: C, brief?: Brief) => {
      const { end, of } = begin();
      const call = toCall(target, command, { isOptional, brief, ...of });
      const known = end.isOver ? undefined : hit(call);
      if (!known) return (await end.during(() => sendMiss(call))) as OutputOf<C>;
      ledger.serve();
      ledger.read(call, known.answer, known.goodUntil);
      return known.answer as OutputOf<C>;
    };
  };

  return {
    isServed: () => ledger.isServed(),
    cost: () => ledger.cost(budgetOf),
    goodForMs: () => ledger.goodForMs(),
    sources: () => ledger.sources(),
    forecast: (calls) => forecast(served.among(calls), budgetOf),
    revealSecrets: () => {
      isRevealing = true;
    },
    send: sender(false, () => life),
    sendOnce: sender(true, () => life),
    sendToEnd: sender(false, () => lifeOf(new AbortController().signal)),
  };
}
