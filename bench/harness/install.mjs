import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = new URL('../', import.meta.url);
const changedAt = (/** @type {string} */ file) =>
  statSync(new URL(file, folder), { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Gets the peers, unless those of the lockfile are here. */
export function install() {
  if (changedAt('node_modules/.package-lock.json') > changedAt('package-lock.json')) return;
  console.error('Getting the peers (npm ci --prefix bench) …');
  const args = [
    'ci',
    '--prefix',
    fileURLToPath(folder),
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const { status } = spawnSync('npm', args, { stdio: ['ignore', 'ignore', 'inherit'], timeout: 600_000 });
  if (status !== 0) throw new Error('npm ci --prefix bench failed');
}
