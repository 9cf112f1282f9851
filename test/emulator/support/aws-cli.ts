// The AWS CLI that is installed.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

interface Result {
  /** A text such as ENOENT where there is no CLI. */
  code: number | string;
  stdout: string;
  stderr: string;
}
export interface AwsCli {
  run(...args: string[]): Promise<Result>;
  end(): Promise<void>;
}
type Env = Record<string, string | undefined>;

/** Undefined where there is none. */
export async function startAwsCli(env: Env): Promise<AwsCli | undefined> {
  const { code, stdout } = await runAlone(['--version'], env);
  if (code !== 0) return undefined;
  const version = /^aws-cli\/(\S+)/.exec(stdout)?.[1];
  return (
    (await startTogether(version, env)) ?? { run: (...args) => runAlone(args, env), end: async () => {} }
  );
}

/** A command in a process of its own. */
const runAlone = (args: string[], env: Env): Promise<Result> =>
  new Promise((resolve) => {
    execFile('aws', args, { env }, (error, stdout, stderr) =>
      resolve({ code: error ? (error.code ?? 'killed') : 0, stdout, stderr }),
    );
  });

/** All commands in one process, where `python3` is the one that has this version of the CLI as a library. */
async function startTogether(version: string | undefined, env: Env): Promise<AwsCli | undefined> {
  const python = spawn('python3', [join(import.meta.dirname, 'aws-cli.py')], {
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = once(python, 'close').catch(() => {});
  python.stdin.on('error', () => {});
  const lines = createInterface({ input: python.stdout })[Symbol.asyncIterator]();
  const end = async () => {
    python.stdin.end();
    await ended;
  };
  const { value } = await lines.next();
  if (value === undefined || value !== version) {
    await end();
    return undefined;
  }
  const run = async (...args: string[]): Promise<Result> => {
    python.stdin.write(`${JSON.stringify(args)}\n`);
    const { done, value: line } = await lines.next();
    if (done) throw new Error(`The AWS CLI has ended before it returned from: aws ${args.join(' ')}`);
    return JSON.parse(line);
  };
  return { run, end };
}
