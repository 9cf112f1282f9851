// `serve --check`: tries what the gateway needs at run time, one line of output per check.
import type { Logger } from 'pino';
import type { Gateway } from '../server/gateway.ts';
import { createLog } from '../server/log.ts';
import type { QueueOptions } from '../upstream/sdk/queue.ts';

export interface Check {
  what: string;
  /** Rejects, or logs a warning, when it is not there. `advise` takes what is to be changed although the gateway can serve. */
  run(log: Logger, advise: (text: string) => void): Promise<unknown>;
}

/** Whether all went well. */
export async function runChecks(checks: readonly Check[], print: (line: string) => void): Promise<boolean> {
  let isGood = true;
  for (const check of checks) {
    const advice: string[] = [];
    const failures = await failuresOf(check, (text) => advice.push(text));
    for (const text of advice) print(`warning ${check.what}: ${text}`);
    print(failures.length > 0 ? `failed  ${check.what}: ${failures.join('; ')}` : `ok      ${check.what}`);
    isGood &&= failures.length === 0;
  }
  return isGood;
}

async function failuresOf({ run }: Check, advise: (text: string) => void): Promise<string[]> {
  const failures: string[] = [];
  const write = (line: string) => void failures.push(textOf(JSON.parse(line)));
  try {
    await run(await createLog({ level: 'warn', destination: { write } }), advise);
  } catch (error) {
    failures.push((error as Error).message);
  }
  // Each field of the probe fails for itself.
  return [...new Set(failures)];
}

interface Line {
  msg: string;
  reason?: string;
  /** What AWS or the system said. */
  cause?: { name?: string; code?: string; exceptionMessage?: string };
  aws?: { service: string; operation: string };
}

function textOf({ msg, reason, cause, aws }: Line): string {
  const why = reason ?? cause?.exceptionMessage ?? cause?.code ?? cause?.name;
  // A message about a setting says it all.
  if (why && /^[A-Z_]+: expected /.test(why)) return why;
  const text = aws?.service === 'sts' ? `${aws.operation} of STS: ${msg}` : msg;
  const code = / \((\w+)\)$/.exec(text);
  const isTwice = code?.[1] && why?.includes(code[1]);
  return why ? `${isTwice ? text.slice(0, code.index) : text} (${why})` : text;
}

export interface Place {
  /** Undefined: that of the credentials. */
  account: string | undefined;
  region: string;
}

/** A list of each API: what the credentials, the network, the account and the region must be good for. */
const PROBE = `query ($account: String, $region: String!) {
  stages(first: 1, account: $account, region: $region) { nodes { arn accountId } }
  channels(first: 1, account: $account, region: $region) { nodes { arn accountId } }
}`;

interface Probed {
  data?: Record<string, { nodes: { accountId: string }[] } | null> | null;
}

/** What fails is logged by the gateway. Rejects where the credentials are of another account. */
export async function probe(gateway: Gateway, path: string, { account, region }: Place): Promise<void> {
  const response = await gateway.fetch(`http://localhost${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: PROBE, variables: { account, region } }),
  });
  const { data }: Probed = await response.json();
  const found = Object.values(data ?? {}).flatMap((list) => list?.nodes ?? []);
  const other = found.find(({ accountId }) => account !== undefined && accountId !== account);
  if (other)
    throw new Error(`IVS_ACCOUNTS: expected credentials of this account, got those of ${other.accountId}`);
}

export const queueChecks = (queue: QueueOptions | undefined): Check[] =>
  queue
    ? [{ what: `events queue ${queue.url}: GetQueueAttributes`, run: (log) => probeQueue(queue, log) }]
    : [];

/** What AWS says of it is the cause. */
async function probeQueue(options: QueueOptions, log: Logger): Promise<void> {
  const { openQueue } = await import('../upstream/sdk/queue.ts');
  const queue = openQueue(options);
  const report = ({ message, cause }: Error) => {
    const reason = (cause as Error | undefined)?.message;
    log.warn({ ...(reason !== message && { reason }) }, message);
  };
  await queue.check().catch(report).finally(queue.close);
}

export async function fetchKeys(uri: string, log: Logger): Promise<void> {
  const { KeySet } = await import('../server/identity/key-set.ts');
  await new KeySet({ uri, log, clock: performance, timeoutMs: 5_000 }).refresh();
}
