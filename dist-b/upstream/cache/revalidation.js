// Which list revalidates which read: while the list says the same of a resource, what was read of it may be reused for long.
// Rows of services/ say so (`revalidatedBy`).
import { nameOfTarget } from '../arn.js';
import { operations } from '../operation.js';
const rowOf = (operation) => operation.isRead ? operation.revalidatedBy : undefined;
/** The reads that lists revalidate, by the list's service and name. */
const byList = new Map(operations
    .filter((operation) => rowOf(operation) !== undefined)
    .map((operation) => [`${operation.service} ${operation.revalidatedBy.list}`, operation]));
/** Names the resource that a call reads; undefined where no list revalidates it. */
export function resourceOf({ operation, target, command }) {
    const row = rowOf(operation);
    return row && nameOf(operation, row, target, command.input);
}
const nameOf = ({ name }, { key }, target, input) => `${nameOfTarget(target)} ${name} ${key.map((member) => input[member]).join(' ')}`;
/** What the response of a list says, of each resource that it revalidates. */
export function itemsOf(call, answer) {
    const operation = byList.get(`${call.operation.service} ${call.operation.name}`);
    const row = operation && rowOf(operation);
    const items = row && answer[row.items];
    if (!row || !items)
        return [];
    return items.map((item) => {
        const input = {};
        for (const member of row.key)
            input[member] = item[member] ?? call.command.input[member];
        const name = nameOf(operation, row, call.target, input);
        return { item, name, call: { ...call, operation, command: { input } } };
    });
}
/** Whether a response has the state of the item. If not, the resource has moved between the two, or AWS lags behind. */
export function agrees({ operation }, item, answer) {
    const row = rowOf(operation);
    if (!row || operation.output === null)
        return false;
    const resource = answer[operation.output];
    // AWS says "nothing" with an empty text, too.
    return (item[row.state] || undefined) === (resource?.[row.state] || undefined);
}
