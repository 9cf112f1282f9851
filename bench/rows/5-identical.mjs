import { inTurn, share } from '../harness/measure.mjs';
import { withPeer } from '../harness/peers.mjs';
import { countWhole } from '../harness/people.mjs';
import { timed } from '../harness/post.mjs';
import { withStandIn } from '../harness/stand-in.mjs';

const QUERIES = 1000;
const PEOPLE = 20;
const LATENCY_MS = 50;

export const title = `${QUERIES} identical queries at once`;
export const notes = `The ${PEOPLE} participants of a session with summary fields, asked ${QUERIES} times at the same moment. Without call rates; each AWS call takes ${LATENCY_MS} ms. Beside it what one such query costs by itself. Tailcall was told to share equal calls in flight (\`dedupe\`).`;
export const columns = ['client', 'AWS calls', 'of one query', 'answers whole'];
export const needs = 'participants';

/** @param {import('../harness/peers.mjs').Peer[]} peers */
export const run = (peers) =>
  withStandIn({ latencyMs: LATENCY_MS }, async (standIn) => {
    // The one is asked once, for the price of one and to warm up; the other by many.
    const [one, other] = [await standIn.addStage('one', PEOPLE), await standIn.addStage('other', PEOPLE)];
    return inTurn(peers, (peer) =>
      withPeer(peer, standIn.url, async (url) => {
        const price = await count(peer, url, standIn, one, 1);
        const { total, answers } = await count(peer, url, standIn, other, QUERIES);
        const whole = answers.filter(({ value }) => countWhole(value, other) === PEOPLE).length;
        return [total, price.total, share(whole, QUERIES, answers)];
      }),
    );
  });

async function count(peer, url, standIn, session, queries) {
  await standIn.resetCalls();
  const ask = () => timed(() => peer.participants(url, session, false));
  const answers = await Promise.all(Array.from({ length: queries }, ask));
  return { answers, total: (await standIn.calls()).total };
}
