import type { Clock } from '../../upstream/clock.ts';

const STEP_MS = 100;

/** Ends all of them within `milliseconds`, as many at each moment: their clients come back elsewhere, not all at once. */
export function endSpread<Item>(
  clock: Clock,
  items: Iterable<Item>,
  milliseconds: number,
  end: (item: Item) => void,
) {
  const all = [...items];
  const steps = Math.max(1, Math.floor(milliseconds / STEP_MS));
  const perStep = Math.ceil(all.length / steps);
  const step = () => {
    for (const item of all.splice(0, perStep)) end(item);
    if (all.length > 0) clock.after(STEP_MS, step);
  };
  step();
}
