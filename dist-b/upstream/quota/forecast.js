// How long calls will take that nobody has sent yet, at the rates and with the budgets of now.
import { nameOfTarget } from '../arn.js';
export function forecast(planned, budgetOf) {
    const operations = new Map();
    const waits = [];
    for (const { operation, target, calls, step } of [...planned].sort((a, b) => a.step - b.step)) {
        const key = `${nameOfTarget(target)} ${operation.service} ${operation.name}`;
        const of = operations.get(key) ?? {
            service: operation.service,
            region: target.region,
            operation: operation.name,
            calls: 0,
            waitMs: 0,
            budget: budgetOf({ operation, target }),
        };
        const before = of.waitMs;
        of.calls += calls;
        of.waitMs = waitFor(of.calls, of.budget);
        waits[step] = Math.max(waits[step] ?? 0, of.waitMs - before);
        operations.set(key, of);
    }
    return {
        operations: [...operations.values()],
        calls: sum([...operations.values()].map(({ calls }) => calls)),
        waitMs: sum(waits.filter((wait) => wait > 0)),
    };
}
const waitFor = (calls, { available, perSecond }) => Math.ceil((Math.max(0, calls - available) / perSecond) * 1000);
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
