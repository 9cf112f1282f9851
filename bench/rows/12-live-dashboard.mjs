import { setTimeout as pause } from 'node:timers/promises';
import { cpuMs } from '../harness/load.mjs';
import { ask } from '../harness/post.mjs';
import { subscribe } from '../harness/sse.mjs';
import { withStandIn } from '../harness/stand-in.mjs';
import { fixed } from '../harness/table.mjs';

const PEOPLE = 100;
const CLIENTS = 50;
const EVERY_MS = 2_000;
const JOINS = 20;

export const title = `A dashboard of ${PEOPLE} participants for ${JOINS} s, live or polled by ${CLIENTS} clients, 5 calls/s per operation enforced`;
export const notes = `One participant joins each second. Late: from the join until a client sees it, over ${JOINS * CLIENTS} of them. Polls are sent every ${EVERY_MS / 1000} s. AWS sends no event of joins, so both read them.`;
export const columns = [
  'client',
  'seen',
  'median late',
  'worst late',
  'AWS calls',
  '429s',
  'CPU of the gateway',
];
export const needs = 'one';

const LIVE = `subscription ($stageArn: ID!) { participants(stageArn: $stageArn) {
  __typename
  ... on ParticipantsState { nodes { userId state published } }
  ... on ParticipantJoined { participant { userId state published } }
} }`;
const POLL = `query ($stageArn: ID!) { stage(arn: $stageArn) { activeSession {
  participants(first: 500, filter: { state: CONNECTED }) { nodes { userId state published } }
} } }`;

const clientsOf = {
  /** One message for each that joins. */
  subscription: (url, stageArn, see, signal) =>
    subscribe(
      url,
      { query: LIVE, variables: { stageArn } },
      ({ participants: { participant } }) => participant && see(participant.userId),
      signal,
    ).catch(() => {}),
  polls: async (url, stageArn, see, signal) => {
    await pause(Math.random() * EVERY_MS);
    while (!signal.aborted) {
      const { stage } = await ask(url, POLL, { stageArn });
      for (const { userId } of stage.activeSession.participants.nodes) see(userId);
      await pause(EVERY_MS);
    }
  },
};

export const run = async (peers) => {
  const ours = peers.find(({ name }) => name === 'ivs-graphql');
  const lines = [];
  for (const [name, open] of Object.entries(clientsOf))
    lines.push([`${ours.name}, ${name}`, ...(await measure(ours, open))]);
  return lines;
};

const measure = (peer, open) =>
  withStandIn({ callRates: true }, async (standIn) => {
    const { stageArn } = await standIn.addStage('dashboard', PEOPLE);
    const { url, pid, stop } = await peer.start(standIn.url);
    const joined = new Map();
    const late = [];
    const end = new AbortController();
    const client = () => {
      const seen = new Set();
      const see = (userId) => {
        if (!joined.has(userId) || seen.has(userId)) return;
        seen.add(userId);
        late.push(performance.now() - joined.get(userId));
      };
      return open(url, stageArn, see, end.signal);
    };
    const clients = Array.from({ length: CLIENTS }, client);
    await pause(3_000);
    await standIn.resetCalls();
    const before = await cpuMs(pid);
    for (let index = 0; index < JOINS; index += 1) {
      const userId = `late-${index}`;
      joined.set(userId, performance.now());
      await standIn.join(stageArn, userId);
      await pause(1_000);
    }
    await pause(5_000);
    const { total, throttled } = await standIn.calls();
    const used = (await cpuMs(pid)) - before;
    end.abort();
    await Promise.all(clients);
    await stop();
    late.sort((one, other) => one - other);
    const at = (share) => `${fixed((late[Math.floor((late.length - 1) * share)] ?? Number.NaN) / 1000)} s`;
    return [`${late.length} of ${JOINS * CLIENTS}`, at(0.5), at(1), total, throttled, `${fixed(used, 0)} ms`];
  });
