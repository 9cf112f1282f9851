import { createLog } from './server/log.js';
/** Whether all went well. */
export async function runChecks(checks, tell) {
    let isGood = true;
    for (const check of checks) {
        const failures = await failuresOf(check);
        tell(failures.length > 0 ? `failed  ${check.what}: ${failures.join('; ')}` : `ok      ${check.what}`);
        isGood &&= failures.length === 0;
    }
    return isGood;
}
async function failuresOf({ run }) {
    const failures = [];
    const write = (line) => void failures.push(textOf(JSON.parse(line)));
    try {
        await run(await createLog({ level: 'warn', destination: { write } }));
    }
    catch (error) {
        failures.push(error.message);
    }
    return failures;
}
function textOf({ msg, reason, cause }) {
    const why = reason ?? cause?.exceptionMessage ?? cause?.code ?? cause?.name;
    return why ? `${msg} (${why})` : msg;
}
/** A list of each API: what the credentials, the network and the region must be good for. */
const PROBE = `query ($region: String!) {
  stages(first: 1, region: $region) { nodes { arn } }
  channels(first: 1, region: $region) { nodes { arn } }
}`;
/** What fails is logged by the gateway. */
export const probe = (gateway, region) => gateway.fetch('http://localhost/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: PROBE, variables: { region } }),
});
export async function fetchKeys(uri, log) {
    const { KeySet } = await import('./server/identity/key-set.js');
    await new KeySet({ uri, log, clock: performance, timeoutMs: 5_000 }).refresh();
}
