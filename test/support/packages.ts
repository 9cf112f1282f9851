// Gets what the tests of one folder need beside the project's own packages: real routers and clients, and the examples.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { install } from '../../scripts/install.mjs';

const root = join(import.meta.dirname, '../..');

export default function setup(): void {
  const folders = ['test', 'examples'].filter((folder) => existsSync(join(root, folder)));
  for (const folder of folders)
    for (const name of readdirSync(join(root, folder))) {
      const own = join(root, folder, name);
      if (existsSync(join(own, 'package-lock.json'))) install(own);
    }
}
