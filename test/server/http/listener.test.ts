// Clients who take their time. The limits are small and the tests wait for what happens, so no speed of a machine matters.
import { once } from 'node:events';
import type { RequestListener, ServerResponse } from 'node:http';
import { connect, Socket } from 'node:net';
import { expect, it, onTestFinished, vi } from 'vitest';
import { networkOf } from '../../../src/http/address.ts';
import { Connections } from '../../../src/server/http/connections.ts';
import { type ListenerLimits, type Listening, listen } from '../../../src/server/http/listener.ts';

const hello: RequestListener = (_request, response) => void response.end('hello');

const ADDRESS = { host: '127.0.0.1', port: 0 };
const connectTo = ({ address }: Listening): Socket =>
  connect(address.port, address.address).on('error', () => {});

/** A listener that is drained at the end of the test; returns what connects a client. */
async function start(limits: Partial<ListenerLimits>, handler = hello): Promise<() => Socket> {
  const listening = await listen(handler, ADDRESS, { checkMs: 10, ...limits });
  onTestFinished(() => listening.drain({ delayMs: 0, finishMs: 0 }));
  return () => connectTo(listening);
}

/** All that the other side says until it hangs up. */
async function heard(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (chunk) => (text += chunk));
  await once(socket, 'close');
  return text;
}

it.each([
  ['nothing', '', { headersMs: 50 }],
  ['half of its headers', 'GET / HTTP/1.1\r\nhost: a\r\n', { headersMs: 50 }],
  [
    'half of its body',
    'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\n12345',
    { headersMs: 40, requestMs: 50 },
  ],
])('who sends %s is told so and hung up on', async (_what, text, limits) => {
  const client = await start(limits, (request) => void request.resume());
  const socket = client();
  socket.write(text);
  expect(await heard(socket)).toMatch(/^HTTP\/1.1 408 /);
});

it('who sends no HTTP is told so as clients of GraphQL read it, but not within an answer', async () => {
  const client = await start({}, (_request, response) => void response.writeHead(200).write('{"data":'));
  const socket = client();
  socket.write('hello\r\n\r\n');
  expect(await heard(socket)).toMatch(/^HTTP\/1.1 400 .*application\/json.*"code":"BAD_REQUEST"/s);
  const late = client();
  late.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n');
  late.once('data', () => late.write('hello\r\n\r\n'));
  expect(await heard(late)).not.toMatch(/400|BAD_REQUEST/);
});

it('who keeps a connection without asking is hung up on', async () => {
  const client = await start({ idleMs: 20 });
  const socket = client();
  socket.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n');
  expect(await heard(socket)).toMatch(/^HTTP\/1.1 200 .*hello/s);
});

it('who does not read his answer does not get all of it', async () => {
  const size = 64 * 2 ** 20;
  let gone: Promise<unknown> | undefined;
  const client = await start({ readMs: 50 }, (_request, response) => {
    gone = once(response, 'close');
    response.end(Buffer.alloc(size));
  });
  const socket = client();
  socket.pause();
  socket.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n');
  await until(() => gone !== undefined);
  await gone;
  expect((await heard(socket.resume())).length).toBeLessThan(size);
});

it('who stops reading an answer that goes on is hung up on', async () => {
  let gone: Promise<unknown> | undefined;
  const client = await start({ readMs: 20 }, (_request, response) => {
    gone = once(response, 'close');
    // More than the system's buffers take, and never the end.
    response.write(Buffer.alloc(64 * 2 ** 20));
  });
  const socket = client();
  socket.pause();
  socket.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n');
  await until(() => gone !== undefined);
  await gone;
});

it('an answer that goes on takes as long as it takes', async () => {
  let finish = () => {};
  const client = await start(
    { headersMs: 20, requestMs: 20, idleMs: 20, readMs: 20 },
    (_request, response) => {
      response.write('one');
      finish = () => void response.end('two');
    },
  );
  const stream = client();
  stream.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n');
  const all = heard(stream);
  // Somebody else runs into each of these limits meanwhile.
  await heard(client());
  finish();
  expect(await all).toMatch(/one.*two/s);
});

