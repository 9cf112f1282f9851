// What the studio shows: an overview of all worlds, and of one world the part that is in sight. Its size is bounded, since the
// page reads it every second. It goes past AWS's API, so that calls and call rates of a test stay its own.

import type { Control } from '../control/control.ts';
import type { OfAccount } from '../control/traffic.ts';
import type { Accounts } from '../world/accounts.ts';
import type { World } from '../world/world.ts';
import { showChannels } from './channels.ts';
import { showCompositions } from './compositions.ts';
import type { Wanted } from './lists.ts';
import { activityOf, showCalls, showEvents, showFaults, showSnapshots } from './log.ts';
import { showStages } from './stages.ts';

/** In the list of worlds. */
const MOST_WORLDS = 100;

export interface Shown {
  accounts: Accounts;
  control: Control;
}

/** Of a world; the others are of the whole emulator, or of the account in sight. */
const views: Record<string, (world: World, wanted: Wanted) => object | Promise<object>> = {
  stages: showStages,
  channels: showChannels,
  compositions: showCompositions,
};
const logs: Record<string, (control: Control, wanted: Wanted, scope: OfAccount) => object> = {
  calls: showCalls,
  events: showEvents,
  faults: showFaults,
  snapshots: showSnapshots,
};

export async function stateOf({ accounts, control }: Shown, wanted: Wanted): Promise<object> {
  const worlds = accounts.worlds();
  const place = placeOf(accounts, worlds, wanted);
  const world = worlds.find((one) => one.accountId === place.accountId && one.region === place.region);
  const scope = scopeOf(accounts, place, wanted);
  const view = wanted.get('view') ?? '';
  const [show, log] = [views[view], logs[view]];
  return {
    clock: clockOf(accounts, control, place),
    worlds: listed(worlds, world).map(summaryOf),
    worldCount: worlds.length,
    world: place,
    scope,
    hasAccounts: hasSeveral(accounts, place),
    activity: activityOf(control, scope),
    view: show ? world && (await show(world, wanted)) : log?.(control, wanted, scope),
  };
}

interface Place {
  accountId: string;
  region: string;
}

/** The one that is named, also while nothing is there: another one in its place would be taken for it. */
function placeOf(accounts: Accounts, worlds: readonly World[], wanted: Wanted): Place {
  const [accountId, region] = [wanted.get('account'), wanted.get('region')];
  if (accountId && region) return { accountId, region };
  const world = busiest(worlds) ?? { accountId: accounts.own.accountId, region: 'us-west-2' };
  return { accountId: world.accountId, region: world.region };
}

/** Where a visitor begins. */
const busiest = (worlds: readonly World[]): World | undefined => busiestFirst(worlds)[0];

const busiestFirst = (worlds: readonly World[]) => worlds.toSorted((a, b) => sizeOf(b) - sizeOf(a));

/** The busiest and the one in sight, in their own order: tests side by side can have thousands. */
function listed(worlds: readonly World[], shown: World | undefined): readonly World[] {
  if (worlds.length <= MOST_WORLDS) return worlds;
  const busy = new Set(busiestFirst(worlds).slice(0, MOST_WORLDS));
  return worlds.filter((world) => busy.has(world) || world === shown);
}

const sizeOf = ({ stages, channels }: World) => stages.size + channels.size;

/** Whether its account is one of several. */
const hasSeveral = (accounts: Accounts, place: Place): boolean =>
  accounts.all().length > 1 || place.accountId !== accounts.own.accountId;

/** What the views of the whole emulator are narrowed to, and commands as well. */
function scopeOf(accounts: Accounts, place: Place, wanted: Wanted): OfAccount {
  const isNarrow = hasSeveral(accounts, place) && wanted.get('of') !== 'all';
  return isNarrow ? { account: place.accountId } : {};
}

/** The clock that the world in sight goes by, with its account where that has one of its own. */
function clockOf(accounts: Accounts, control: Control, place: Place): object {
  const owner = [...accounts.apart].find(({ accountId }) => accountId === place.accountId);
  const account = owner?.accountId;
  return { ...control.clock({ account }), account };
}

const summaryOf = ({ accountId, region, stages, channels, compositions }: World) => ({
  accountId,
  region,
  stages: stages.size,
  channels: channels.size,
  compositions: compositions.size,
});
