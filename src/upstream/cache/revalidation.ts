// Which list revalidates which read: while the list says the same of a resource, what was read of it may be reused for long.
// Rows of services/ say so (`listedBy`, with a `state`).
import { nameOfTarget, type Target } from '../arn.ts';
import type { Call } from '../call.ts';
import { type ListedBy, type Operation, operations } from '../operation.ts';

type Members = Record<string, unknown>;
type Row = ListedBy & { state: string };

const rowOf = (operation: Operation): Row | undefined =>
  operation.isRead && operation.listedBy?.state !== undefined ? (operation.listedBy as Row) : undefined;

/** The reads that lists revalidate, by the list's service and name. */
const byList = new Map(
  operations.flatMap((operation): [string, Operation][] => {
    const row = rowOf(operation);
    return row ? [[`${operation.service} ${row.list}`, operation]] : [];
  }),
);

/** Names the resource that a call reads; undefined where no list revalidates it. */
export function resourceOf({ operation, target, command }: Call): string | undefined {
  const row = rowOf(operation);
  return row && nameOf(operation, row, target, command.input as Members);
}

const nameOf = ({ name }: Operation, { within, id }: Row, target: Target, input: Members): string =>
  [nameOfTarget(target), name, ...within.map((member) => input[member]), input[id]].join(' ');

/** An item of a list, and the call that reads the whole resource. */
interface Listed {
  item: object;
  name: string;
  call: Call;
}

/** What the response of a list says, of each resource that it revalidates. */
export function itemsOf(call: Call, answer: unknown): Listed[] {
  const operation = byList.get(`${call.operation.service} ${call.operation.name}`);
  const row = operation && rowOf(operation);
  const items = row && ((answer as Members)[row.items] as Members[] | undefined);
  if (!row || !items) return [];
  return items.map((item) => {
    const input: Members = { [row.id]: item[row.id] };
    for (const member of row.within) input[member] = (call.command.input as Members)[member];
    const name = nameOf(operation, row, call.target, input);
    return { item, name, call: { ...call, operation, command: { input } } };
  });
}

/** Whether a response has the state of the item. If not, the resource has moved between the two, or AWS lags behind. */
export function agrees({ operation }: Call, item: object, answer: unknown): boolean {
  const row = rowOf(operation);
  if (!row || operation.output === null) return false;
  const resource = (answer as Record<string, Members | undefined>)[operation.output];
  // AWS says "nothing" with an empty text, too.
  return ((item as Members)[row.state] || undefined) === (resource?.[row.state] || undefined);
}
