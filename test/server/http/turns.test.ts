// That expensive requests leave room between them for those who come meanwhile.
import { once } from 'node:events';
import { connect } from 'node:net';
import { getIntrospectionQuery } from 'graphql';
import { expect, it, onTestFinished, vi } from 'vitest';
import { listen } from '../../../src/server/http/listener.ts';
import { Turns } from '../../../src/server/http/turns.ts';
import { startGateway } from '../../support/gateway.ts';

const CLIENTS = 30;

const oneTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Requests that take a second each, in the order of their execution; the first one is executed at once. */
function busy() {
  const turns = new Turns();
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const executed: string[] = [];
  const execute = (name: string) => {
    executed.push(name);
    vi.advanceTimersByTime(1000);
  };
  const request = (name: string, caller: object, signal = new AbortController().signal) => {
    const turn = turns.next(caller, signal);
    if (!turn) return execute(name);
    return turn.then(() => execute(name));
  };
  return { turns, executed, request };
}

it('executes one expensive request in a turn of the event loop, of each caller in turn', async () => {
  const { executed, request } = busy();
  const [alice, bob] = [{}, {}];
  request('alice 1', alice);
  request('alice 2', alice);
  request('alice 3', alice);
  request('bob 1', bob);
  expect(executed).toEqual(['alice 1']);
  while (executed.length < 4) {
    const before = executed.length;
    await oneTurn();
    expect(executed.length - before).toBeLessThanOrEqual(1);
  }
  expect(executed).toEqual(['alice 1', 'alice 2', 'bob 1', 'alice 3']);
  await oneTurn();
  request('alice 4', alice);
  expect(executed).toHaveLength(5);
});

it('accepts connections before it executes what is queued, but not for ever', async () => {
  const { turns, executed, request } = busy();
  request('first', {});
  request('second', {});
  let accepted = 0;
  for (; executed.length < 2 && accepted < 1000; accepted += 1) {
    turns.accepted();
    await oneTurn();
    if (accepted < 100) expect(executed).toEqual(['first']);
  }
  expect(executed).toEqual(['first', 'second']);
});

it('forgets those who have left', async () => {
  const { executed, request } = busy();
  const [caller, client] = [{}, new AbortController()];
  request('first', caller);
  const left = request('second', caller, client.signal);
  request('third', caller);
  client.abort(new Error('left'));
  await expect(left).rejects.toThrow('left');
  while (executed.length < 2) await oneTurn();
  expect(executed).toEqual(['first', 'third']);
});

it('a new connection is answered while expensive requests wait', async () => {
  const { handler } = await startGateway();
  const { address, drain } = await listen(handler, { host: '127.0.0.1', port: 0 });
  onTestFinished(() => drain({ delayMs: 0, finishMs: 0 }));
  const open = () => {
    const socket = connect(address.port, address.address).on('error', () => {});
    onTestFinished(() => void socket.destroy());
    return socket;
  };
  let answered = 0;
  for (let client = 0; client < CLIENTS; client += 1) {
    const body = JSON.stringify({ query: `${getIntrospectionQuery()} # ${client}` });
    const socket = open().once('data', () => (answered += 1));
    socket.write(
      `POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
  }
  const probe = open();
  probe.write('GET /livez HTTP/1.1\r\nhost: a\r\n\r\n');
  expect(String(await once(probe, 'data'))).toMatch(/ 200 OK/);
  expect(answered).toBeLessThan(CLIENTS / 2);
});
