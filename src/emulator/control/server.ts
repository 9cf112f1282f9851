// The control API over HTTP: POST /_control/<name> with a JSON object; GET /_control lists the commands, and
// GET /_control/openapi.json describes them to tools. What only reads takes GET, too, with its input as the query.
import type { IncomingMessage } from 'node:http';
import { pathOf } from '../../http/path.ts';
import { parseJson, readBody } from '../aws/request.ts';
import { AwsError, logUnexpected, Refused } from '../errors.ts';
import { kinds } from '../inputs/member-rules.ts';
import { readQuery } from '../inputs/members.ts';
import { didYouMean } from '../inputs/suggest.ts';
import { type Reply, reply } from '../reply.ts';
import { withName } from './checks.ts';
import { commands } from './commands/index.ts';
import type { Control } from './control.ts';

const PREFIX = '/_control';
const DOCUMENT = 'openapi.json';

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
  const methods = methodsOf(name);
  if (!methods) throw unknownCommand(name);
  if (!methods.includes(request.method ?? '')) throw new WrongMethod(request, methods);
  if (name === '') return { commands, kinds };
  if (name === DOCUMENT) return describe(request);
  const command = name as keyof Control;
  const input = await inputOf(request, command);
  // The command checks it.
  return (await (control[command] as (input: unknown) => unknown)(input)) ?? {};
}

function methodsOf(name: string): string[] | undefined {
  if (name === '' || name === DOCUMENT) return ['GET'];
  if (!Object.hasOwn(commands, name)) return undefined;
  return commands[name as keyof Control].isRead ? ['GET', 'POST'] : ['POST'];
}

async function inputOf(request: IncomingMessage, command: keyof Control): Promise<unknown> {
  try {
    const body = await readBody(request);
    return request.method === 'GET'
      ? readQuery(commands[command].members, queryOf(request))
      : parseJson(body);
  } catch (error) {
    throw withName(command, error);
  }
}

const unknownCommand = (name: string) =>
  new Refused(
    `${PREFIX}/${name.slice(0, 100)}: expected a command, as GET ${PREFIX} lists them, got an unknown one${didYouMean(Object.keys(commands), name)}`,
    404,
  );

class WrongMethod extends Refused {
  readonly allow: string;
  constructor(request: IncomingMessage, methods: readonly string[]) {
    super(`${pathOf(request)}: expected ${methods.join(' or ')}, got ${request.method}`, 405);
    this.allow = methods.join(', ');
  }
}

/** Loaded late, as the page of the studio is. */
async function describe({ headers }: IncomingMessage): Promise<object> {
  const { openApi } = await import('./open-api.ts');
  return openApi(`http://${headers.host}`);
}

export function controlFailure(error: unknown): Reply {
  const headers: Record<string, string> = error instanceof WrongMethod ? { allow: error.allow } : {};
  if (error instanceof Refused || error instanceof AwsError)
    return reply(error.status, JSON.stringify({ error: error.message }), headers);
  logUnexpected(error);
  return reply(500, JSON.stringify({ error: 'An unexpected error' }));
}
