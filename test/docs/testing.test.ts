// The tests of "Test your service", as a reader runs them.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { startEmulator } from '../../src/emulator/emulator.ts';
import { textOf } from '../support/documents.ts';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);
const page = textOf('docs/how-to/testing.md');
const TIMEOUT_MS = 60_000;

function blockOf(language: string): string {
  const block = page.match(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'm'))?.[1];
  if (!block) throw new Error(`docs/how-to/testing.md: expected a block of ${language}`);
  return block;
}

/** Ignored by git, and in the package, so that the package finds itself and its dependencies. */
function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(root, 'dist/testing-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** The Pythons of this machine that have boto3 and pytest. That of Debian 12 is older than Real-Time. */
async function findPythons() {
  const script = 'import boto3, pytest; print(boto3.__version__)';
  const found: { python: string; version: string; knowsStages: boolean }[] = [];
  for (const python of ['python3', '/usr/bin/python3']) {
    const { stdout } = await run(python, ['-c', script]).catch(() => ({ stdout: '' }));
    const version = stdout.trim();
    const knowsStages = version.localeCompare('1.26.98', undefined, { numeric: true }) >= 0;
    if (version && !found.some((other) => other.version === version))
      found.push({ python, version, knowsStages });
  }
  return found;
}
const pythons = await findPythons();
if (pythons.length === 0)
  console.warn(
    'SKIPPED: no Python has boto3 and pytest. On Debian: apt-get install python3-boto3 python3-pytest',
  );
else if (!pythons.some(({ knowsStages }) => knowsStages))
  console.warn('SKIPPED for Real-Time, which this boto3 is too old to know');

test.runIf(pythons.length > 0)(
  'pytest with boto3, by workers side by side',
  { timeout: TIMEOUT_MS },
  async () => {
    const emulator = await startEmulator();
    onTestFinished(() => emulator.close());
    const other = { region: 'us-west-2', account: '999999999999' };
    emulator.control.breachLimit({ limit: 'Concurrent Viewers', ...other });
    const cwd = folderWith({ 'test_stage.py': blockOf('python') });
    const base = { PATH: process.env.PATH, AWS_ENDPOINT_URL: emulator.url, PYTHONDONTWRITEBYTECODE: '1' };
    const outputs = pythons.map(async ({ python, knowsStages }, worker) => {
      const some = knowsStages ? [] : ['-k', 'channel'];
      const args = ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', ...some];
      const env = { ...base, PYTEST_XDIST_WORKER: `gw${worker}` };
      return (await run(python, args, { cwd, env }).catch((error) => error)).stdout;
    });
    const passed = pythons.map(({ knowsStages }) => (knowsStages ? '4 passed' : '2 passed, 2 deselected'));
    expect(await Promise.all(outputs)).toEqual(passed.map((text) => expect.stringContaining(text)));
    const accounts = pythons.map((_, worker) => `${worker + 1}`.padStart(12, '0'));
    for (const account of accounts) expect(emulator.calls.counts(account)).toEqual({ ListChannels: 2 });
    // `reset` of an account leaves the others as they are
    expect(emulator.control.events({ account: other.account }).events).toHaveLength(1);
  },
);

test('Vitest', { timeout: TIMEOUT_MS }, async () => {
  const cwd = folderWith({ 'stage.test.ts': blockOf('ts'), 'vitest.config.js': 'export default {}' });
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const env = { PATH: process.env.PATH, NO_COLOR: '1' };
  const result = await run(process.execPath, [vitest, 'run', '--root', cwd], { cwd, env }).catch(
    (error) => error,
  );
  expect(`${result.stdout}${result.stderr}`).toMatch(/Tests +1 passed/);
});

test('the workflow and the compose file are YAML, with options that the emulator has', async () => {
  const blocks = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = '']) => parse(text));
  const [workflow, compose] = blocks;
  const steps: { run?: string }[] = workflow.jobs.test.steps;
  const started = steps.find((step) => step.run?.startsWith('docker run'))?.run ?? '';
  const { stdout } = await run(process.execPath, ['dist/main.js', 'emulator', '--help'], { cwd: root });
  for (const [option] of `${started.split('\n')[1]} ${compose.services.emulator.command}`.matchAll(/--\w+/g))
    expect(stdout).toContain(option);
});
