// What receives the events of an emulator, over HTTP.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import type { Emulator, EmulatorOptions } from '../../../src/emulator/emulator.ts';
import type { EventBridgeEvent } from '../../../src/emulator/events/event.ts';
import { localServer } from '../../support/local-server.ts';
import { emulate } from './emulate.ts';

interface Received {
  method: string | undefined;
  url: string | undefined;
  rawHeaders: Record<string, string>;
  event: EventBridgeEvent;
}
type Destination = NonNullable<EmulatorOptions['events']>;
type Answer = (response: ServerResponse, nth: number) => void;

async function receive(answer: Answer = (response) => response.end()) {
  const received: Received[] = [];
  const url = await localServer(async (request, response) => {
    received.push(await readRequest(request));
    answer(response, received.length);
  });
  return { url: `${url}/events`, received };
}

async function readRequest(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { method, url, rawHeaders: raw } = request;
  const rawHeaders = Object.fromEntries(
    raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? '']] : [])),
  );
  return { method, url, rawHeaders, event: JSON.parse(Buffer.concat(chunks).toString()) };
}

/** An emulator that sends its events to a receiver with these answers. */
export async function emulateReceiver(
  answer?: Answer,
  { key, timeoutMs, heartbeat, ...options }: EmulatorOptions & Omit<Destination, 'url'> = {},
) {
  const { url, received } = await receive(answer);
  const world = await emulate({ ...options, events: { url, key, timeoutMs, heartbeat } });
  const { control } = world.emulator;
  const delivery = () => control.events().deliveries[0];
  const put = (eventName = 'Made up', detail = {}) =>
    control.putEvent({
      region: 'us-west-2',
      detailType: 'IVS Stage Update',
      detail: { event_name: eventName, ...detail },
    });
  const names = () => received.map(({ event }) => event.detail.event_name);
  return { ...world, control, url, received, delivery, put, names, idle: () => idle(world.emulator) };
}

/** Once nothing is in flight; what waits for its time may still wait. */
export async function idle({ control }: Emulator): Promise<void> {
  for (let before = ''; ; ) {
    for (let turn = 0; turn < 20; turn += 1) await setImmediate();
    const { deliveries } = control.events();
    const now = JSON.stringify(deliveries);
    if (now === before && deliveries.every(({ sending }) => !sending)) return;
    before = now;
  }
}
