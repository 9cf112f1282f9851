// How the process ends: in order when it is asked to, or when nobody can say any more what state it is in.
import { constants } from 'node:os';
const SIGNALS = ['SIGINT', 'SIGTERM'];
/**
 * Stops in order at the first signal, at once at the second: whoever sends it twice does not want to wait.
 *
 * With a log it also tells of faults that nobody caught. A rejected promise was one request's own, or nobody's: others
 * do not depend on it, and a client who found a way to cause it must not be able to stop everybody's gateway. An
 * exception has cut off whatever ran between two events, so what is in memory cannot be trusted: finish what was begun,
 * and let the supervisor start a new process.
 */
export function stopInOrder(stop, log) {
    let isStopping = false;
    let code = 0;
    const begin = () => {
        if (isStopping)
            return;
        isStopping = true;
        const fail = (error) => {
            log?.fatal({ err: toError(error) }, 'could not stop in order');
            code = 1;
        };
        void stop()
            .catch(fail)
            .finally(() => process.exit(code));
    };
    for (const signal of SIGNALS) {
        process.on(signal, () => {
            if (isStopping)
                process.exit(128 + constants.signals[signal]);
            begin();
        });
    }
    if (!log)
        return;
    process.on('unhandledRejection', (reason) => log.error({ err: toError(reason) }, 'unhandled rejection'));
    process.on('uncaughtException', (error) => {
        log.fatal({ err: toError(error) }, 'uncaught exception: stopping');
        code = 1;
        begin();
    });
}
/** What is thrown may be anything. */
const toError = (thrown) => (thrown instanceof Error ? thrown : new Error(String(thrown)));
