// What an emulator begins with.
import type { Accounts } from './accounts.ts';
import { seedDemo } from './demo/demo.ts';

export type Seed = 'demo' | 'empty';

/** At the time of the start. All is planted at one moment, what is due until then has happened, and its past is not sent. */
export function beginWith(accounts: Accounts, seed: Seed, time: string | undefined): void {
  const { clock, events } = accounts;
  clock.reset();
  if (time !== undefined) clock.jumpTo(new Date(time));
  clock.freeze(true);
  try {
    events.quietly(() => {
      if (seed === 'demo') seedDemo(accounts.own);
      accounts.worlds();
    });
  } finally {
    clock.freeze(false);
  }
}
