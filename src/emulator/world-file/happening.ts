// What a participant of a world file does: it must happen as the file says.

import { eventsOf } from '../realtime/participant-event.ts';
import * as presence from '../realtime/presence.ts';
import { activeSession } from '../realtime/stage-session.ts';
import { exchangeToken } from '../realtime/token-exchange.ts';
import type { Stage, World } from '../world/world.ts';
import type { ParticipantEventItem } from './types.ts';

interface EventProblem {
  member: string;
  message: string;
}

/** With the id of the other participant. Returns what contradicts the file. */
export function happen(
  world: World,
  stage: Stage,
  participantId: string,
  event: ParticipantEventItem,
): EventProblem | undefined {
  const misplaced = misplacedMember(event);
  if (misplaced) return misplaced;
  const { name } = event;
  const session = activeSession(stage);
  const participant = session?.participants.get(participantId);
  const events = session && participant ? eventsOf(session, participant) : [];
  const last = events.at(-1);
  act(world, stage, participantId, event);
  // A publisher that leaves stops publishing as well
  const happened = events.slice(last ? events.lastIndexOf(last) + 1 : 0);
  if (happened.some((one) => one.name === name)) return undefined;
  const instead = happened.map((one) => [one.name, one.errorCode].filter(Boolean).join(' with ')).join(', ');
  return {
    member: 'name',
    message: `expected an event that can happen then, got ${name}${instead ? `: on IVS it is ${instead}` : ', which changes nothing'}`,
  };
}

function act(world: World, stage: Stage, id: string, event: ParticipantEventItem): void {
  const { name, errorCode = 'INTERNAL_SERVER_EXCEPTION', remoteParticipantId = '' } = event;
  if (name === 'JOINED') presence.join(world, stage, { participantId: id });
  else if (name === 'LEFT') presence.leave(world, stage, id);
  else if (name === 'PUBLISH_STARTED') presence.publish(world, stage, id);
  else if (name === 'PUBLISH_STOPPED') presence.unpublish(world, stage, id);
  else if (name === 'SUBSCRIBE_STARTED') presence.subscribe(world, stage, id, remoteParticipantId);
  else if (name === 'SUBSCRIBE_STOPPED') presence.unsubscribe(world, stage, id, remoteParticipantId);
  else if (name === 'TOKEN_EXCHANGED') exchangeToken(world, stage, id, tokenOf(event));
  else presence.fail(world, stage, id, errorCode, name, event.remoteParticipantId);
}

const tokenOf = ({ userId, attributes, capabilities }: ParticipantEventItem) => ({
  ...(userId !== undefined && { userId }),
  ...(attributes && { attributes }),
  ...(capabilities && { capabilities }),
});

/** Members that only some events have. */
const membersOf = {
  remoteParticipantId: /^SUBSCRIBE_/,
  errorCode: /_ERROR$/,
  userId: /^TOKEN_EXCHANGED$/,
  attributes: /^TOKEN_EXCHANGED$/,
  capabilities: /^TOKEN_EXCHANGED$/,
} satisfies Partial<Record<keyof ParticipantEventItem, RegExp>>;

function misplacedMember(event: ParticipantEventItem): EventProblem | undefined {
  const { name, remoteParticipantId } = event;
  if (/^SUBSCRIBE_ST/.test(name) && remoteParticipantId === undefined)
    return { member: 'name', message: `expected remoteParticipantId beside ${name}, got none` };
  for (const [member, names] of Object.entries(membersOf)) {
    const value = event[member as keyof typeof membersOf];
    if (value !== undefined && value !== null && !names.test(name))
      return { member, message: `expected none beside ${name}` };
  }
  return undefined;
}
