// How the process ends: in order after a signal, or after a fault that leaves its state unknown.
import { constants } from 'node:os';
import type { Logger } from 'pino';
import { lastLines } from '../log.ts';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Stops in order at the first signal, at once at the second.
 *
 * With a log it also reports uncaught faults. A rejected promise concerns one request at most: others do not depend on it, and a
 * client who found a way to cause it must not be able to stop the gateway for all. An exception has interrupted whatever ran
 * between two events, so what is in memory cannot be trusted: finish what was begun, and let the supervisor start a new process.
 */
export function stopInOrder(stop: () => Promise<void>, log?: Logger): void {
  let isStopping = false;
  let code = 0;
  const begin = () => {
    if (isStopping) return;
    isStopping = true;
    const fail = (error: unknown) => {
      log?.fatal({ err: toError(error) }, 'could not stop in order');
      code = 1;
    };
    void stop()
      .catch(fail)
      .finally(lastLines)
      .finally(() => process.exit(code));
  };
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (isStopping) process.exit(128 + constants.signals[signal]);
      begin();
    });
  }
  if (!log) return;
  process.on('unhandledRejection', (reason) => log.error({ err: toError(reason) }, 'unhandled rejection'));
  process.on('uncaughtException', (error) => {
    log.fatal({ err: toError(error) }, 'uncaught exception: stopping');
    code = 1;
    begin();
  });
}

/** What is thrown may be anything. */
const toError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));
