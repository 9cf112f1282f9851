// One request of a client of ours: what its calls have in common.
import { nameOfTarget } from './arn.js';
import { RegionNotAllowedError, ResourceNotFoundError, toAborted } from './errors.js';
import { Ledger } from './ledger.js';
import { operationOf } from './operation.js';
import { forecast } from './quota/forecast.js';
import { RequestEnd } from './request-end.js';
import { checkInputSize } from './sdk/input-check.js';
import { returnsSecrets } from './sdk/secrets.js';
export function openRequest({ regions, clock, hit, send, budgetOf, reads }, { signal, timeoutMs, fresh = false, trace, isTracked }) {
    const ledger = new Ledger(clock, reads, isTracked);
    const lifeOf = (client) => {
        const [end, startedAt] = [new RequestEnd(client, timeoutMs), clock.now()];
        return { end, of: { signal: end.signal, startedAt, deadline: () => startedAt + timeoutMs } };
    };
    const life = lifeOf(signal);
    const request = { caller: {}, attempt: 1, fresh, ledger, trace };
    let isRevealing = false;
    const toCall = (target, command, rest) => {
        checkRegion(target.region, regions);
        checkInputSize(command.input);
        const operation = operationOf(command);
        const key = `${nameOfTarget(target)} ${operation.service} ${operation.name} ${JSON.stringify(command.input)}`;
        const secrets = isRevealing && returnsSecrets(command);
        return { operation, target, command, key, secrets, ...request, ...rest };
    };
    const sendMiss = async (call) => {
        // A request that has ended would still wait for turns, and take them from others.
        if (call.signal.aborted)
            throw toAborted(call.signal);
        let answer;
        try {
            answer = await send(call);
            ledger.serve();
            return answer;
        }
        catch (error) {
            if (error instanceof ResourceNotFoundError)
                ledger.serve();
            throw error;
        }
        finally {
            // What failed may go well the next time, and what is not there may be made.
            if (call.operation.isRead)
                ledger.read(call, answer, call.goodUntil ?? 0);
        }
    };
    const sender = (optional, begin) => {
        const isOptional = () => optional;
        return async (target, command) => {
            const { end, of } = begin();
            const call = toCall(target, command, { isOptional, ...of });
            const known = end.isOver ? undefined : hit(call);
            if (!known)
                return (await end.during(() => sendMiss(call)));
            ledger.serve();
            ledger.read(call, known.answer, known.goodUntil);
            return known.answer;
        };
    };
    return {
        isServed: () => ledger.isServed(),
        cost: () => ledger.cost(budgetOf),
        goodForMs: () => ledger.goodForMs(),
        sources: () => ledger.sources(),
        forecast: (calls) => forecast(calls.filter(({ target }) => regions.includes(target.region)), budgetOf),
        revealSecrets: () => {
            isRevealing = true;
        },
        send: sender(false, () => life),
        sendOnce: sender(true, () => life),
        sendToEnd: sender(false, () => lifeOf(new AbortController().signal)),
    };
}
function checkRegion(region, regions) {
    if (regions.includes(region))
        return;
    throw new RegionNotAllowedError(`Region ${region} is not one of those served here: ${regions.join(', ')}`);
}
