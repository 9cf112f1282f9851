// What only the published package has: declarations, and a README that holds without the repository. `npm pack` runs `begin` before and `end` after it.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { build } from './build.mjs';

/** The README of the repository, while the package has another one. */
const SAVED = 'node_modules/.cache/ivs-graphql/README.md';

/**
 * Links to files of the repository as it was at this version.
 * @param {string} readme
 * @param {{ version: string, repository: { url: string } }} manifest
 */
export function withAbsoluteLinks(readme, { version, repository: { url } }) {
  const [, name] = /github\.com\/([^/]+\/[^/]+?)(?:\.git)?$/.exec(url) ?? [];
  if (!name) throw new Error(`package.json: expected a repository on GitHub, got ${url}`);
  const raw = `https://raw.githubusercontent.com/${name}/v${version}/`;
  const page = `https://github.com/${name}/blob/v${version}/`;
  return readme.replaceAll(
    /(!?)(\[[^\]]*\])\((?![a-z]+:|#)([^)]+)\)/g,
    (_, image, text, path) => `${image}${text}(${image ? raw : page}${path})`,
  );
}

function begin() {
  const status = build(true);
  if (status !== 0) return status;
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  mkdirSync(SAVED.slice(0, SAVED.lastIndexOf('/')), { recursive: true });
  const readme = readFileSync('README.md', 'utf8');
  if (!existsSync(SAVED)) writeFileSync(SAVED, readme);
  writeFileSync('README.md', withAbsoluteLinks(readme, manifest));
  return 0;
}

function end() {
  if (existsSync(SAVED)) renameSync(SAVED, 'README.md');
  return 0;
}

if (process.argv[2] === 'begin') process.exitCode = begin();
if (process.argv[2] === 'end') process.exitCode = end();
