/** A Redis that cannot serve the gateway until its configuration or the URL changes. */
export class UnusableError extends Error {
    name = 'UnusableError';
}
export class NoAnswerError extends Error {
    name = 'NoAnswerError';
}
/** Redis has answered, and said no. */
const isRefusal = ({ name }) => name === 'ReplyError' || name === UnusableError.name;
/** Names a refusal: NOPERM, WRONGPASS, READONLY. Undefined for what is none. */
export const kindOf = (error) => isRefusal(error) ? error.message.split(' ', 1)[0] : undefined;
/** Redis 7 calls a missing permission ERR where a script needs it. */
const LASTING = /^(NOPERM|NOAUTH|WRONGPASS|MOVED|CROSSSLOT|ERR The user executing the script can't)\b/;
/** Whether it stays so until somebody changes Redis: then there is no use in trying again soon. */
export const isLasting = (error) => error instanceof UnusableError || (isRefusal(error) && LASTING.test(error.message));
/** Only a text: an error of ioredis carries its command, and that of AUTH the password. */
export function reasonOf(error) {
    if (isRefusal(error) || error.name === NoAnswerError.name)
        return error.message;
    // What else ioredis has to say of a connection that is gone speaks of its own options.
    return error.code ?? 'the connection was closed';
}
/** Throws for a node of a cluster: the keys of a script are on several nodes. Without permission for INFO, scripts fail. */
export async function refuseCluster(client) {
    const info = await client.info('cluster').catch((error) => {
        if (kindOf(error) === 'NOPERM')
            return '';
        throw error;
    });
    if (!/^cluster_enabled:1\b/m.test(info))
        return;
    throw new UnusableError('expected a Redis that stands alone, got a node of a Redis Cluster, which is not supported');
}
/** Throws for a database that is not there: ioredis only emits an error, and then works in database 0. */
export async function selectDatabase(client, database) {
    // The user of database 0 needs no permission for it.
    if (database === 0)
        return;
    await client.select(database).catch((error) => {
        if (kindOf(error) !== 'ERR')
            throw error;
        throw new UnusableError(`expected a database that Redis has, got ${database} (${error.message})`);
    });
}
export function within(timeoutMs, answer) {
    return new Promise((resolve, reject) => {
        const refuse = () => reject(new NoAnswerError(`no answer within ${timeoutMs} ms`));
        // If it was this process that was busy, the answer lies in the socket, and is read before `setImmediate` runs.
        const timer = setTimeout(() => setImmediate(refuse), timeoutMs);
        answer.then(resolve, reject).finally(() => clearTimeout(timer));
    });
}
