// Each script names the keys and channels that it uses: what Redis shows with MONITOR is compared with KEYS.
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDocumentStore, sha256 } from '../../src/server/limits/document-store.ts';
import { EVENTS, heartbeat, listenForEvents, stageUpdate } from '../support/events.ts';
import { listen } from '../support/listen.ts';
import { detail, isInstalled, startRedis, startReplicas, until, untilElsewhere } from '../support/redis.ts';
import { CLI } from '../support/redis-programs.ts';
import { createSession } from '../support/world.ts';

/** ElastiCache Serverless takes no more in one request. */
const MAX_ARGUMENTS = 3_999;

async function monitor(url: string): Promise<() => string[]> {
  const child: ChildProcess = spawn(CLI, ['-u', url, 'monitor'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stdout?.setEncoding('utf8').on('data', (text) => (said += text));
  await untilElsewhere(() => said.includes('OK'));
  return () => said.split('\n').slice(1).filter(Boolean);
}

interface Run {
  keys: string[];
  used: Set<string>;
}

/** Valkey before 8.1.2 does not escape the quotes within a word (github.com/valkey-io/valkey/issues/2035). */
const wordsOf = (line: string): string[] =>
  line.slice(line.indexOf('"') + 1, line.lastIndexOf('"')).split('" "');

/** What a command in a script uses: its first argument, as a rule. */
const usedBy = ([command = '', ...args]: string[]): string[] =>
  ({ TIME: [], DEL: args, EXISTS: args })[command.toUpperCase()] ?? args.slice(0, 1);

function runsIn(lines: string[]) {
  const runs: Run[] = [];
  const commands = new Set<string>();
  let longest = 0;
  for (const line of lines) {
    const words = wordsOf(line);
    longest = Math.max(longest, words.length);
    if (/\[\d+ lua\]/.test(line)) {
      commands.add((words[0] as string).toUpperCase());
      for (const key of usedBy(words)) runs.at(-1)?.used.add(key);
    } else if (/^eval(sha)?$/i.test(words[0] ?? ''))
      runs.push({ keys: words.slice(3, 3 + Number(words[2])), used: new Set() });
  }
  return { runs, commands, longest };
}

/** All commands of scripts in the source. */
function commandsOfScripts(): string[] {
  const root = join(import.meta.dirname, '../../src');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const texts = files.map((file) => readFileSync(join(root, file), 'utf8'));
  return texts.flatMap((text) =>
    [...text.matchAll(/redis\.call\('([A-Z]+)'/g)].map(([, name]) => name as string),
  );
}

describe.skipIf(!isInstalled)('scripts', { timeout: 60_000 }, () => {
  it('use no key and no channel that is not among their KEYS', async () => {
    const server = await startRedis();
    const lines = await monitor(server.url);
    const options = { cached: true, server: { events: EVENTS }, startServer: async () => server };
    const { lead, replicas } = await startReplicas(2, options);
    const [one, other] = replicas;
    await until(() => replicas.every(({ redis }) => redis.replicas() === 2));
    const session = await createSession(lead, 30);
    const { stageArn } = session;
    const [participantId = ''] = session.participantIds;
    lead.emulator.faults.add({ operation: 'GetParticipant', times: 1, status: 429 });
    await Promise.all([one.data(detail(session)), other.data(detail(session))]);
    const stage = `{ stage(arn: "${stageArn}") { name } }`;
    // With a hit comes a lease, for which the write then waits.
    for (let count = 0; count < 2; count += 1) await other.data(stage);
    await until(() => other.redis.inFlight() === 0);
    await one.data(`mutation { updateStage(input: { arn: "${stageArn}", name: "new" }) { __typename } }`);
    await other.data(`mutation { deleteStage(input: { arn: "${stageArn}x" }) { __typename } }`);
    const client = new AbortController();
    lead.emulator.calls.reset();
    const gone = one.ask(
      detail(session),
      {},
      { signal: client.signal, headers: { 'cache-control': 'no-cache' } },
    );
    await until(() => lead.emulator.calls.count('GetParticipant') > 2);
    client.abort();
    await gone.catch(() => {});
    const [first, second] = [await listenForEvents(one), await listenForEvents(other)];
    const watched = await listen(one, STAGE_EVENTS, { stage: stageArn });
    for (let count = 0; count < 3; count += 1) await first.send(stageUpdate(stageArn, participantId));
    await second.send(heartbeat());
    await watched.until('StageActivity');
    const participants = await listen(one, PARTICIPANTS, { stage: stageArn });
    await participants.until('ParticipantsState');
    participants.close();
    const documents = createDocumentStore(one.redis, { count: 1, bytes: 1000 });
    for (const text of ['{ a }', '{ b }']) documents.set(sha256(text), text);
    await untilElsewhere(() => server.ask('HLEN', server.keyOf('documents')) === '2');
    await createDocumentStore(other.redis).get(sha256('{ b }'));
    for (const { redis } of replicas) await redis.close();
    const end = `${Math.random()}`;
    server.ask('ECHO', end);
    await untilElsewhere(() => lines().some((line) => line.includes(end)));

    const { runs, commands, longest } = runsIn(lines());
    const undeclared = runs.flatMap(({ keys, used }) => [...used].filter((key) => !keys.includes(key)));
    expect(undeclared).toEqual([]);
    expect(longest).toBeLessThan(MAX_ARGUMENTS);
    // Otherwise this test has missed a script.
    const expected = new Set(commandsOfScripts().filter((name) => name !== 'SPUBLISH'));
    expect([...expected].filter((name) => !commands.has(name))).toEqual([]);
  });
});

const PARTICIPANTS = `subscription ($stage: ID!) {
  participants(stageArn: $stage) { __typename ... on ParticipantsState { nodes { userId } } }
}`;
const STAGE_EVENTS = `subscription ($stage: ID!) {
  stageEvents(stageArns: [$stage]) { __typename ... on StageActivity { eventName } }
}`;
