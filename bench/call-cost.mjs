// What one AWS call costs the gateway's process in CPU: the SDK's client as it comes, ours, and the same bytes over bare
// node:http. A server in another process answers, so that its own work is not counted. npm run build && node bench/call-cost.mjs
import { fork } from 'node:child_process';
import { Agent, createServer, request } from 'node:http';
import {
  GetParticipantCommand,
  IVSRealTimeClient,
  ListParticipantsCommand,
} from '@aws-sdk/client-ivs-realtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';

const [CALLS, ROUNDS, AT_ONCE] = [1000, 9, 10];
const [region, credentials] = ['us-west-2', { accessKeyId: 'bench', secretAccessKey: 'bench' }];
const who = {
  stageArn: 'arn:aws:ivs:us-west-2:123456789012:stage/abcdEFGHijkl',
  sessionId: 'st-0123456789abc',
};
const operations = {
  GetParticipant: () => new GetParticipantCommand({ ...who, participantId: 'participant0' }),
  ListParticipants: () => new ListParticipantsCommand({ ...who, maxResults: 100 }),
};

function answer() {
  const firstJoinTime = '2026-01-01T00:00:00Z';
  const participant = (i) => ({
    participantId: `participant${i}`,
    state: 'CONNECTED',
    firstJoinTime,
    published: true,
  });
  const bodies = {
    '/GetParticipant': JSON.stringify({
      participant: { ...participant(0), browserName: 'Chrome', osName: 'macOS' },
    }),
    '/ListParticipants': JSON.stringify({
      participants: Array.from({ length: 100 }, (_, i) => participant(i)),
    }),
  };
  const server = createServer(({ url }, response) => response.end(bodies[url]));
  server.listen(0, '127.0.0.1', () => process.send(server.address().port));
  process.on('disconnect', () => process.exit());
}

async function contestants(port) {
  const { createClients } = await import('../dist/upstream/sdk/clients.js');
  const { operationOf } = await import('../dist/upstream/operation.js');
  const [endpoint, { signal }] = [`http://127.0.0.1:${port}`, new AbortController()];
  const agent = () => new Agent({ keepAlive: true, maxSockets: 50 });
  const requestHandler = new NodeHttpHandler({
    requestTimeout: 10_000,
    connectionTimeout: 3_000,
    httpAgent: agent(),
  });
  const sdk = new IVSRealTimeClient({ region, endpoint, credentials, maxAttempts: 1, requestHandler });
  const ours = createClients({ endpoint, credentials });
  const bareAgent = agent();
  const bare = ({ input }, name) =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify(input);
      const headers = { 'content-type': 'application/json', 'content-length': body.length };
      const options = {
        agent: bareAgent,
        host: '127.0.0.1',
        port,
        method: 'POST',
        path: `/${name}`,
        headers,
      };
      const call = request(options, async (response) =>
        resolve(JSON.parse(Buffer.concat(await response.toArray()))),
      );
      call.on('error', reject).end(body);
    });
  return {
    'the SDK as it comes': (command) => sdk.send(command, { abortSignal: signal }),
    ours: (command) =>
      ours.send({ operation: operationOf(command), target: { account: undefined, region }, command, signal }),
    'bare node:http': bare,
  };
}

async function microseconds(send, name) {
  const before = process.cpuUsage();
  let left = CALLS;
  const caller = async () => {
    while (left-- > 0) await send(operations[name](), name);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, caller));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / CALLS;
}

async function compare() {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const server = fork(import.meta.filename, ['answer']);
  const port = await new Promise((resolve) => server.once('message', resolve));
  const senders = Object.entries(await contestants(port));
  for (const name of Object.keys(operations)) {
    const rounds = senders.map(() => []);
    // The first two rounds warm up; turn about, so that a busy machine is busy for all.
    for (let round = -2; round < ROUNDS; round += 1) {
      for (const [i, [, send]] of senders.entries()) {
        const cost = await microseconds(send, name);
        if (round >= 0) rounds[i].push(cost);
      }
    }
    const medians = rounds.map((costs) => costs.sort((a, b) => a - b)[ROUNDS >> 1]);
    for (const [i, [sender]] of senders.entries()) {
      console.log(
        `${name}, ${sender}: ${medians[i].toFixed(0)} µs (${((100 * medians[i]) / medians[0]).toFixed(0)} %)`,
      );
    }
  }
  server.disconnect();
}

if (process.argv[2] === 'answer') answer();
else await compare().then(() => process.exit());
