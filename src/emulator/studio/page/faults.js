// Faults of calls: those that wait, and ways to add one.
import { badge, button, empty, h } from './dom.js';
import { scopeChips } from './lists.js';
import { scopeOf } from './scope.js';
import { store } from './store.js';

/** What goes wrong most often. */
const presets = [
  ['Throttle', { throttle: true }],
  ['500 once', { status: 500, errorType: 'InternalServerException', times: 1 }],
  ['500 twice', { status: 500, errorType: 'InternalServerException', times: 2 }],
  ['Half body', { truncate: 0.5, times: 1 }],
  ['Slow: 2 s', { delayMs: 2000 }],
  ['Reset', { reset: true, times: 1 }],
  ['Hang', { hang: true, times: 1 }],
];

export function showFaults(state, params) {
  return [
    h(
      'section',
      { class: 'content wide', 'data-key': 'faults' },
      h(
        'div',
        { class: 'section-head' },
        h('h1', {}, 'Faults'),
        button('Add fault…', 'form', { command: 'addFault' }, { style: 'primary small' }),
        button(
          'Remove all',
          'command',
          { command: 'clearFaults', input: state.scope },
          { label: `Remove all faults${scopeOf(state)}` },
        ),
      ),
      scopeChips(state, params),
      presetsOf(state),
      listOf(state.view.faults),
    ),
  ];
}

function presetsOf({ world, scope }) {
  const operations = ['*', ...new Set(store.forms.operations.map(({ name }) => name))];
  const option = (value, text = value) => h('option', { value }, text);
  const place = `${world.region} ${scope.account}`;
  return h(
    'form',
    {
      class: 'bar',
      'data-keep': true,
      'data-key': `presets ${operations.length} ${place}`,
      'aria-label': 'Frequent faults',
    },
    select('Calls of', 'operation', [
      option('*', 'all operations'),
      ...operations.slice(1).map((name) => option(name)),
    ]),
    select('in', 'region', [option(world.region), option('', 'all regions')]),
    h(
      'div',
      { class: 'actions', role: 'group', 'aria-label': 'Add' },
      presets.map(([text, fault]) => button(text, 'preset', { ...fault, ...scope })),
    ),
  );
}

const select = (text, name, options) =>
  h('label', { class: 'field-inline' }, h('span', {}, text), h('select', { name }, options));

function listOf(faults) {
  if (faults.length > 0) return h('ul', { class: 'rows', 'aria-label': 'Faults' }, faults.map(faultRow));
  return empty('No faults', 'Add one, and calls of your tests fail as you say.');
}

function faultRow({ id, operation, struck, left, ...rest }) {
  const text = Object.entries(rest).map(([name, value]) =>
    value === true ? name : `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return h(
    'li',
    { class: 'row', 'data-key': id },
    h(
      'div',
      { class: 'row-main' },
      h('strong', {}, operation === '*' ? 'all operations' : operation),
      badge(`struck ${struck}`, struck > 0 ? 'warn' : ''),
      left !== undefined && badge(left === 0 ? 'over' : `${left} left`),
      h('span', { class: 'note' }, [id, ...text].join(' · ')),
    ),
    h(
      'div',
      { class: 'actions' },
      button(
        'Remove',
        'command',
        { command: 'removeFault', input: { id } },
        { label: `Remove ${id}`, style: 'danger' },
      ),
    ),
  );
}
