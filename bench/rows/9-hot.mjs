import { equal } from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { load } from '../harness/load.mjs';
import { medians } from '../harness/measure.mjs';
import { start } from '../harness/programs.mjs';
import { main, withStandIn } from '../harness/stand-in.mjs';
import { fixed } from '../harness/table.mjs';

const PEOPLE = 100;
const [WARM_MS, ROUND_MS, ROUNDS] = [6_000, 3_000, 3];

export const title = 'one identical query again and again';
export const notes = `One stage, and ${PEOPLE} participants with five fields. ivs-graphql sends stored bytes and requests the responses of AWS again as they expire. Of the peers, Mercurius compiles queries and has resolvers that return from memory, Apollo Server has its response cache, and node:http sends the same bytes without a look at the request. 32 connections, in turn, median of ${ROUNDS} rounds. The client is written in JavaScript as well and takes a core, so that CPU per request tells more than requests/s.`;
export const columns = [
  'client',
  'one stage: requests/s',
  'CPU',
  '× less than Mercurius',
  '100 rows: requests/s',
  'CPU',
  '× less than Mercurius',
];

const program = (name) => fileURLToPath(new URL(`../programs/${name}.mjs`, import.meta.url));

export const run = () =>
  withStandIn({}, async (standIn) => {
    const session = await standIn.addStage('hot', PEOPLE);
    const queries = [
      '{ stage(arn: "ARN") { arn name region } }',
      `{ participants(stageArn: "ARN", sessionId: "SESSION", first: ${PEOPLE}) { nodes { participantId userId state published firstJoinTime } } }`,
    ].map((query) => query.replace('ARN', session.stageArn).replace('SESSION', session.sessionId));
    const started = [];
    const launch = async (args, env = {}, headers = {}) => {
      const one = { ...(await start({ args, env })), headers };
      started.push(one);
      return one;
    };
    try {
      const issuer = await launch([program('issuer')]);
      const token = await (await fetch(`${issuer.url}/token`)).text();
      const env = { PORT: '0', IVS_BACKEND: 'aws', AWS_ENDPOINT_URL: standIn.url, LOG_LEVEL: 'info' };
      const jwt = {
        AUTH_MODE: 'jwt',
        AUTH_ISSUER: 'https://issuer.example/',
        AUTH_JWKS_URI: `${issuer.url}/keys`,
        AUTH_AUDIENCE: 'bench',
      };
      const open = await launch([main, 'serve'], { ...env, AUTH_MODE: 'none' });
      const guarded = await launch([main, 'serve'], { ...env, ...jwt }, { authorization: `Bearer ${token}` });
      const texts = [];
      for (const query of queries) texts.push(await textOf(open, query));
      const data = JSON.stringify(Object.assign({}, ...texts.map((text) => JSON.parse(text).data)));
      const mercurius = await launch([program('mercurius-memory')], { BENCH_DATA: data });
      const apollo = await launch([program('apollo-memory')], { BENCH_DATA: data });
      const results = [];
      for (const [place, query] of queries.entries()) {
        const plain = await launch([program('node-http')], { BENCH_BODY: texts[place] });
        results.push(await compare([open, guarded, mercurius, apollo, plain], query, texts[place]));
      }
      const clients = [
        'ivs-graphql',
        'ivs-graphql with tokens',
        'Mercurius + jit',
        'Apollo Server, response cache',
        'node:http, same bytes',
      ];
      return clients.map((client, place) => [client, ...results.flatMap((all) => cells(all[place], all[2]))]);
    } finally {
      for (const { stop } of started) await stop();
    }
  });

const cells = ({ perSecond, cpuUs }, mercurius) => [
  fixed(perSecond, 0),
  `${fixed(cpuUs, 0)} µs`,
  fixed(mercurius.cpuUs / cpuUs),
];

async function textOf({ url, headers }, query) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return response.text();
}

async function compare(programs, query, expected) {
  const body = JSON.stringify({ query });
  const check = (text) => {
    if (text.length !== expected.length && text.trim() !== expected) throw new Error(text.slice(0, 200));
  };
  for (const one of programs) equal((await textOf(one, query)).trim(), expected);
  const results = programs.map(() => []);
  for (let round = -1; round < ROUNDS; round += 1)
    for (const [place, one] of programs.entries()) {
      const result = await load(one, round < 0 ? WARM_MS : ROUND_MS, () => body, check);
      if (round >= 0) results[place].push(result);
    }
  return results.map((rounds) => medians(rounds, 'perSecond', 'cpuUs'));
}
