// The page: its frame, and the view that its address names.
import { run } from './actions.js';
import { showCalls } from './calls.js';
import { showChannels } from './channels.js';
import { showCompositions } from './compositions.js';
import { showConsole } from './console.js';
import { show } from './dom.js';
import { showEvents } from './events.js';
import { showFaults } from './faults.js';
import { headerOf, navigationOf } from './frame.js';
import { listenToKeys } from './keys.js';
import { applyTheme } from './preferences.js';
import { showSnapshots } from './snapshots.js';
import { showStages } from './stages.js';
import { begin, refine, store } from './store.js';

const views = {
  stages: showStages,
  channels: showChannels,
  compositions: showCompositions,
  calls: showCalls,
  events: showEvents,
  faults: showFaults,
  snapshots: showSnapshots,
  console: showConsole,
};

function render() {
  const focused = document.activeElement;
  renderAll();
  if (focused !== document.activeElement && focused.isConnected) focused.focus({ preventScroll: true });
}

function renderAll() {
  show(document.getElementById('header'), headerOf(store));
  show(document.getElementById('nav'), navigationOf(store));
  const { state, params } = store;
  if (!state) return;
  const view = views[params.get('view')] ?? showStages;
  show(document.getElementById('main'), view(state, params));
}

function act(event, element, name) {
  event.preventDefault();
  run(name, JSON.parse(element.dataset.with ?? '{}'), element);
}

document.addEventListener('click', (event) => {
  const element = event.target.closest?.('button[data-do]');
  if (element) act(event, element, element.dataset.do);
});
document.addEventListener('submit', (event) => {
  event.preventDefault();
  const { submit } = event.target.dataset;
  if (submit) act(event, event.target, submit);
});
document.addEventListener('change', (event) => {
  const { change } = event.target.dataset;
  if (change) act(event, event.target, change);
});
document.addEventListener('input', (event) => {
  const { refines } = event.target.dataset;
  if (refines) refine({ [refines]: event.target.value, limit: undefined });
});

applyTheme();
listenToKeys();
begin(render);
