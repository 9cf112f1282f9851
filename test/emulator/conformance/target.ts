// What is audited: the emulator with its demo world, or with AWS_REMOTE=1 the account of the default credentials.
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { IvsClient } from '@aws-sdk/client-ivs';
import { IVSRealTimeClient } from '@aws-sdk/client-ivs-realtime';
import { startEmulator } from '../../../src/emulator/emulator.ts';
import { model, type Operation } from '../../../src/emulator/model/model.ts';
import type { Call } from '../../../src/emulator/traffic/call.ts';
import { ManualClock } from '../support/clock.ts';
import { authorization } from '../support/emulate.ts';
import { isRead } from './audit.ts';
import type { Send } from './samples/sample.ts';
import {
  type Answer,
  answerOf,
  type Client,
  type Input,
  type Parsed,
  type Request,
  requestOf,
  sendThrough,
} from './wire.ts';

export const remote = process.env.AWS_REMOTE === '1';
/** Below the five calls a second that AWS allows each operation. */
const PAUSE_MS = 250;

export interface Target {
  /** Signed. The input need not be one that the SDK would send. */
  call(operation: Operation, input: Input | string, method?: string): Promise<Answer>;
  /** With this Authorization header, or none. */
  callAs(operation: Operation, input: Input, header: string | undefined): Promise<Answer>;
  /** Written and read by the SDK. */
  send(operation: Operation, input: Input): Promise<Parsed>;
  /** The demo world as it was. */
  restore(): void;
  clients: Record<Operation['service'], Client>;
  close(): Promise<void>;
}

export const operationNamed = (name: string): Operation =>
  model.find((operation) => operation.name === name) as Operation;

/** Calls that prepare what an audit needs. */
export const sendWith =
  (target: Target): Send =>
  async (name, input) => {
    const { output, error } = await target.send(operationNamed(name), input as unknown as Input);
    if (!output) throw error;
    return output as never;
  };

const clientsWith = (settings: object): Target['clients'] => ({
  ivs: new IvsClient({ maxAttempts: 1, ...settings }) as unknown as Client,
  'ivs-realtime': new IVSRealTimeClient({ maxAttempts: 1, ...settings }) as unknown as Client,
});

const destroy = (clients: Target['clients']) => {
  for (const client of Object.values(clients)) client.destroy();
};

/** Of calls that were refused, nothing is left. */
const isChange = ({ operation, status = 0 }: Call) => status < 300 && !isRead({ name: operation });

export async function emulatorTarget(): Promise<Target> {
  const emulator = await startEmulator({ seed: 'demo', clock: new ManualClock() });
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
  const clients = clientsWith({ region: 'us-west-2', endpoint: emulator.url, credentials });
  const agent = new Agent({ keepAlive: true });
  const post = async ({ method, path, query, body }: Request, header: string | undefined) => {
    const content = method === 'GET' ? '' : (body ?? '');
    const sent = request(
      `${emulator.url}${path}${query.length > 0 ? `?${new URLSearchParams(query)}` : ''}`,
      {
        agent,
        method,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(content),
          ...(header && { authorization: header }),
        },
      },
    ).end(content);
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    const { statusCode = 0, headers } = response;
    return answerOf(statusCode, headers as Record<string, string>, await text(response));
  };
  return {
    call: (operation, input, method = operation.method) =>
      post({ ...requestOf(operation, input), method }, authorization()),
    callAs: (operation, input, header) => post(requestOf(operation, input), header),
    send: (operation, input) => sendThrough(clients[operation.service], operation, input),
    restore: () => {
      if (emulator.calls.log().some(isChange)) emulator.control.reset();
      else emulator.calls.reset();
    },
    clients,
    close: async () => {
      destroy(clients);
      agent.destroy();
      await emulator.close();
    },
  };
}

export async function awsTarget(): Promise<Target> {
  const clients = clientsWith({});
  // A command cannot be made without the member that is in the path
  const placeholder = { resourceArn: '-' };
  const paced = async (
    operation: Operation,
    ...how: [input: Input, changes?: Parameters<typeof sendThrough>[3]]
  ) => {
    await setTimeout(PAUSE_MS);
    return sendThrough(clients[operation.service], operation, ...how);
  };
  const rewritten = (operation: Operation, input: Input | string, method = operation.method) => ({
    request: { ...requestOf(operation, input), method },
  });
  return {
    call: async (operation, input, method) =>
      (await paced(operation, placeholder, rewritten(operation, input, method))).answer,
    callAs: async (operation, input, header) =>
      (await paced(operation, placeholder, { ...rewritten(operation, input), authorization: header })).answer,
    send: (operation, input) => paced(operation, input),
    restore: () => {},
    clients,
    close: async () => destroy(clients),
  };
}
