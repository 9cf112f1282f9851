// What EventBridge does with events.
import { eventFaultFields, eventFilterFields } from '../events/delivery-faults.ts';
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
    isRead: true,
  },
  addEventFault: {
    meaning:
      'The next events are delivered twice, late, not at all or in another order. Needs a receiver. Returns its id, and warnings about what is probably not meant.',
    members: eventFaultFields,
    example: { fault: 'duplicate', detailType: 'IVS Stage Update', times: 10 },
    returns: record({ id: text, warnings: listOf(text) }),
  },
  eventFaults: {
    meaning:
      'The faults of delivery, oldest first, each with how often it struck; those that are over as well.',
    members: ofAccount,
    example: {},
    returns: record({ faults: listOf(fault) }),
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
