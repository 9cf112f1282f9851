// Builds `dist` without taking files away from a gateway that runs from it, which imports some of them late: the output is
// complete before any file is replaced, an equal file is left alone, and each file is replaced at once.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @param {string} folder */
const filesOf = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/**
 * Makes `to` hold the files of `from`, which is emptied. Both are on one file system.
 * @param {string} from
 * @param {string} to
 */
export function replaceFiles(from, to) {
  mkdirSync(to, { recursive: true });
  const built = filesOf(from);
  for (const file of built) {
    const [source, target] = [join(from, file), join(to, file)];
    if (read(target)?.equals(readFileSync(source))) continue;
    mkdirSync(dirname(target), { recursive: true });
    renameSync(source, target);
  }
  const current = new Set(built);
  for (const file of filesOf(to)) if (!current.has(file)) rmSync(join(to, file), { force: true });
  rmSync(from, { recursive: true, force: true });
}

function build() {
  const staged = mkdtempSync('dist-');
  try {
    const tsc = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', staged];
    const { status } = spawnSync(process.execPath, tsc, { stdio: 'inherit' });
    if (status !== 0) return status ?? 1;
    cpSync('src/server/graphiql/page', join(staged, 'server/graphiql/page'), { recursive: true });
    replaceFiles(staged, 'dist');
    return 0;
  } finally {
    rmSync(staged, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = build();
