// The reader of the events queue, wired together. The client of SQS is loaded only where a queue is set.
import type { Logger } from 'pino';
import { type QueueReader, readQueue } from '../events/queue-reader.ts';
import { type ReceiveEvent, type ReceiverOptions, receiverOf } from '../events/receiver.ts';
import type { QueueOptions } from '../upstream/sdk/queue.ts';

interface Parts extends ReceiverOptions {
  /** Redis: while it is lost, messages stay in the queue. */
  shared?: { isUp(): boolean } | undefined;
  log: Logger;
  /** Shows in a trace what becomes of each message. */
  trace?: ((receive: ReceiveEvent) => ReceiveEvent) | undefined;
}

export async function readEventsQueue(
  options: QueueOptions | undefined,
  { shared, log, trace = (receive) => receive, ...receiving }: Parts,
): Promise<QueueReader | undefined> {
  if (!options) return undefined;
  const { openQueue } = await import('../upstream/sdk/queue.ts');
  const queue = openQueue(options);
  const receive = trace(receiverOf(receiving));
  const reader = readQueue({ queue, receive, log, isReady: () => shared?.isUp() ?? true });
  return { stop: () => reader.stop().finally(queue.close) };
}
