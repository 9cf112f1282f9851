// Which of the participants are shown, and in which order.
import type { Participant } from './participants-table.tsx';

export const shows = {
  all: 'All participants',
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

export const nameOf = ({ userId, participantId }: Participant): string => userId ?? participantId;

const joinedOf = ({ firstJoinTime }: Participant): string => firstJoinTime ?? '';

const names = new Intl.Collator(undefined, { numeric: true });
const orders: Record<View['by'], (a: Participant, b: Participant) => number> = {
  name: (a, b) => names.compare(nameOf(a), nameOf(b)),
  joined: (a, b) => Date.parse(joinedOf(a)) - Date.parse(joinedOf(b)) || names.compare(nameOf(a), nameOf(b)),
};

export function inView(
  participants: readonly Participant[],
  { search, show, by, isDescending }: View,
): Participant[] {
  const sought = search.trim().toLowerCase();
  const found = participants.filter(
    ({ userId, participantId, published }) =>
      (show === 'all' || published === (show === 'published')) &&
      [userId, participantId].some((text) => text?.toLowerCase().includes(sought)),
  );
  const order = orders[by];
  return found.sort(isDescending ? (a, b) => order(b, a) : order);
}
