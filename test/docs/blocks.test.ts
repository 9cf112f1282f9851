// The documents are transcripts: their shell commands print what stands below them, and their queries return data.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocksOf, documents } from '../support/documents.ts';
import { freePort } from '../support/ports.ts';
import { ask, firstMessage } from '../support/processes.ts';

/** White space does not count, and `…` stands for any text. */
const pattern = (output: string): string =>
  output
    .replaceAll(/\s+/g, '')
    .split('…')
    .map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');

/** A reader's ports can be in use here. The program is built already, and other tests use it. */
const here = (ports: { gateway: number; emulator: number }) => (text: string) =>
  text
    .replaceAll(':4000', `:${ports.gateway}`)
    .replaceAll(':4566', `:${ports.emulator}`)
    .replace(/^npm ci$/m, '')
    .replace('npm start', `PORT=${ports.gateway} npm start --ignore-scripts`)
    .replace('npm run emulator', `node dist/main.js emulator --port ${ports.emulator}`);

/** Programs that keep running, by their commands: several pages start the same one. */
const running = new Map<string, ChildProcess>();
let ported: (text: string) => string;
let gateway: string;

beforeAll(async () => {
  const ports = { gateway: await freePort(), emulator: await freePort() };
  ported = here(ports);
  gateway = `http://127.0.0.1:${ports.gateway}`;
});
afterAll(() => {
  for (const { pid } of running.values()) process.kill(-(pid as number));
});

async function keepRunning(command: string, output: RegExp): Promise<void> {
  if (running.has(command)) return;
  // The banner is for terminals.
  const child = spawn('script', ['-qefc', command, '/dev/null'], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.set(command, child);
  let printed = '';
  for await (const text of child.stdout) {
    printed += text;
    if (output.test(printed.replaceAll(/\s+/g, ''))) return;
  }
  throw new Error(`${command}: expected ${output}, got ${printed}`);
}

const isMissing = (mark: string) => {
  const needed = /^needs: (.*)$/.exec(mark)?.[1];
  return needed !== undefined && spawnSync('bash', ['-c', needed], { timeout: 60_000 }).status !== 0;
};

describe.each(documents.filter((file) => blocksOf(file).length > 0))('%s', (file) => {
  const blocks = blocksOf(file).map((block, index) => ({
    ...block,
    title: `block ${index + 1}: ${block.text.split('\n')[0]}`,
  }));

  it.for(blocks.filter(({ language }) => language === 'sh'))('$title', async (step, { skip }) => {
    if (isMissing(step.mark)) {
      console.warn(`\n  NOT TESTED, since this machine has no \`${step.mark.slice(7)}\`: ${step.title}\n`);
      return skip();
    }
    const [command, output] = [ported(step.text), pattern(ported(step.output ?? ''))];
    if (step.mark === 'keeps running') return keepRunning(command, new RegExp(output));
    const { stdout, status } = spawnSync('bash', ['-ec', command], { encoding: 'utf8', timeout: 50_000 });
    expect(status).toBe(0);
    expect(stdout.replaceAll(/\s+/g, '')).toMatch(new RegExp(`^${output}$`));
  });

  it.for(blocks.filter(({ language }) => language === 'graphql'))('$title', async ({ text }) => {
    const { data, errors } = await (/^subscription\b/.test(text) ? firstMessage : ask)(gateway, text);
    expect(errors).toBeUndefined();
    expect(Object.values(data)).not.toContain(null);
  });
});
