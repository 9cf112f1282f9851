// Packages that only some tests, an example or the benchmarks need have a package.json and a lock of their own, so that
// who only runs the gateway does not install them. They are got when something first needs them.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';

const changedAt = (/** @type {string} */ file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** @param {string} folder with a package-lock.json; nothing is done when what it locks is there */
export function install(folder) {
  const lock = changedAt(join(folder, 'package-lock.json'));
  if (lock > 0 && changedAt(join(folder, 'node_modules/.package-lock.json')) > lock) return;
  console.error(`npm ci --prefix ${folder} …`);
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = spawnSync('npm', ['ci', '--prefix', folder, ...options], {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 600_000,
  });
  if (status !== 0) throw new Error(`npm ci --prefix ${folder} failed`);
}
