// Compiles the source with graphql 17, and runs the tests of the schema, of execution and of subscriptions with it, in a folder of
// its own. npm refuses there what does not accept graphql 17 as its peer. graphql 17 needs Node 22 or later.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const GRAPHQL = 'graphql@17.1.0';
/** Tests read documents and examples, too. */
const LEFT = ['node_modules', '.git', 'dist'];
/** What meets graphql: the printed schema, resolvers, variables, limits of documents, errors, parts, subscriptions. */
const TESTS = [
  ...['schema', 'live/iterate', 'server/answer', 'server/live', 'server/limits/limits', 'server/execution'],
].map((name) => `test/${name}`);

process.chdir(new URL('..', import.meta.url).pathname);
const folder = mkdtempSync(join(tmpdir(), 'ivs-graphql-17-'));

/** @param {string} what @param {string} command @param {string[]} args */
function step(what, command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${what} failed with ${GRAPHQL}:\n${stdout}\n${stderr}`);
  console.log(`ok      ${GRAPHQL}: ${what}`);
  return stdout;
}

try {
  cpSync('.', folder, { recursive: true, filter: (path) => !LEFT.includes(basename(path)) });
  const options = ['--strict-peer-deps', '--engine-strict', '--prefer-offline', '--ignore-scripts'];
  step('npm install', 'npm', ['install', ...options, '--no-audit', '--no-fund', '--save-exact', GRAPHQL]);
  step('build', process.execPath, ['scripts/build.mjs']);
  const printed = step('schema', process.execPath, ['dist/main.js', 'schema']);
  if (printed !== readFileSync('schema.graphql', 'utf8'))
    throw new Error(`Expected the schema to be schema.graphql with ${GRAPHQL}`);
  const vitest = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--silent',
    '--project',
    'gateway',
    '--reporter=dot',
  ];
  step('tests', process.execPath, [...vitest, ...TESTS]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
