// The program's log. Each line passes one place on its way out, whatever its origin and content.
import { type DestinationStream, type Logger, pino } from 'pino';
import { redact } from '../upstream/redact.ts';

const STDERR = 2;

export interface LogOptions {
  level: string;
  /** Undefined: pretty for a terminal, JSON for everything else. */
  format?: 'json' | 'pretty' | undefined;
  /** stderr, where it is absent. */
  destination?: DestinationStream | undefined;
  /** Returns what each line has besides. */
  mixin?: (() => object) | undefined;
}

export async function createLog({ level, format, destination, mixin }: LogOptions): Promise<Logger> {
  return pino(
    {
      level,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      hooks: { streamWrite: redact },
      ...(mixin && { mixin }),
    },
    destination ?? (isPretty(format) ? await prettyStream() : pino.destination(STDERR)),
  );
}

/** Whether a person reads it. */
export const isPretty = (format: LogOptions['format']): boolean =>
  (format ?? (process.stderr.isTTY ? 'pretty' : 'json')) === 'pretty';

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
