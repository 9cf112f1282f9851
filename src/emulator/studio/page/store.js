// The state of the page. The part of its address after # is the query of what it shows, so that links, the back button and a
// reload lead to the same.
import { readForms, readState } from './api.js';

const INTERVAL_MS = 1000;

export const store = {
  params: new URLSearchParams(),
  state: undefined,
  forms: { commands: {}, operations: [] },
  failure: undefined,
  isPaused: false,
  /** Values that forms suggest, by the name of the member. */
  known: new Map(),
};

let render = () => {};
let timer;
let reading;

export function begin(show) {
  render = show;
  addEventListener('hashchange', () => {
    takeAddress();
    refresh();
  });
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) refresh();
    else clearTimeout(timer);
  });
  takeAddress();
  refresh();
}

function takeAddress() {
  const params = new URLSearchParams(location.hash.slice(1));
  if (!params.get('view')) params.set('view', 'stages');
  store.params = params;
}

/** The address with these changes; empty ones leave it. */
export function addressWith(changes) {
  const params = new URLSearchParams(store.params);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') params.delete(name);
    else params.set(name, value);
  }
  return `#${params}`;
}

/** Another view of the same world. */
export const viewAddress = (view, more = {}) => {
  const { account, region, of } = Object.fromEntries(store.params);
  const place = { ...(account && { account, region }), ...(of && { of }) };
  return `#${new URLSearchParams({ ...place, view, ...more })}`;
};

export const go = (address) => {
  location.hash = address;
};

/** What is typed is no step of the way back. */
export function refine(changes) {
  history.replaceState(null, '', addressWith(changes));
  takeAddress();
  refresh();
}

/** Reads now, and then every second while the page is visible. */
export async function refresh() {
  clearTimeout(timer);
  reading?.abort();
  const own = new AbortController();
  reading = own;
  try {
    if (Object.keys(store.forms.commands).length === 0) store.forms = await readForms();
    const state = await readState(store.params, own.signal);
    if (own.signal.aborted) return;
    Object.assign(store, { state, failure: undefined });
    stay(state);
    learn(state);
  } catch (error) {
    if (own.signal.aborted) return;
    store.failure = error.message;
  }
  render();
  if (!document.hidden && !store.isPaused) timer = setTimeout(refresh, INTERVAL_MS);
}

export function pause(isPaused) {
  store.isPaused = isPaused;
  refresh();
}

/** In the world that is shown first, also when another one becomes the one with most in it. */
function stay({ world, worlds }) {
  const { accountId: account, region } = world;
  const isThere = worlds.some((one) => one.accountId === account && one.region === region);
  if (!isThere || store.params.get('account')) return;
  history.replaceState(null, '', addressWith({ account, region }));
  takeAddress();
}

let learnedOf = '';

function learn({ view, world }) {
  const worldId = `${world.accountId} ${world.region}`;
  if (learnedOf !== worldId) store.known.clear();
  learnedOf = worldId;
  if (!view) return;
  note('stageArn', view.stages?.items, 'arn');
  note('channelArn', view.channels?.items, 'arn');
  note('compositionArn', view.compositions?.items, 'arn');
  note('ingestConfigurationArn', view.stage?.ingestConfigurations, 'arn');
  for (const name of ['participantId', 'remoteParticipantId'])
    note(name, view.stage?.participants, 'participantId');
}

function note(name, items = [], member) {
  if (items.length > 0) store.known.set(name, new Set(items.map((item) => item[member])));
}
