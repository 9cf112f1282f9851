import { setTimeout as pause } from 'node:timers/promises';
import { inTurn } from '../harness/measure.mjs';
import { withPeer } from '../harness/peers.mjs';
import { timed } from '../harness/post.mjs';
import { withStandIn } from '../harness/stand-in.mjs';
import { fixed } from '../harness/table.mjs';

const [PEOPLE, CHANNELS, STAGES] = [300, 300, 60];
/** For call rates to recover between two crowds. */
const REST_MS = 3_000;

export const title = 'a crowd: each client requests another resource, at the same moment';
export const notes = `${PEOPLE} clients request one participant of a session each (\`userId state published\`), ${CHANNELS} one channel each (\`name playbackUrl\`), ${STAGES} one stage each (\`name\`). Published call rates; a client gives up after 30 seconds. Responses are checked. A DataLoader of one request would have one key, so Apollo Server has none.`;
export const columns = [
  'client',
  ...['participants', 'channels', 'stages'].map((what) => `${what}: complete, AWS calls, time`),
];
export const needs = 'one';

/** @param {import('../harness/peers.mjs').Peer[]} peers */
export const run = (peers) =>
  withStandIn({ callRates: true }, async (standIn) => {
    const { stageArn, sessionId, participantIds, userIds } = await standIn.addStage('crowd', PEOPLE);
    const channels = await inOrder(CHANNELS, (index) => standIn.addChannel(`channel-${index}`, false));
    const stages = await inOrder(STAGES, (index) => standIn.addStage(`stage-${index}`, 1));
    const crowds = {
      participant: participantIds.map((participantId, index) => ({
        key: { stageArn, sessionId, participantId },
        isWhole: (/** @type {any} */ one) => one?.userId === userIds[index] && one?.state === 'CONNECTED',
      })),
      channel: channels.map((arn, index) => ({
        key: { arn },
        isWhole: (/** @type {any} */ one) => one?.name === `channel-${index}` && !!one?.playbackUrl,
      })),
      stage: stages.map(({ stageArn: arn }, index) => ({
        key: { arn },
        isWhole: (/** @type {any} */ one) => one?.name === `stage-${index}`,
      })),
    };
    const chosen = peers.filter(
      ({ name }) => !/default retries|, 10 attempts$/.test(name) || name.includes('adaptive'),
    );
    return inTurn(chosen, (peer) =>
      withPeer(peer, standIn.url, async (url) => {
        const cells = [];
        for (const [kind, clients] of Object.entries(crowds))
          cells.push(await gather(peer, url, standIn, kind, clients));
        return cells;
      }),
    );
  });

async function inOrder(count, make) {
  const made = [];
  for (let index = 0; index < count; index += 1) made.push(await make(index));
  return made;
}

async function gather(peer, url, standIn, kind, clients) {
  await pause(REST_MS);
  await standIn.resetCalls();
  const { value, seconds } = await timed(() =>
    Promise.all(clients.map(({ key }) => timed(() => peer.one(url, kind, key)))),
  );
  const whole = value.filter(({ value: one }, index) => clients[index].isWhole(one)).length;
  const { total } = await standIn.calls();
  return `${whole} of ${clients.length}, ${total}, ${fixed(seconds, 1)} s`;
}
