// `serve --check`: tries what the gateway needs at run time, one line of output per check.
import type { Logger } from 'pino';
import type { Gateway } from './server/gateway.ts';
import { createLog } from './server/log.ts';
import type { QueueOptions } from './upstream/sdk/queue.ts';

export interface Check {
  what: string;
  /** Rejects, or logs a warning, when it is not there. */
  run(log: Logger): Promise<unknown>;
}

/** Whether all went well. */
export async function runChecks(checks: readonly Check[], print: (line: string) => void): Promise<boolean> {
  let isGood = true;
  for (const check of checks) {
    const failures = await failuresOf(check);
    print(failures.length > 0 ? `failed  ${check.what}: ${failures.join('; ')}` : `ok      ${check.what}`);
    isGood &&= failures.length === 0;
  }
  return isGood;
}

async function failuresOf({ run }: Check): Promise<string[]> {
  const failures: string[] = [];
  const write = (line: string) => void failures.push(textOf(JSON.parse(line)));
  try {
    await run(await createLog({ level: 'warn', destination: { write } }));
  } catch (error) {
    failures.push((error as Error).message);
  }
  return failures;
}

interface Line {
  msg: string;
  reason?: string;
  /** What AWS or the system said. */
  cause?: { name?: string; code?: string; exceptionMessage?: string };
}

function textOf({ msg, reason, cause }: Line): string {
  const why = reason ?? cause?.exceptionMessage ?? cause?.code ?? cause?.name;
  return why ? `${msg} (${why})` : msg;
}

/** A list of each API: what the credentials, the network and the region must be good for. */
const PROBE = `query ($region: String!) {
  stages(first: 1, region: $region) { nodes { arn } }
  channels(first: 1, region: $region) { nodes { arn } }
}`;

/** What fails is logged by the gateway. */
export const probe = (gateway: Gateway, path: string, region: string) =>
  gateway.fetch(`http://localhost${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: PROBE, variables: { region } }),
  });

export const queueChecks = (queue: QueueOptions | undefined): Check[] =>
  queue
    ? [{ what: `events queue ${queue.url}: GetQueueAttributes`, run: (log) => probeQueue(queue, log) }]
    : [];

/** What AWS says of it is the cause. */
async function probeQueue(options: QueueOptions, log: Logger): Promise<void> {
  const { openQueue } = await import('./upstream/sdk/queue.ts');
  const queue = openQueue(options);
  const report = ({ message, cause }: Error) => {
    const reason = (cause as Error | undefined)?.message;
    log.warn({ ...(reason !== message && { reason }) }, message);
  };
  await queue.check().catch(report).finally(queue.close);
}

export async function fetchKeys(uri: string, log: Logger): Promise<void> {
  const { KeySet } = await import('./server/identity/key-set.ts');
  await new KeySet({ uri, log, clock: performance, timeoutMs: 5_000 }).refresh();
}
