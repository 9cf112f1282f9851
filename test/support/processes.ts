// The built program in processes of its own.
import { type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

/** Before the test that waits for it is given up. */
const HANGS_AFTER_MS = 120_000;

export const PROGRAM = 'dist/main.js';

/** The caller ends it. `through` is a command that becomes the program of its arguments. */
function launch(
  file: string,
  args: string[],
  env: Record<string, string>,
  options: SpawnOptions = {},
  through: string[] = [],
) {
  const [command, ...words] = [...through, process.execPath, file, ...args];
  // Without credentials of this machine, and without looking for them on a network.
  const child = spawn(String(command), words, {
    env: { PATH: process.env.PATH, HOME: '/nonexistent', AWS_EC2_METADATA_DISABLED: 'true', ...env },
    ...options,
  });
  const said = { out: '', err: '' };
  child.stdout?.on('data', (text) => (said.out += text));
  child.stderr?.on('data', (text) => (said.err += text));
  const ended = once(child, 'close').then(([code]) => code as number);
  return { child, said, ended };
}

/** Where it serves: the log's line `started`, or what other programs than ours print. */
function urlIn({ out, err }: { out: string; err: string }): string | undefined {
  const started = err.split('\n').find((line) => line.includes('"msg":"started"') && line.endsWith('}'));
  if (started) return new URL(JSON.parse(started).url).origin;
  return /http:\/\/[\d.]+:\d+/.exec(out)?.[0];
}

/** A program that serves, and says where. */
export async function launchServer(
  file: string,
  args: string[],
  env: Record<string, string>,
  through?: string[],
) {
  const program = launch(file, args, env, {}, through);
  const { child, said, ended } = program;
  let url: string | undefined;
  for (;;) {
    url = urlIn(said);
    if (url) return { ...program, url };
    if (child.exitCode !== null) throw new Error(said.err);
    const heard = [child.stdout, child.stderr].map((stream) => once(stream as NodeJS.ReadableStream, 'data'));
    // It may end without a word.
    await Promise.race([...heard, ended]);
  }
}

/** What the gateway says to a person: it runs in a terminal until it has said `until`. */
export async function inTerminal(
  args: string[],
  env: Record<string, string>,
  until: RegExp,
): Promise<string> {
  const command = [process.execPath, PROGRAM, ...args].map((word) => `'${word}'`).join(' ');
  const child = spawn('script', ['-qefc', command, '/dev/null'], {
    env: { PATH: process.env.PATH, TERM: 'xterm', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // The program in it ends with its terminal.
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  for await (const text of child.stdout as NodeJS.ReadableStream) {
    said += text;
    if (until.test(said)) break;
  }
  return said;
}

/** A program that ends by itself. */
export async function run(args: string[], env: Record<string, string> = {}, file = PROGRAM) {
  const { said, ended } = launch(file, args, env, { timeout: HANGS_AFTER_MS, killSignal: 'SIGKILL' });
  return { code: await ended, ...said };
}

/** A program that serves until the end of the test. */
export async function serving(args: string[], env: Record<string, string> = {}, through: string[] = []) {
  const program = await launchServer(PROGRAM, args, env, through);
  onTestFinished(() => void program.child.kill('SIGKILL'));
  return program;
}

export const post = (url: string, query: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });

export const ask = async (url: string, query: string, headers?: Record<string, string>) =>
  (await post(url, query, headers)).json();

/** Of a subscription. */
export async function firstMessage(url: string, query: string): ReturnType<typeof ask> {
  const response = await post(url, query, { accept: 'text/event-stream' });
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const [, json] = /^data: (.*)\n/m.exec(text) ?? [];
    if (json) return JSON.parse(json);
  }
  throw new Error(`Expected a message, got: ${text}`);
}

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
