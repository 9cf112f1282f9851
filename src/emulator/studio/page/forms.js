// Forms of commands, made from what the emulator says of their members.
import { h } from './dom.js';
import { store } from './store.js';

const LONG = 20;

export const formFields = (fields, values) => fields.map((field) => fieldOf(field, values[field.name]));

function fieldOf({ name, type, isRequired, expected, choices }, value) {
  const id = `field-${name}`;
  const attributes = {
    id,
    name,
    required: isRequired,
    'data-type': readable[type] ?? (type ? 'text' : 'json'),
    'aria-describedby': `${id}-note`,
  };
  return h(
    'div',
    { class: 'field', 'data-field': name },
    h(
      'label',
      { class: 'field-name', for: id },
      name,
      isRequired ? '' : h('span', { class: 'note' }, ' optional'),
    ),
    controlOf(attributes, choices, value),
    h('span', { class: 'note', id: `${id}-note` }, shortened(expected)),
    h('span', { class: 'field-error', role: 'alert' }),
  );
}

/** What goes without saying is left out. */
function shortened(text) {
  if (text === 'a boolean') return '';
  const plain = text.replace(
    /^a string of (at most \d+ characters)(, none of them a control character)?$/,
    '$1',
  );
  return plain.length > 160 ? `${plain.slice(0, 160)}…` : plain;
}

/** What is read from a control: the rest is text. */
const readable = { boolean: 'boolean', integer: 'number', number: 'number', object: 'json', array: 'json' };

function controlOf(attributes, choices, value) {
  const type = attributes['data-type'];
  const all = type === 'boolean' ? ['true', 'false'] : choices;
  if (all && all.length <= LONG) return selectOf(attributes, all, value);
  if (type === 'json')
    return h(
      'textarea',
      { ...attributes, rows: 3, class: 'mono', spellcheck: 'false', placeholder: 'JSON' },
      textOf(value),
    );
  const known = choices ?? [...(store.known.get(attributes.name) ?? [])];
  const list = `${attributes.id}-list`;
  return [
    h('input', {
      ...attributes,
      value: textOf(value),
      list: known.length > 0 ? list : undefined,
      inputmode: type === 'number' ? 'decimal' : undefined,
      autocomplete: 'off',
      spellcheck: 'false',
    }),
    known.length > 0 &&
      h(
        'datalist',
        { id: list },
        known.map((one) => h('option', { value: one })),
      ),
  ];
}

const textOf = (value) => (typeof value === 'object' ? JSON.stringify(value, null, 2) : (value ?? ''));

export function fillIn(form, values) {
  for (const [name, value] of Object.entries(values)) {
    const control = form.querySelector(`[name="${name}"]`);
    if (control) control.value = textOf(value);
  }
}

function selectOf(attributes, choices, value) {
  const none = h('option', { value: '' }, attributes.required ? 'Choose …' : '–');
  return h(
    'select',
    attributes,
    none,
    choices.map((one) => h('option', { value: one, selected: one === String(value) }, one)),
  );
}

/** The input that a person has put together. What is left empty is left out. */
export function inputOf(form) {
  const input = {};
  for (const element of form.querySelectorAll('[data-type]'))
    if (element.value !== '') input[element.name] = readValue(element);
  return input;
}

function readValue({ name, value, dataset: { type } }) {
  if (type === 'boolean') return value === 'true';
  // What is no number goes as it is: the emulator says what it expects
  if (type === 'number') return Number.isFinite(Number(value)) ? Number(value) : value;
  return type === 'json' ? jsonOf(name, value) : value;
}

export function jsonOf(name, text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${name}: expected JSON, got: ${error.message}`);
  }
}

/** An error that names a member stands beside it, others below the form. */
export function showError(form, message) {
  for (const field of form.querySelectorAll('[data-field]')) {
    field.querySelector('[name]').removeAttribute('aria-invalid');
    field.querySelector('.field-error').textContent = '';
  }
  const below = form.querySelector('.form-error');
  below.textContent = '';
  if (!message) return;
  const named = [...form.querySelectorAll('[data-field]')].find(({ dataset }) =>
    new RegExp(`(^|: )${dataset.field}\\b`).test(message),
  );
  if (!named) below.textContent = message;
  else {
    named.querySelector('.field-error').textContent = message;
    named.querySelector('[name]').setAttribute('aria-invalid', 'true');
    named.querySelector('[name]').focus();
  }
}
