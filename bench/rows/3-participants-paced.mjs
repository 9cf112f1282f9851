import { medians, share, sideBySide } from '../harness/measure.mjs';
import { withPeer } from '../harness/peers.mjs';
import { countWhole } from '../harness/people.mjs';
import { timed } from '../harness/post.mjs';
import { withStandIn } from '../harness/stand-in.mjs';
import { fixed } from '../harness/table.mjs';

const PEOPLE = 100;
const ROUNDS = 3;
const FLOOR_S = (PEOPLE - 5) / 5;

export const title = `${PEOPLE} participants of a session with details, 5 calls/s per operation enforced`;
export const notes = `${PEOPLE} GetParticipant calls; the quota's own floor is ${FLOOR_S.toFixed(1)} s, and the client hangs up after 30 s. Median of ${ROUNDS} rounds, all clients side by side, each with a stand-in of its own: they do little but wait. Ten attempts of the SDK lose as many as three, because its own quota of retries runs out first.`;
export const columns = ['client', 'wall', 'over the floor', 'people whole', '429s', 'AWS calls'];
export const needs = 'participants';

/** @param {import('../harness/peers.mjs').Peer[]} peers */
export const run = (peers) => sideBySide(peers, ROUNDS, measure, summarize);

const measure = (peer) =>
  withStandIn({ callRates: true }, async (standIn) => {
    const session = await standIn.addStage('paced', PEOPLE);
    return withPeer(peer, standIn.url, async (url) => {
      await standIn.resetCalls();
      const result = await timed(() => peer.participants(url, session, true));
      return { ...result, ...(await standIn.calls()), whole: countWhole(result.value, session, true) };
    });
  });

function summarize(rounds) {
  const { seconds, whole, throttled, total } = medians(rounds, 'seconds', 'whole', 'throttled', 'total');
  const ratio = whole === PEOPLE ? `${fixed(seconds / FLOOR_S)} ×` : '–';
  return [`${fixed(seconds)} s`, ratio, share(whole, PEOPLE, rounds), throttled, total];
}
