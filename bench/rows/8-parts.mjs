import { medians, share, sideBySide } from '../harness/measure.mjs';
import { withPeer } from '../harness/peers.mjs';
import { countWhole } from '../harness/people.mjs';
import { timed } from '../harness/post.mjs';
import { withStandIn } from '../harness/stand-in.mjs';
import { fixed } from '../harness/table.mjs';

const PEOPLE = 50;
const ROUNDS = 3;
const FLOOR_S = (PEOPLE - 5) / 5;

export const title = `${PEOPLE} participants of a session with details, as they come, 5 calls/s per operation enforced`;
export const notes = `The floor of the last one is ${FLOOR_S.toFixed(1)} s. ivs-graphql is asked with \`@stream\`; who has no such thing answers at once, when all is there. Median of ${ROUNDS} rounds, side by side, each with a stand-in of its own.`;
export const columns = ['client', 'first', 'last', 'first / last', 'people whole', 'AWS calls'];
export const needs = 'participants';

/** @param {import('../harness/peers.mjs').Peer[]} peers */
export const run = (peers) => sideBySide(peers, ROUNDS, measure, summarize);

const measure = (peer) =>
  withStandIn({ callRates: true }, async (standIn) => {
    const session = await standIn.addStage('parts', PEOPLE);
    return withPeer(peer, standIn.url, async (url) => {
      await standIn.resetCalls();
      const told = peer.participantsInParts
        ? await peer.participantsInParts(url, session)
        : await timed(() => peer.participants(url, session, true));
      const whole = countWhole(told.value, session, true);
      return { first: told.seconds, ...told, ...(await standIn.calls()), whole };
    });
  });

function summarize(rounds) {
  const { first, seconds, whole, total } = medians(rounds, 'first', 'seconds', 'whole', 'total');
  return [
    `${fixed(first)} s`,
    `${fixed(seconds)} s`,
    fixed(first / seconds),
    share(whole, PEOPLE, rounds),
    total,
  ];
}
