// Typed operations, and all else here, under TypeScript's `strict`.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('compiles, and what is wrong in it does not', { timeout: 120_000 }, () => {
  const tsc = join(import.meta.dirname, 'node_modules/.bin/tsc');
  const { stdout, status } = spawnSync(tsc, ['-p', '.'], { cwd: import.meta.dirname, encoding: 'utf8' });
  expect(stdout).toBe('');
  expect(status).toBe(0);
});
