// Times of a world file that bound others.
import type { Path, Problem } from './node.ts';
import { readTime } from './time.ts';

/** A time, and how a message names it. */
interface Moment {
  time: number;
  text: string;
  name: string;
}
export interface Bounds {
  from?: Moment | undefined;
  to?: Moment | undefined;
}

export const momentOf = (name: string, text: string | undefined | null, start: number): Moment | undefined =>
  typeof text === 'string' ? { name, text, time: readTime(text, start) ?? start } : undefined;

export function* outOfBounds(
  path: Path,
  text: string,
  { from, to }: Bounds,
  start: number,
): Generator<Problem> {
  const time = readTime(text, start) ?? start;
  if (from && time < from.time)
    yield { path, message: `expected ${from.name}, ${from.text}, or later, got ${text}` };
  else if (to && time > to.time)
    yield { path, message: `expected ${to.name}, ${to.text}, or earlier, got ${text}` };
}

interface Span {
  startedAt?: string;
  endedAt?: string;
  stoppedAt?: string;
  events?: readonly { time: string }[];
}

/** Of what starts, ends and has events meanwhile. Only an encoder does not start by default. */
export function* spanProblems(item: Span, path: Path, start: number, byDefault?: 'now'): Generator<Problem> {
  const { endedAt, stoppedAt, events = [] } = item;
  const from =
    momentOf('startedAt', item.startedAt, start) ?? momentOf('startedAt by default', byDefault, start);
  const end = endedAt ?? stoppedAt;
  const endPath = [...path, endedAt ? 'endedAt' : 'stoppedAt'];
  const before = end ? [...outOfBounds(endPath, end, { from }, start)] : [];
  yield* before;
  if (end && !from) yield { path: endPath, message: `expected startedAt beside it, got none` };
  if (before.length > 0) return;
  const bounds = { from, to: momentOf(endedAt ? 'endedAt' : 'stoppedAt', end, start) };
  for (const [index, { time }] of events.entries())
    yield* outOfBounds([...path, 'events', index, 'time'], time, bounds, start);
}
