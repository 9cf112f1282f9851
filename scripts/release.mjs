// Checks that this commit can be released, and prints the commands that release it. It changes and publishes nothing.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** @param {string} command @param {string[]} args */
const output = (command, ...args) => spawnSync(command, args, { encoding: 'utf8' }).stdout.trim();
/** @param {string} command @param {string[]} args */
const passes = (command, ...args) =>
  spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;

process.chdir(new URL('..', import.meta.url).pathname);

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const tag = `v${version}`;
const [, newest] = /^## \[(?!Unreleased)(.+?)\]/m.exec(readFileSync('CHANGELOG.md', 'utf8')) ?? [];
const [, unreleased = ''] =
  /^## \[Unreleased\]\n([\s\S]*?)(?=^## \[|$(?![\s\S]))/m.exec(readFileSync('CHANGELOG.md', 'utf8')) ?? [];

/** @type {[what: string, isGood: () => boolean, expected: string][]} */
const checks = [
  ['working tree', () => output('git', 'status', '--porcelain') === '', 'no changes that are not committed'],
  ['branch', () => output('git', 'branch', '--show-current') === 'main', 'main'],
  ['version', () => /^\d+\.\d+\.\d+(-rc\.\d+)?$/.test(version), 'X.Y.Z or X.Y.Z-rc.N in package.json'],
  [
    'lock',
    () => lock.version === version && lock.packages[''].version === version,
    `${version} in package-lock.json`,
  ],
  ['changelog', () => newest === version, `## [${version}] as the newest version of CHANGELOG.md`],
  ['unreleased', () => unreleased.trim() === '', 'nothing under [Unreleased] of CHANGELOG.md'],
  [
    'tag',
    () =>
      // An annotated tag is an object of its own.
      ['', output('git', 'rev-parse', 'HEAD')].includes(
        output('git', 'rev-parse', '--quiet', '--verify', `${tag}^{commit}`),
      ),
    `${tag} to be new, or to be this commit`,
  ],
  [
    'released schema',
    () =>
      passes(
        'sh',
        '-c',
        'node scripts/build.mjs && node dist/main.js schema --subgraph | diff -q test/schema/released.graphql - >&2',
      ),
    'test/schema/released.graphql to be the subgraph of this commit',
  ],
  [
    'contents of the package',
    () => passes('npx', 'vitest', 'run', '--project', 'gateway', 'test/package.test.ts'),
    'test/package.test.ts to pass',
  ],
  ['CI', () => process.argv.includes('--skip-ci') || passes('.ci/run'), '.ci/run to pass'],
];

let isGood = true;
for (const [what, check, expected] of checks) {
  // A later check takes longer: an earlier one that fails ends it.
  isGood = check();
  console.log(isGood ? `ok      ${what}` : `failed  ${what}: expected ${expected}`);
  if (!isGood) break;
}
// The tarball: of a folder, npm shows the README as it is after `postpack`, with links that lead nowhere.
const distTag = version.includes('-') ? 'next' : 'latest';
if (isGood)
  console.log(`
To release ${version}:
  git tag -a ${tag} -m ${tag}
  git push origin main ${tag}
  npm pack
  npm publish ./ivs-graphql-${version}.tgz --tag ${distTag}      (in CI, with an identity token: package.json asks for provenance)
`);
process.exitCode = isGood ? 0 : 1;
