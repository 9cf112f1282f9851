import { commands } from './commands.js';
import { AwsError, logUnexpected, Refused } from './errors.js';
import { checkInput, kinds } from './members.js';
import { reply } from './reply.js';
import { parseJson, readBody } from './request.js';
const PREFIX = '/_control';
const pathOf = ({ url = '' }) => url.split('?', 1)[0] ?? '';
export function isControl(request) {
    const path = pathOf(request);
    return path === PREFIX || path.startsWith(`${PREFIX}/`);
}
/** Rejects with what `controlFailure` answers. */
export async function answerControl(control, request) {
    return reply(200, JSON.stringify(await run(control, request)));
}
async function run(control, request) {
    const name = pathOf(request).slice(PREFIX.length + 1);
    const body = await readBody(request);
    if (request.method === 'GET' && name === '')
        return { commands, kinds };
    if (request.method !== 'POST' || !Object.hasOwn(commands, name)) {
        throw new Refused(`${request.method} ${pathOf(request).slice(0, 200)}: GET ${PREFIX} lists what can be POSTed to ${PREFIX}/<name>`);
    }
    const command = name;
    const input = checkInput(command, commands[command], parseJson(body));
    // The input was checked against the command's fields just above
    return control[command].call(control, input) ?? {};
}
export function controlFailure(error) {
    if (error instanceof Refused || error instanceof AwsError)
        return reply(error.status, JSON.stringify({ error: error.message }));
    logUnexpected(error);
    return reply(500, JSON.stringify({ error: 'An unexpected error' }));
}
