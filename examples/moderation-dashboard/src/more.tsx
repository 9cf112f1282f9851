// Pages: fetched again as far as they are shown, so that polling keeps them.
import { useState } from 'react';

/** AWS's largest page, so as far as this a list costs one call. */
const STEP = 100;

export function useLength(step = STEP): [length: number, lengthen: () => void] {
  const [length, setLength] = useState(step);
  return [length, () => setLength(length + step)];
}

export function More({ has, what, onMore }: { has: boolean | undefined; what: string; onMore: () => void }) {
  if (!has) return null;
  return (
    <button type="button" className="more" onClick={onMore}>
      More {what}
    </button>
  );
}

export function Skeleton({ rows, what }: { rows: number; what: string }) {
  return (
    <div role="status" aria-label={`Loading ${what}`}>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <div key={index} className="skeleton" />
      ))}
    </div>
  );
}
