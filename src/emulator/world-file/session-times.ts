// The times of a session in a world file. A session begins when its first participant joins and ends when its last one
// leaves, so that the times of the session bound those of its participants.
import type { Path, Problem } from './node.ts';
import { readTime, timeLike } from './time.ts';
import { type Bounds, momentOf, outOfBounds } from './time-bounds.ts';
import type { ParticipantItem, SessionItem } from './types.ts';

type Check = (path: Path, text: string, bounds: Bounds) => Generator<Problem>;

/** What contradicts itself without regard to what others do on the stage. */
export function* sessionProblems(session: SessionItem, path: Path, start: number): Generator<Problem> {
  const from = momentOf('startedAt of the session', session.startedAt, start);
  const to = momentOf('endedAt of the session', session.endedAt, start);
  const check: Check = (where, text, bounds) => outOfBounds(where, text, bounds, start);
  if (session.endedAt) yield* check([...path, 'endedAt'], session.endedAt, { from });
  if (from && to && to.time < from.time) return;
  for (const [index, item] of session.participants.entries()) {
    const where = [...path, 'participants', index];
    const joined =
      momentOf('joinedAt of the participant', item.joinedAt, start) ??
      from ??
      momentOf('joinedAt of the participant by default', 'now', start);
    const left = momentOf('leftAt of the participant', item.leftAt, start) ?? to;
    yield* participantProblems(item, where, { from, to }, { from: joined, to: left }, check);
    // Both by default
    if (!item.joinedAt && !from && !item.leftAt && to)
      yield* check([...path, 'endedAt'], to.text, { from: joined });
  }
}

function* participantProblems(
  { joinedAt, leftAt, events = [] }: ParticipantItem,
  path: Path,
  session: Bounds,
  own: Bounds,
  check: Check,
): Generator<Problem> {
  if (joinedAt) yield* check([...path, 'joinedAt'], joinedAt, session);
  if (leftAt) yield* check([...path, 'leftAt'], leftAt, { from: own.from, to: session.to });
  for (const [index, { time }] of events.entries())
    yield* check([...path, 'events', index, 'time'], time, own);
}

/** Whether a session began or ended when the file says. */
export function boundaryProblem(
  said: string,
  happened: Date | undefined,
  start: number,
  what: 'first participant joins' | 'last participant leaves',
): string | undefined {
  if (happened?.getTime() === (readTime(said, start) ?? start)) return undefined;
  const expected = happened
    ? `the time at which the ${what}, ${timeLike(said, happened.getTime(), start)}`
    : 'none, since participants are still connected';
  return `expected ${expected}, got ${said}`;
}
