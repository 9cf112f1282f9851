// Every command and every operation, with a form.
import { button, h, withCode } from './dom.js';
import { formFields } from './forms.js';
import { placeFor, worldNow } from './scope.js';
import { store } from './store.js';

export function showConsole(_state, params) {
  const { commands, operations } = store.forms;
  const chosen = params.get('run') ?? Object.keys(commands)[0] ?? '';
  const names = [...new Set(operations.map(({ name }) => name))].sort();
  const option = (name, text) => h('option', { value: name, selected: name === chosen }, text);
  return [
    h(
      'section',
      { class: 'content wide', 'data-key': 'console' },
      h(
        'div',
        { class: 'section-head' },
        h('h1', {}, 'Console'),
        h(
          'label',
          { class: 'field-inline' },
          'Run',
          h(
            'select',
            { id: 'run', 'data-change': 'choose' },
            h(
              'optgroup',
              { label: 'Commands of the control API' },
              Object.keys(commands).map((name) => option(name, name)),
            ),
            h(
              'optgroup',
              { label: 'Operations of IVS' },
              names.map((name) => option(name, name)),
            ),
          ),
        ),
      ),
      commands[chosen] || names.includes(chosen) ? runForm(chosen, commands[chosen]) : undefined,
    ),
  ];
}

function runForm(name, command) {
  const { accountId, region } = worldNow();
  const place = command ? placeFor(name, command.fields) : { accountId, region };
  const what = command ? command.meaning : `${name} of IVS in account ${accountId}, ${region}`;
  const hasExample = command && Object.keys(command.example).length > 0;
  return h(
    'form',
    {
      class: 'sheet',
      'data-submit': 'run',
      'data-with': JSON.stringify({ name, ...(!command && { world: place }) }),
      'data-keep': true,
      'data-key': `run ${name} ${Object.values(place)}`,
      'aria-label': name,
    },
    h('p', { class: 'note' }, withCode(what)),
    command ? formFields(command.fields, place) : [operationField(name)],
    h('p', { class: 'form-error', role: 'alert' }),
    h(
      'div',
      { class: 'form-end' },
      hasExample && button('Fill in the example', 'example', { name }),
      h('button', { class: 'button primary' }, 'Run'),
    ),
    h('pre', { class: 'output', tabindex: '0', 'aria-label': 'Response', 'aria-live': 'polite' }),
  );
}

export function operationField(name, values = {}) {
  const { members = [] } = store.forms.operations.find((one) => one.name === name) ?? {};
  return h(
    'label',
    { class: 'field' },
    h('span', { class: 'field-name' }, 'Input'),
    h(
      'textarea',
      { name: 'input', rows: 8, class: 'mono', spellcheck: 'false', 'data-json': true },
      JSON.stringify(values, null, 2),
    ),
    h(
      'span',
      { class: 'note' },
      members.length > 0
        ? `A JSON object with the members ${members.join(', ')}`
        : 'A JSON object without members',
    ),
  );
}
