import { onOperation } from '../operation.js';
import { codeOf } from './outcome.js';
import { lookAtErrors } from './result-parts.js';
/** Of a response that has begun before the operation ended. */
const BEGUN = 200;
const secondsSince = (began) => (performance.now() - began) / 1000;
/** A client that leaves ends the execution, which then has no result, or no further part. */
const outcomeFor = ({ outcome }, { signal }) => signal.aborted ? 'cancelled' : outcome;
export function onAnswered(tell) {
    return {
        onRequest: ({ serverContext, url }) => {
            if (url.pathname === '/graphql')
                serverContext.arrivedAt ??= performance.now();
        },
        ...onOperation(({ isEvent, kind, args: { contextValue: names } }) => {
            const { answer, arrivedAt } = names;
            const began = isEvent ? performance.now() : arrivedAt;
            return {
                onEnd: () => {
                    // A subscription counts by its events: how long a client stays says nothing of the gateway.
                    if (began === undefined || !(isEvent || (answer.isStreamed && kind !== 'subscription')))
                        return;
                    const outcome = outcomeFor(answer, names.request);
                    tell({ ...answer, outcome, names, status: BEGUN, seconds: secondsSince(began) });
                },
            };
        }),
        onResultProcess: (payload) => {
            const { serverContext } = payload;
            lookAtErrors(payload, (error) => {
                serverContext.told ??= new Set();
                serverContext.told.add(codeOf(error));
            });
        },
        onResponse: ({ request, serverContext, response: { status } }) => {
            const { answers = [], arrivedAt, told: codes = new Set() } = serverContext;
            if (arrivedAt === undefined)
                return;
            const ended = { names: serverContext, status, seconds: secondsSince(arrivedAt) };
            if (answers.length === 0)
                tell({ kind: 'none', outcome: 'refused', codes, ...ended });
            for (const answer of answers)
                if (!answer.isStreamed)
                    tell({ ...answer, outcome: outcomeFor(answer, request), ...ended });
        },
    };
}
