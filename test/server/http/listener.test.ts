// Clients who take their time. The limits are small and the tests wait for what happens, so no speed of a machine matters.
import { once } from 'node:events';
import type { RequestListener, ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
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

it('who is one too many is hung up on, and those before are served', async () => {
  const client = await start({ connections: 1 });
  const first = client();
  await once(first, 'connect');
  expect(await heard(client())).toBe('');
  first.write('GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n');
  expect(await heard(first)).toContain('hello');
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

it('closes the connection of an address that has been idle for longest when there are too many', async () => {
  const client = await start({ idlePerAddress: 2 });
  const [first, second, third] = [client(), client(), client()];
  await once(first as Socket, 'close');
  second.write(GET);
  third.write(GET);
  expect(String(await once(second, 'data'))).toMatch(/ 200 OK/);
  expect(String(await once(third, 'data'))).toMatch(/ 200 OK/);
});

it('refuses requests while too much waits for clients that do not read, and takes them again', async () => {
  const client = await start({ unsentBytes: 2 ** 20 }, (request, response) =>
    response.end(request.url === '/large' ? Buffer.alloc(64 * 2 ** 20) : 'hello'),
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

it('does not take a connection for idle that waits for the second of its answers', async () => {
  const served: ServerResponse[] = [];
  const client = await start({ idlePerAddress: 1 }, (_request, response) => void served.push(response));
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
