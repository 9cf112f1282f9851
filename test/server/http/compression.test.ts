// Over a real socket, where it is done.
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listen } from '../../../src/server/http/listener.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { createSession } from '../../support/world.ts';

async function start() {
  const gateway = await startGateway({ seed: 'demo', callRates: true });
  const listening = await listen(gateway.handler, { host: '127.0.0.1', port: 0 });
  onTestFinished(() => listening.drain({ delayMs: 0, finishMs: 0 }));
  return { gateway, port: listening.address.port };
}

async function ask(port: number, query: string, headers: Record<string, string>): Promise<IncomingMessage> {
  const asked = request({
    port,
    path: '/graphql',
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
  }).end(JSON.stringify({ query }));
  const [response] = await once(asked, 'response');
  return response;
}
const bodyOf = async (response: IncomingMessage) => Buffer.concat(await response.toArray());

const channels = '{ channels(first: 20) { nodes { id arn name type latencyMode } } }';

describe('a long answer', () => {
  it.each([
    ['br', 'gzip, deflate, br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['gzip', 'br;q=0, gzip;q=0.5', gunzipSync],
  ])('is packed with %s for who takes %s', async (encoding, accept, unpack) => {
    const { gateway, port } = await start();
    const response = await ask(port, channels, { 'accept-encoding': accept });
    expect(response.headers['content-encoding']).toBe(encoding);
    expect(response.headers.vary).toMatch(/accept-encoding/i);
    const packed = await bodyOf(response);
    expect(JSON.parse(unpack(packed).toString()).data).toEqual(await gateway.data(channels));
    expect(packed.length).toBeLessThan(unpack(packed).length / 3);
  });

  it.each(['', 'identity', '*;q=0', 'zstd'])('is not for who takes %s', async (accept) => {
    const { port } = await start();
    const response = await ask(port, channels, { 'accept-encoding': accept });
    expect(response.headers['content-encoding']).toBeUndefined();
    expect(JSON.parse((await bodyOf(response)).toString()).data.channels.nodes.length).toBeGreaterThan(3);
  });
});

describe('not packed is', () => {
  const packs = { 'accept-encoding': 'gzip, br' };

  it('a short answer', async () => {
    const { port } = await start();
    expect((await ask(port, '{ __typename }', packs)).headers['content-encoding']).toBeUndefined();
  });

  it('an answer with a secret, whose size would tell of it', async () => {
    const { port } = await start();
    const secrets = '{ channels(first: 20) { nodes { id arn name streamKeys { nodes { arn value } } } } }';
    const response = await ask(port, secrets, packs);
    expect((await bodyOf(response)).length).toBeGreaterThan(1024);
    expect(response.headers['content-encoding']).toBeUndefined();
  });

  it.each(['multipart/mixed', 'text/event-stream'])(
    'an answer in parts as %s: each leaves at once',
    async (accept) => {
      const { gateway, port } = await start();
      const { isBusy } = gateway.clock;
      const session = await createSession(gateway as TestGateway, 12);
      // Time stands still, so that only the first five can be known.
      gateway.clock.isBusy = () => true;
      const query = `{ participants(stageArn: "${session.stageArn}", sessionId: "${session.sessionId}") { nodes @stream { userId browserName } } }`;
      const response = await ask(port, query, { ...packs, accept, 'cache-control': 'no-cache' });
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      while (!text.includes('user-4')) await new Promise(setImmediate);
      expect(text).not.toContain('user-5');
      gateway.clock.isBusy = isBusy;
      await once(response, 'end');
      expect(text).toContain('user-11');
    },
  );
});

it('two requests share a connection', async () => {
  const { port } = await start();
  const { Agent } = await import('node:http');
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ports = new Set<number | undefined>();
  for (let count = 0; count < 2; count += 1) {
    const asked = request({ port, path: '/livez', agent }).end();
    const [response] = await once(asked, 'response');
    ports.add((response as IncomingMessage).socket.localPort);
    await bodyOf(response);
  }
  expect(ports.size).toBe(1);
  agent.destroy();
});
