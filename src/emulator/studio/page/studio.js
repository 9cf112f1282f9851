// The page: its frame, and the view that its address names.
import { run } from './actions.js';
import { showCalls } from './calls.js';
import { showChannels } from './channels.js';
import { showCompositions } from './compositions.js';
import { showConsole } from './console.js';
import { show } from './dom.js';
import { showEvents } from './events.js';
import { showFaults } from './faults.js';
import { keepFocus } from './focus.js';
import { headerOf, navigationOf, titleOf } from './frame.js';
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

let shownView = '';

function render() {
  const view = store.params.get('view');
  if (view === shownView || !shownView) keepFocus(renderAll);
  else {
    renderAll();
    leaveFor(document.getElementById('main'));
  }
  shownView = view;
}

/** Another view is read from its start; who goes from view to view stays in the navigation. */
function leaveFor(main) {
  if (document.activeElement?.closest('nav, dialog')) return;
  main.focus({ preventScroll: true });
}

function renderAll() {
  show(document.getElementById('header'), headerOf(store));
  show(document.getElementById('nav'), navigationOf(store));
  const { state, params } = store;
  if (!state) return;
  document.title = titleOf(store);
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
// The part of the address after # is not of an element
document.querySelector('.skip').addEventListener('click', (event) => {
  event.preventDefault();
  document.getElementById('main').focus();
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
