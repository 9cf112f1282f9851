import { fileURLToPath } from 'node:url';
import { queryOfOne } from '../harness/one.mjs';
import { representationsOf } from '../harness/people.mjs';
import { ask } from '../harness/post.mjs';
import { start } from '../harness/programs.mjs';

const program = fileURLToPath(new URL('../programs/apollo-server.mjs', import.meta.url));

const stages = '{ stages { name participants { userId } } }';
/** @param {string} fields */
const participants = (fields) => `query ($stageArn: ID!, $sessionId: ID!) {
  participants(stageArn: $stageArn, sessionId: $sessionId) { ${fields} }
}`;
const entities = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) { ... on Participant { userId } }
}`;

/** @type {import('../harness/peers.mjs').Peer[]} */
export const peers = [
  {
    name: 'Apollo Server 5, plain resolvers',
    start: (endpoint) => start({ args: [program], env: { AWS_ENDPOINT_URL: endpoint } }),

    async stages(url) {
      const data = await ask(url, stages);
      return (data.stages ?? []).map((stage) => ({ name: stage?.name, people: stage?.participants ?? [] }));
    },

    async participants(url, { stageArn, sessionId }, detail) {
      const query = participants(detail ? 'userId detail { browserName osName }' : 'userId');
      const people = (await ask(url, query, { stageArn, sessionId })).participants ?? [];
      return people.map((person) => ({ ...person, ...person?.detail }));
    },

    one: async (url, kind, key) => (await ask(url, queryOfOne(kind, key)))[kind],

    async entities(url, session) {
      const representations = representationsOf(session);
      return (await ask(url, entities, { representations }))._entities ?? [];
    },

    revoke: 'would be the SDK’s loop',
  },
];
