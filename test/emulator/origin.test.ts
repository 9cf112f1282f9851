// Web pages that a user of the emulator visits: they may neither read from it nor cause anything in it.
import { type OutgoingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { EmulatorOptions } from '../../src/emulator/emulator.ts';
import { authorization, emulate, TOWN_HALL } from './support/emulate.ts';

const JOIN = JSON.stringify({ stageArn: TOWN_HALL, userId: 'eve' });

interface Sent {
  method?: string;
  path: string;
  headers: OutgoingHttpHeaders;
  body?: string;
}

async function emulatePages(options: EmulatorOptions = {}) {
  const { emulator } = await emulate({ seed: 'demo', ...options });
  const { port } = new URL(emulator.url);
  const send = ({ method = 'POST', path, headers, body = '' }: Sent) =>
    new Promise<{ status: number | undefined; headers: object; body: string }>((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, method, path, headers, agent: false });
      sent.on('error', reject).on('response', async (response) => {
        const { statusCode: status, headers } = response;
        resolve({ status, headers, body: await text(response) });
      });
      sent.end(body);
    });
  return { emulator, port, send };
}

/** A client that is no browser: curl, an SDK. */
const join = (headers: OutgoingHttpHeaders): Sent => ({ path: '/_control/join', headers, body: JOIN });
const list = (headers: OutgoingHttpHeaders): Sent => ({
  path: '/ListStages',
  headers: { authorization: authorization(), ...headers },
  body: '{}',
});

const refused = (path: string, message: string) => ({
  status: 403,
  body: JSON.stringify(
    path.startsWith('/_control') ? { error: message } : { exceptionMessage: message, message },
  ),
});

test.each([
  'evil.example',
  'evil.example:4566',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  '10.0.0.1',
])('on loopback the name %s is answered by neither API', async (host) => {
  const { send } = await emulatePages();
  const message = `Host: expected localhost or another name of this machine, got "${host}"`;
  expect(await send(join({ host }))).toMatchObject(refused('/_control', message));
  expect(await send(list({ host }))).toMatchObject(refused('/ListStages', message));
  const read = await send({ method: 'GET', path: '/_control', headers: { host } });
  expect(read).toMatchObject(refused('/_control', message));
});

test.each(['127.0.0.1', '127.0.0.1:4566', 'localhost:1', 'ivs.localhost', '[::1]:4566', 'LOCALHOST'])(
  'on loopback the name %s is answered by both',
  async (host) => {
    const { send } = await emulatePages();
    expect((await send(join({ host }))).status).toBe(200);
    expect((await send(list({ host }))).status).toBe(200);
  },
);

test('where other machines reach it, it has any name, and pages are refused all the same', async () => {
  const { send } = await emulatePages({ host: '0.0.0.0' });
  const host = 'emulator:4566';
  expect((await send(join({ host }))).status).toBe(200);
  expect((await send(list({ host }))).status).toBe(200);
  // A page that has pointed its own name at it
  expect((await send(join({ host, origin: `http://${host}` }))).status).toBe(403);
  expect((await send(list({ host, origin: `http://${host}` }))).status).toBe(403);
});

test.each([
  'http://evil.example',
  'https://localhost.evil.example',
  'null',
  'http://localhost@evil.example',
  'file://',
])('a page of %s is refused by both APIs, whatever it sends', async (origin) => {
  const { emulator, send } = await emulatePages();
  const control = refused(
    '/_control',
    `Origin: expected none, or the origin of the emulator itself, got "${origin}"`,
  );
  const aws = refused('/ListStages', `Origin: expected none, or an origin on localhost, got "${origin}"`);
  for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
    expect(await send(join({ origin, 'content-type': type }))).toMatchObject(control);
    expect(await send(list({ origin, 'content-type': type }))).toMatchObject(aws);
  }
  const ask = { origin, 'access-control-request-method': 'POST' };
  const preflight = await send({ method: 'OPTIONS', path: '/_control/join', headers: ask });
  expect(preflight).toMatchObject({ status: 403, headers: expect.not.objectContaining(cors) });
  expect(emulator.calls.count()).toBe(0);
});
const cors = { 'access-control-allow-origin': expect.anything() };

test.each(['cross-site', 'same-site'])(
  'a %s request without Origin, such as an image or a link, is refused by both APIs',
  async (site) => {
    const { send } = await emulatePages();
    const headers = { 'sec-fetch-site': site };
    const message = `Sec-Fetch-Site: expected same-origin or none, got ${site}`;
    const image: Sent = { method: 'GET', path: '/_control', headers };
    expect(await send(image)).toMatchObject(refused('/_control', message));
    expect(await send(join(headers))).toMatchObject(refused('/_control', message));
    expect(await send(list(headers))).toMatchObject(refused('/ListStages', message));
  },
);

test('a page of another local port commands nothing, and may call AWS through a proxy', async () => {
  const { send } = await emulatePages();
  const origin = 'http://localhost:3000';
  expect((await send(join({ origin, 'sec-fetch-site': 'same-site' }))).status).toBe(403);
  const answered = await send(list({ origin, 'sec-fetch-site': 'cross-site' }));
  // It reads nothing that the proxy of its own server does not hand on
  expect(answered).toMatchObject({ status: 200, headers: expect.not.objectContaining(cors) });
  const ask = { origin, 'access-control-request-method': 'POST' };
  const preflight = await send({ method: 'OPTIONS', path: '/ListStages', headers: ask });
  expect(preflight).toMatchObject({ status: 404, headers: expect.not.objectContaining(cors) });
});

test('a page of the emulator itself and the address bar are answered', async () => {
  const { port, send } = await emulatePages();
  const own = {
    host: `127.0.0.1:${port}`,
    origin: `http://127.0.0.1:${port}`,
    'sec-fetch-site': 'same-origin',
  };
  expect((await send(join(own))).status).toBe(200);
  const typed: Sent = { method: 'GET', path: '/_control', headers: { 'sec-fetch-site': 'none' } };
  expect((await send(typed)).status).toBe(200);
});

test('what curl -d sends is answered', async () => {
  const { send } = await emulatePages();
  const curl = {
    'content-type': 'application/x-www-form-urlencoded',
    'user-agent': 'curl/8.5.0',
    accept: '*/*',
  };
  expect((await send(join(curl))).status).toBe(200);
});

test('a request of HTTP/1.0 without a Host is no browser’s', async () => {
  const { port } = await emulatePages();
  const socket = connect(Number(port), '127.0.0.1');
  socket.end('GET /_control HTTP/1.0\r\n\r\n');
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 200/);
});
