// Snapshots of all worlds, and the way back to the start.
import { badge, button, empty, h } from './dom.js';
import { scopeChips } from './lists.js';
import { scopeOf } from './scope.js';
import { dateTimeOf } from './text.js';

export function showSnapshots(state, params) {
  const { view, scope } = state;
  const worlds = scope.account ? `the worlds of account ${scope.account}` : 'all worlds';
  return [
    h(
      'section',
      { class: 'content wide', 'data-key': 'snapshots' },
      h(
        'div',
        { class: 'section-head' },
        h('h1', {}, 'Snapshots'),
        reset('Reset…', `Reset… ${worlds}`, scope, `Reset ${worlds} to the start?`),
        reset('Empty…', `Empty… ${worlds}`, { seed: 'empty', ...scope }, `Remove all that is in ${worlds}?`),
      ),
      scopeChips(state, params),
      takeForm(state),
      view.snapshots.length > 0
        ? h(
            'ul',
            { class: 'rows', 'aria-label': 'Snapshots' },
            view.snapshots.map((one) => snapshotRow(one, scope)),
          )
        : empty(
            'No snapshots',
            `A snapshot holds ${worlds} and the time. Take one before an experiment, and restore it after.`,
          ),
    ),
  ];
}

const reset = (text, label, values, question) =>
  button(
    text,
    'confirm',
    { command: 'reset', values, text: `${question} Faults, calls and events are removed, too.` },
    { label, style: 'danger' },
  );

const takeForm = (state) =>
  h(
    'form',
    {
      class: 'bar',
      'data-submit': 'snapshot',
      'data-with': JSON.stringify(state.scope),
      'data-keep': true,
      'data-key': `take ${state.scope.account}`,
      'aria-label': `Take a snapshot${scopeOf(state)}`,
    },
    h(
      'label',
      { class: 'field-inline' },
      'Name',
      h('input', { name: 'name', placeholder: 'optional', autocomplete: 'off' }),
    ),
    h('button', { class: 'button primary' }, 'Take snapshot'),
  );

/** One of all accounts can be restored in one of them. */
function snapshotRow({ id, time, bytes, account }, scope) {
  const place = account ? { account } : scope;
  const where = place.account ? ` in account ${place.account}` : '';
  const lost = place.account ? 'Its worlds of now are lost.' : 'The worlds of now are lost.';
  return h(
    'li',
    { class: 'row', 'data-key': `${account} ${id}` },
    h(
      'div',
      { class: 'row-main' },
      h('strong', {}, id),
      account && badge(`account ${account}`),
      h('span', { class: 'note' }, `taken at ${dateTimeOf(time)} · ${sizeOf(bytes)}`),
    ),
    h(
      'div',
      { class: 'actions' },
      button(
        'Restore',
        'confirm',
        {
          command: 'restore',
          values: { id, ...place },
          text: `Restore the snapshot ${id}${where}? ${lost} Calls, faults and events stay.`,
        },
        { label: `Restore ${id}` },
      ),
      reset('Reset to', `Reset to ${id}`, { snapshot: id, ...place }, `Restore the snapshot ${id}${where}?`),
      button(
        'Delete',
        'command',
        { command: 'deleteSnapshot', input: { id, ...(account && { account }) } },
        { label: `Delete ${id}`, style: 'danger' },
      ),
    ),
  );
}

const sizeOf = (bytes = 0) =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
