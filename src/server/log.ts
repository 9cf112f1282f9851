// The program's log. Each line passes one place on its way out, whatever its origin and content.
import { once } from 'node:events';
import type { DestinationStream, Logger, pino as Pino } from 'pino';
import { redact } from '../upstream/redact.ts';

const STDERR = 2;
/** For a reader that takes its time. */
const LAST_MS = 1000;

export interface LogOptions {
  level: string;
  /** Undefined: pretty for a terminal, JSON for everything else. */
  format?: 'json' | 'pretty' | undefined;
  /** stderr, where it is absent. */
  destination?: DestinationStream | undefined;
  /** Returns what each line has besides. */
  mixin?: (() => object) | undefined;
}

/** Loaded late: the emulator by itself logs two lines, without it. */
export async function createLog({ level, format, destination, mixin }: LogOptions): Promise<Logger> {
  const { pino } = await import('pino');
  return pino(
    {
      level,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      hooks: { streamWrite: redact },
      ...(mixin && { mixin }),
    },
    destination ?? (isPretty(format) ? await prettyStream() : jsonStream(pino)),
  );
}

/** Whether a person reads it. */
export const isPretty = (format: LogOptions['format']): boolean =>
  (format ?? (process.stderr.isTTY ? 'pretty' : 'json')) === 'pretty';

let json: { stream: ReturnType<typeof Pino.destination>; isWritten: boolean } | undefined;

/** Written beside the work: a reader that has stopped reading stops nothing else. */
function jsonStream(pino: typeof Pino): DestinationStream {
  const stream = pino.destination(STDERR);
  // At the end of the process and after a fatal line, sonic-boom 4.2.1 tries for ever to write what a reader that is gone does
  // not take. `lastLines` waits instead.
  stream.flushSync = () => {};
  const own = { stream, isWritten: true };
  let isGone = false;
  stream
    .on('drain', () => {
      own.isWritten = true;
    })
    // What another error kept back, a full disk for example, is tried again with the next line.
    .on('error', ({ code }: NodeJS.ErrnoException) => {
      own.isWritten = true;
      isGone = code === 'EPIPE';
    });
  json = own;
  return {
    write: (line) => {
      own.isWritten = isGone;
      stream.write(line);
    },
  };
}

/** Resolves when what was logged is written, or its reader has gone. */
export async function lastLines(): Promise<void> {
  if (!json || json.isWritten) return;
  await once(json.stream, 'drain', { signal: AbortSignal.timeout(LAST_MS) }).catch(() => {});
}

async function prettyStream(): Promise<DestinationStream> {
  const { prettyFactory } = await import('pino-pretty');
  const prettify = prettyFactory({
    // It heeds NO_COLOR.
    colorize: process.stderr.isTTY === true && process.stderr.hasColors(),
    translateTime: 'SYS:HH:MM:ss',
    ignore: 'pid,hostname',
  });
  // Written at once, as JSON is: the last line before the end is the one that matters.
  return { write: (line) => void process.stderr.write(prettify(line)) };
}