it('who never lets go does not keep the process from ending', async () => {
  const listening = await listen(() => {}, ADDRESS);
  const socket = connectTo(listening);
  socket.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n');
  await once(socket, 'connect');
  await listening.drain({ delayMs: 0, finishMs: 20 });
});

async function until(happens: () => boolean): Promise<void> {
  while (!happens()) await new Promise(setImmediate);
}

const GET = 'GET / HTTP/1.1\r\nhost: a\r\n\r\n';

it('serves the requests of a connection one after the other, in their order', async () => {
  const served: ServerResponse[] = [];
  const client = await start({}, (_request, response) => void served.push(response));
  const socket = client();
  let text = '';
  socket.on('data', (chunk) => (text += chunk));
  socket.write(GET.repeat(40));
  for (let count = 1; count <= 40; count += 1) {
    while (served.length < count) await new Promise(setImmediate);
    expect(served).toHaveLength(count);
    served[count - 1]?.end(`answer ${count};`);
  }
  while (!text.includes('answer 40;')) await once(socket, 'data');
  expect(text.match(/answer \d+;/g)).toEqual(
    Array.from({ length: 40 }, (_, index) => `answer ${index + 1};`),
  );
});

it('makes one response for a client that sends many requests and reads none', async () => {
  const made: Promise<unknown>[] = [];
  const client = await start({ readMs: 50 }, (_request, response) => {
    made.push(once(response, 'close'));
    response.end(Buffer.alloc(64 * 2 ** 20));
  });
  const socket = client().pause();
  socket.write(GET.repeat(150));
  while (made.length === 0) await new Promise(setImmediate);
  await made[0];
  expect(made).toHaveLength(1);
});

const HALF = {
  nothing: '',
  'half of its headers': 'GET / HTTP/1.1\r\nhost: a\r\n',
  'half of its body': 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\n12345',
};

it.each(Object.entries(HALF))('a new connection takes the place of one that has sent %s', async (_, text) => {
  const client = await start({ connectionsPerAddress: 2 }, (request, response) =>
    request.resume().once('end', () => response.end('hello')),
  );
  const [oldest, second] = [client(), client()];
  oldest.write(text);
  second.write(text);
  await once(second, 'connect');
  const third = client();
  await once(oldest, 'close');
  third.write(GET);
  expect(String(await once(third, 'data'))).toMatch(/ 200 OK/);
  second.end();
});

it('a connection whose request is being served keeps its place, and no other one is taken for it', async () => {
  const served: ServerResponse[] = [];
  const client = await start(
    { connectionsPerAddress: 2 },
    (_request, response) => void served.push(response),
  );
  const [reader, stream] = [client(), client()];
  reader.write(GET);
  stream.write(GET);
  while (served.length < 2) await new Promise(setImmediate);
  served[1]?.write('a part;');
  expect(await heard(client())).toBe('');
  for (const response of served) response.end('hello');
  const [first, second] = await Promise.all([once(reader, 'data'), heard(stream.end())]);
  expect([String(first), second].join()).toMatch(/hello.*a part.*hello/s);
  const third = client();
  await once(third, 'connect');
  third.write(GET);
  while (served.length < 3) await new Promise(setImmediate);
});

it('the one connection too many of all is taken from the address that has the most', () => {
  const connections = new Connections({ connections: 4, connectionsPerAddress: 3 });
  const open: [string, boolean][] = [];
  const add = (remoteAddress: string) => {
    const socket = Object.defineProperty(new Socket(), 'remoteAddress', { value: remoteAddress });
    const one: [string, boolean] = [remoteAddress, true];
    open.push(one);
    socket.once('close', () => (one[1] = false));
    connections.add(socket);
  };
  for (const address of ['10.0.0.1', '10.0.0.2', '::ffff:10.0.0.2', '10.0.0.3', '10.0.0.4']) add(address);
  const left = async () => {
    await new Promise(setImmediate);
    return open.filter(([, isOpen]) => isOpen).map(([address]) => address);
  };
  return expect(left()).resolves.toEqual(['10.0.0.1', '::ffff:10.0.0.2', '10.0.0.3', '10.0.0.4']);
});

