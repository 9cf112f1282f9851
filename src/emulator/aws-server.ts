// AWS's wire: HTTP in, restJson1 out.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { Accounts } from './accounts.ts';
import type { Call, CallLog } from './calls.ts';
import { AwsError, logUnexpected, throttled } from './errors.ts';
import { type ApiCall, emitApiCall } from './events/cloudtrail.ts';
import { type Fault, type Faults, fails } from './faults.ts';
import { errorStatus } from './model.ts';
import { operations } from './operations.ts';
import { answerOtherService, isForOtherService } from './other-services.ts';
import type { CallRates } from './rates.ts';
import { type Reply, reply, type Silence } from './reply.ts';
import { findRoute, readBody, readInput } from './request.ts';
import { writeStructure } from './serialization.ts';
import { requireIvsScope } from './signature.ts';
import { validate } from './validation.ts';
import type { World } from './world.ts';

export interface Wire {
  accounts: Accounts;
  calls: CallLog;
  faults: Faults;
  latencyMs: number;
  /** Absent: no limit on calls. */
  rates?: CallRates | undefined;
}

const REQUEST_ID = 'x-amzn-requestid';

/** A call whose input is of the right types. */
interface Acting extends ApiCall {
  input: Record<string, unknown>;
}

/** AWS's own order of checks, top to bottom. */
export async function answerAws(request: IncomingMessage, wire: Wire): Promise<Reply | Silence> {
  let call: Call | undefined;
  let requestId: string = randomUUID();
  const finish = <R extends Reply | Silence>(reply: R): R => {
    if (call && typeof reply === 'object') wire.calls.answered(call, reply.status);
    return reply;
  };
  try {
    if (isForOtherService(request)) return await answerOtherService(request, wire.accounts);
    // FIRST what is called: an unknown path says so even to a caller without credentials
    const route = findRoute(request);
    // THEN who calls: the access key id and the region of the credential scope choose the world
    const { accessKeyId, region } = requireIvsScope(request);
    const account = wire.accounts.bySigner(accessKeyId);
    const { accountId } = account;
    requestId = account.ids.nextRequest();
    // THEN the body, as JSON of the right types
    const body = await readBody(request);
    const input = readInput(route, body);
    const { operation } = route;
    call = wire.calls.record({ operation: operation.name, accountId, region, input }, body.length);
    await pause(wire.latencyMs);
    // THEN how often, before anything is judged
    if (wire.rates?.admits(`${accountId} ${region}`, operation.name, input) === false) throw throttled();
    // A fault strikes where AWS throttles and breaks: before the input is judged
    const fault = wire.faults.strike(operation.name, input);
    await pause(fault?.delayMs);
    if (fails(fault) && !fault.afterwards) return finish(failure(fault, requestId));
    const acted = act({ operation, input, world: account.world(region), request, requestId });
    return finish(fails(fault) ? failure(fault, requestId) : acted);
  } catch (error) {
    if (request.errored) throw error; // the client left while its body was read
    return finish(awsFailure(error, requestId));
  }
}

const pause = async (milliseconds = 0) => {
  if (milliseconds > 0) await setTimeout(milliseconds, undefined, { ref: false });
};

/** If we have reached here the call is well formed. The response is written at once: the world moves on. */
function act(call: Acting): Reply {
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
  return reply(error.status, JSON.stringify(error.body), {
    'x-amzn-errortype': error.type,
    [REQUEST_ID]: requestId,
  });
}

function failure(
  { hang, reset, status, errorType, message = 'A fault on demand', body, headers }: Fault,
  requestId: string,
): Reply | Silence {
  if (hang) return 'hang';
  if (reset) return 'reset';
  const type: Record<string, string> = errorType ? { 'x-amzn-errortype': errorType } : {};
  const error = new AwsError(errorType ?? '', message, status ?? errorStatus.get(errorType ?? ''));
  return reply(error.status, body ?? JSON.stringify(error.body), {
    [REQUEST_ID]: requestId,
    ...type,
    ...headers,
  });
}
