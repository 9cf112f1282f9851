// Events as EventBridge sends them to an API destination.
import { request } from 'node:http';
import type { TestGateway } from './gateway.ts';
import { listenTo } from './listening.ts';

export const KEY = 'a-secret-of-the-tests';
/** For the option `server` of a test's gateway. */
export const EVENTS = { path: '/events', secrets: [KEY], regions: ['us-west-2', 'eu-west-1'] };

const REGION = 'us-west-2';
let ids = 0;

interface Parts {
  id?: string;
  source?: string;
  time?: string;
  region?: string;
  resources?: unknown;
  detail?: unknown;
}

export const eventOf = (detailType: string, parts: Parts = {}) => {
  ids += 1;
  return {
    version: '0',
    id: `7c1e0000-0000-4000-8000-${String(ids).padStart(12, '0')}`,
    'detail-type': detailType,
    source: 'aws.ivs',
    account: '123456789012',
    time: '2026-11-27T10:00:01Z',
    region: REGION,
    resources: [],
    detail: {},
    ...parts,
  };
};
export type Event = ReturnType<typeof eventOf>;

export const stageUpdate = (
  stageArn: string,
  participantId: string,
  eventName = 'Participant Published',
  parts: Parts = {},
) =>
  eventOf('IVS Stage Update', {
    resources: [stageArn],
    detail: { session_id: 'st-1', event_name: eventName, user_id: '', participant_id: participantId },
    ...parts,
  });

export const heartbeat = () =>
  eventOf('Scheduled Event', {
    source: 'aws.events',
    region: 'us-east-1',
    resources: ['arn:aws:events:us-east-1:123456789012:rule/heartbeat'],
  });

export interface Delivered {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  // biome-ignore lint/suspicious/noExplicitAny: JSON
  body: any;
}

/** Over a connection of its own, with the headers of EventBridge. */
export function deliver(
  url: string,
  event: unknown,
  { method = 'POST', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
): Promise<Delivered> {
  const body = typeof event === 'string' ? event : JSON.stringify(event);
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method,
      agent: false,
      headers: {
        'user-agent': 'Amazon/EventBridge/ApiDestinations',
        'content-type': 'application/json; charset=utf-8',
        range: 'bytes=0-1048575',
        'accept-encoding': 'gzip,deflate',
        connection: 'close',
        'content-length': String(Buffer.byteLength(body)),
        'x-ivs-events-key': KEY,
        ...headers,
      },
    });
    sent.on('error', reject).on('response', async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      resolve({
        status: response.statusCode as number,
        headers: response.headers,
        body: text && JSON.parse(text),
      });
    });
    sent.end(body);
  });
}

/** A gateway behind its listener that receives events. */
export async function listenForEvents(gateway: Pick<TestGateway, 'handler'>) {
  const { url, post } = await listenTo(gateway);
  const eventsUrl = new URL('/events', url).href;
  return { url: eventsUrl, post, send: (event: unknown) => deliver(eventsUrl, event) };
}
