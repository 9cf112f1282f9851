// Lets the demo world move: people come, speak, go; viewers come and go. The same each time, within bounds.
import { logUnexpected } from '../errors.js';
import { liveSession } from '../low-latency/broadcast.js';
import { join, leave, publish, unpublish } from '../realtime/presence.js';
import { activeSession } from '../realtime/stage-session.js';
import { person, userIdOf } from './people.js';
import { Random } from './random.js';
const TICK_MS = 3000;
const MOST_PARTICIPANTS = 150;
const MOST_PUBLISHERS = 10; // below the quota of 12
// Examples in the documentation name them
const stayers = new Set([userIdOf(0), userIdOf(1)]);
/** Returns what stops it. */
export function live(account) {
    const random = new Random(1);
    const tick = () => {
        try {
            for (const world of account.worlds())
                move(world, random);
        }
        catch (error) {
            // No request waits for this, and an exception in a timer ends the process
            logUnexpected(error);
        }
    };
    return account.clock.every?.(TICK_MS, tick) ?? (() => { });
}
function move(world, random) {
    const stage = random.pick([...world.stages.values()].filter(activeSession));
    if (stage)
        moveStage(world, stage, random);
    for (const channel of world.channels.values())
        moveViewers(channel, random);
}
function moveStage(world, stage, random) {
    const participants = [...(activeSession(stage)?.participants.values() ?? [])];
    const free = participants.filter((one) => one.state === 'CONNECTED' && !stayers.has(one.userId ?? '') && isOnItsOwn(one));
    const somebody = random.pick(free);
    const action = random.below(4);
    if (action === 0 || !somebody)
        comeIn(world, stage, participants, random);
    else if (action === 1 && free.length > 2)
        leave(world, stage, somebody.participantId);
    else if (somebody.publishing)
        unpublish(world, stage, somebody.participantId);
    else if (participants.filter(({ publishing }) => publishing).length < MOST_PUBLISHERS) {
        publish(world, stage, somebody.participantId);
    }
}
/** Neither a copy, nor somebody who has one, nor an encoder: those stay to be seen. */
const isOnItsOwn = ({ replicationType, ingestConfigurationArn }) => replicationType === 'NONE' && !ingestConfigurationArn;
/** Somebody new, or once there were many, somebody who was there before. */
function comeIn(world, stage, participants, random) {
    const returning = random.pick(participants.filter((one) => one.state === 'DISCONNECTED' && isOnItsOwn(one)));
    const joining = participants.length < MOST_PARTICIPANTS
        ? person(participants.length, random)
        : returning && { participantId: returning.participantId };
    if (!joining || stage.banned.has(joining.participantId ?? ''))
        return;
    const taken = participants.find(({ participantId }) => participantId === joining.participantId);
    if (taken?.state !== 'CONNECTED')
        join(world, stage, joining);
}
function moveViewers(channel, random) {
    const session = liveSession(channel);
    if (session)
        session.viewerCount = Math.max(0, session.viewerCount + random.below(21) - 10);
}
