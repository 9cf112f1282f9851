// Activity of the demo world: participants come, speak and leave, viewers come and go. The same at the same time, and within bounds.

import { logUnexpected } from '../errors.ts';
import { liveSession } from '../low-latency/broadcast.ts';
import { join, leave, publish, unpublish } from '../realtime/presence.ts';
import { activeSession } from '../realtime/stage-session.ts';
import { isPublishing } from '../realtime/subscription.ts';
import type { Accounts } from '../world/accounts.ts';
import { Random } from '../world/random.ts';
import type { Account, Channel, Participant, Stage, World } from '../world/world.ts';
import { person, userIdOf } from './people.ts';

const TICK_MS = 3000;
const MOST_PARTICIPANTS = 150;
const MOST_PUBLISHERS = 10; // below the quota of 12
// Examples in the documentation name them
const stayers = new Set([userIdOf(0), userIdOf(1)]);

/** Of each account that has the demo world at the time. Returns what stops it. */
export const live = (accounts: Accounts): (() => void) =>
  accounts.clock.every(TICK_MS, () => {
    for (const account of accounts.all()) if (account.isDemo) tick(account);
  });

function tick(account: Account): void {
  const { time, frozen } = account.clock.state();
  if (frozen && account.hasOwnClock) return;
  try {
    // No state of its own, so that a snapshot needs none
    const random = new Random(Date.parse(time));
    for (const world of account.worlds()) move(world, random);
  } catch (error) {
    // No request waits for this, and an exception in a timer ends the process
    logUnexpected(error);
  }
}

function move(world: World, random: Random): void {
  const stage = random.pick([...world.stages.values()].filter(activeSession));
  if (stage) moveStage(world, stage, random);
  for (const channel of world.channels.values()) moveViewers(channel, random);
}

function moveStage(world: World, stage: Stage, random: Random): void {
  const participants = [...(activeSession(stage)?.participants.values() ?? [])];
  const free = participants.filter(
    (one) => one.state === 'CONNECTED' && !stayers.has(one.userId ?? '') && isOnItsOwn(one),
  );
  const chosen = random.pick(free);
  const action = random.below(4);
  if (action === 0 || !chosen) comeIn(world, stage, participants, random);
  else if (action === 1 && free.length > 2) leave(world, stage, chosen.participantId);
  else if (isPublishing(chosen)) unpublish(world, stage, chosen.participantId);
  else if (participants.filter(isPublishing).length < MOST_PUBLISHERS) {
    publish(world, stage, chosen.participantId);
  }
}

/** Neither a replica, nor a participant with one, nor an encoder: those stay as examples. */
const isOnItsOwn = ({ replicationType, ingestConfigurationArn }: Participant) =>
  replicationType === 'NONE' && !ingestConfigurationArn;

/** A new participant, or, once there were many, one who was there before. */
function comeIn(world: World, stage: Stage, participants: Participant[], random: Random): void {
  const returning = random.pick(
    participants.filter((one) => one.state === 'DISCONNECTED' && isOnItsOwn(one)),
  );
  const joining =
    participants.length < MOST_PARTICIPANTS
      ? person(participants.length, random)
      : returning && { participantId: returning.participantId };
  if (!joining || stage.banned.has(joining.participantId ?? '')) return;
  const taken = participants.find(({ participantId }) => participantId === joining.participantId);
  if (taken?.state !== 'CONNECTED') join(world, stage, joining);
}

function moveViewers(channel: Channel, random: Random): void {
  const session = liveSession(channel);
  if (session) session.viewerCount = Math.max(0, session.viewerCount + random.below(21) - 10);
}
