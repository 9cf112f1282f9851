// What happened to the emulator: calls, events, faults and snapshots.
import type { Control } from '../control/control.ts';
import type { OfAccount } from '../control/traffic.ts';
import { nameOf } from '../events/event.ts';
import { limitOf, type Wanted } from './lists.ts';

const SHOWN_CHARACTERS = 100_000;

type Call = ReturnType<Control['calls']>['log'][number];

/** What is searched and filtered: each of these is made from its stored text. */
const SEARCHED = 500;

const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);

export function activityOf(control: Control, scope: OfAccount) {
  const { counts, statuses } = control.calls({ ...scope, limit: 1 });
  const failed = Object.entries(statuses).filter(([status]) => Number(status) >= 400);
  return {
    calls: sum(Object.values(counts)),
    failed: sum(failed.map(([, count]) => count)),
    faults: faultsIn(control, scope).filter(({ left }) => left !== 0).length,
  };
}

export function showCalls(control: Control, wanted: Wanted, scope: OfAccount): object {
  if (wanted.get('show') === 'unmatched') return showUnmatched(control, wanted, scope);
  const text = (wanted.get('search') ?? '').toLowerCase();
  const isFailed = wanted.get('show') === 'failed';
  const isFiltered = text !== '' || isFailed;
  const { log, counts } = control.calls({ ...scope, limit: isFiltered ? SEARCHED : limitOf(wanted) });
  const fitting = log.filter((call) => isLike(call, text) && (!isFailed || !((call.status ?? 500) < 400)));
  const opened = log.find(({ requestId }) => requestId === wanted.get('call'));
  return {
    matching: isFiltered ? fitting.length : sum(Object.values(counts)),
    calls: fitting.slice(-limitOf(wanted)).reverse().map(rowOf),
    call: opened && { requestId: opened.requestId, json: shortened(opened) },
  };
}

const isLike = (call: Call, text: string): boolean => {
  const { operation, account, region, status, requestId, fault, error, input } = call;
  const parts = [operation, account, region, status, requestId, fault, error?.type, JSON.stringify(input)];
  return text === '' || parts.join(' ').toLowerCase().includes(text);
};

const rowOf = ({ input: _input, output: _output, ...row }: Call) => row;

function showUnmatched(control: Control, wanted: Wanted, scope: OfAccount) {
  const unmatched = control.unmatched(scope).unmatched.toReversed();
  return { matching: unmatched.length, unmatched: unmatched.slice(0, limitOf(wanted)) };
}

export function showEvents(control: Control, wanted: Wanted, { account }: OfAccount): object {
  const { events, deliveries } = control.events(account === undefined ? {} : { account });
  const text = (wanted.get('search') ?? '').toLowerCase();
  const fitting = events.filter((event) => text === '' || JSON.stringify(event).toLowerCase().includes(text));
  const opened = events.find(({ id }) => id === wanted.get('event'));
  return {
    matching: fitting.length,
    deliveries,
    events: fitting
      .slice(-limitOf(wanted))
      .reverse()
      .map((event) => ({
        id: event.id,
        time: event.time,
        type: event['detail-type'],
        name: nameOf(event),
        account: event.account,
        region: event.region,
        resource: event.resources[0],
      })),
    event: opened && { id: opened.id, json: shortened(opened) },
  };
}

export const showFaults = (control: Control, _wanted: Wanted, scope: OfAccount): object => ({
  faults: faultsIn(control, scope),
});

const faultsIn = (control: Control, scope: OfAccount) =>
  control.faults().faults.filter((fault) => concerns(scope, fault));

export const showSnapshots = (control: Control, _wanted: Wanted, scope: OfAccount): object => ({
  snapshots: control.snapshots().snapshots.filter((snapshot) => concerns(scope, snapshot)),
});

/** What is of all accounts is of each. */
const concerns = (scope: OfAccount, { account }: OfAccount): boolean =>
  scope.account === undefined || account === undefined || account === scope.account;

function shortened(value: unknown): string {
  const json = JSON.stringify(value, null, 2);
  return json.length > SHOWN_CHARACTERS
    ? `${json.slice(0, SHOWN_CHARACTERS)}\n… (${json.length} characters)`
    : json;
}
