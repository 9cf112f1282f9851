// What happened to the emulator: calls, events, faults and snapshots.
import type { Control } from '../control.ts';
import { nameOf } from '../events/event.ts';
import { limitOf, type Wanted } from './lists.ts';

const SHOWN_CHARACTERS = 100_000;

export function activityOf(control: Control) {
  const { counts, statuses } = control.calls({ limit: 1 });
  const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);
  const failed = Object.entries(statuses).filter(([status]) => Number(status) >= 400);
  return { calls: sum(Object.values(counts)), failed: sum(failed.map(([, count]) => count)) };
}

export function showCalls(control: Control, wanted: Wanted): object {
  const { log, counts } = control.calls();
  const total = Object.values(counts).reduce((all, one) => all + one, 0);
  const text = (wanted.get('search') ?? '').toLowerCase();
  // The log may have lost its oldest calls: a call keeps its number
  const rows = log.map((call, index) => ({ number: total - log.length + index + 1, call }));
  const isWanted = ({ call }: (typeof rows)[number]) =>
    `${call.operation} ${call.account} ${call.region} ${call.status}`.toLowerCase().includes(text) &&
    (wanted.get('show') !== 'failed' || (call.status ?? 0) >= 400);
  const fitting = rows.filter(isWanted);
  const opened = rows.find(({ number }) => number === Number(wanted.get('call')));
  return {
    matching: fitting.length,
    calls: fitting
      .slice(-limitOf(wanted))
      .reverse()
      .map(({ number, call: { input: _, output: __, ...call } }) => ({ number, ...call })),
    call: opened && { number: opened.number, json: shortened(opened.call) },
  };
}

export function showEvents(control: Control, wanted: Wanted): object {
  const { events, deliveries } = control.events();
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

export const showFaults = (control: Control): object => control.faults();

export const showSnapshots = (control: Control): object => control.snapshots();

function shortened(value: unknown): string {
  const json = JSON.stringify(value, null, 2);
  return json.length > SHOWN_CHARACTERS
    ? `${json.slice(0, SHOWN_CHARACTERS)}\n… (${json.length} characters)`
    : json;
}
