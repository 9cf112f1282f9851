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

/** Of the Pythons of this machine, the first that has boto3 and pytest. That of Debian 12 is older than Real-Time. */
async function findPython() {
  const script = 'import boto3, pytest; print("ivs-realtime" in boto3.Session().get_available_services())';
  for (const python of ['python3', '/usr/bin/python3']) {
    const found = await run(python, ['-c', script]).catch(() => undefined);
    if (found) return { python, knowsStages: found.stdout.trim() === 'True' };
  }
  return undefined;
}
const python = await findPython();
if (!python)
  console.warn(
    'SKIPPED: no Python has boto3 and pytest. On Debian: apt-get install python3-boto3 python3-pytest',
  );
else if (!python.knowsStages) console.warn('SKIPPED for Real-Time, which this boto3 is too old to know');

test.runIf(python)('pytest with boto3', { timeout: TIMEOUT_MS }, async () => {
  const emulator = await startEmulator();
  onTestFinished(() => emulator.close());
  const cwd = folderWith({ 'test_stage.py': blockOf('python') });
  const some = python?.knowsStages ? [] : ['-k', 'channel'];
  const args = ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', ...some];
  const env = { PATH: process.env.PATH, AWS_ENDPOINT_URL: emulator.url, PYTHONDONTWRITEBYTECODE: '1' };
  const result = await run(python?.python ?? '', args, { cwd, env }).catch((error) => error);
  expect(result.stdout).toContain(python?.knowsStages ? '4 passed' : '2 passed, 2 deselected');
});

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
  const started = workflow.jobs.test.steps[1].run as string;
  const { stdout } = await run(process.execPath, ['dist/main.js', 'emulator', '--help'], { cwd: root });
  for (const [option] of `${started.split('\n')[1]} ${compose.services.emulator.command}`.matchAll(/--\w+/g))
    expect(stdout).toContain(option);
});
