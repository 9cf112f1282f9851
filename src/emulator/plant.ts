// What an emulator begins with.
import type { Accounts } from './accounts.ts';
import { seedDemo } from './demo/demo.ts';
import { plantWorld } from './world-file/plant.ts';
import type { WorldSource } from './world-file/read.ts';

export type Seed = 'demo' | 'empty';

export interface Beginning {
  seed: Seed;
  /** In place of the seed. */
  world?: WorldSource | undefined;
  /** Without it, the time of the world, or now. */
  time?: string | undefined;
}

/** In empty worlds: all is planted at one moment, what is due until then has happened, and its past is not sent. */
export function beginWith(accounts: Accounts, { seed, world, time = world?.item.time }: Beginning): void {
  const { clock, events } = accounts;
  clock.reset();
  if (time !== undefined) clock.jumpTo(new Date(time));
  clock.freeze(true);
  try {
    events.quietly(() => plant(accounts, seed, world));
  } finally {
    clock.freeze(false);
  }
}

function plant(accounts: Accounts, seed: Seed, world: WorldSource | undefined): void {
  if (world) {
    const problems = plantWorld(accounts, world.item);
    if (problems.length > 0) throw world.refuse(problems);
  } else if (seed === 'demo') seedDemo(accounts.own);
  accounts.worlds();
}
