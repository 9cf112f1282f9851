// The sessions of a stage in a world file.
import { Refused } from '../errors.ts';
import * as presence from '../realtime/presence.ts';
import { requireStage } from '../realtime/stage.ts';
import { activeSession } from '../realtime/stage-session.ts';
import { exchangeToken } from '../realtime/token-exchange.ts';
import type { World } from '../world.ts';
import type { Path } from './node.ts';
import type { Script } from './script.ts';
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
  for (const [index, session] of sessions.entries())
    new ScriptedSession(place, session, begun).script([...path, index]);
}

class ScriptedSession {
  #place: Place;
  #session: SessionItem;
  /** The sessions of the stage that have begun, by id. */
  #begun: Map<string, SessionItem>;
  /** By userId and by participantId. */
  #ids = new Map<string, string>();

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
        this.#join(item, who);
      });
    for (const { item, who, where } of rows)
      if (item.published)
        script.at(item.joinedAt ?? startedAt, [...where, 'published'], () =>
          this.#with(who, presence.publish),
        );
    for (const { item, who, where } of rows)
      for (const [index, event] of (item.events ?? []).entries())
        script.at(event.time, [...where, 'events', index], () => this.#happen(who, event));
    for (const { item, who, where } of rows) {
      const end = item.leftAt ?? endedAt;
      if (end) script.at(end, [...where, ...(item.leftAt ? ['leftAt'] : [])], () => this.#leave(who));
    }
  }

  get #stage() {
    return requireStage(this.#place.world, this.#place.stageArn);
  }

  #join(item: ParticipantItem, who: Attendee): void {
    who.isRefused = true;
    const { joinedAt: _, leftAt: __, published: ___, events: ____, ...joining } = item;
    const active = activeSession(this.#stage);
    const owner = active && this.#begun.get(active.sessionId);
    if (owner && owner !== this.#session)
      throw new Refused(`expected the session before it to have ended, but ${active.sessionId} is active`);
    if (!active && [...this.#begun.values()].includes(this.#session))
      throw new Refused(
        'expected a time while others are connected: the session ended when the last one left',
      );
    const { id: sessionId } = this.#session;
    const joined = presence.join(this.#place.world, this.#stage, { ...joining, sessionId });
    this.#begun.set(joined.sessionId, this.#session);
    for (const key of [item.userId, joined.participantId]) if (key) this.#ids.set(key, joined.participantId);
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

  #happen(who: Attendee, event: ParticipantEventItem): void {
    const { world } = this.#place;
    const { name, errorCode = 'INTERNAL_SERVER_EXCEPTION', remoteParticipantId = '' } = event;
    const { userId, attributes, capabilities } = event;
    const remote = this.#ids.get(remoteParticipantId) ?? remoteParticipantId;
    const token = {
      ...(userId !== undefined && { userId }),
      ...(attributes && { attributes }),
      ...(capabilities && { capabilities }),
    };
    this.#with(who, (_, stage, id) => {
      if (name === 'JOINED') presence.join(world, stage, { participantId: id });
      else if (name === 'LEFT') presence.leave(world, stage, id);
      else if (name === 'PUBLISH_STARTED') presence.publish(world, stage, id);
      else if (name === 'PUBLISH_STOPPED') presence.unpublish(world, stage, id);
      else if (name === 'SUBSCRIBE_STARTED') presence.subscribe(world, stage, id, remote);
      else if (name === 'SUBSCRIBE_STOPPED') presence.unsubscribe(world, stage, id, remote);
      else if (name === 'TOKEN_EXCHANGED') exchangeToken(world, stage, id, token);
      else presence.fail(world, stage, id, errorCode, name);
    });
  }
}

type ScriptedStage = ReturnType<typeof requireStage>;
