// Events as lines of JSON in a file, as they happen.
import { closeSync, openSync, writeSync } from 'node:fs';
import { logUnexpected, Refused } from '../errors.ts';
import type { EventBus } from './bus.ts';

/** Appends. Refuses a path that cannot be written. Returns what ends it. */
export function writeEventsTo(path: string, events: EventBus): () => void {
  const file = open(path);
  let isBroken = false;
  const stop = events.listen((_, body) => {
    if (isBroken) return;
    try {
      writeSync(file, `${body}\n`);
    } catch (error) {
      isBroken = true; // a full disk is no reason to end
      logUnexpected(error);
    }
  });
  return () => {
    stop();
    closeSync(file);
  };
}

function open(path: string): number {
  try {
    return openSync(path, 'a');
  } catch (error) {
    throw new Refused(
      `eventsFile: expected a file that can be written, got ${path}: ${(error as Error).message}`,
    );
  }
}
