// The participants of a session by each member that ListParticipants filters by, in the order of creation: a page of few among a
// hundred thousand does not read them all.
import { valuesOf } from '../append-only.ts';
import { placeBehind } from '../paging.ts';
import type { Participant, World } from '../world.ts';

const members = ['userId', 'published', 'state', 'recordingState'] as const;
export type Filtered = (typeof members)[number];
type Participants = ReadonlyMap<string, Participant>;

/** A session that grows to so many has its lists from then on: to make them of a hundred thousand at once takes long. */
const MANY = 1000;

/** Made by the first call that filters by this member, or as a session grows. */
class Lists {
  readonly member: Filtered;
  #participants: Participants;
  #lists = new Map<unknown, Participant[]>();
  /** How many participants are in the lists. */
  #count = 0;

  constructor(participants: Participants, member: Filtered) {
    this.#participants = participants;
    this.member = member;
  }

  of(value: unknown): readonly Participant[] {
    this.addNew();
    return this.#lists.get(value) ?? [];
  }

  /** Those that joined since. */
  addNew(): void {
    const all = valuesOf(this.#participants);
    for (let one = all[this.#count]; one; one = all[this.#count]) {
      this.#count += 1;
      this.add(one);
    }
  }

  add(participant: Participant): void {
    const list = this.#lists.get(participant[this.member]);
    const last = list?.at(-1);
    if (!list || !last) this.#lists.set(participant[this.member], [participant]);
    else if (last.order < participant.order) list.push(participant);
    else list.splice(placeBehind(list, participant.order), 0, participant);
  }

  remove(participant: Participant): void {
    const list = this.#lists.get(participant[this.member]) ?? [];
    list.splice(placeBehind(list, participant.order) - 1, 1);
    if (list.length === 0) this.#lists.delete(participant[this.member]);
  }
}

/** By the Map that a session has: a restored world has another one, and makes its own lists when it needs them. */
const made = new WeakMap<Participants, Map<Filtered, Lists>>();

export function participantsWith(
  participants: Participants,
  member: Filtered,
  value: unknown,
): readonly Participant[] {
  return listsOf(participants, member).of(value);
}

function listsOf(participants: Participants, member: Filtered): Lists {
  const all = made.get(participants) ?? new Map<Filtered, Lists>();
  made.set(participants, all);
  const lists = all.get(member) ?? new Lists(participants, member);
  all.set(member, lists);
  return lists;
}

/** The way to change a member that ListParticipants filters by. */
export function change(world: World, participant: Participant, changes: Partial<Participant>): void {
  const { stageArn, sessionId } = participant;
  const participants = world.stages.get(stageArn)?.sessions.get(sessionId)?.participants;
  if (participants?.size === MANY) for (const member of members) listsOf(participants, member).addNew();
  const all = [...((participants && made.get(participants)?.values()) ?? [])];
  for (const lists of all) lists.addNew();
  const changed = all.filter(({ member }) => member in changes && changes[member] !== participant[member]);
  for (const lists of changed) lists.remove(participant);
  Object.assign(participant, changes);
  for (const lists of changed) lists.add(participant);
}
