import { queryOfOne } from '../harness/one.mjs';
import { representationsOf } from '../harness/people.mjs';
import { ask, postInParts } from '../harness/post.mjs';
import { start } from '../harness/programs.mjs';
import { main } from '../harness/stand-in.mjs';

const SUMMARY = 'userId';
const DETAIL = 'userId browserName osName';

const stages = `{
  stages(first: 100) { nodes { name activeSession { participants(first: 100) { nodes { ${SUMMARY} } } } } }
}`;
/** @param {string} fields @param {string} [directive] */
const participants = (fields, directive = '') => `query ($stageArn: ID!, $sessionId: ID!) {
  participants(stageArn: $stageArn, sessionId: $sessionId, first: 100) { nodes ${directive} { ${fields} } }
}`;
const entities = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) { ... on Participant { ${SUMMARY} } }
}`;
const revoke = `mutation ($viewerSessions: [ViewerSessionInput!]!) {
  revokeViewerSessions(input: { viewerSessions: $viewerSessions }) { errors { index } }
}`;

/** @type {import('../harness/peers.mjs').Peer[]} */
export const peers = [
  {
    name: 'ivs-graphql',
    start: (endpoint) =>
      start({
        args: [main, 'serve'],
        env: {
          PORT: '0',
          IVS_BACKEND: 'aws',
          AUTH_MODE: 'none',
          AWS_ENDPOINT_URL: endpoint,
          LOG_LEVEL: 'info',
        },
      }),

    async stages(url) {
      const data = await ask(url, stages);
      return (data.stages?.nodes ?? []).map((stage) => ({
        name: stage?.name,
        people: stage?.activeSession?.participants?.nodes ?? [],
      }));
    },

    async participants(url, { stageArn, sessionId }, detail) {
      const data = await ask(url, participants(detail ? DETAIL : SUMMARY), { stageArn, sessionId });
      return data.participants?.nodes ?? [];
    },

    async participantsInParts(url, { stageArn, sessionId }) {
      const from = performance.now();
      const since = () => (performance.now() - from) / 1000;
      /** @type {any[]} */
      const value = [];
      let first = Number.NaN;
      await postInParts(
        url,
        { query: participants(DETAIL, '@stream'), variables: { stageArn, sessionId } },
        (part) => {
          for (const { items } of part.incremental ?? []) value.push(...items);
          if (value.length > 0 && Number.isNaN(first)) first = since();
        },
      );
      return { value, first, seconds: since() };
    },

    one: async (url, kind, key) => (await ask(url, queryOfOne(kind, key)))[kind],

    async entities(url, session) {
      const representations = representationsOf(session);
      return (await ask(url, entities, { representations }))._entities;
    },

    async revoke(url, viewerSessions) {
      const data = await ask(url, revoke, { viewerSessions });
      return data.revokeViewerSessions.errors.map(({ index }) => index);
    },
  },
];
