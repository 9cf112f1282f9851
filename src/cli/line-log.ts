// The log of the emulator by itself: two lines, as pino writes them, without the 2 MB that pino occupies.
import { writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { createLog, isPretty } from '../server/log.ts';
import { redact } from '../upstream/redact.ts';

const STDERR = 2;

type Note = (msg: string, more?: object) => void;

export async function lineLog(): Promise<Note> {
  if (!isPretty(undefined)) return writeJson;
  const log = await createLog({ level: 'info' });
  return (msg, more = {}) => log.info(more, msg);
}

function writeJson(msg: string, more: object = {}): void {
  const time = new Date().toISOString();
  const line = JSON.stringify({ level: 'info', time, pid: process.pid, hostname: hostname(), ...more, msg });
  try {
    writeSync(STDERR, redact(`${line}\n`));
  } catch {
    // A reader that is gone, or that does not read, stops nothing else
  }
}
