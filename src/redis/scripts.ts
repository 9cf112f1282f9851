// Lua in one round trip, once Redis knows the script.
import { createHash } from 'node:crypto';
import type { Redis as Client } from 'ioredis';

export type Argument = string | number | Buffer;

export async function evaluate(client: Client, lua: string, args: Argument[]): Promise<unknown> {
  try {
    return await client.callBuffer('EVALSHA', shaOf(lua), ...args);
  } catch (error) {
    if (!(error as Error).message.startsWith('NOSCRIPT')) throw error;
    return client.callBuffer('EVAL', lua, ...args);
  }
}

const shas = new Map<string, string>();
function shaOf(lua: string): string {
  const sha = shas.get(lua) ?? createHash('sha1').update(lua).digest('hex');
  shas.set(lua, sha);
  return sha;
}
