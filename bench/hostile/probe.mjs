// A thread that asks for /livez all the time and tells the longest wait: how long the event loop was busy with something else.
import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

const EVERY_MS = 5;
let longest = 0;
let pendingSince = 0;

parentPort?.on('message', () => {
  const waiting = pendingSince === 0 ? 0 : performance.now() - pendingSince;
  parentPort?.postMessage(Math.max(longest, waiting));
  longest = 0;
});

const ask = () =>
  new Promise((resolve) => {
    request(`${workerData}/livez`, (response) => response.resume().once('close', resolve))
      .once('error', resolve)
      .end();
  });

for (;;) {
  pendingSince = performance.now();
  await ask();
  longest = Math.max(longest, performance.now() - pendingSince);
  pendingSince = 0;
  await pause(EVERY_MS);
}
