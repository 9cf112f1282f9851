// What the studio shows: an overview of all worlds, and of one world the part that is in sight. Its size is bounded, since the
// page reads it every second. It goes past AWS's API, so that calls and call rates of a test stay its own.
import type { Accounts } from '../accounts.ts';
import type { Control } from '../control.ts';
import type { World } from '../world.ts';
import { showChannels } from './channels.ts';
import { showCompositions } from './compositions.ts';
import type { Wanted } from './lists.ts';
import { activityOf, showCalls, showEvents, showFaults, showSnapshots } from './log.ts';
import { showStages } from './stages.ts';

export interface Shown {
  accounts: Accounts;
  control: Control;
}

/** Of a world; the others are of the whole emulator. */
const views: Record<string, (world: World, wanted: Wanted) => object | Promise<object>> = {
  stages: showStages,
  channels: showChannels,
  compositions: showCompositions,
};
const logs: Record<string, (control: Control, wanted: Wanted) => object> = {
  calls: showCalls,
  events: showEvents,
  faults: showFaults,
  snapshots: showSnapshots,
};

export async function stateOf({ accounts, control }: Shown, wanted: Wanted): Promise<object> {
  const worlds = accounts.worlds();
  const [account, region, view] = [wanted.get('account'), wanted.get('region'), wanted.get('view') ?? ''];
  const world = worlds.find((one) => one.accountId === account && one.region === region) ?? busiest(worlds);
  const [show, log] = [views[view], logs[view]];
  return {
    clock: control.clock(),
    worlds: worlds.map(summaryOf),
    world: world && { accountId: world.accountId, region: world.region },
    activity: activityOf(control),
    view: show ? world && (await show(world, wanted)) : log?.(control, wanted),
  };
}

/** Where a visitor begins. */
const busiest = (worlds: readonly World[]): World | undefined =>
  worlds.toSorted((a, b) => sizeOf(b) - sizeOf(a))[0];

const sizeOf = ({ stages, channels }: World) => stages.size + channels.size;

const summaryOf = ({ accountId, region, stages, channels, compositions }: World) => ({
  accountId,
  region,
  stages: stages.size,
  liveStages: [...stages.values()].filter(({ activeSessionId }) => activeSessionId !== '').length,
  channels: channels.size,
  compositions: compositions.size,
});
