// Which of the people are shown, and in which order.
import type { Person } from './people-table.tsx';

export const shows = {
  all: 'Everybody',
  published: 'Who have published',
  watching: 'Who have not published',
} as const;

export interface View {
  search: string;
  show: keyof typeof shows;
  by: 'name' | 'joined';
  isDescending: boolean;
}

export const firstView: View = { search: '', show: 'all', by: 'joined', isDescending: false };

export const nameOf = ({ userId, participantId }: Person): string => userId ?? participantId;

const joinedOf = ({ firstJoinTime }: Person): string => firstJoinTime ?? '';

const names = new Intl.Collator(undefined, { numeric: true });
const orders: Record<View['by'], (a: Person, b: Person) => number> = {
  name: (a, b) => names.compare(nameOf(a), nameOf(b)),
  joined: (a, b) => Date.parse(joinedOf(a)) - Date.parse(joinedOf(b)) || names.compare(nameOf(a), nameOf(b)),
};

export function inView(people: readonly Person[], { search, show, by, isDescending }: View): Person[] {
  const sought = search.trim().toLowerCase();
  const found = people.filter(
    ({ userId, participantId, published }) =>
      (show === 'all' || published === (show === 'published')) &&
      [userId, participantId].some((text) => text?.toLowerCase().includes(sought)),
  );
  const order = orders[by];
  return found.sort(isDescending ? (a, b) => order(b, a) : order);
}
