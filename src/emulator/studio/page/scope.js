// What commands act on: the account and region that the page shows, or all of them.
import { store } from './store.js';

/** As it is shown now: an open dialog keeps it, whatever the page shows later. */
export const worldNow = () => store.state.world;

/** Of commands that are about one account or all. */
const scopeNow = () => store.state.scope;

/** The clock that the page shows: that of the emulator, or of an account that has one of its own. */
export const clockNow = () => {
  const { account } = store.state.clock;
  return account ? { account } : {};
};

const ofClock = ['clock', 'setClock', 'advanceClock', 'freezeClock'];

/** The place that a form suggests. */
export function placeFor(name, fields) {
  const region = fields.find((field) => field.name === 'region');
  const world = worldNow();
  if (ofClock.includes(name)) return clockNow();
  if (region?.isRequired) return { account: world.accountId, region: world.region };
  if (!region) return scopeNow();
  return { ...scopeNow(), ...(!isOfAll() && { region: world.region }) };
}

const isOfAll = () => store.params.get('of') === 'all';

const scopeText = ({ account }) => (account ? `of account ${account}` : 'of all accounts');

/** How the scope reads in a sentence. Where there is one account, it needs no mention. */
export const scopeOf = ({ scope, hasAccounts }) => (hasAccounts ? ` ${scopeText(scope)}` : '');
