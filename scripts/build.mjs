// Builds `dist` without taking files away from a gateway that runs from it, which imports some of them late: the output is
// complete before any file is replaced, an equal file is left alone, and each file is replaced at once.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
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

/** The entry points of the package whose declarations it has. */
const TYPED = ['index.ts', 'emulator/emulator.ts', 'lambda.ts', 'sdl.ts'];

/**
 * Emits the declarations that the entry points lead to. Those of other files cannot all be written: types that stay inside
 * have no names.
 * @param {string} staged
 */
function emitDeclarations(staged) {
  const all = mkdtempSync('dist-types-');
  try {
    const options = ['--declaration', '--emitDeclarationOnly', '--outDir', all];
    const args = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', ...options];
    const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    const reached = new Set(TYPED.map((entry) => entry.replace('.ts', '.d.ts')));
    for (const file of reached) {
      const text = readFileSync(join(all, file), 'utf8');
      for (const [, path = ''] of text.matchAll(/(?:from|import\()\s*['"](\.[^'"]+)\.ts['"]/g))
        reached.add(join(dirname(file), `${path}.d.ts`));
      mkdirSync(dirname(join(staged, file)), { recursive: true });
      writeFileSync(join(staged, file), text.replaceAll(/(['"]\.[^'"]+)\.ts(['"])/g, '$1.js$2'));
    }
    const wrong = stdout.split('\n').filter((line) => reached.has(declarationOf(line)));
    if (wrong.length > 0) throw new Error(`Expected declarations of the entry points:\n${wrong.join('\n')}`);
  } finally {
    rmSync(all, { recursive: true, force: true });
  }
}

/** @param {string} line of tsc: `src/index.ts(1,2): error …` */
const declarationOf = (line) => line.replace(/^src\/(.*)\.ts\(.*$/, '$1.d.ts');

/** @param {boolean} [hasTypes] only the package needs them */
export function build(hasTypes = false) {
  const staged = mkdtempSync('dist-');
  try {
    const tsc = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', staged];
    const { status } = spawnSync(process.execPath, tsc, { stdio: 'inherit' });
    if (status !== 0) return status ?? 1;
    if (hasTypes) emitDeclarations(staged);
    for (const page of ['server/graphiql/page', 'emulator/studio/page'])
      cpSync(join('src', page), join(staged, page), { recursive: true });
    cpSync('src/emulator/model/aws-model.json', join(staged, 'emulator/model/aws-model.json'));
    replaceFiles(staged, 'dist');
    return 0;
  } finally {
    rmSync(staged, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.exitCode = build(process.argv.includes('--types'));