it.each([
  ['127.0.0.1', '127.0.0.1'],
  ['::ffff:127.0.0.1', '127.0.0.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:1:2::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['alice', 'alice'],
  ['', ''],
])('%s belongs to %s', (address, network) => expect(networkOf(address)).toBe(network));

it('refuses requests while too much waits for clients that do not read, and takes them again', async () => {
  const client = await start({ heldBytes: 2 ** 25 }, (request, response) =>
    response.end(request.url === '/large' ? Buffer.alloc(48 * 2 ** 20) : 'hello'),
  );
  const reader = client();
  const slow = client().pause();
  slow.write(GET.replace('/', '/large'));
  const answerOf = async (socket: Socket) => {
    socket.write(GET);
    return String(await once(socket, 'data'));
  };
  let answer = await answerOf(reader);
  while (!answer.includes(' 503 ')) answer = await answerOf(answer.includes('close') ? client() : reader);
  expect(answer).toMatch(/retry-after: 1\r\n.*"code":"THROTTLED"/s);
  slow.destroy();
  while (!answer.includes(' 200 ')) answer = await answerOf(client());
});

it('gives up the largest response where those taken already hold twice as much as may wait', async () => {
  const closed: (string | undefined)[] = [];
  const taken: (() => void)[] = [];
  const client = await start({ heldBytes: 2 ** 24 }, (request, response) => {
    response.once('close', () => closed.push(request.url));
    taken.push(() => response.end(Buffer.alloc(Number(request.url?.slice(1)) * 2 ** 20)));
    // A request behind the first response would be refused.
    if (taken.length === 2) for (const respond of taken) respond();
  });
  const [small, large] = [client().pause(), client().pause()];
  for (const socket of [small, large]) socket.write(GET.replace('/', socket === small ? '/24' : '/64'));
  // Neither is read.
  await vi.waitUntil(() => closed.length === 1, { timeout: 60_000 });
  small.resume();
  await vi.waitUntil(() => closed.length === 2, { timeout: 60_000 });
  expect(closed).toEqual(['/64', '/24']);
});

it('counts bodies that are not complete among what waits for clients, and one address may have a part of it', async () => {
  const client = await start({ heldBytes: 2 ** 30, heldBytesPerAddress: 2 ** 18 }, (request, response) =>
    request.resume().once('end', () => response.end('hello')),
  );
  const slow = client();
  slow.write(`POST / HTTP/1.1\r\nhost: a\r\ncontent-length: ${2 ** 20}\r\n\r\n${'x'.repeat(2 ** 19)}`);
  let answer = '';
  while (!answer.includes(' 503 ')) answer = await firstOf(client());
  slow.destroy();
  while (!answer.includes(' 200 ')) answer = await firstOf(client());
});

async function firstOf(socket: Socket): Promise<string> {
  socket.write(GET);
  return String(await once(socket, 'data'));
}

it('does not close a connection that waits for the second of its answers', async () => {
  const served: ServerResponse[] = [];
  const client = await start(
    { connectionsPerAddress: 2 },
    (_request, response) => void served.push(response),
  );
  const patient = client();
  let text = '';
  patient.on('data', (chunk) => (text += chunk));
  patient.write(GET.repeat(2));
  while (served.length < 1) await new Promise(setImmediate);
  served[0]?.end('first;');
  while (served.length < 2) await new Promise(setImmediate);
  const others = [client(), client(), client()];
  await once(others[0] as Socket, 'close');
  served[1]?.end('second;');
  while (!text.includes('second;')) await once(patient, 'data');
});
