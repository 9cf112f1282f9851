// What happens in the past of a world file: in order of time, and at one time in the order of the file.
import { AwsError, Refused } from '../errors.ts';
import type { Path, Problem } from './node.ts';
import { PlacedError } from './placed.ts';
import { readTime } from './time.ts';

interface Step {
  time: number;
  path: Path;
  happen: () => void;
}

interface Clockwork {
  catchUp(until: Date): void;
  at(time: Date, happen: () => void): void;
}

/** Configurations are made first, and what uses them once they are ACTIVE. */
const CREATED_BEFORE_MS = 60_000;
const USED_AFTER_MS = 10_000;

export class Script {
  readonly start: number;
  readonly problems: Problem[] = [];
  #configurations: Omit<Step, 'time'>[] = [];
  #users: Omit<Step, 'time'>[] = [];
  #steps: Step[] = [];
  #checks: Omit<Step, 'time'>[] = [];

  constructor(start: number) {
    this.start = start;
  }

  /** Before all that happens; `users` after the configurations that they name. */
  create(what: 'configurations' | 'users', path: Path, happen: () => void): void {
    (what === 'users' ? this.#users : this.#configurations).push({ path, happen });
  }

  at(text: string, path: Path, happen: () => void): void {
    const time = readTime(text, this.start) ?? this.start;
    if (time > this.start) this.refuse(path, `expected a time before the start, got ${text}`);
    else this.#steps.push({ time, path, happen });
  }

  /** Once all has happened. */
  afterwards(path: Path, check: () => void): void {
    this.#checks.push({ path, happen: check });
  }

  refuse(path: Path, message: string): void {
    this.problems.push({ path, message });
  }

  refuseAll(problems: Iterable<Problem>): void {
    this.problems.push(...problems);
  }

  run(timeline: Clockwork): void {
    const first = this.#steps.reduce((least, { time }) => Math.min(least, time), this.start);
    const from = (time: number) => (step: Omit<Step, 'time'>) => ({ ...step, time });
    const steps = [
      ...this.#configurations.map(from(first - CREATED_BEFORE_MS)),
      ...this.#users.map(from(first - CREATED_BEFORE_MS + USED_AFTER_MS)),
      ...this.#steps.sort((a, b) => a.time - b.time),
    ];
    for (const { time, path, happen } of steps) {
      timeline.catchUp(new Date(time));
      timeline.at(new Date(time), () => this.#try(path, happen));
    }
    for (const { path, happen } of this.#checks) this.#try(path, happen);
  }

  /** What follows from an earlier problem is none of its own. */
  #try(path: Path, happen: () => void): void {
    if (this.problems.some((problem) => isWithin(problem.path, path))) return;
    try {
      happen();
    } catch (error) {
      if (!(error instanceof Refused || error instanceof AwsError)) throw error;
      this.refuse(error instanceof PlacedError ? error.path : path, error.message);
    }
  }
}

const isWithin = (one: Path, other: Path): boolean =>
  Array.from({ length: Math.min(one.length, other.length) }, (_, index) => one[index] === other[index]).every(
    Boolean,
  );
