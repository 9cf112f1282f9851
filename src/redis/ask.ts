// One question to one node, on a connection of its own that ends with the answer: where the primary is, and what a node is.
import { Redis as Client } from 'ioredis';
import { kindOf, within } from './failures.ts';
import type { Credentials, Node } from './url.ts';

const TIMEOUT_MS = 1000;

export interface Access extends Credentials {
  isTls: boolean;
}

/** Rejects with what the connection or the node had to say. */
export async function ask(node: Node, access: Access, command: string, ...args: string[]): Promise<unknown> {
  const { isTls, username, password } = access;
  const client = new Client({
    ...node,
    ...(isTls && { tls: {} }),
    ...(username && { username }),
    ...(password && { password }),
    lazyConnect: true,
    // Replies as arrays, which all versions send.
    protocol: 2,
    disableClientInfo: true,
    enableReadyCheck: false,
    retryStrategy: null,
    connectTimeout: TIMEOUT_MS,
  });
  let failure: Error | undefined;
  // The rejection of `connect` does not say why.
  client.on('error', (error) => (failure = error));
  try {
    await within(TIMEOUT_MS, client.connect());
    return await within(TIMEOUT_MS, client.call(command, ...args));
  } catch (error) {
    throw kindOf(error as Error) ? error : (failure ?? error);
  } finally {
    client.disconnect();
  }
}

export interface Greeting {
  mode: 'standalone' | 'cluster' | 'sentinel';
}

/** Needs no permission. A Redis before version 6 does not know it. */
export async function greet(node: Node, access: Access): Promise<Greeting> {
  const reply = await ask(node, access, 'HELLO').catch((error: Error) => {
    if (kindOf(error) === 'ERR') return [];
    throw error;
  });
  return { mode: (memberOf(reply, 'mode') ?? 'standalone') as Greeting['mode'] };
}

/** Of a reply that is a list of names and values in turn, or an object. */
export function memberOf(reply: unknown, name: string): string | undefined {
  if (!Array.isArray(reply)) return (reply as Record<string, string> | undefined)?.[name];
  const index = reply.findIndex((member) => String(member) === name);
  return index < 0 ? undefined : String(reply[index + 1]);
}
