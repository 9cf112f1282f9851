// Subscribers of one process: CPU per delivery, memory per subscriber, lost events and the latest one. Each server is a process
// of its own, and one after the other runs with the same clients.
// npm run build && node bench/live.mjs [subscribers]
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

const SUBSCRIBERS = Number(process.argv[2] ?? 10_000);
const DIFFERENT = Math.min(1_000, SUBSCRIBERS);
const RATES = (process.env.RATES ?? '5,20').split(',').map(Number);
const WARM_UP = 1_000;
const SECONDS = 5;
const PATIENCE_MS = 60_000;

const start = (name, execArgv = []) => fork(new URL(`live/${name}.mjs`, import.meta.url), { execArgv });
const ask = async (child, order) => {
  child.send(order);
  return (await once(child, 'message'))[0];
};

/** @param {string} name @param {{ count: number, rates: number[], isDifferent?: boolean }} run */
async function measure(name, { count, rates, isDifferent = false }) {
  const server = start(name, ['--expose-gc']);
  const [{ url }] = await once(server, 'message');
  const [early, clients] = [start('clients'), start('clients')];
  // What a process takes once is no subscriber's.
  await ask(early, { open: url, count: WARM_UP, isDifferent });
  early.kill();
  await pause(1_000);
  const before = await ask(server, { measure: true });
  await ask(clients, { open: url, count, isDifferent });
  await pause(2_000);
  const after = await ask(server, { measure: true });
  const kbEach = (after.rss - before.rss) / count / 1024;
  const rows = [];
  for (const rate of rates)
    rows.push({ name, count, rate, kbEach, ...(await deliver(server, clients, { count, rate })) });
  clients.kill();
  server.kill();
  return rows;
}

async function deliver(server, clients, { count, rate }) {
  const expected = count * rate * SECONDS;
  const { cpuMs } = await ask(server, { cpu: true });
  for (let sequence = 1; sequence <= rate * SECONDS; sequence += 1) {
    server.send({ say: sequence });
    await pause(1000 / rate);
  }
  const began = Date.now();
  let seen = await ask(clients, { look: true });
  while (seen.events < expected && Date.now() - began < PATIENCE_MS) {
    await pause(100);
    seen = await ask(clients, { look: true });
  }
  await ask(clients, { look: true, isLast: true });
  const used = (await ask(server, { cpu: true })).cpuMs - cpuMs;
  return { lost: expected - seen.events, latestMs: seen.latestMs, usEach: (used * 1000) / expected };
}

const names = (process.env.ONLY ?? 'node-http,gateway,yoga').split(',');
const rows = [];
for (const name of names) rows.push(...(await measure(name, { count: SUBSCRIBERS, rates: RATES })));
for (const name of names.filter((one) => one !== 'node-http'))
  rows.push(...(await measure(name, { count: DIFFERENT, rates: [5], isDifferent: true })));
console.table(
  rows.map(({ name, count, rate, kbEach, usEach, lost, latestMs }) => ({
    server: name,
    subscribers: count,
    'events/s': rate,
    'KB/subscriber': kbEach.toFixed(1),
    'CPU µs/delivery': usEach.toFixed(1),
    lost,
    'latest ms': latestMs,
  })),
);
