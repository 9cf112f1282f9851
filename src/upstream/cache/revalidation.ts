// Which list revalidates which read: while the list says the same of a resource, what was read of it may be reused for long
// (`maxAgeWhileUnchanged` in lifetimes.ts).
import type * as ivsRealtime from '@aws-sdk/client-ivs-realtime';
import { nameOfTarget, type Target } from '../arn.ts';
import type { Call } from '../call.ts';
import type { Operation, OutputOf } from '../operation.ts';

type Sdk = typeof ivsRealtime;
type InputOf<Command extends keyof Sdk> = Sdk[Command] extends new (
  input: infer Input,
) => unknown
  ? Input
  : never;
type AnswerOf<Command extends keyof Sdk> = Sdk[Command] extends new (
  input: never,
) => infer C
  ? OutputOf<C>
  : never;
type Members = Record<string, unknown>;

export interface Revalidation {
  service: Operation['service'];
  read: string;
  list: string;
  /** The member of the list's response that has the items. */
  items: string;
  /** The members of the read's input; each is a member of the item, or else of the list's input. */
  key: readonly string[];
  /** The member of the read's response that has the resource. */
  resource: string;
  /** The member of both, item and resource, that moves without a write of the gateway. */
  state: string;
}

/** A row whose members are those of the SDK's types. */
const row = <Read extends string, List extends string>(
  read: Read,
  list: List,
  members: {
    items: keyof AnswerOf<`${List}Command` & keyof Sdk> & string;
    key: readonly (keyof InputOf<`${Read}Command` & keyof Sdk> & string)[];
    resource: keyof AnswerOf<`${Read}Command` & keyof Sdk> & string;
    state: string;
  },
): Revalidation => ({ service: 'ivs-realtime', read, list, ...members });

export const revalidations: readonly Revalidation[] = [
  row('GetParticipant', 'ListParticipants', {
    items: 'participants',
    key: ['stageArn', 'sessionId', 'participantId'],
    resource: 'participant',
    state: 'state',
  }),
  row('GetStage', 'ListStages', {
    items: 'stages',
    key: ['arn'],
    resource: 'stage',
    state: 'activeSessionId',
  }),
  row('GetIngestConfiguration', 'ListIngestConfigurations', {
    items: 'ingestConfigurations',
    key: ['arn'],
    resource: 'ingestConfiguration',
    state: 'state',
  }),
];

const rowOf = ({ service, name }: Operation, by: 'read' | 'list'): Revalidation | undefined =>
  revalidations.find((row) => row[by] === name && row.service === service);

/** Names the resource that a call reads; undefined where no list revalidates it. */
export function resourceOf({ operation, target, command }: Call): string | undefined {
  const row = rowOf(operation, 'read');
  return row && nameOf(row, target, command.input as Members);
}

const nameOf = ({ read, key }: Revalidation, target: Target, input: Members): string =>
  `${nameOfTarget(target)} ${read} ${key.map((member) => input[member]).join(' ')}`;

/** An item of a list, and the call that reads the whole resource. */
interface Listed {
  item: object;
  name: string;
  call: Call;
}

/** What the response of a list says, of each resource that it revalidates. */
export function itemsOf(call: Call, answer: unknown): Listed[] {
  const row = rowOf(call.operation, 'list');
  const items = row && ((answer as Members)[row.items] as Members[] | undefined);
  if (!row || !items) return [];
  const operation = { ...call.operation, name: row.read };
  return items.map((item) => {
    const input: Members = {};
    for (const member of row.key) input[member] = item[member] ?? (call.command.input as Members)[member];
    const name = nameOf(row, call.target, input);
    return { item, name, call: { ...call, operation, command: { input } } };
  });
}

/** Whether a response has the state of the item. If not, the resource has moved between the two, or AWS lags behind. */
export function agrees({ operation }: Call, item: object, answer: unknown): boolean {
  const row = rowOf(operation, 'read');
  if (!row) return false;
  const resource = (answer as Record<string, Members | undefined>)[row.resource];
  // AWS says "nothing" with an empty text, too.
  return ((item as Members)[row.state] || undefined) === (resource?.[row.state] || undefined);
}
