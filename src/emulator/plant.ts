// What an emulator begins with.

import { seedDemo } from './demo/demo.ts';
import type { Accounts } from './world/accounts.ts';
import type { Account } from './world/world.ts';
import { plantWorld } from './world-file/plant.ts';
import type { WorldSource } from './world-file/read.ts';

export type Seed = 'demo' | 'empty';

export interface Beginning {
  seed: Seed;
  /** In place of the seed. */
  world?: WorldSource | undefined;
  /** Whose the worlds at the top of it are; by default, the emulator's own. */
  of?: Account | undefined;
  /** Without it, the time of the world, or now. */
  time?: string | undefined;
}

/** In empty worlds: all is planted at one moment, what is due until then has happened, and its past is not sent. */
export function beginWith(accounts: Accounts, beginning: Beginning): void {
  const { world, time = world?.item.time } = beginning;
  const { clock, events } = accounts;
  clock.reset();
  if (time !== undefined) clock.jumpTo(new Date(time));
  clock.freeze(true);
  try {
    events.quietly(() => plant(accounts, beginning));
  } finally {
    clock.freeze(false);
  }
}

/** In the emptied worlds of one account. The others keep the common clock: without a time, this one follows it again. */
export function beginAccountWith(accounts: Accounts, account: Account, beginning: Beginning): void {
  const { world, time = world?.item.time } = beginning;
  account.empty();
  const clock = account.ownClock();
  if (time !== undefined) clock.jumpTo(new Date(time));
  clock.freeze(true);
  try {
    accounts.events.quietly(() => plant(accounts, beginning, account));
  } finally {
    clock.freeze(false);
    if (time === undefined) account.followClock();
  }
}

function plant(accounts: Accounts, { seed, world, of }: Beginning, only?: Account): void {
  if (world) {
    const problems = plantWorld(accounts, world.item, { of, only });
    if (problems.length > 0) throw world.refuse(problems);
  } else if (seed === 'demo') {
    const account = only ?? accounts.own;
    seedDemo(account);
    account.isDemo = true;
  }
  accounts.catchUp();
}
