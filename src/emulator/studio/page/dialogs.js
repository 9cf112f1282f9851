// Dialogs: a form, a question, help.
import { h } from './dom.js';
import { showError } from './forms.js';

const dialog = () => document.getElementById('dialog');

function open(title, ...content) {
  const head = h(
    'div',
    { class: 'head' },
    h('h2', { id: 'dialog-title' }, title),
    closeButton('×', 'Close', 'quiet'),
  );
  const element = dialog();
  element.replaceChildren(head, ...content);
  if (!element.open) element.showModal();
}

function closeButton(text, label, style = '') {
  const button = h('button', { type: 'button', class: `button ${style}`, 'aria-label': label }, text);
  button.addEventListener('click', () => dialog().close());
  return button;
}

/** A form that closes when `act` is done, and shows why it is not. What `act` returns is done after that. */
export function openForm(title, fields, text, act) {
  const submit = h('button', { class: 'button primary' }, text);
  const form = h(
    'form',
    { class: 'sheet', novalidate: true },
    fields,
    h('p', { class: 'form-error', role: 'alert' }),
    h('div', { class: 'form-end' }, closeButton('Cancel'), submit),
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    event.stopPropagation();
    submit.disabled = true;
    showError(form, '');
    try {
      const next = await act(form);
      dialog().close();
      next?.();
    } catch (error) {
      submit.disabled = false;
      showError(form, error.message);
    }
  });
  open(title, form);
  const controls = [...form.querySelectorAll('input, select, textarea')];
  (controls.find(({ value }) => value === '') ?? controls[0] ?? submit).focus();
}

export const openQuestion = (title, act) => openForm(title, [], 'Yes', act);

/** For copying without the clipboard API. */
export function openText(title, text) {
  const box = h('pre', { tabindex: '0', 'aria-label': title }, text);
  open(title, box, h('div', { class: 'form-end' }, closeButton('Close')));
  box.focus();
  getSelection().selectAllChildren(box);
}

const keys = [
  ['1 … 8', 'the views, in the order of the navigation'],
  ['/', 'search'],
  ['j', 'join the open stage'],
  ['p', 'stop or start the updates'],
  ['f', 'freeze or run the clock'],
  ['t', 'theme: auto, light, dark'],
  ['?', 'this help'],
  ['Esc', 'close a dialog; leave a field'],
];

export function openHelp(hasKeys, change) {
  const box = h('input', { type: 'checkbox', checked: hasKeys });
  box.addEventListener('change', () => change(box.checked));
  open(
    'IVS Studio',
    h(
      'p',
      {},
      'The worlds of this emulator, as they are now. The page reads them every second while it is visible. It makes no calls of AWS by itself.',
    ),
    h('h3', {}, 'Keyboard'),
    h(
      'dl',
      { class: 'keys' },
      keys.map(([key, text]) => h('div', {}, h('dt', {}, h('kbd', {}, key)), h('dd', {}, text))),
    ),
    h('label', { class: 'check' }, box, 'Keyboard shortcuts'),
    h('div', { class: 'form-end' }, closeButton('Close')),
  );
}
