// npm run bench [-- <row> …]: runs the rows, prints their tables and, when these are all there are, writes RESULTS.md.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { install } from '../scripts/install.mjs';
import { loadPeers } from './harness/peers.mjs';
import { table } from './harness/table.mjs';

const rowsFolder = new URL('rows/', import.meta.url);
const results = new URL('RESULTS.md', import.meta.url);

/** `2-participants.mjs` → `participants` */
const nameOf = (/** @type {string} */ file) => file.replace(/^\d+-|\.mjs$/g, '');

async function chooseRows(wanted) {
  const files = (await readdir(rowsFolder)).filter((file) => file.endsWith('.mjs')).sort();
  const names = files.map(nameOf);
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown) {
    console.error(`expected one of ${names.join(', ')}, got ${unknown}`);
    process.exit(2);
  }
  return files.filter((file) => wanted.length === 0 || wanted.includes(nameOf(file)));
}

async function runRow(file, peers) {
  const row = await import(new URL(file, rowsFolder).href);
  console.error(`${nameOf(file)} …`);
  const able = peers.filter((peer) => typeof peer[row.needs] === 'function');
  const unable = peers.filter((peer) => typeof peer[row.needs] === 'string');
  const text = await row.run(able).then(
    (lines) => table(row.columns, [...lines, ...unable.map((peer) => [peer.name, peer[row.needs]])]),
    (error) => {
      process.exitCode = 1;
      return `This row failed: ${error.message}`;
    },
  );
  const section = `## ${row.title}\n\n${row.notes}\n\n${text}\n`;
  console.log(section);
  return section;
}

function describeMachine() {
  const [{ model = 'unknown' } = {}] = cpus();
  const [date] = new Date(startedAt).toISOString().split('T');
  const machine = `${date}, ${cpus().length} cores (${model}), Node ${process.versions.node}.`;
  if (before < BUSY) return machine;
  return `${machine} The machine was busy with other work (load average ${before.toFixed(1)} before the run): times are longer than they need be.`;
}

async function describePeers() {
  const read = async (file) => {
    const text = await readFile(new URL(file, import.meta.url), 'utf8');
    const { dependencies, optionalDependencies } = JSON.parse(text);
    return { ...dependencies, ...optionalDependencies };
  };
  const [ours, theirs] = [await read('../package.json'), await read('package.json')];
  const sdk = Object.entries(ours).filter(([name]) => name.startsWith('@aws-sdk/'));
  const all = [...sdk, ...Object.entries(theirs)].map(([name, version]) => `${name} ${version}`);
  return `The peers: ${all.join(', ')}. All talk to the emulator, which enforces the published call rates where a table says so, with a second's worth of calls at once. Every program is a process of its own, everything on loopback.`;
}

/** Load average from which times are not to be trusted. */
const BUSY = 1;
const [before = 0] = loadavg();
const startedAt = Date.now();
const wanted = process.argv.slice(2);
const files = await chooseRows(wanted);
install(import.meta.dirname);
const peers = await loadPeers();
const sections = [];
for (const file of files) sections.push(await runRow(file, peers));
if (wanted.length === 0) {
  const head = `# Results of \`npm run bench\`\n\n${describeMachine()}\n\n${await describePeers()}\n`;
  await writeFile(results, [head, ...sections].join('\n'));
}
process.exit();
