// How many joined when: the time of the session in equal steps.
export interface Step {
  from: Date;
  to: Date;
  count: number;
}

const STEPS = 24;

/** From the session's start, or the first who joined, until now. */
export function countJoins(joined: readonly Date[], start: Date | undefined, now: Date): Step[] {
  if (joined.length === 0) return [];
  const times = joined.map((time) => time.getTime());
  const first = Math.min(start?.getTime() ?? Number.POSITIVE_INFINITY, ...times);
  // A session of a moment still has a width.
  const width = Math.max(now.getTime() - first, 1000) / STEPS;
  const counts = new Map<number, number>();
  for (const time of times) {
    const step = Math.min(STEPS - 1, Math.floor((time - first) / width));
    counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  return Array.from({ length: STEPS }, (_, index) => ({
    from: new Date(first + index * width),
    to: new Date(first + (index + 1) * width),
    count: counts.get(index) ?? 0,
  }));
}
