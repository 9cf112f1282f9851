import type { Control } from '../../../src/emulator/control/control.ts';

/** The details of the events of one type. */
export const details = (control: Control, detailType: string) =>
  control.events({ detailType }).events.map(({ detail }) => detail);

/** Type and name of the events that are no API calls. */
export const kinds = (control: Control) =>
  control
    .events()
    .events.filter((event) => event['detail-type'].startsWith('IVS'))
    .map(({ detail, ...event }) => [
      event['detail-type'],
      detail.event_name ?? detail.recording_status ?? detail.limit_name,
    ]);
