// Bounded parts of lists.

/** The query of the page. */
export type Wanted = Pick<URLSearchParams, 'get'>;

/** Of one list. */
const AT_MOST = 500;

export const limitOf = (wanted: Wanted): number => {
  const limit = Number(wanted.get('limit') ?? 100);
  return Number.isInteger(limit) && limit > 0 ? Math.min(limit, AT_MOST) : 100;
};

export function firstOf<T>(all: Iterable<T>, count: number): T[] {
  const first: T[] = [];
  if (count === 0) return first;
  for (const one of all) if (first.push(one) === count) break;
  return first;
}

interface Named {
  arn: string;
  name?: string | undefined;
}

/** Those with the text in their name or ARN, and how many there are. */
export function namedLike<T extends Named, S>(
  all: Iterable<T>,
  wanted: Wanted,
  show: (one: T) => S,
  nameOf = ({ name = '' }: T): string => name,
): { items: S[]; matching: number } {
  const text = (wanted.get('find') ?? '').toLowerCase();
  const fitting = [...all].filter((one) => `${nameOf(one)} ${one.arn}`.toLowerCase().includes(text));
  return { items: fitting.slice(0, limitOf(wanted)).map(show), matching: fitting.length };
}
