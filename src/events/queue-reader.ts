// Reads events from a queue, until it is stopped. A message is deleted once its event is recorded; if it cannot be recorded,
// the queue delivers it again when its visibility timeout ends.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { MalformedEventError } from './envelope.ts';
import { QueueLog } from './queue-log.ts';
import type { ReceiveEvent } from './receiver.ts';

interface Message {
  id: string;
  body: string;
  receipt: string;
}

interface Queue {
  /** Waits for messages, some seconds. */
  receive(signal: AbortSignal): Promise<Message[]>;
  /** Rejects if one of them remains. */
  remove(messages: readonly Message[]): Promise<void>;
}

export interface QueueReaderOptions {
  queue: Queue;
  receive: ReceiveEvent;
  log: Logger;
  /** Whether events can be recorded now. What is received for nothing comes nearer to the dead-letter queue. */
  isReady?: (() => boolean) | undefined;
  /** Resolves early when the signal is aborted. */
  pause?: ((milliseconds: number, signal: AbortSignal) => Promise<void>) | undefined;
}

export interface QueueReader {
  /** Ends the wait for messages, and resolves when those that were received are done, or after 10 s. Never rejects. */
  stop(): Promise<void>;
}

const PAUSE_MS = {
  done: 0,
  // A server that does not wait must not be called without a pause.
  empty: 100,
  'not ready': 1_000,
};
/** After the first failure; then twice as long each time, up to the second. */
const BACKOFF_MS = [1_000, 30_000] as const;
/** A program that provides credentials may hang, and no signal ends it. */
const STOP_MS = 10_000;

const pauseFor = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  sleep(milliseconds, undefined, { signal }).catch(() => {});

export function readQueue({ log, isReady = () => true, pause = pauseFor, ...source }: QueueReaderOptions) {
  const stopping = new AbortController();
  const { signal } = stopping;
  const turn = turnOf({ ...source, log, signal });

  const run = async (): Promise<void> => {
    let failures = 0;
    while (!signal.aborted) {
      const result = isReady() ? await turn() : 'not ready';
      failures = result === 'failed' ? failures + 1 : 0;
      const milliseconds = result === 'failed' ? backoffOf(failures) : PAUSE_MS[result];
      if (milliseconds > 0 && !signal.aborted) await pause(milliseconds, signal);
    }
  };
  const ended = run();
  const reader: QueueReader = {
    stop: async () => {
      stopping.abort();
      const left = new AbortController();
      await Promise.race([ended, pause(STOP_MS, left.signal)]);
      left.abort();
    },
  };
  return reader;
}

/** Between half of the time and all of it, so that replicas do not come back at once. */
function backoffOf(failures: number): number {
  const [first, most] = BACKOFF_MS;
  return Math.min(most, first * 2 ** (failures - 1)) * (1 - Math.random() / 2);
}

type Result = 'done' | 'empty' | 'failed';
type Source = Pick<QueueReaderOptions, 'queue' | 'receive' | 'log'> & { signal: AbortSignal };

/** Receives, records and deletes once. Never rejects. */
function turnOf({ queue, receive, log, signal }: Source) {
  const outcomes = new QueueLog(log);

  const record = async ({ id, body }: Message): Promise<void> => {
    try {
      await receive(body);
    } catch (error) {
      if (!(error instanceof MalformedEventError)) throw error;
      // It would never become an event, so it is deleted, too.
      log.warn({ messageId: id, reason: error.message }, 'malformed event');
    }
  };

  return async (): Promise<Result> => {
    let messages: Message[] = [];
    const isReceived = await outcomes.of(
      'receive',
      async () => {
        messages = await queue.receive(signal);
      },
      signal,
    );
    if (!isReceived) return 'failed';
    if (messages.length === 0) return 'empty';
    // At once, and so in the order of the queue over the one connection to Redis.
    const results = await Promise.allSettled(messages.map(record));
    const done = messages.filter((_, index) => results[index]?.status === 'fulfilled');
    const areRecorded = await outcomes.of('record', async () => throwFirst(results));
    const areRemoved = done.length === 0 || (await outcomes.of('remove', () => queue.remove(done)));
    return areRecorded && areRemoved ? 'done' : 'failed';
  };
}

function throwFirst(results: readonly PromiseSettledResult<void>[]): void {
  const lost = results.find((result) => result.status === 'rejected');
  if (lost) throw lost.reason;
}
