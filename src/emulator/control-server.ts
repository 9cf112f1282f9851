// The control API over HTTP: POST /_control/<name> with a JSON object; GET /_control lists the commands, and
// GET /_control/openapi.json describes them to tools. What only reads takes GET, too, with its input as the query.
import type { IncomingMessage } from 'node:http';
import { pathOf } from '../http/path.ts';
import { commands } from './commands/index.ts';
import type { Control } from './control.ts';
import { AwsError, logUnexpected, Refused } from './errors.ts';
import { kinds } from './member-rules.ts';
import { readQuery } from './members.ts';
import { type Reply, reply } from './reply.ts';
import { parseJson, readBody } from './request.ts';

const PREFIX = '/_control';

const queryOf = ({ url = '' }: IncomingMessage) =>
  Object.fromEntries(new URLSearchParams(url.split('?', 2)[1]));

export function isControl(request: IncomingMessage): boolean {
  const path = pathOf(request);
  return path === PREFIX || path.startsWith(`${PREFIX}/`);
}

/** Rejects with what `controlFailure` handles. */
export async function answerControl(control: Control, request: IncomingMessage): Promise<Reply> {
  return reply(200, JSON.stringify(await run(control, request)));
}

async function run(control: Control, request: IncomingMessage): Promise<unknown> {
  const name = pathOf(request).slice(PREFIX.length + 1);
  const body = await readBody(request);
  if (request.method === 'GET' && name === '') return { commands, kinds };
  if (request.method === 'GET' && name === 'openapi.json') return describe(request);
  const known = Object.hasOwn(commands, name) ? commands[name as keyof Control] : undefined;
  const isRead = request.method === 'GET' && known?.isRead === true;
  if (!known || (request.method !== 'POST' && !isRead)) {
    throw new Refused(
      `${request.method} ${pathOf(request).slice(0, 200)}: GET ${PREFIX} lists what can be POSTed to ${PREFIX}/<name>`,
    );
  }
  const command = name as keyof Control;
  const read = isRead ? readQuery(known.members, queryOf(request)) : parseJson(body);
  // The command checks it.
  return (await (control[command] as (input: unknown) => unknown)(read)) ?? {};
}

/** Loaded late, as the page of the studio is. */
async function describe({ headers }: IncomingMessage): Promise<object> {
  const { openApi } = await import('./open-api.ts');
  return openApi(`http://${headers.host}`);
}

export function controlFailure(error: unknown): Reply {
  if (error instanceof Refused || error instanceof AwsError)
    return reply(error.status, JSON.stringify({ error: error.message }));
  logUnexpected(error);
  return reply(500, JSON.stringify({ error: 'An unexpected error' }));
}
