// The wire: HTTP in, restJson1 out.
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { Call, CallLog } from './calls.ts';
import { AwsError, throttled } from './errors.ts';
import { type Fault, type Faults, fails } from './faults.ts';
import { errorStatus, type Operation } from './model.ts';
import { operations } from './operations.ts';
import type { CallRates } from './rates.ts';
import { findRoute, readBody, readInput, readRegion } from './request.ts';
import { writeStructure } from './serialization.ts';
import { validate } from './validation.ts';
import type { Account, World } from './world.ts';

export interface Wire {
  account: Account;
  calls: CallLog;
  faults: Faults;
  latencyMs: number;
  /** Absent: as many calls as anybody likes. */
  rates?: CallRates | undefined;
}

interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
}
/** What a fault does to the connection in place of a reply. */
type Silence = 'hang' | 'reset';

/** AWS's own order of checks, top to bottom. */
async function answer(request: IncomingMessage, wire: Wire): Promise<Reply | Silence> {
  let call: Call | undefined;
  const finish = <R extends Reply | Silence>(reply: R): R => {
    if (call && typeof reply === 'object') wire.calls.answered(call, reply.status);
    return reply;
  };
  try {
    // FIRST what is called: an unknown path says so even to a caller without credentials
    const route = findRoute(request);
    // THEN who calls: the region of the credential scope chooses the world
    const region = readRegion(request);
    // THEN the body, as JSON of the right types
    const input = readInput(route, await readBody(request));
    const { operation } = route;
    call = wire.calls.record({ operation: operation.name, region, input });
    await pause(wire.latencyMs);
    // THEN how often, before anything is judged
    if (wire.rates?.admits(region, operation.name, input) === false) throw throttled();
    // A fault strikes where AWS throttles and breaks: before the input is judged
    const fault = wire.faults.strike(operation.name, input);
    await pause(fault?.delayMs);
    if (fails(fault) && !fault.afterwards) return finish(failure(fault));
    const acted = act(operation, input, wire.account.world(region));
    return finish(fails(fault) ? failure(fault) : acted);
  } catch (error) {
    if (request.errored) return 'hang'; // the client left while its body was read
    return finish(errorReply(error));
  }
}

const pause = async (milliseconds = 0) => {
  if (milliseconds > 0) await setTimeout(milliseconds, undefined, { ref: false });
};

/** If we have reached here the call is well formed. The answer is written at once: the world moves on. */
function act(operation: Operation, input: Record<string, unknown>, world: World): Reply {
  validate(operation, input);
  const run = operations[operation.name as keyof typeof operations] as (
    input: object,
    world: World,
  ) => object;
  const output = writeStructure(operation.output, run(input, world));
  return operation.status === 204 ? reply(204, '') : reply(operation.status, JSON.stringify(output));
}

function reply(status: number, body: string, headers: Record<string, string> = {}): Reply {
  const content: Record<string, string> =
    status === 204
      ? {}
      : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) };
  return { status, body, headers: { 'x-amzn-requestid': randomUUID(), ...content, ...headers } };
}

function errorReply(thrown: unknown): Reply {
  if (!(thrown instanceof AwsError)) console.error('ivs-graphql emulator: unexpected error', thrown);
  const error =
    thrown instanceof AwsError ? thrown : new AwsError('InternalServerException', 'An unexpected error');
  return reply(error.status, JSON.stringify(error.body), { 'x-amzn-errortype': error.type });
}

function failure({
  hang,
  reset,
  status,
  errorType,
  message = 'A fault on demand',
  body,
  headers,
}: Fault): Reply | Silence {
  if (hang) return 'hang';
  if (reset) return 'reset';
  const type: Record<string, string> = errorType ? { 'x-amzn-errortype': errorType } : {};
  const error = new AwsError(errorType ?? '', message, status ?? errorStatus.get(errorType ?? ''));
  return reply(error.status, body ?? JSON.stringify(error.body), { ...type, ...headers });
}

function send(response: ServerResponse, outcome: Reply | Silence): void {
  if (outcome === 'hang') return;
  if (outcome === 'reset') return void response.socket?.resetAndDestroy();
  response.writeHead(outcome.status, outcome.headers).end(outcome.body);
}

/** `control` answers the paths of the control API; everything else is AWS's. */
export function createWire(
  wire: Wire,
  control: (request: IncomingMessage, response: ServerResponse) => boolean,
): Server {
  const server = createServer((request, response) => {
    if (control(request, response)) return;
    answer(request, wire).then(
      (outcome) => send(response, outcome),
      (error: unknown) => {
        console.error('ivs-graphql emulator: the answer could not be sent', error);
        response.destroy();
      },
    );
  });
  // Longer than any client keeps an idle connection, so that the one to close it is never this side
  // while the client is sending its next request on it
  server.keepAliveTimeout = 600_000;
  server.headersTimeout = 610_000;
  server.requestTimeout = 0;
  return server;
}
