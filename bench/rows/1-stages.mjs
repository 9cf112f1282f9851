import { setTimeout as pause } from 'node:timers/promises';
import { inTurn, medians, share } from '../harness/measure.mjs';
import { withPeer } from '../harness/peers.mjs';
import { timed } from '../harness/post.mjs';
import { withStandIn } from '../harness/stand-in.mjs';
import { fixed } from '../harness/table.mjs';

const STAGES = 20;
const PEOPLE = 5;
const ROUNDS = 3;
/** Five calls at once, then five a second: the last of 20 ListParticipants calls starts no sooner. */
const FLOOR_S = (STAGES - 5) / 5;

export const title = `${STAGES} stages with the people on them, cold, 5 calls/s per operation enforced`;
export const notes = `One ListStages and ${STAGES} ListParticipants calls; the quota's own floor is ${FLOOR_S.toFixed(1)} s. Median of ${ROUNDS} rounds, each with a new process that has asked the stand-in before, for something that is not there.`;
export const columns = ['client', 'wall', 'over the floor', 'stages filled', '429s', 'AWS calls'];
export const needs = 'stages';

/** @param {import('../harness/peers.mjs').Peer[]} peers */
export const run = (peers) =>
  withStandIn({ callRates: true }, async (standIn) => {
    const userIdsOf = new Map();
    for (let index = 0; index < STAGES; index += 1) {
      const name = `stage-${index}`;
      userIdsOf.set(name, (await standIn.addStage(name, PEOPLE)).userIds);
    }
    return inTurn(peers, async (peer) => {
      const rounds = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const result = await withPeer(peer, standIn.url, (url) => ask(peer, url, standIn));
        rounds.push({ ...result, filled: countFilled(result.value ?? [], userIdsOf) });
      }
      return summarize(rounds);
    });
  });

async function ask(peer, url, standIn) {
  if (typeof peer.participants === 'function') {
    for (let times = 0; times < 3; times += 1) await peer.participants(url, nobody, false).catch(() => {});
  }
  // All buckets are full again after a second.
  await pause(1_200);
  await standIn.resetCalls();
  const result = await timed(() => peer.stages(url));
  return { ...result, ...(await standIn.calls()) };
}

const nobody = {
  stageArn: 'arn:aws:ivs:us-west-2:123456789012:stage/Nobody000001',
  sessionId: 'st-nobody0000001',
  participantIds: [],
  userIds: [],
};

const countFilled = (answer, userIdsOf) =>
  [...userIdsOf].filter(([name, userIds]) => {
    const people = answer.find((stage) => stage.name === name)?.people ?? [];
    return userIds.every((userId) => people.some((person) => person?.userId === userId));
  }).length;

function summarize(rounds) {
  const { seconds, filled, throttled, total } = medians(rounds, 'seconds', 'filled', 'throttled', 'total');
  const ratio = filled === STAGES ? `${fixed(seconds / FLOOR_S)} ×` : '–';
  return [`${fixed(seconds)} s`, ratio, share(filled, STAGES, rounds), throttled, total];
}
