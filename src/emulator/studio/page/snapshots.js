// Snapshots of all worlds, and the way back to the start.
import { button, empty, h } from './dom.js';
import { dateTimeOf } from './text.js';

export function showSnapshots({ view: { snapshots } }) {
  return [
    h(
      'section',
      { class: 'content wide', 'data-key': 'snapshots' },
      h(
        'div',
        { class: 'section-head' },
        h('h1', {}, 'Snapshots'),
        reset('Reset…', 'Reset… all worlds', {}, 'Reset all worlds to the start?'),
        reset('Empty…', 'Empty… all worlds', { seed: 'empty' }, 'Begin again with empty worlds?'),
      ),
      takeForm(),
      snapshots.length > 0
        ? h('ul', { class: 'rows', 'aria-label': 'Snapshots' }, snapshots.map(snapshotRow))
        : empty(
            'No snapshots',
            'A snapshot holds all worlds and the time. Take one before an experiment, and restore it after.',
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

const takeForm = () =>
  h(
    'form',
    {
      class: 'bar',
      'data-submit': 'snapshot',
      'data-keep': true,
      'data-key': 'take',
      'aria-label': 'Take a snapshot',
    },
    h(
      'label',
      { class: 'field-inline' },
      'Name',
      h('input', { name: 'name', placeholder: 'optional', autocomplete: 'off' }),
    ),
    h('button', { class: 'button primary' }, 'Take snapshot'),
  );

const snapshotRow = ({ id, time, bytes }) =>
  h(
    'li',
    { class: 'row', 'data-key': id },
    h(
      'div',
      { class: 'row-main' },
      h('strong', {}, id),
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
          values: { id },
          text: `Restore the snapshot ${id}? The worlds of now are lost. Calls, faults and events stay.`,
        },
        { label: `Restore ${id}` },
      ),
      reset('Reset to', `Reset to ${id}`, { snapshot: id }, `Restore the snapshot ${id}?`),
      button(
        'Delete',
        'command',
        { command: 'deleteSnapshot', input: { id } },
        { label: `Delete ${id}`, style: 'danger' },
      ),
    ),
  );

const sizeOf = (bytes = 0) =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
