import type { Clock } from '../../upstream/clock.ts';

const STEP_MS = 100;
/** Of the time to finish: the rest is for the last bytes. */
const SHARE = 0.8;

/** Ends all of them in the time to finish, as many at each moment: their clients come back elsewhere, not all at once. */
export function endSpread<Item>(
  clock: Clock,
  items: Iterable<Item>,
  finishMs: number,
  end: (item: Item) => void,
) {
  const all = [...items];
  const steps = Math.max(1, Math.floor((finishMs * SHARE) / STEP_MS));
  const perStep = Math.ceil(all.length / steps);
  const step = () => {
    for (const item of all.splice(0, perStep)) end(item);
    if (all.length > 0) clock.after(STEP_MS, step);
  };
  step();
}
