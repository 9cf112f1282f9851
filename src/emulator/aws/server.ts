// AWS's wire: HTTP in, restJson1 out.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { AwsError, logUnexpected, throttled } from '../errors.ts';
import { type ApiCall, emitApiCall } from '../events/cloudtrail.ts';
import { replaces } from '../faults/fault.ts';
import type { Faults, Strike } from '../faults/faults.ts';
import { failure, inFlow } from '../faults/struck.ts';
import { validate } from '../model/validation.ts';
import { type Reply, reply, type Silence } from '../reply.ts';
import { hang, type InFlight, pause } from '../traffic/in-flight.ts';
import type { Exchange, Traffic } from '../traffic/traffic.ts';
import type { Accounts } from '../world/accounts.ts';
import type { World } from '../world/world.ts';
import { operations } from './operations.ts';
import { answerOtherService, isForOtherService } from './other-services.ts';
import type { CallRates } from './rates.ts';
import { findRoute, readBody, readInput } from './request.ts';
import { writeStructure } from './serialization.ts';
import { accessKeyIdOf, requireIvsScope } from './signature.ts';

export interface Wire {
  accounts: Accounts;
  traffic: Traffic;
  faults: Faults;
  inFlight: InFlight;
  latencyMs: number;
  /** Absent: no limit on calls. */
  rates?: CallRates | undefined;
}

const REQUEST_ID = 'x-amzn-requestid';

/** A call whose input is of the right types. */
interface Acting extends ApiCall {
  input: Record<string, unknown>;
}

export async function answerAws(request: IncomingMessage, wire: Wire): Promise<Reply | Silence> {
  const { accounts, traffic } = wire;
  const exchange = newExchange(accounts, request);
  let outcome: Reply | Silence;
  try {
    outcome = isForOtherService(request)
      ? await answerOtherService(request, accounts)
      : await answerIvs(request, wire, exchange);
  } catch (error) {
    if (request.errored) throw error; // the client left while its body was read
    outcome = awsFailure(error, exchange.requestId);
  }
  traffic.ended(request, exchange, outcome);
  return outcome === 'hang' ? hung(request, traffic, exchange) : outcome;
}

async function hung(request: IncomingMessage, traffic: Traffic, exchange: Exchange) {
  try {
    await hang(request, exchange.signal);
    return 'hang';
  } catch (error) {
    const refusal = awsFailure(error, exchange.requestId);
    traffic.ended(request, exchange, refusal);
    return refusal;
  }
}

/** A request that is not even read. */
export function refuseAws(request: IncomingMessage, { accounts, traffic }: Wire, error: unknown): Reply {
  const exchange = newExchange(accounts, request);
  const refusal = awsFailure(error, exchange.requestId);
  traffic.ended(request, exchange, refusal);
  return refusal;
}

function newExchange(accounts: Accounts, request: IncomingMessage): Exchange {
  const accessKeyId = accessKeyIdOf(request);
  return {
    startedAt: performance.now(),
    time: accounts.clock.now(),
    requestId: randomUUID(),
    ...(accessKeyId && { account: accounts.idBySigner(accessKeyId) }),
  };
}

/** AWS's own order of checks, top to bottom. */
async function answerIvs(request: IncomingMessage, wire: Wire, exchange: Exchange): Promise<Reply | Silence> {
  const { accounts, traffic, rates, faults, inFlight, latencyMs } = wire;
  // FIRST what is called: an unknown path says so even to a caller without credentials
  const route = findRoute(request);
  // THEN who calls: the access key id and the region of the credential scope choose the world
  const { accessKeyId, region } = requireIvsScope(request);
  const caller = accounts.bySigner(accessKeyId);
  const { accountId: account } = caller;
  const requestId = caller.ids.nextRequest();
  const signal = inFlight.signalOf(account);
  Object.assign(exchange, { account, region, requestId, signal, time: caller.clock.now() });
  // THEN the body, as JSON of the right types
  const body = await readBody(request);
  signal.throwIfAborted();
  const input = readInput(route, body);
  const { operation } = route;
  const call = { time: exchange.time, requestId, account, region, operation: operation.name, input };
  exchange.operation = operation.name;
  exchange.call = traffic.calls.record(call, body.length);
  await pause(latencyMs, signal);
  // THEN how often, before anything is judged
  if (rates?.admits(caller, region, operation.name, input) === false) throw throttled();
  // A fault strikes where AWS throttles and breaks: before the input is judged
  const strike = faults.strike(call);
  const act = () => {
    signal.throwIfAborted();
    return actIn({ operation, input, world: accounts.of(account).world(region), request, requestId });
  };
  return strike ? await struck(strike, act, exchange) : act();
}

async function struck(
  { id, effect }: Strike,
  act: () => Reply,
  exchange: Exchange,
): Promise<Reply | Silence> {
  exchange.fault = id;
  await pause(effect.delayMs, exchange.signal);
  if (replaces(effect) && !effect.afterwards) return failure(effect, exchange.requestId);
  if (!replaces(effect)) return inFlow(orFailure(act, exchange.requestId), effect);
  act();
  return failure(effect, exchange.requestId);
}

/** The error of a call is a reply, too, that a fault can cut off. */
function orFailure(act: () => Reply, requestId: string): Reply {
  try {
    return act();
  } catch (error) {
    return awsFailure(error, requestId);
  }
}

/** If we have reached here the call is well formed. The response is written at once: the world moves on. */
function actIn(call: Acting): Reply {
  const { operation, requestId } = call;
  try {
    const output = outputOf(call);
    emitApiCall({ ...call, output });
    const headers = { [REQUEST_ID]: requestId };
    return operation.status === 204
      ? reply(204, '', headers)
      : reply(operation.status, JSON.stringify(output), headers);
  } catch (error) {
    emitApiCall({ ...call, error });
    throw error;
  }
}

function outputOf({ operation, input, world }: Acting): object {
  validate(operation, input);
  const run = operations[operation.name as keyof typeof operations] as (
    input: object,
    world: World,
  ) => object;
  return writeStructure(operation.output, run(input, world));
}

export function awsFailure(thrown: unknown, requestId: string = randomUUID()): Reply {
  if (!(thrown instanceof AwsError)) logUnexpected(thrown);
  const error =
    thrown instanceof AwsError ? thrown : new AwsError('InternalServerException', 'An unexpected error');
  return {
    ...reply(error.status, JSON.stringify(error.body), {
      'x-amzn-errortype': error.type,
      [REQUEST_ID]: requestId,
    }),
    error: { type: error.type, message: error.message },
  };
}
