import { setTimeout as pause } from 'node:timers/promises';
import { inTurn, medians } from '../harness/measure.mjs';
import { withPeer } from '../harness/peers.mjs';
import { countWhole } from '../harness/people.mjs';
import { timed } from '../harness/post.mjs';
import { withStandIn } from '../harness/stand-in.mjs';
import { fixed } from '../harness/table.mjs';

const PEOPLE = 100;
const CLIENTS = 50;
const EVERY_MS = 2_000;
const FOR_MS = 60_000;

export const title = `A dashboard of ${PEOPLE} participants with details, polled by ${CLIENTS} clients for a minute, 5 calls/s per operation enforced`;
export const notes = `Each client polls every ${EVERY_MS / 1000} s, but not before its last poll has been answered, and hangs up after 30 s. A poll has failed unless all ${PEOPLE} people came with their browsers. ${(CLIENTS * FOR_MS) / EVERY_MS} polls are the most there can be. Of the SDK's ways to retry only the adaptive one was run.`;
export const columns = ['client', 'polls answered whole', 'failed polls', 'median poll', '429s', 'AWS calls'];
export const needs = 'participants';

/** A minute each is long: of the SDK's ways to retry, the one that waits best speaks for all. */
const isSpokenFor = ({ name }) => name.startsWith('AWS SDK') && !name.includes('adaptive');

/** @param {import('../harness/peers.mjs').Peer[]} peers */
export const run = (peers) =>
  inTurn(
    peers.filter((peer) => !isSpokenFor(peer)),
    measure,
  );

const measure = (peer) =>
  withStandIn({ callRates: true }, async (standIn) => {
    const session = await standIn.addStage('dashboard', PEOPLE);
    return withPeer(peer, standIn.url, async (url) => {
      await standIn.resetCalls();
      const polls = await pollAll(() => peer.participants(url, session, true));
      const { throttled, total } = await standIn.calls();
      const whole = polls.filter(({ value }) => countWhole(value, session, true) === PEOPLE).length;
      const failed = polls.length - whole;
      const { seconds } = medians(polls, 'seconds');
      const failedShare = `${failed} (${fixed((100 * failed) / polls.length, 0)} %)`;
      return [whole, failedShare, `${fixed(seconds)} s`, throttled, total];
    });
  });

async function pollAll(poll) {
  const until = performance.now() + FOR_MS;
  const results = [];
  const client = async (_, index) => {
    // They did not all open the page at the same moment.
    await pause((index * EVERY_MS) / CLIENTS);
    for (let next = performance.now(); next < until; ) {
      results.push(await timed(poll));
      next = Math.max(next + EVERY_MS, performance.now());
      await pause(Math.max(0, next - performance.now()));
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return results;
}
