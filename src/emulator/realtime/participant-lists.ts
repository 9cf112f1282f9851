// The participants of a session by each member that ListParticipants filters by, in the order of creation: a page of few among a
// hundred thousand does not read them all.
import { valuesOf } from '../append-only.ts';
import { placeBehind } from '../paging.ts';
import type { Participant, World } from '../world.ts';

const members = ['userId', 'published', 'state', 'recordingState'] as const;
export type Filtered = (typeof members)[number];
type Participants = ReadonlyMap<string, Participant>;

/** From so many on, lists are made as participants join, not by the first call that needs them. */
const MANY = 1000;

class Lists {
  #participants: Participants;
  #lists = new Map<Filtered, Map<unknown, Participant[]>>(members.map((member) => [member, new Map()]));
  /** How many participants are in the lists. */
  #count = 0;

  constructor(participants: Participants) {
    this.#participants = participants;
  }

  /** With those that joined since. */
  of(member: Filtered, value: unknown): readonly Participant[] {
    this.#addNew();
    return this.#lists.get(member)?.get(value) ?? [];
  }

  change(participant: Participant, changes: Partial<Participant>): void {
    this.#addNew();
    const changed = members.filter((member) => member in changes && changes[member] !== participant[member]);
    for (const member of changed) this.#remove(member, participant);
    Object.assign(participant, changes);
    for (const member of changed) this.#add(member, participant);
  }

  #addNew(): void {
    const all = valuesOf(this.#participants);
    for (let one = all[this.#count]; one; one = all[this.#count]) {
      this.#count += 1;
      for (const member of members) this.#add(member, one);
    }
  }

  #add(member: Filtered, participant: Participant): void {
    const lists = this.#lists.get(member);
    const list = lists?.get(participant[member]);
    if (!list) lists?.set(participant[member], [participant]);
    else list.splice(placeBehind(list, participant.order), 0, participant);
  }

  #remove(member: Filtered, participant: Participant): void {
    const lists = this.#lists.get(member);
    const list = lists?.get(participant[member]) ?? [];
    list.splice(placeBehind(list, participant.order) - 1, 1);
    if (list.length === 0) lists?.delete(participant[member]);
  }
}

/** By the Map that a session has: a snapshot has another one, and makes its own lists when it needs them. */
const made = new WeakMap<Participants, Lists>();

function listsOf(participants: Participants): Lists {
  const lists = made.get(participants) ?? new Lists(participants);
  made.set(participants, lists);
  return lists;
}

export const participantsWith = (
  participants: Participants,
  member: Filtered,
  value: unknown,
): readonly Participant[] => listsOf(participants).of(member, value);

/** The way to change a member that ListParticipants filters by. */
export function change(world: World, participant: Participant, changes: Partial<Participant>): void {
  const { stageArn, sessionId } = participant;
  const participants = world.stages.get(stageArn)?.sessions.get(sessionId)?.participants;
  if (participants && (participants.size >= MANY || made.has(participants)))
    listsOf(participants).change(participant, changes);
  else Object.assign(participant, changes);
}
