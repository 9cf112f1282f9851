import { systemClock } from '../clock.js';
import { ThrottledError } from '../errors.js';
import { observedWait } from '../observed.js';
import { Gate } from './gate.js';
import { limitsOf } from './limits.js';
import { SharedBucket } from './shared-bucket.js';
import { TokenBucket } from './token-bucket.js';
/** So many limits are counted before those that nobody uses are forgotten. */
const MAX_GATES = 1000;
const SILENT = { called() { }, waited() { } };
export function quota({ clock = systemClock, rates, shared, observer = SILENT } = {}) {
    const gates = new Map();
    const bucketOf = (limit, wake) => shared ? new SharedBucket(limit, { shared, clock, wake }) : new TokenBucket(limit.perSecond, clock.now());
    const gateOf = (limit) => {
        const { name } = limit;
        const known = gates.get(name);
        if (known)
            return known;
        // Some limits are of single channels, which come and go.
        if (gates.size >= MAX_GATES)
            for (const [other, gate] of gates)
                if (gate.isIdle())
                    gates.delete(other);
        const gate = new Gate(clock, (wake) => bucketOf(limit, wake));
        gates.set(name, gate);
        return gate;
    };
    // Others have left the line: see shared-bucket-scripts.ts.
    shared?.listen(`turn:${shared.id}`, (text) => {
        const [, inMs, name = ''] = /^(\S+) (.*)$/.exec(text) ?? [];
        gates.get(name)?.hurry(Number(inMs));
    });
    const layer = (next) => async (call) => {
        const { operation, target, command, ledger, progress } = call;
        const passed = limitsOf(operation, target, command.input, rates).map(gateOf);
        const releases = [];
        try {
            if (progress)
                progress.isQueued = true;
            await observedWait({ clock, observer }, call, async () => {
                for (const gate of passed)
                    releases.push(await gate.pass(call));
            });
            if (progress)
                progress.isQueued = false;
            ledger.count(call, 'calls');
            return await next(call);
        }
        catch (error) {
            if (error instanceof ThrottledError && error.aws?.httpStatus)
                for (const gate of passed)
                    gate.slowDown();
            throw error;
        }
        finally {
            if (progress)
                progress.isQueued = false;
            for (const release of releases)
                release();
        }
    };
    return {
        layer,
        budgetOf: ({ operation, target }) => gateOf(limitsOf(operation, target, {}, rates).at(-1)).budget(),
        facts: () => [...gates].flatMap(([name, gate]) => {
            const [region = '', service = '', operation = '', resource] = name.split(' ');
            // Single channels come and go, and name somebody's.
            if (resource)
                return [];
            const [waiting, oldestMs] = [gate.waiting(), gate.oldestMs()];
            return [{ region, service, operation, waiting, oldestMs, budget: gate.budget() }];
        }),
    };
}
