import { representationsOf } from '../harness/people.mjs';
import { ask } from '../harness/post.mjs';
import { start } from '../harness/programs.mjs';
import { main } from '../harness/stand-in.mjs';

const SUMMARY = 'userId';
const DETAIL = 'userId browserName osName';

const stages = `{
  stages(first: 100) { nodes { name activeSession { participants(first: 100) { nodes { ${SUMMARY} } } } } }
}`;
/** @param {string} fields */
const participants = (fields) => `query ($stageArn: ID!, $sessionId: ID!) {
  participants(stageArn: $stageArn, sessionId: $sessionId, first: 100) { nodes { ${fields} } }
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
          LOG_LEVEL: 'silent',
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
