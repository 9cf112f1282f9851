// A participant exchanges its token for another without leaving; AWS has no operation for that.
import type { ParticipantTokenCapability } from '@aws-sdk/client-ivs-realtime';
import type { Participant, Stage, World } from '../world/world.ts';
import { requireConnected, unsubscribeAll } from './attendance.ts';
import { note } from './participant-event.ts';
import { checkAttributes, expiryOf } from './participant-token.ts';
import { unpublish } from './presence.ts';

export interface NewToken {
  userId?: string;
  attributes?: Record<string, string>;
  capabilities?: readonly ParticipantTokenCapability[];
}

/** What the new token does not say stays as it was. */
export function exchangeToken(world: World, stage: Stage, participantId: string, token: NewToken): void {
  checkAttributes(token.attributes);
  const { session, participant } = requireConnected(stage, participantId);
  const previousToken = tokenOf(participant);
  session.participants.change(participant, { ...token, expirationTime: expiryOf(world.now()) });
  note(world, participant, 'TOKEN_EXCHANGED', { previousToken, newToken: tokenOf(participant) });
  // What it may do no longer ends at once
  if (!participant.capabilities.includes('PUBLISH')) unpublish(world, stage, participantId);
  if (!participant.capabilities.includes('SUBSCRIBE')) unsubscribeAll(world, stage, participantId);
}

const tokenOf = ({ capabilities, attributes, userId, expirationTime }: Participant) => ({
  capabilities: [...capabilities],
  attributes,
  userId,
  expirationTime,
});
