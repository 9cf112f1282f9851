// The built program in processes of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach } from 'vitest';

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

function start(args: string[], env: Record<string, string> = {}) {
  // Without credentials of this machine, and without looking for them on a network.
  const child = spawn(process.execPath, ['dist/main.js', ...args], {
    env: { PATH: process.env.PATH, HOME: '/nonexistent', AWS_EC2_METADATA_DISABLED: 'true', ...env },
  });
  running.push(child);
  const said = { out: '', err: '' };
  child.stdout?.on('data', (text) => (said.out += text));
  child.stderr?.on('data', (text) => (said.err += text));
  const ended = once(child, 'close').then(([code]) => code as number);
  return { child, said, ended };
}

export async function run(args: string[], env?: Record<string, string>) {
  const { said, ended } = start(args, env);
  return { code: await ended, ...said };
}

export async function serving(args: string[], env: Record<string, string> = {}) {
  const program = start(args, env);
  while (!/http:\/\/[\d.]+:\d+/.test(program.said.out)) {
    if (program.child.exitCode !== null) throw new Error(program.said.err);
    await once(program.child.stdout as NodeJS.ReadableStream, 'data');
  }
  return { ...program, url: /http:\/\/[\d.]+:\d+/.exec(program.said.out)?.[0] as string };
}

export const post = (url: string, query: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });

export const ask = async (url: string, query: string, headers?: Record<string, string>) =>
  (await post(url, query, headers)).json();

/** The gateway before an emulator of the test's own, as it stands before AWS. */
export const before = (emulator: { url: string }): Record<string, string> => ({
  PORT: '0',
  IVS_BACKEND: 'aws',
  AUTH_MODE: 'none',
  AWS_REGION: 'us-west-2',
  AWS_ACCESS_KEY_ID: 'any',
  AWS_SECRET_ACCESS_KEY: 'any',
  AWS_ENDPOINT_URL: emulator.url,
});
