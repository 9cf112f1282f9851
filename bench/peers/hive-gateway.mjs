import { fileURLToPath } from 'node:url';
import { askEach } from '../harness/ask-each.mjs';
import { ask } from '../harness/post.mjs';
import { start } from '../harness/programs.mjs';

const program = fileURLToPath(new URL('../programs/hive-gateway.mjs', import.meta.url));

const stages = '{ stages(input: { maxResults: 100 }) { stages { name list { participants { userId } } } } }';
const participants = `query ($input: ListParticipantsInput_Input) {
  participants(input: $input) { participants { participantId userId } }
}`;
const toArguments = (/** @type {string} */ members) => `input: { ${members} }`;

/** @type {import('../harness/peers.mjs').Peer[]} */
export const peers = [
  {
    name: 'Hive Gateway 2, JSON-schema source',
    start: (endpoint) => start({ args: [program], env: { AWS_ENDPOINT_URL: endpoint } }),

    async stages(url) {
      const data = await ask(url, stages);
      return (data.stages?.stages ?? []).map((stage) => ({
        name: stage?.name,
        people: stage?.list?.participants ?? [],
      }));
    },

    async participants(url, session, detail) {
      const { stageArn, sessionId } = session;
      const { participants: list } = await ask(url, participants, {
        input: { stageArn, sessionId, maxResults: 100 },
      });
      const people = list?.participants ?? [];
      if (!detail) return people;
      const ids = people.map(({ participantId }) => participantId);
      return askEach(url, session, ids, toArguments);
    },

    // It routes to subgraphs and is none itself: as many keys as one request can ask for.
    entities: (url, session) => askEach(url, session, session.participantIds, toArguments),

    revoke: 'hands on one batch of AWS’s 20',
  },
];
