// Packs the package and uses it as a stranger does, on each Node that is given as a path of a binary, else on this one.
// npm installs with --engine-strict; `npx ivs-graphql` answers the first query; a project in TypeScript imports the library. So do pnpm
// and Yarn with Plug'n'Play on the last Node: they refuse dependencies that are not declared.
import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

const LINTERS = ['publint@0.3.25', '@arethetypeswrong/cli@0.18.5'];
const MANAGERS = [
  { tool: 'pnpm@12.21.0', name: 'pnpm', program: ['exec'], node: ['exec', 'node'] },
  { tool: '@yarnpkg/cli-dist@4.18.1', name: 'yarn', program: ['run'], node: ['node'] },
];
const QUERY = '{ stages(first: 1) { nodes { name } } }';
const USE = `
import { createIvsGateway, ConfigError, type IvsGateway } from 'ivs-graphql';
import { startEmulator } from 'ivs-graphql/emulator';
import { httpApiHandler } from 'ivs-graphql/lambda';
import { typeDefs } from 'ivs-graphql/schema';
const gateway: IvsGateway = await createIvsGateway({ backend: 'emulator', callRates: { GetStage: 5 }, graphiql: false, logLevel: 'silent' });
const request = new Request('http://localhost/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: '${QUERY}' }) });
console.log(await (await gateway.fetch(request)).text());
httpApiHandler(gateway);
await gateway.close();
await (await startEmulator()).close();
// @ts-expect-error: a slip
await createIvsGateway({ bakend: 'aws' }).catch((error: ConfigError) => console.log(error.problems[0]));
console.log(typeDefs.includes('type Stage '));
`;
const SAID = [
  '{"data":{"stages":{"nodes":[{"name":"town-hall"}]}}}',
  'bakend: expected the name of an option. Did you mean backend?',
  'true',
];

/** @param {string} command @param {string[]} args @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options] */
function run(command, args, options) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', ...options });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}\n${stderr}`);
  return stdout;
}

/**
 * The gateway answers, on a port of its own choice.
 * @param {string} command @param {string[]} args @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 */
async function tryProgram(command, args, options) {
  const child = spawn(command, [...args, 'ivs-graphql', '--port', '0'], { ...options, detached: true });
  try {
    const url = await new Promise((resolve, reject) => {
      let text = '';
      child.stderr.on('data', (chunk) => {
        text += chunk;
        const [, found] = /"url":"(.*?)"/.exec(text) ?? [];
        if (found) resolve(found);
      });
      child.on('exit', () => reject(new Error(`${command} ${args} ivs-graphql ended:\n${text}`)));
    });
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query: QUERY }) });
    const answer = await response.text();
    if (answer !== SAID[0])
      throw new Error(`Expected ${command} ${args} ivs-graphql to answer, got ${answer}`);
  } finally {
    child.removeAllListeners('exit');
    if (child.pid && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  }
}

/** @param {string} folder @param {string} tarball @param {string} node */
async function tryOn(folder, tarball, node) {
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` };
  const version = run('node', ['--version'], { env }).trim();
  const cwd = join(folder, version);
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'package.json'), '{ "private": true, "type": "module" }');
  run('npm', ['install', '--engine-strict', '--no-audit', '--no-fund', '--ignore-scripts', tarball], {
    cwd,
    env,
  });
  await tryProgram('npx', ['--no', '--'], { cwd, env });
  writeFileSync(join(cwd, 'use.ts'), USE);
  cpSync('node_modules/@types', join(cwd, 'node_modules/@types'), { recursive: true });
  cpSync('node_modules/undici-types', join(cwd, 'node_modules/undici-types'), { recursive: true });
  const options = [
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2023',
    '--types',
    'node',
    '--outDir',
    'out',
  ];
  run('node', [join(process.cwd(), 'node_modules/typescript/bin/tsc'), ...options, 'use.ts'], { cwd, env });
  tryImport('node', ['out/use.js'], { cwd, env });
  const dead = deadLinks(join(cwd, 'node_modules/ivs-graphql'));
  if (dead.length > 0) throw new Error(`Expected links of documents to lead somewhere: ${dead}`);
  console.log(`ok      ${version}: npm install --engine-strict, npx ivs-graphql, import with types, links`);
  return { cwd, env };
}

/** @param {string} command @param {string[]} args @param {{ cwd: string, env: NodeJS.ProcessEnv }} options */
function tryImport(command, args, options) {
  const said = run(command, args, options).trim().split('\n');
  if (said.join() !== SAID.join()) throw new Error(`Expected ${SAID.join('\n')}, got ${said.join('\n')}`);
}

/** Relative links of the package's documents. @param {string} root */
const deadLinks = (root) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) => {
      const text = readFileSync(join(root, file), 'utf8').replaceAll(/^```[\s\S]*?^```$|`[^`\n]*`/gm, '');
      return [...text.matchAll(/\]\((?![a-z]+:|#)([^)#]+)/g)]
        .map(([, target = '']) => join(dirname(file), target))
        .filter((path) => !existsSync(join(root, path)))
        .map((path) => `${file}: ${path}`);
    });

/**
 * With the program that TypeScript has made for npm.
 * @param {(typeof MANAGERS)[number]} manager @param {string} tarball @param {{ cwd: string, env: NodeJS.ProcessEnv }} npm
 */
async function tryManager({ tool, name, program, node }, tarball, npm) {
  const cwd = join(dirname(npm.cwd), name);
  const env = { ...npm.env, YARN_ENABLE_TELEMETRY: '0', YARN_NODE_LINKER: 'pnp' };
  mkdirSync(cwd);
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', `${cwd}-tool`, tool]);
  const command = join(`${cwd}-tool`, 'node_modules/.bin', name);
  writeFileSync(join(cwd, 'package.json'), '{ "private": true, "type": "module" }');
  // Yarn looks for a project further up.
  if (name === 'yarn') writeFileSync(join(cwd, 'yarn.lock'), '');
  run(command, ['add', `ivs-graphql@file:${tarball}`], { cwd, env });
  cpSync(join(npm.cwd, 'out/use.js'), join(cwd, 'use.js'));
  await tryProgram(command, program, { cwd, env });
  tryImport(command, [...node, 'use.js'], { cwd, env });
  console.log(`ok      ${tool}: ${name} ${program} ivs-graphql, import`);
}

const folder = mkdtempSync(join(tmpdir(), 'ivs-graphql-package-'));
try {
  run('npm', ['pack', '--loglevel=error', '--pack-destination', folder]);
  const [name = ''] = readdirSync(folder);
  const tarball = join(folder, name);
  const binaries = process.argv.slice(2);
  let last;
  for (const node of binaries.length > 0 ? binaries : [process.execPath])
    last = await tryOn(folder, tarball, node);
  for (const manager of MANAGERS) if (last) await tryManager(manager, tarball, last);
  const linters = join(folder, 'linters');
  run('npm', [
    'install',
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--prefix',
    linters,
    ...LINTERS,
  ]);
  run(join(linters, 'node_modules/.bin/publint'), ['run', tarball, '--strict']);
  run(join(linters, 'node_modules/.bin/attw'), [
    tarball,
    '--profile',
    'esm-only',
    '--exclude-entrypoints',
    'schema.graphql',
  ]);
  console.log(`ok      ${name}: publint, attw`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
