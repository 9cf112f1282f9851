import { inTurn, share } from '../harness/measure.mjs';
import { withPeer } from '../harness/peers.mjs';
import { countWhole } from '../harness/people.mjs';
import { timed } from '../harness/post.mjs';
import { withStandIn } from '../harness/stand-in.mjs';

const PEOPLE = 100;

export const title = `${PEOPLE} participants of a session: what they cost`;
export const notes =
  'Without call rates, so that everybody comes to an end. *Summary* is `userId`, which the list tells; *detail* is `browserName` and `osName` beside it, which only GetParticipant tells.';
export const columns = ['client', 'AWS calls, summary', 'people whole', 'AWS calls, detail', 'people whole'];
export const needs = 'participants';

/** @param {import('../harness/peers.mjs').Peer[]} peers */
export const run = (peers) =>
  withStandIn({}, async (standIn) => {
    // One for each question, so that the second finds nothing known.
    const summary = await standIn.addStage('summary', PEOPLE);
    const detail = await standIn.addStage('detail', PEOPLE);
    return inTurn(peers, (peer) =>
      withPeer(peer, standIn.url, async (url) => [
        ...(await count(peer, url, standIn, summary, false)),
        ...(await count(peer, url, standIn, detail, true)),
      ]),
    );
  });

async function count(peer, url, standIn, session, isDetail) {
  await standIn.resetCalls();
  const result = await timed(() => peer.participants(url, session, isDetail));
  const { total } = await standIn.calls();
  return [total, share(countWhole(result.value, session, isDetail), PEOPLE, [result])];
}
