import { inTurn, share } from '../harness/measure.mjs';
import { withPeer } from '../harness/peers.mjs';
import { countWhole } from '../harness/people.mjs';
import { timed } from '../harness/post.mjs';
import { withStandIn } from '../harness/stand-in.mjs';

const PEOPLE = 100;

export const title = `\`_entities\` of ${PEOPLE} participants of one session, summary fields`;
export const notes =
  'Without call rates. Apollo Server has a plain `__resolveReference`. Hive Gateway, which routes to subgraphs and is none, and Tailcall were asked for as many keys by aliases.';
export const columns = ['client', 'AWS calls', 'people whole'];
export const needs = 'entities';

/** @param {import('../harness/peers.mjs').Peer[]} peers */
export const run = (peers) =>
  withStandIn({}, async (standIn) => {
    const session = await standIn.addStage('entities', PEOPLE);
    return inTurn(peers, (peer) => measure(peer, standIn, session));
  });

const measure = (peer, standIn, session) =>
  withPeer(peer, standIn.url, async (url) => {
    await standIn.resetCalls();
    const result = await timed(() => peer.entities(url, session));
    const { total } = await standIn.calls();
    return [total, share(countWhole(result.value, session), PEOPLE, [result])];
  });
