// What EventBridge does with events.
import { eventFaultFields, eventFilterFields } from '../../events/delivery-faults.ts';
import {
  type Commands,
  demo,
  integer,
  listOf,
  nothing,
  object,
  ofAccount,
  record,
  schemasOf,
  text,
  time,
} from './command.ts';

const event = record({
  version: text,
  id: text,
  'detail-type': text,
  source: text,
  account: text,
  time,
  region: text,
  resources: listOf(text),
  detail: object,
});

const fault = record({ id: text, struck: integer }, { ...schemasOf(eventFaultFields), left: integer });

const outcome = record({}, { status: integer, retryAfter: text, failure: text });
const receiver = record(
  {
    delivered: integer,
    retries: integer,
    failed: integer,
    dropped: integer,
    waiting: integer,
    sending: { type: 'boolean' },
  },
  { file: text, last: outcome },
);

const duplicate = { fault: 'duplicate', detailType: 'IVS Stage Update', times: 10 } as const;
const breach = {
  version: '0',
  id: '01234567-0123-0123-0123-012345678901',
  'detail-type': 'IVS Limit Breach',
  source: 'aws.ivs',
  account: '123456789012',
  time: '2026-01-01T12:00:00Z',
  region: 'us-west-2',
  resources: [],
  detail: { limit_name: 'Concurrent Viewers', limit_value: 15_000, exceeded_by: 1, limit_unit: 'viewers' },
};
const delivery = {
  ...{ delivered: 12, retries: 1, failed: 0, dropped: 0, waiting: 0, sending: false },
  last: { status: 200 },
};

type Names =
  | 'putEvent'
  | 'events'
  | 'addEventFault'
  | 'eventFaults'
  | 'removeEventFault'
  | 'clearEventFaults';

export const eventCommands: Commands<Names> = {
  putEvent: {
    meaning: 'An event of any kind is put on the bus, such as one with an unknown detail.',
    members: {
      region: 'region',
      detailType: 'string',
      detail: 'detail',
      resources: 'resources?',
      source: 'string?',
      ...ofAccount,
    },
    example: {
      region: 'us-west-2',
      detailType: 'IVS Stream State Change',
      detail: { event_name: 'Stream Paused', channel_name: 'main-stage' },
      resources: [demo.channelArn],
    },
    returns: nothing,
  },
  events: {
    meaning:
      'The last events of all accounts or one, oldest first, and the counts of each receiver and of the events file.',
    members: eventFilterFields,
    example: { detailType: 'IVS Limit Breach' },
    returns: record({ events: listOf(event), deliveries: listOf(receiver) }),
    answer: { events: [breach], deliveries: [delivery] },
    isRead: true,
  },
  addEventFault: {
    meaning:
      'The next events are delivered twice, late, not at all or in another order. Needs a receiver. Returns its id, and warnings about what is probably not meant.',
    members: eventFaultFields,
    example: duplicate,
    returns: record({ id: text, warnings: listOf(text) }),
    answer: { id: 'event-fault-1', warnings: [] },
  },
  eventFaults: {
    meaning:
      'The faults of delivery, oldest first, each with how often it struck; those that are over as well.',
    members: ofAccount,
    example: {},
    returns: record({ faults: listOf(fault) }),
    answer: { faults: [{ id: 'event-fault-1', ...duplicate, struck: 3, left: 7 }] },
    isRead: true,
  },
  removeEventFault: {
    meaning: 'Removes a fault of delivery.',
    members: { id: 'string', ...ofAccount },
    example: { id: 'event-fault-1' },
    returns: nothing,
  },
  clearEventFaults: {
    meaning: 'Removes all faults of delivery, or those of an account.',
    members: ofAccount,
    example: {},
    returns: nothing,
  },
};
