import { deepStrictEqual } from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { load, residentMb } from '../harness/load.mjs';
import { medians } from '../harness/measure.mjs';
import { ask } from '../harness/post.mjs';
import { start } from '../harness/programs.mjs';
import { main, withStandIn } from '../harness/stand-in.mjs';
import { fixed } from '../harness/table.mjs';

const PEOPLE = 100;
const [WARM_MS, ROUND_MS, ROUNDS] = [6_000, 1_500, 7];
const SWITCHES = 12;
const VARIANTS = 2 ** SWITCHES;

export const title = `${VARIANTS} different queries of one document, the responses of AWS in memory`;
export const notes = `A stage, its session and its ${PEOPLE} participants; ${SWITCHES} variables of \`@include\` choose the fields, so no response is the one before. ivs-graphql has the three responses of AWS in its cache and requests them again as they expire; the peer is plain GraphQL Yoga with Pothos, whose resolvers return from memory. 32 connections, in turn, median of ${ROUNDS} rounds; the data of both is compared.`;
export const columns = ['client', 'requests/s', '× the peer', 'CPU per request', 'of the peer', 'resident'];

const names = Array.from({ length: SWITCHES }, (_, index) => `v${index}`);
const at = (index) => `@include(if: $v${index})`;
const query = `query ($arn: ID!, ${names.map((name) => `$${name}: Boolean!`).join(', ')}) {
  stage(arn: $arn) {
    name arn ${at(0)} region ${at(1)}
    activeSession {
      startTime sessionId ${at(2)} endTime ${at(3)}
      participants(first: ${PEOPLE}) {
        nodes { participantId userId ${at(4)} state ${at(5)} published ${at(6)} firstJoinTime ${at(7)} sessionId ${at(8)} stageArn ${at(9)} name: userId ${at(10)} }
        pageInfo ${at(11)} { hasNextPage }
      }
    }
  }
}`;
const variablesOf = (arn, variant) => ({
  arn,
  ...Object.fromEntries(names.map((name, index) => [name, ((variant >> index) & 1) === 1])),
});
/** All variants in an order that leaps. */
const variantOf = (index) => (index * 1_597) % VARIANTS;

const peer = fileURLToPath(new URL('../programs/yoga-memory.mjs', import.meta.url));
const builds = (process.env.BENCH_BUILDS ?? main).split(',');

export const run = () =>
  withStandIn({}, async (standIn) => {
    const { stageArn: arn } = await standIn.addStage('different', PEOPLE);
    const env = {
      PORT: '0',
      IVS_BACKEND: 'aws',
      AUTH_MODE: 'none',
      AWS_ENDPOINT_URL: standIn.url,
      LOG_LEVEL: 'info',
    };
    const ours = await Promise.all(builds.map((build) => start({ args: [build, 'serve'], env })));
    const [{ url }] = /** @type {[import('../harness/programs.mjs').Program]} */ (ours);
    const { stage } = await ask(url, query, variablesOf(arn, VARIANTS - 1));
    const theirs = await start({ args: [peer], env: { BENCH_STAGE: JSON.stringify(stage) } });
    try {
      return await compare([...ours, theirs], arn);
    } finally {
      for (const { stop } of [...ours, theirs]) await stop();
    }
  });

async function compare(programs, arn) {
  await checkEqual(programs, arn);
  const results = programs.map(() => []);
  await inRounds(programs, arn, WARM_MS);
  for (let round = 0; round < ROUNDS; round += 1) {
    const told = await inRounds(programs, arn, ROUND_MS);
    for (const [place, result] of told.entries()) results[place].push(result);
  }
  const all = results.map((rounds) => medians(rounds, 'perSecond', 'cpuUs'));
  const base = all.at(-1);
  const clients = [
    ...builds.map((build) => (build === main ? 'ivs-graphql' : build)),
    'graphql-yoga + Pothos',
  ];
  return Promise.all(
    all.map(async ({ perSecond, cpuUs }, place) => [
      clients[place],
      fixed(perSecond, 0),
      fixed(perSecond / base.perSecond),
      `${fixed(cpuUs, 0)} µs`,
      fixed(cpuUs / base.cpuUs),
      `${fixed(await residentMb(programs[place].pid), 0)} MB`,
    ]),
  );
}

async function inRounds(programs, arn, ms) {
  const bodyOf = (index) => JSON.stringify({ query, variables: variablesOf(arn, variantOf(index)) });
  const check = (text) => {
    if (!text.startsWith('{"data":{"stage":{"name":') || text.includes('"errors"'))
      throw new Error(text.slice(0, 200));
  };
  const results = [];
  for (const program of programs) results.push(await load(program, ms, bodyOf, check));
  return results;
}

async function checkEqual(programs, arn) {
  for (let index = 0; index < 64; index += 1) {
    const answers = [];
    for (const { url } of programs) answers.push(await ask(url, query, variablesOf(arn, variantOf(index))));
    for (const answer of answers) deepStrictEqual(answer, answers[0]);
  }
}
