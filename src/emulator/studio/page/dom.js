// Elements, and changing those on the page into new ones: what has the focus, is being typed or is scrolled stays as it is.
// Text is set as text, never as HTML.

/** `data` becomes data-* attributes; false and undefined leave an attribute out, true sets an empty one. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(
    ...children.flat(3).filter((child) => child !== undefined && child !== null && child !== false),
  );
  return element;
}

const keyOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node.dataset.key : undefined);

const isLike = (node, next) =>
  node.nodeType === next.nodeType && node.nodeName === next.nodeName && keyOf(node) === keyOf(next);

/** Makes the children of an element like these. */
export function show(parent, ...children) {
  const wanted = children.flat(3).filter((child) => child !== undefined && child !== null && child !== false);
  const keyed = new Map([...parent.children].filter(keyOf).map((child) => [keyOf(child), child]));
  let current = parent.firstChild;
  for (const item of wanted) {
    const next = typeof item === 'string' ? document.createTextNode(item) : item;
    const known = keyOf(next) ? keyed.get(keyOf(next)) : current;
    if (known && isLike(known, next)) {
      // What has the focus loses it when it is moved: where one leaves its place to the next, that one stays
      if (current && known !== current && known === current.nextSibling) current = without(current);
      if (known === current) current = current.nextSibling;
      else parent.insertBefore(known, current);
      become(known, next);
    } else parent.insertBefore(next, current);
  }
  while (current) {
    const after = current.nextSibling;
    current.remove();
    current = after;
  }
}

/** It comes back when it is its turn. Returns what follows it. */
function without(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}

/** A form keeps what was typed into it: with `data-keep` an element of the same key stays. */
function become(node, next) {
  if (node.nodeType !== Node.ELEMENT_NODE) {
    if (node.data !== next.data) node.data = next.data;
    return;
  }
  if ('keep' in next.dataset) return;
  for (const { name } of [...node.attributes])
    if (!next.hasAttribute(name) && name !== 'open') node.removeAttribute(name);
  for (const { name, value } of [...next.attributes])
    if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  if (node.nodeName === 'SELECT') return becomeSelect(node, next);
  show(node, ...next.childNodes);
  if (node.nodeName === 'INPUT' && node !== document.activeElement) node.value = next.value;
}

/** An open list of options closes when it changes; the page has the chosen one from its event, also with the focus on it. */
function becomeSelect(node, next) {
  const optionsOf = (select) => [...select.options].map(({ value, text }) => `${value} ${text}`).join('\n');
  const { value } = next; // its options leave it
  if (optionsOf(node) !== optionsOf(next)) node.replaceChildren(...next.childNodes);
  if (node.value !== value) node.value = value;
}

/** A button that does what `actions.js` names. Its name for screen readers says what it acts on. */
export function button(text, action, data = {}, { label, style = '', disabled = false } = {}) {
  return h(
    'button',
    {
      type: 'button',
      class: `button ${style}`.trim(),
      'data-do': action,
      'data-with': JSON.stringify(data),
      'aria-label': label,
      title: label && label !== text ? label : undefined,
      disabled,
    },
    text,
  );
}

/** Text in which `names` stand between backticks. */
export const withCode = (text) =>
  text.split('`').map((part, index) => (index % 2 === 1 ? h('code', {}, part) : part));

export const badge = (text, style = '') => h('span', { class: `badge ${style}` }, text);

export const empty = (title, text, ...more) =>
  h('div', { class: 'empty' }, h('p', { class: 'empty-title' }, title), h('p', {}, text), ...more);
