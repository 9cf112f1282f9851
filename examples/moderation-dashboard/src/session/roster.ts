// Who is on a stage and who has been, in one session: a state, then changes to it.
interface Person {
  id: string;
  state: string | null;
}

export interface Roster<P extends Person> {
  sessionId: string | undefined;
  /** By global id. Who has left stays. */
  people: ReadonlyMap<string, P>;
}

export type Change<P extends Person> =
  /** All who are connected now. */
  | { kind: 'state'; sessionId: string | undefined; people: readonly P[] }
  | { kind: 'one'; sessionId: string | undefined; person: P }
  /** From a list that may be older than what is known. */
  | { kind: 'history'; sessionId: string | undefined; people: readonly P[] };

export function apply<P extends Person>(before: Roster<P> | undefined, change: Change<P>): Roster<P> {
  const sessionId = change.sessionId ?? before?.sessionId;
  const isSame = before !== undefined && sessionId === before.sessionId;
  if (change.kind === 'history' && !isSame) return before ?? { sessionId, people: new Map() };
  const people = new Map(isSame ? before.people : []);
  if (change.kind === 'one') people.set(change.person.id, change.person);
  else if (change.kind === 'state') replaceConnected(people, change.people);
  else for (const person of change.people) if (!people.has(person.id)) people.set(person.id, gone(person));
  return { sessionId, people };
}

function replaceConnected<P extends Person>(people: Map<string, P>, connected: readonly P[]): void {
  for (const [id, person] of people) people.set(id, gone(person));
  for (const person of connected) people.set(person.id, person);
}

const gone = <P extends Person>(person: P): P =>
  person.state === 'CONNECTED' ? { ...person, state: 'DISCONNECTED' } : person;

export const connectedIn = <P extends Person>(roster: Roster<P> | undefined): P[] =>
  [...(roster?.people.values() ?? [])].filter(({ state }) => state === 'CONNECTED');
