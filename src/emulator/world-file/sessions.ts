// The sessions of a stage in a world file.
import { Refused } from '../errors.ts';
import * as presence from '../realtime/presence.ts';
import { requireStage } from '../realtime/stage.ts';
import { activeSession } from '../realtime/stage-session.ts';
import type { World } from '../world/world.ts';
import { happen } from './happening.ts';
import type { Path } from './node.ts';
import type { Script } from './script.ts';
import { boundaryProblem, sessionProblems } from './session-times.ts';
import type { ParticipantEventItem, ParticipantItem, SessionItem } from './types.ts';

/** Of an item, once it has joined. */
interface Attendee {
  participantId?: string;
  sessionId?: string;
  isRefused?: boolean;
}

interface Place {
  world: World;
  stageArn: string;
  script: Script;
}

export function scriptSessions(place: Place, sessions: readonly SessionItem[], path: Path): void {
  const begun = new Map<string, SessionItem>();
  const ids = new Set<string>();
  for (const [index, session] of sessions.entries()) {
    const where = [...path, index];
    place.script.refuseAll(sessionProblems(session, where, place.script.start));
    const { id } = session;
    if (id && ids.has(id))
      place.script.refuse([...where, 'id'], `expected an id of its own, got ${id} again`);
    if (id) ids.add(id);
    new ScriptedSession(place, session, begun).script(where);
  }
}

class ScriptedSession {
  #place: Place;
  #session: SessionItem;
  /** The sessions of the stage that have begun, by id. */
  #begun: Map<string, SessionItem>;
  /** The participants of each userId and participantId. */
  #ids = new Map<string, Set<string>>();
  #sessionId: string | undefined;

  constructor(place: Place, session: SessionItem, begun: Map<string, SessionItem>) {
    this.#place = place;
    this.#session = session;
    this.#begun = begun;
  }

  script(path: Path): void {
    const { script } = this.#place;
    const { participants, startedAt = 'now', endedAt } = this.#session;
    const rows = participants.map((item, index) => ({
      item,
      who: {} as Attendee,
      where: [...path, 'participants', index],
    }));
    for (const { item, who, where } of rows)
      script.at(item.joinedAt ?? startedAt, [...where, ...(item.joinedAt ? ['joinedAt'] : [])], () => {
        this.#join(item, who, path);
      });
    for (const { item, who, where } of rows)
      if (item.published) {
        const published = [...where, 'published'];
        const event: ParticipantEventItem = { name: 'PUBLISH_STARTED', time: '' };
        script.at(item.joinedAt ?? startedAt, published, () => this.#happen(who, event, published));
      }
    for (const { item, who, where } of rows)
      for (const [index, event] of (item.events ?? []).entries()) {
        const path = [...where, 'events', index];
        script.at(event.time, path, () => this.#happen(who, event, path));
      }
    for (const { item, who, where } of rows) {
      const end = item.leftAt ?? endedAt;
      if (end) script.at(end, [...where, ...(item.leftAt ? ['leftAt'] : [])], () => this.#leave(who));
    }
    this.#checkBounds(path);
  }

  /** Others can be on the stage, too: encoders and replicas. */
  #checkBounds(path: Path): void {
    const { script } = this.#place;
    const { startedAt, endedAt } = this.#session;
    const check = (member: 'startedAt' | 'endedAt', problem: () => string | undefined) =>
      script.afterwards([...path, member], () => {
        const message = problem();
        if (message) throw new Refused(message);
      });
    const happened = () => this.#stage.sessions.get(this.#sessionId ?? '');
    if (startedAt)
      check('startedAt', () =>
        boundaryProblem(startedAt, happened()?.startTime, script.start, 'first participant joins'),
      );
    if (endedAt)
      check('endedAt', () =>
        boundaryProblem(endedAt, happened()?.endTime, script.start, 'last participant leaves'),
      );
  }

  get #stage() {
    return requireStage(this.#place.world, this.#place.stageArn);
  }

  #join(item: ParticipantItem, who: Attendee, path: Path): void {
    who.isRefused = true;
    const { joinedAt: _, leftAt: __, published: ___, events: ____, ...joining } = item;
    const active = activeSession(this.#stage);
    const owner = active && this.#begun.get(active.sessionId);
    if (owner && owner !== this.#session)
      throw new Refused(`expected the session before it to have ended, but ${active.sessionId} is active`);
    if (!active && this.#sessionId !== undefined)
      throw new Refused(
        'expected a time while others are connected: the session ended when the last one left',
      );
    const { id: sessionId } = this.#session;
    const joined = presence.join(this.#place.world, this.#stage, { ...joining, sessionId });
    if (sessionId && joined.sessionId !== sessionId)
      this.#place.script.refuse(
        [...path, 'id'],
        `expected none, since an ingest configuration or a replication began the session, got ${sessionId}`,
      );
    this.#sessionId = joined.sessionId;
    this.#begun.set(joined.sessionId, this.#session);
    for (const key of [item.userId, joined.participantId])
      if (key) this.#ids.set(key, (this.#ids.get(key) ?? new Set()).add(joined.participantId));
    Object.assign(who, joined, { isRefused: false });
  }

  #with(who: Attendee, act: (world: World, stage: ScriptedStage, id: string) => void): void {
    if (who.participantId) act(this.#place.world, this.#stage, who.participantId);
    // One that could not join has been reported
    else if (!who.isRefused) throw new Refused('expected a time after the participant joined');
  }

  /** One that has left by an event stays away. */
  #leave(who: Attendee): void {
    const { sessionId = '', participantId = '' } = who;
    const participant = this.#stage.sessions.get(sessionId)?.participants.get(participantId);
    if (participant?.state !== 'DISCONNECTED') this.#with(who, presence.leave);
  }

  #happen(who: Attendee, event: ParticipantEventItem, path: Path): void {
    this.#with(who, (world, stage, participantId) => {
      const remote = this.#remote(stage, event);
      const problem =
        typeof remote === 'object'
          ? remote
          : happen(world, stage, participantId, { ...event, remoteParticipantId: remote });
      if (!problem) return;
      const member = path.at(-1) === 'published' ? [] : [problem.member];
      this.#place.script.refuse([...path, ...member], problem.message);
    });
  }

  /** By participantId or userId of the session, or by participantId of an encoder or replica. */
  #remote(stage: ScriptedStage, { name, remoteParticipantId: text }: ParticipantEventItem) {
    if (text === undefined) return undefined;
    const found = this.#ids.get(text) ?? new Set();
    const [id] = found;
    if (id !== undefined && found.size === 1) return id;
    if (activeSession(stage)?.participants.has(text)) return text;
    // As with the code PUBLISHER_NOT_FOUND
    if (name === 'SUBSCRIBE_ERROR' && found.size === 0) return text;
    const isLater = this.#session.participants.some((item) =>
      [item.userId, item.participantId].includes(text),
    );
    const names = isLater && found.size === 0 ? 'names one who has not joined' : `names ${found.size}`;
    const message = `expected the participantId or userId of one participant, got ${JSON.stringify(text)}, which ${names}`;
    return { member: 'remoteParticipantId', message };
  }
}

type ScriptedStage = ReturnType<typeof requireStage>;
