// Events as lines of JSON in a file, as they happen.
import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { Refused } from '../errors.ts';
import type { EventBus } from './bus.ts';
import type { DeliveryCounts } from './delivery.ts';

/** Of lost events in a row, how many are logged. */
const LOGGED = 10;

export class EventsFile {
  readonly #path: string;
  readonly #file: number;
  readonly #stop: () => void;
  /** The file ends in half a line, which could not be removed. */
  #isCut: boolean;
  #lostInARow = 0;
  #delivered = 0;
  #failed = 0;
  #last: DeliveryCounts['last'];

  /** Appends. Refuses a path that cannot be written. */
  constructor(path: string, events: EventBus) {
    this.#path = path;
    this.#file = open(path);
    this.#isCut = endsInHalfALine(path, this.#file);
    this.#stop = events.listen((_, body) => this.#add(body));
  }

  get counts(): DeliveryCounts {
    const [delivered, failed] = [this.#delivered, this.#failed];
    const counts = {
      file: this.#path,
      delivered,
      failed,
      retries: 0,
      dropped: 0,
      waiting: 0,
      sending: false,
    };
    return { ...counts, ...(this.#last && { last: this.#last }) };
  }

  clear(): void {
    [this.#delivered, this.#failed, this.#last] = [0, 0, undefined];
  }

  close(): void {
    this.#stop();
    closeSync(this.#file);
  }

  #add(body: string): void {
    try {
      this.#write(Buffer.from(`${this.#isCut ? '\n' : ''}${body}\n`));
      this.#wrote();
    } catch (error) {
      this.#lost(error as Error); // a full disk is no reason to end, and it can have room again
    }
  }

  /** All of it or nothing: a full disk takes a part first. */
  #write(line: Buffer): void {
    let written = 0;
    try {
      while (written < line.length) written += writeSync(this.#file, line, written);
    } catch (error) {
      if (written > 0) this.#isCut = !isShortened(this.#file, written);
      throw error;
    }
  }

  #wrote(): void {
    this.#isCut = false;
    this.#delivered += 1;
    this.#last = {};
    if (this.#lostInARow > 0)
      log(`${this.#path}: events are written again, after ${this.#lostInARow} lost ones`);
    this.#lostInARow = 0;
  }

  #lost({ message }: Error): void {
    this.#failed += 1;
    this.#lostInARow += 1;
    this.#last = { failure: message };
    if (this.#lostInARow > LOGGED) return;
    const more =
      this.#lostInARow === LOGGED ? '. Further losses are counted by GET /_control/events only' : '';
    log(`${this.#path}: an event is lost, since it cannot be written: ${message}${more}`);
  }
}

const log = (line: string): void => console.error(`ivs-graphql emulator: events file ${line}`);

/** Whether that many bytes could be removed from its end: not from a pipe. */
function isShortened(file: number, bytes: number): boolean {
  try {
    ftruncateSync(file, fstatSync(file).size - bytes);
    return true;
  } catch {
    return false;
  }
}

/** Of an earlier run that was cut off. */
function endsInHalfALine(path: string, file: number): boolean {
  const stat = fstatSync(file);
  if (!stat.isFile() || stat.size === 0) return false;
  const last = Buffer.alloc(1);
  try {
    const reading = openSync(path, 'r');
    readSync(reading, last, 0, 1, stat.size - 1);
    closeSync(reading);
  } catch {
    return false; // it can be written only
  }
  return last.toString() !== '\n';
}

function open(path: string): number {
  try {
    return openSync(path, 'a');
  } catch (error) {
    throw new Refused(
      `startEmulator: eventsFile: expected a file that can be written, got ${path}: ${(error as Error).message}`,
    );
  }
}
