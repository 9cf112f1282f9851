// The library as a host application uses it: options in, requests of any kind, and an end without remains.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { IvsClient } from '@aws-sdk/client-ivs';
import { IVSRealTimeClient } from '@aws-sdk/client-ivs-realtime';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/emulator.ts';
import { createIvsGateway, type IvsGateway, type IvsGatewayOptions } from '../../src/index.ts';
import { eventOf } from '../support/events.ts';
import { localServer } from '../support/local-server.ts';

const STAGES = '{ stages(first: 1) { nodes { name } } }';
const quiet = { logLevel: 'silent' } as const;

async function open(options: IvsGatewayOptions): Promise<IvsGateway> {
  const gateway = await createIvsGateway({ ...quiet, ...options });
  onTestFinished(() => gateway.close());
  return gateway;
}

const post = (path: string, query: string, headers: Record<string, string> = {}) =>
  new Request(`http://localhost${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });

const serve = ({ handler, upgrade }: IvsGateway): Promise<string> =>
  localServer(createServer(handler).on('upgrade', upgrade));

describe('a gateway of the demo world', () => {
  let gateway: IvsGateway;
  beforeAll(async () => {
    gateway = await createIvsGateway({ ...quiet, path: '/api/graphql' });
  });
  afterAll(() => gateway.close());

  it('responds to requests of the Fetch API with responses of it', async () => {
    const response = await gateway.fetch(post('/api/graphql', STAGES));
    expect(response).toBeInstanceOf(Response);
    expect(await response.json()).toEqual({ data: { stages: { nodes: [{ name: 'town-hall' }] } } });
    expect((await gateway.fetch(post('/graphql', STAGES))).status).toBe(404);
  });

  it('has GraphiQL, health and metrics of its own', async () => {
    const page = new Request('http://localhost/api/graphql', { headers: { accept: 'text/html' } });
    expect(await (await gateway.fetch(page)).text()).toContain('beginGraphiQL(');
    expect((await gateway.fetch(new Request('http://localhost/readyz'))).status).toBe(200);
    const metrics = await (await gateway.fetch(new Request('http://localhost/metrics'))).text();
    expect(metrics).toContain('ivs_graphql_aws_calls_total');
    expect(metrics).not.toContain('process_cpu');
  });

  it('is a listener of a server, with web sockets on its path', async () => {
    const url = await serve(gateway);
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: STAGES }),
    };
    expect(await (await fetch(`${url}/api/graphql`, init)).json()).toHaveProperty('data.stages.nodes.0.name');
    const socket = new (await import('ws')).WebSocket(
      `${url.replace('http', 'ws')}/api/graphql`,
      'graphql-transport-ws',
    );
    await once(socket, 'open');
    const message = once(socket, 'message');
    socket.send('{"type":"connection_init"}');
    expect(String((await message)[0])).toContain('connection_ack');
    const result = once(socket, 'message');
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: STAGES } }));
    expect(String((await result)[0])).toContain('town-hall');
    socket.close();
  });

  it('ends a subscription whose reader leaves', async () => {
    const query = 'subscription { streams { __typename } }';
    const response = await gateway.fetch(post('/api/graphql', query, { accept: 'text/event-stream' }));
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    expect(Buffer.from((await reader.read()).value ?? []).toString()).toContain('StreamsState');
    const running = async () =>
      /^ivs_graphql_subscriptions\b.* (\d+)$/m.exec(
        await (await gateway.fetch(new Request('http://localhost/metrics'))).text(),
      )?.[1];
    expect(await running()).toBe('1');
    await reader.cancel();
    await expect.poll(running).toBe('0');
  });

  it('receives events without a socket', async () => {
    const event = (body: object, headers = {}) =>
      new Request('http://localhost/events', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
    const id = '0b1c7a4e-3d0f-4a43-9a2d-6f6f5c1f4f11';
    const good = {
      version: '0',
      id,
      'detail-type': 'IVS Limit Breach',
      source: 'aws.ivs',
      account: '123456789012',
      time: '2026-01-01T00:00:00Z',
      region: 'us-west-2',
      resources: [],
      detail: { limit_name: 'Concurrent Viewers' },
    };
    expect(await (await gateway.fetch(event(good))).json()).toEqual({ outcome: 'accepted' });
    expect((await gateway.fetch(event({ no: 'event' }))).status).toBe(400);
    expect((await gateway.fetch(new Request('http://localhost/events'))).status).toBe(405);
  });
});

describe('two gateways in one process', () => {
  it('know nothing of each other, and one serves on when the other is closed', async () => {
    const [one, two] = await Promise.all([open({ path: '/one' }), open({ path: '/two' })]);
    const create = 'mutation { createStage(input: { name: "mine" }) { __typename } }';
    await one.fetch(post('/one', create));
    const names = async (gateway: IvsGateway) =>
      (await gateway.fetch(post(gateway.path, '{ stages { nodes { name } } }'))).text();
    expect(await names(one)).toContain('mine');
    expect(await names(two)).not.toContain('mine');
    await one.close();
    await one.close();
    const late = await one.fetch(post('/one', STAGES));
    expect([late.status, await late.json()]).toEqual([
      503,
      { errors: [{ message: 'The gateway is closed', extensions: { code: 'UNAVAILABLE' } }] },
    ]);
    expect(await names(two)).toContain('town-hall');
  });

  it('count their callers by the address that the host tells', async () => {
    const gateway = await open({ limits: { perSecond: 2 } });
    const ask = async (remoteAddress: string) =>
      (await gateway.fetch(post('/graphql', '{ __typename }'), { remoteAddress })).status;
    const statuses = await Promise.all(Array.from({ length: 30 }, () => ask('192.0.2.1')));
    expect(statuses).toContain(429);
    expect(await ask('192.0.2.2')).toBe(200);
  });
});

describe('the backend aws', () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator({ seed: 'demo' });
  });
  afterAll(() => emulator.close());
  const aws = { backend: 'aws', awsRegion: 'us-west-2', authMode: 'none' } as const;

  it('takes credentials, endpoints, clients and a logger of the host, and not those of the process', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL_IVS_REALTIME', 'http://127.0.0.1:9');
    vi.stubEnv('IVS_BACKEND', 'emulator');
    const made: string[] = [];
    const lines: unknown[] = [];
    const write = (level: string) => (details: object, message: string) =>
      lines.push([level, message, details]);
    const gateway = await createIvsGateway({
      ...aws,
      awsEndpointUrl: emulator.url,
      credentials: async () => ({ accessKeyId: 'AKIAHOST', secretAccessKey: 'secret' }),
      awsClient: ({ service, config }) => {
        made.push(`${service} ${config.region}`);
        return service === 'ivs' ? new IvsClient(config) : new IVSRealTimeClient(config);
      },
      logger: {
        level: 'debug',
        error: write('error'),
        warn: write('warn'),
        info: write('info'),
        debug: write('debug'),
      },
    });
    onTestFinished(() => gateway.close());
    expect(await (await gateway.fetch(post('/graphql', STAGES))).json()).toHaveProperty(
      'data.stages.nodes.0.name',
      'town-hall',
    );
    expect(made).toEqual(['ivs us-west-2', 'ivs-realtime us-west-2']);
    expect(lines).toContainEqual(['debug', 'request', expect.objectContaining({ kind: 'query', calls: 1 })]);
    await gateway.fetch(
      post(
        '/graphql',
        'mutation { deleteStage(input: { arn: "arn:aws:ivs:us-west-2:123456789012:stage/none" }) { __typename } }',
      ),
    );
    expect(lines).toContainEqual(['info', expect.any(String), expect.objectContaining({ audit: true })]);
  });

  it('refuses a client that is none, and credentials that are not there', async () => {
    const awsClient = () => ({});
    await expect(createIvsGateway({ ...quiet, ...aws, awsClient })).rejects.toThrow(
      /^awsClient: expected it to return an SDK client of ivs made from config$/,
    );
    const failing = () => {
      throw new Error('mine');
    };
    await expect(createIvsGateway({ ...quiet, ...aws, awsClient: failing })).rejects.toThrow(
      /^awsClient: expected it to return an SDK client of ivs, got an error: mine$/,
    );
    const credentials = () => Promise.reject(new Error('the vault is shut'));
    await expect(createIvsGateway({ ...quiet, ...aws, credentials })).rejects.toThrow(
      'no AWS credentials: the vault is shut',
    );
  });
});

it('receives the events of its accounts, and of no others', async () => {
  const gateway = await open({ accounts: ['123456789012'] });
  const outcomeOf = async (account: string) => {
    const body = JSON.stringify({ ...eventOf('IVS Stage Update'), account });
    const headers = { 'content-type': 'application/json' };
    const response = await gateway.fetch(
      new Request('http://localhost/events', { method: 'POST', headers, body }),
    );
    return response.json();
  };
  expect(await outcomeOf('123456789012')).toEqual({ outcome: 'accepted' });
  expect(await outcomeOf('210987654321')).toEqual({ outcome: 'other_account' });
});

it('leaves a process as it was: no handlers of signals, and nothing that keeps it from its end', async () => {
  const library = join(import.meta.dirname, '../../dist/index.js');
  const program = `
    process.env.PORT = 'http';
    process.env.IVS_BACKEND = 'azure';
    // Of the end of the process a library may hear, as pino does.
    const handled = () => process.eventNames().filter((name) => name !== 'exit').join();
    const before = handled();
    const { createIvsGateway } = await import(${JSON.stringify(library)});
    const gateway = await createIvsGateway({ logLevel: 'silent', port: 0 });
    const url = await gateway.listen();
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ stages(first: 1) { nodes { name } } }"}' };
    console.log(await (await fetch(url, init)).text());
    const subscription = { ...init, body: '{"query":"subscription { streams { __typename } }"}', headers: { ...init.headers, accept: 'text/event-stream' } };
    await (await fetch(url, subscription)).body.getReader().read();
    console.log(handled() === before ? 'no handlers' : handled());
    await gateway.close();
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (chunk) => (out += chunk));
  const [code] = await once(child, 'exit');
  expect(out.trim().split('\n')).toEqual([
    '{"data":{"stages":{"nodes":[{"name":"town-hall"}]}}}',
    'no handlers',
  ]);
  expect(code).toBe(0);
});
