// How a real process ends, asked and unasked.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ask, before, post, serving } from '../../support/processes.ts';

const POLL_MS = 5;
const QUERY = '{ stages { nodes { name } } }';

/** An AWS that answers when it is told to; makes of SIGUSR2, which nobody uses, the fault that is given. */
async function holding(env: Record<string, string> = {}, fault = '') {
  const answers: (() => void)[] = [];
  const aws = createServer((_request, response) => {
    answers.push(() => response.end('{"stages":[]}'));
    aws.emit('held');
  }).listen(0, '127.0.0.1');
  onTestFinished(() => aws.closeAllConnections());
  await once(aws, 'listening');
  const script = encodeURIComponent(`process.on('SIGUSR2', () => { ${fault} })`);
  const program = await serving([], {
    ...before({ url: `http://127.0.0.1:${(aws.address() as AddressInfo).port}` }),
    NODE_OPTIONS: `--import=data:text/javascript,${script}`,
    ...env,
  });
  const held = once(aws, 'held');
  const answer = post(program.url, QUERY);
  answer.catch(() => {});
  await held;
  const release = () => {
    for (const respond of answers) respond();
  };
  return { ...program, answer, release };
}

async function until<T>(happens: () => Promise<T | false> | T | false): Promise<T> {
  for (;;) {
    const seen = await happens();
    if (seen) return seen;
    await pause(POLL_MS);
  }
}

const isRefused = async (url: string): Promise<boolean> => {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(false)).once('error', () => resolve(true));
    socket.once('connect', () => socket.destroy());
  });
};

describe('asked to stop', () => {
  it('closes the listener, finishes what is in flight and says close, and ends with 0', async () => {
    const { child, url, answer, release, ended } = await holding();
    child.kill('SIGTERM');
    await until(() => isRefused(url));
    release();
    const response = await answer;
    expect(response.headers.get('connection')).toBe('close');
    expect(await response.json()).toEqual({ data: { stages: { nodes: [] } } });
    expect(await ended).toBe(0);
  });

  it('is not ready first, and takes requests until the delay is over', async () => {
    const { child, url, ended } = await holding({ SHUTDOWN_DELAY_MS: '600000' });
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    child.kill('SIGTERM');
    await until(async () => (await fetch(`${url}/readyz`)).status === 503);
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    const response = await post(url, '{ __typename }');
    expect(response.headers.get('connection')).toBe('close');
    expect(await response.json()).toEqual({ data: { __typename: 'Query' } });
    child.kill('SIGTERM');
    expect(await ended).toBe(128 + 15);
  });

  it('twice, does not wait for what is in flight', async () => {
    const { child, url, answer, ended } = await holding();
    child.kill('SIGTERM');
    await until(() => isRefused(url));
    child.kill('SIGINT');
    await expect(answer).rejects.toThrow();
    expect(await ended).toBe(128 + 2);
  });
});

describe('a fault that nobody caught', () => {
  const logged = (said: { err: string }, text: string) =>
    until(() => said.err.split('\n').find((line) => line.includes(text)) ?? false).then((line) =>
      JSON.parse(line),
    );

  it('of a promise is told, and everybody else is served on', async () => {
    const { child, url, said, answer, release, ended } = await holding(
      {},
      'Promise.reject(new Error("lost"))',
    );
    child.kill('SIGUSR2');
    const line = await logged(said, 'unhandled rejection');
    expect(line).toMatchObject({
      level: 'error',
      err: { message: 'lost', stack: expect.stringContaining('at ') },
    });
    release();
    expect(await (await answer).json()).toEqual({ data: { stages: { nodes: [] } } });
    expect(await ask(url, '{ __typename }')).toEqual({ data: { __typename: 'Query' } });
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  it('of anything else ends the process with 1, when what is in flight has finished', async () => {
    const { child, url, said, answer, release, ended } = await holding({}, 'throw new Error("broken")');
    child.kill('SIGUSR2');
    const line = await logged(said, 'uncaught exception');
    expect(line).toMatchObject({ level: 'fatal', err: { message: 'broken' } });
    await until(() => isRefused(url));
    release();
    expect(await (await answer).json()).toEqual({ data: { stages: { nodes: [] } } });
    expect(await ended).toBe(1);
  });

  it('does so also when nobody reads the log any more', async () => {
    // The second line waits for the first, which nobody takes.
    const faults = 'for (const text of "ab") process.emit("unhandledRejection", text); throw "broken"';
    const { child, url, answer, release, ended } = await holding({}, faults);
    child.stderr?.destroy();
    child.kill('SIGUSR2');
    await until(() => isRefused(url));
    release();
    await answer;
    expect(await ended).toBe(1);
  });
});
