// The reader of the events queue, wired together. The client of SQS is loaded only where a queue is set.
import type { Logger } from 'pino';
import { type QueueReader, readQueue } from './events/queue-reader.ts';
import { type EventObserver, receiverOf } from './events/receiver.ts';
import type { EventLog } from './upstream/changes.ts';
import type { QueueOptions } from './upstream/sdk/queue.ts';

interface Parts {
  events: Pick<EventLog, 'record'>;
  /** Events of other regions are not recorded. */
  regions: readonly string[];
  observer?: EventObserver | undefined;
  /** Redis: while it is lost, messages stay in the queue. */
  shared?: { isUp(): boolean } | undefined;
  log: Logger;
  now?: (() => number) | undefined;
}

export async function readEventsQueue(
  options: QueueOptions | undefined,
  { events, regions, observer = { received() {}, aged() {} }, shared, log, now = Date.now }: Parts,
): Promise<QueueReader | undefined> {
  if (!options) return undefined;
  const { openQueue } = await import('./upstream/sdk/queue.ts');
  const queue = openQueue(options);
  const receive = receiverOf({ events, regions, observer, now });
  const reader = readQueue({ queue, receive, log, isReady: () => shared?.isUp() ?? true });
  return { stop: () => reader.stop().finally(queue.close) };
}
