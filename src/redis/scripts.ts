// Lua in one round trip, once Redis knows the script.
import { createHash } from 'node:crypto';
import type { Redis as Client } from 'ioredis';
import { within } from './failures.ts';
import { SILENT_AFTER_MS } from './membership.ts';

export type Argument = string | number | Buffer;

/** In a cluster, messages are published for the slot of the keys alone. */
export type Publishing = 'plain' | 'sharded';

/**
 * What each script finds: the time as `now`, Redis's own in milliseconds, so that the replicas' clocks need not agree; and
 * `publish`, whose channel is the last of KEYS, since a Redis may refuse what is not named there. KEYS then has the script's own.
 */
const SETUP = `
local time = redis.call('TIME')
local clock = time[1] * 1000 + time[2] / 1000
local now = tonumber(ARGV[#ARGV]) or clock
local silentSince = clock - ${SILENT_AFTER_MS}
local said = table.remove(KEYS)
`;
const PUBLISH = {
  plain: `local function publish(topic, text) redis.call('PUBLISH', said, topic .. '\\n' .. text) end\n`,
  sharded: `local function publish(topic, text) redis.call('SPUBLISH', said, topic .. '\\n' .. text) end\n`,
};

interface Script {
  lua: string;
  publishing: Publishing;
  keys: string[];
  args: Argument[];
  /** For each of the two round trips: the first may have waited for this process alone. */
  timeoutMs: number;
}

export async function evaluate(
  client: Client,
  { lua, publishing, keys, args, timeoutMs }: Script,
): Promise<unknown> {
  const script = SETUP + PUBLISH[publishing] + lua;
  const send = (command: string, what: string) =>
    within(timeoutMs, client.callBuffer(command, what, keys.length, ...keys, ...args));
  try {
    return await send('EVALSHA', shaOf(script));
  } catch (error) {
    if (!(error as Error).message.startsWith('NOSCRIPT')) throw error;
    return send('EVAL', script);
  }
}

const shas = new Map<string, string>();
function shaOf(lua: string): string {
  const sha = shas.get(lua) ?? createHash('sha1').update(lua).digest('hex');
  shas.set(lua, sha);
  return sha;
}
