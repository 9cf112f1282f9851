// A thread that asks for /livez all the time and tells the longest wait of each kind: on a connection that it keeps, which says how
// long the event loop was busy with something else, and on new ones, which have to be accepted first.
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

const EVERY_MS = 5;

/** @param {Agent} agent */
const ask = (agent) =>
  new Promise((resolve) => {
    request(`${workerData}/livez`, { agent }, (response) => response.resume().once('close', resolve))
      .once('error', resolve)
      .end();
  });

/** @param {Agent} agent */
function probe(agent) {
  let longest = 0;
  let pendingSince = 0;
  const run = async () => {
    for (;;) {
      pendingSince = performance.now();
      await ask(agent);
      longest = Math.max(longest, performance.now() - pendingSince);
      pendingSince = 0;
      await pause(EVERY_MS);
    }
  };
  void run();
  return () => {
    const waiting = pendingSince === 0 ? 0 : performance.now() - pendingSince;
    const told = Math.max(longest, waiting);
    longest = 0;
    return told;
  };
}

const kept = probe(new Agent({ keepAlive: true, maxSockets: 1 }));
const fresh = probe(new Agent({ keepAlive: false }));
parentPort?.on('message', () => parentPort?.postMessage({ kept: kept(), fresh: fresh() }));
