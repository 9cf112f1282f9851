// Gets what the tests of one folder need beside the project's own packages: real routers and clients, and the examples.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { install } from '../../scripts/install.mjs';

const root = join(import.meta.dirname, '../..');

const MADE = ['node_modules', 'generated', 'dist'];
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !MADE.includes(name))
    .flatMap((entry) =>
      entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)],
    );
const changedAt = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** What a package makes of the schema before it can be used, if it does; anew only when the schema or a file of its own has changed. */
function generate(folder: string): void {
  const stamp = join(folder, 'node_modules/.generated');
  const sources = [join(root, 'schema.graphql'), ...filesIn(folder)];
  if (changedAt(stamp) > Math.max(...sources.map(changedAt))) return;
  const { status } = spawnSync('npm', ['run', '--silent', '--if-present', 'generate'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error(`npm run generate failed in ${folder}`);
  writeFileSync(stamp, '');
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
