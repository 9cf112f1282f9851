// README.md does what it says: its commands run in a shell, one after the other, and answer what stands below them.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settings } from '../src/config.ts';
import { ask } from './support/processes.ts';

const readme = readFileSync('README.md', 'utf8');

interface Step {
  title: string;
  command: string;
  /** What stands below it; `…` stands for anything. */
  answer: string | undefined;
  /** A comment above it. */
  mark: string;
}

const BLOCK = /(?:<!-- (.*) -->\n)?```sh\n([\s\S]*?)```(?:\s*```(?:json|text)\n([\s\S]*?)```)?/g;
const steps: Step[] = [...readme.matchAll(BLOCK)].map(([, mark = '', command = '', answer], index) => ({
  title: `block ${index + 1}: ${command.split('\n')[0]}`,
  mark,
  command,
  answer,
}));
const queries = [...readme.matchAll(/```graphql\n([\s\S]*?)```/g)].map(([, query = '']) => query);

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
};

/** Blanks do not count, and `…` is whatever comes there. */
const pattern = (answer: string): string =>
  answer
    .replaceAll(/\s+/g, '')
    .split('…')
    .map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');

/** A reader's ports may be taken here; and the program is built, and in use by others. */
const here = (ports: { gateway: number; emulator: number }) => (text: string) =>
  text
    .replaceAll(':4000', `:${ports.gateway}`)
    .replaceAll(':4566', `:${ports.emulator}`)
    .replace(/^npm ci$/m, '')
    .replace('npm start', `PORT=${ports.gateway} npm start --ignore-scripts`)
    .replace('npm run emulator', `node dist/main.js emulator --port ${ports.emulator}`);

describe('README.md', () => {
  const running: ChildProcess[] = [];
  let ported: (text: string) => string;
  let gateway: string;

  beforeAll(async () => {
    const ports = { gateway: await freePort(), emulator: await freePort() };
    ported = here(ports);
    gateway = `http://127.0.0.1:${ports.gateway}`;
  });
  afterAll(() => {
    for (const { pid } of running) process.kill(-(pid as number));
  });

  async function keepRunning(command: string, answer: RegExp): Promise<void> {
    // The banner is for terminals.
    const child = spawn('script', ['-qefc', command, '/dev/null'], {
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    running.push(child);
    let said = '';
    for await (const text of child.stdout) {
      said += text;
      if (answer.test(said.replaceAll(/\s+/g, ''))) return;
    }
    throw new Error(`It ended, having said: ${said}`);
  }

  const isMissing = (mark: string) => {
    const needed = /^needs: (.*)$/.exec(mark)?.[1];
    return needed !== undefined && spawnSync('bash', ['-c', needed], { timeout: 60_000 }).status !== 0;
  };

  it.for(steps.filter(({ mark }) => !mark.startsWith('not run')))('$title', async (step, { skip }) => {
    if (isMissing(step.mark)) {
      console.warn(`\n  NOT TESTED, since this machine has no \`${step.mark.slice(7)}\`: ${step.title}\n`);
      return skip();
    }
    const [command, answer] = [ported(step.command), pattern(ported(step.answer ?? ''))];
    if (step.mark === 'keeps running') return keepRunning(command, new RegExp(answer));
    const { stdout, status } = spawnSync('bash', ['-ec', command], { encoding: 'utf8', timeout: 50_000 });
    expect(status).toBe(0);
    expect(stdout.replaceAll(/\s+/g, '')).toMatch(new RegExp(`^${answer}$`));
  });

  it.each(queries)('answers the query %#', async (query) => {
    const { data, errors } = await ask(gateway, query);
    expect(errors).toBeUndefined();
    expect(Object.values(data)).not.toContain(null);
  });

  it('tells of each setting what serve --help tells', () => {
    const rows = readme.split('\n').filter((line) => /^\| `[A-Z_]+`/.test(line));
    const named = rows.flatMap((row) => row.split(' | ')[0]?.match(/[A-Z_]{2,}/g) ?? []);
    expect(named.sort()).toEqual(
      settings()
        .map(({ name }) => name)
        .sort(),
    );
    for (const { name, otherwise } of settings().filter((setting) =>
      /^[\w.]+$/.test(setting.otherwise ?? ''),
    )) {
      expect(rows.find((row) => row.includes(`\`${name}\``))).toContain(otherwise);
    }
  });
});
