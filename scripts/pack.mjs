// What only the published package has: declarations, and documents that hold without the repository. `npm pack` runs `begin` before and
// `end` after it.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { build } from './build.mjs';

/** The documents of the repository, while the package has others. */
const SAVED = 'node_modules/.cache/ivs-graphql/documents';

const LINK = /^```[\s\S]*?^```$|`[^`\n]*`|(!?)(\[[^\]]*\])\((?![a-z]+:|#)([^)]+)\)/gm;

/**
 * A document whose links to what the package does not have lead to the repository as it was at this version.
 * @param {string} text
 * @param {{ version: string, repository: { url: string } }} manifest
 * @param {string} file of the document
 * @param {readonly string[]} packed the files of the package, as far as readers of the document have them
 */
export function withAbsoluteLinks(text, { version, repository: { url } }, file, packed) {
  const [, name] = /github\.com\/([^/]+\/[^/]+?)(?:\.git)?$/.exec(url) ?? [];
  if (!name) throw new Error(`package.json: expected a repository on GitHub, got ${url}`);
  const raw = `https://raw.githubusercontent.com/${name}/v${version}/`;
  const page = `https://github.com/${name}/blob/v${version}/`;
  return text.replaceAll(LINK, (all, image, label, target) => {
    if (target === undefined) return all;
    const path = normalize(join(dirname(file), target));
    const [wanted = ''] = path.split('#');
    if (packed.some((other) => other === wanted || other.startsWith(`${wanted}/`))) return all;
    return `${image}${label}(${image ? raw : page}${path})`;
  });
}

/** @returns {string[]} */
function filesOfPackage() {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error'];
  const { stdout } = spawnSync('npm', args, { encoding: 'utf8' });
  // npm 12 has an object of packages.
  const [packed] = [Object.values(JSON.parse(stdout))].flat(2);
  return packed.files.map((/** @type {{ path: string }} */ { path }) => path);
}

function begin() {
  const status = build(true);
  if (status !== 0) return status;
  end();
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  const packed = filesOfPackage();
  for (const file of packed.filter((path) => path.endsWith('.md'))) {
    mkdirSync(join(SAVED, dirname(file)), { recursive: true });
    cpSync(file, join(SAVED, file));
    // npm's page shows the README alone.
    const near = file === 'README.md' ? [] : packed;
    writeFileSync(file, withAbsoluteLinks(readFileSync(file, 'utf8'), manifest, file, near));
  }
  return 0;
}

function end() {
  if (existsSync(SAVED)) cpSync(SAVED, '.', { recursive: true });
  rmSync(SAVED, { recursive: true, force: true });
  return 0;
}

if (process.argv[2] === 'begin') process.exitCode = begin();
if (process.argv[2] === 'end') process.exitCode = end();
