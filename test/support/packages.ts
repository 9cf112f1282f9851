// Gets what the tests of one folder need beside the project's own packages: real routers and clients, and the examples.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { install } from '../../scripts/install.mjs';

const root = join(import.meta.dirname, '../..');

/** What a package makes of the schema before it can be used, if it does. */
function generate(folder: string): void {
  const { status } = spawnSync('npm', ['run', '--silent', '--if-present', 'generate'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error(`npm run generate failed in ${folder}`);
}

export default function setup(): void {
  const folders = ['test', 'examples'].filter((folder) => existsSync(join(root, folder)));
  for (const folder of folders)
    for (const name of readdirSync(join(root, folder))) {
      const own = join(root, folder, name);
      if (!existsSync(join(own, 'package-lock.json'))) continue;
      install(own);
      generate(own);
    }
}
