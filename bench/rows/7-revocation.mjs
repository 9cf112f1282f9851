import { medians, sideBySide } from '../harness/measure.mjs';
import { withPeer } from '../harness/peers.mjs';
import { timed } from '../harness/post.mjs';
import { withStandIn } from '../harness/stand-in.mjs';
import { fixed } from '../harness/table.mjs';

const PAIRS = 1000;
const ROUNDS = 3;
/** Every 25th pair is bad, in one of these ways; the first two are malformed, so that nobody need send them. */
const EVERY = 25;

export const title = `Revoking ${PAIRS} viewers, ${PAIRS / EVERY} of them impossible, quota enforced`;
export const columns = [
  'client',
  'wall',
  'over the floor',
  'really revoked',
  'rightly failed',
  'wrongly failed',
  '429s',
  'AWS calls',
];

const SENDABLE = PAIRS - PAIRS / EVERY / 2;
/** Both quotas: 2 batches of 20 and 10 single calls a second, and a second's worth at once. */
const FLOOR_S = (SENDABLE - 50) / 50;
export const notes = `${SENDABLE} pairs are well formed; with both quotas (2 × 20/s in batches, 10/s alone) the floor is ${FLOOR_S.toFixed(1)} s. *Failed* are those that the client says have failed. The SDK sends one batch of 20 after the other, and AWS refuses a batch whole when one of its pairs is malformed. Median of ${ROUNDS} rounds, all clients side by side, each with a stand-in of its own.`;
export const needs = 'revoke';

/** @param {import('../harness/peers.mjs').Peer[]} peers */
export const run = (peers) => sideBySide(peers, ROUNDS, measure, summarize);

const measure = (peer) =>
  withStandIn({ callRates: true }, async (standIn) => {
    const [channelArn, publicArn] = [
      await standIn.addChannel('private', true),
      await standIn.addChannel('public', false),
    ];
    const pairs = makePairs(channelArn, publicArn);
    return withPeer(peer, standIn.url, async (url) => {
      await standIn.resetCalls();
      const { value, error, seconds } = await timed(() => peer.revoke(url, pairs));
      if (error) throw error;
      return { seconds, ...judge(value), ...(await standIn.calls()), revoked: await standIn.countRevoked() };
    });
  });

const isBad = (index) => index % EVERY === 7;

function makePairs(channelArn, publicArn) {
  const bad = [
    { channelArn: 'not an ARN' },
    { viewerId: 'v'.repeat(41) },
    { channelArn: channelArn.replace(/[^/]+$/, 'NoSuchOne001') },
    { channelArn: publicArn },
  ];
  return Array.from({ length: PAIRS }, (_, index) => ({
    channelArn,
    viewerId: `viewer-${index}`,
    ...(isBad(index) && bad[Math.floor(index / EVERY) % bad.length]),
  }));
}

function judge(failed) {
  const rightly = new Set(failed.filter(isBad)).size;
  return { rightly, wrongly: new Set(failed).size - rightly };
}

function summarize(rounds) {
  const names = /** @type {const} */ (['seconds', 'revoked', 'rightly', 'wrongly', 'throttled', 'total']);
  const { seconds, revoked, rightly, wrongly, throttled, total } = medians(rounds, ...names);
  const good = `${revoked} of ${PAIRS - PAIRS / EVERY}`;
  const bad = `${rightly} of ${PAIRS / EVERY}`;
  return [`${fixed(seconds)} s`, `${fixed(seconds / FLOOR_S)} ×`, good, bad, wrongly, throttled, total];
}
