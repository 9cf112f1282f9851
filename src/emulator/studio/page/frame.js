// The frame of each view: worlds, clock and the way from view to view.
import { badge, button, h } from './dom.js';
import { theme } from './preferences.js';
import { viewAddress } from './store.js';
import { many, timeOf } from './text.js';

export const viewNames = [
  'stages',
  'channels',
  'compositions',
  'calls',
  'events',
  'faults',
  'snapshots',
  'console',
];

export function headerOf({ state, failure, isPaused }) {
  return [
    h('a', { class: 'brand', href: viewAddress('stages') }, h('span', { class: 'mark' }), 'IVS Studio'),
    state && worldPicker(state),
    h('div', { class: 'grow' }),
    state && clockOf(state.clock),
    h(
      'div',
      { class: 'tools' },
      liveOf(failure, isPaused),
      themeButton(),
      button('?', 'help', {}, { label: 'Help and keyboard shortcuts', style: 'quiet' }),
    ),
    failure && h('p', { class: 'lost', role: 'alert' }, `${failure} The page tries again every second.`),
  ];
}

function worldPicker({ worlds, worldCount, world }) {
  const worldId = ({ accountId, region }) => `${accountId} ${region}`;
  const option = (one, note) =>
    h(
      'option',
      { value: worldId(one), selected: worldId(one) === worldId(world) },
      `${one.accountId} · ${one.region} (${note})`,
    );
  const options = worlds.map((one) => option(one, contentOf(one)));
  const isThere = worlds.some((one) => worldId(one) === worldId(world));
  return h(
    'label',
    { class: 'worlds' },
    h('span', { class: 'hidden' }, 'Account and region'),
    h(
      'select',
      { id: 'world', 'data-change': 'world' },
      !isThere && option(world, 'empty'),
      options,
      worldCount > worlds.length &&
        h(
          'option',
          { value: 'more', disabled: true },
          `… and ${worldCount - worlds.length} with less in them`,
        ),
      h('option', { value: 'other' }, 'Other account or region…'),
    ),
  );
}

function contentOf({ stages, channels }) {
  if (stages + channels === 0) return 'empty';
  return stages > 0 ? many(stages, 'stage') : many(channels, 'channel');
}

function clockOf({ time, frozen, account }) {
  const own = account ? { account } : {};
  return h(
    'div',
    { class: frozen ? 'clock frozen' : 'clock', role: 'group', 'aria-label': 'Clock of the emulator' },
    h('time', { datetime: time }, h('span', { class: 'date' }, `${time.slice(0, 10)} `), timeOf(time)),
    frozen && badge('frozen', 'info'),
    account && badge('own clock', 'info'),
    button(
      frozen ? 'Run' : 'Freeze',
      'freeze',
      { frozen: !frozen, ...own },
      { label: frozen ? 'Run the clock' : 'Freeze the clock' },
    ),
    button('+1 min', 'advance', { seconds: 60, ...own }, { label: 'Advance the clock +1 min' }),
    button('+1 h', 'advance', { seconds: 3600, ...own }, { label: 'Advance the clock +1 h' }),
    button('Set…', 'form', { command: 'setClock', values: { time, ...own } }, { label: 'Set… the clock' }),
  );
}

function liveOf(failure, isPaused) {
  const text = isPaused ? 'Paused' : 'Live';
  return h(
    'button',
    {
      type: 'button',
      class: `button quiet live ${failure ? 'is-lost' : ''} ${isPaused ? 'is-paused' : ''}`,
      'data-do': 'pause',
      'data-with': JSON.stringify({ isPaused: !isPaused }),
      'aria-pressed': isPaused ? 'false' : 'true',
      title: isPaused ? 'Update every second again' : 'Stop the updates',
    },
    h('span', { class: 'dot' }),
    text,
  );
}

function themeButton() {
  const names = { auto: 'Auto', light: 'Light', dark: 'Dark' };
  return button(`◐ ${names[theme()]}`, 'theme', {}, { label: `Theme: ${names[theme()]}`, style: 'quiet' });
}

export function navigationOf({ state, params }) {
  const counts = countsOf(state);
  return viewNames.map((view, index) => {
    const isOpen = (params.get('view') ?? 'stages') === view;
    const text = view.charAt(0).toUpperCase() + view.slice(1);
    return h(
      'a',
      {
        'data-key': view,
        href: viewAddress(view),
        'aria-current': isOpen ? 'page' : undefined,
        title: `${text} (${index + 1})`,
      },
      h('span', {}, text),
      counts[view] !== undefined &&
        h('span', { class: `count ${counts[view].style ?? ''}` }, counts[view].text),
    );
  });
}

/** As the browser names the tab and the history. */
export function titleOf({ state, params }) {
  const { stage, channel } = state.view ?? {};
  const view = params.get('view');
  const parts = [stage?.name, channel?.name, view.charAt(0).toUpperCase() + view.slice(1), 'IVS Studio'];
  return parts.filter(Boolean).join(' – ');
}

function countsOf(state) {
  if (!state) return {};
  const { worlds, world, activity } = state;
  const own = worlds.find((one) => one.accountId === world.accountId && one.region === world.region);
  const short = (count) => (count < 10_000 ? String(count) : `${Math.floor(count / 1000)}k`);
  return {
    ...(own && {
      stages: { text: short(own.stages) },
      channels: { text: short(own.channels) },
      compositions: { text: short(own.compositions) },
    }),
    calls: { text: short(activity.calls) },
    ...(activity.faults > 0 && { faults: { text: short(activity.faults), style: 'warn' } }),
  };
}
