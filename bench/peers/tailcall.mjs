// Tailcall makes GraphQL of an HTTP API by directives in a schema file. It cannot sign for AWS: the stand-in does not ask.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { askEach } from '../harness/ask-each.mjs';
import { freePort } from '../harness/free-port.mjs';
import { ask } from '../harness/post.mjs';
import { start } from '../harness/programs.mjs';
import { authorization } from '../harness/stand-in.mjs';

const json = '{key: "content-type", value: "application/json"}';
const signed = `{key: "authorization", value: "${authorization}"}`;
/** A body with places for values, as a string of the schema language. */
const body = (/** @type {object} */ members) => JSON.stringify(JSON.stringify(members));
const listOf = (/** @type {string} */ stageArn, /** @type {string} */ sessionId) =>
  body({ stageArn: `{{${stageArn}}}`, sessionId: `{{${sessionId}}}`, maxResults: 100 });
const key = body({
  stageArn: '{{.args.stageArn}}',
  sessionId: '{{.args.sessionId}}',
  participantId: '{{.args.participantId}}',
});

/** @param {string} endpoint @param {number} port */
function configuration(endpoint, port) {
  // Equal requests in flight share one: off unless it is asked for.
  const call = (/** @type {string} */ operation, /** @type {string} */ input) =>
    `@http(url: "${endpoint}/${operation}", method: POST, body: ${input}, headers: [${signed}, ${json}], dedupe: true)`;
  return `
    schema @server(port: ${port}, hostname: "127.0.0.1") { query: Query }
    type Query {
      stages: Stages ${call('ListStages', body({ maxResults: 100 }))}
      participants(stageArn: String!, sessionId: String!): Participants
        ${call('ListParticipants', listOf('.args.stageArn', '.args.sessionId'))}
      participant(stageArn: String!, sessionId: String!, participantId: String!): OneParticipant
        ${call('GetParticipant', key)}
    }
    type Stages { stages: [Stage] }
    type Stage {
      arn: String
      name: String
      activeSessionId: String
      list: Participants ${call('ListParticipants', listOf('.value.arn', '.value.activeSessionId'))}
    }
    type Participants { participants: [Participant] }
    type OneParticipant { participant: Participant }
    type Participant { participantId: String userId: String browserName: String osName: String }
  `;
}

/** @param {string} endpoint */
async function startTailcall(endpoint) {
  const folder = await mkdtemp(join(tmpdir(), 'ivs-graphql-bench-'));
  try {
    const [file, port] = [join(folder, 'ivs.graphql'), await freePort()];
    await writeFile(file, configuration(endpoint, port));
    const url = `http://127.0.0.1:${port}`;
    const manifest = import.meta.resolve('@tailcallhq/core-linux-x64-gnu/package.json');
    const command = fileURLToPath(new URL('bin/tailcall', manifest));
    return await start({ command, args: ['start', file], env: { TAILCALL_TRACKER: 'false' }, url });
  } finally {
    // Read once, at the start.
    await rm(folder, { recursive: true });
  }
}

const stages = '{ stages { stages { name list { participants { userId } } } } }';
const participants = `query ($stageArn: String!, $sessionId: String!) {
  participants(stageArn: $stageArn, sessionId: $sessionId) { participants { participantId userId } }
}`;

/** @type {import('../harness/peers.mjs').Peer[]} */
export const peers = [
  {
    name: 'Tailcall 1.0.0',
    start: startTailcall,

    async stages(url) {
      const data = await ask(url, stages);
      return (data.stages?.stages ?? []).map((stage) => ({
        name: stage?.name,
        people: stage?.list?.participants ?? [],
      }));
    },

    async participants(url, session, detail) {
      const { stageArn, sessionId } = session;
      const people = (await ask(url, participants, { stageArn, sessionId })).participants?.participants ?? [];
      if (!detail) return people;
      const ids = people.map(({ participantId }) => participantId);
      return askEach(url, session, ids, (members) => members);
    },

    // As many keys as one request can ask for: as a subgraph it would need one more resolver for them.
    entities: (url, session) => askEach(url, session, session.participantIds, (members) => members),

    revoke: 'hands on one batch of AWS’s 20',
  },
];
