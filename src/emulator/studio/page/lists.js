// What the lists of all views have in common.
import { button, h } from './dom.js';
import { addressWith } from './store.js';

export const searchField = (name, label, params) =>
  h('input', {
    type: 'search',
    class: 'search',
    'data-key': `field ${name}`,
    'data-refines': name,
    'aria-label': label,
    placeholder: label,
    value: params.get(name) ?? '',
    autocomplete: 'off',
    spellcheck: 'false',
  });

/** Resources to choose from, beside the one that is open. */
export function sidePane(title, createText, operation, { items, matching }, links, params) {
  return h(
    'section',
    { class: 'side', 'aria-label': title, 'data-key': `side ${title}` },
    h(
      'div',
      { class: 'head' },
      h('h1', {}, title),
      button(createText, 'ivs', { operation }, { style: 'primary small' }),
    ),
    searchField('find', `Find ${title.toLowerCase()}`, params),
    h('ul', { class: 'cards' }, links),
    moreOf(items.length, matching, params),
  );
}

/** Which part of a list: one of several. */
export const chips = (label, name, choices, params) =>
  h(
    'div',
    { class: 'chips', role: 'group', 'aria-label': label },
    choices.map(([value, text]) =>
      h(
        'a',
        {
          class: 'chip',
          href: addressWith({ [name]: value, limit: '' }),
          'aria-current': (params.get(name) ?? '') === value ? 'true' : undefined,
        },
        text,
      ),
    ),
  );

/** Of the account that is shown, or of all; of one account alone there is nothing to choose. */
export const scopeChips = ({ hasAccounts, world }, params) =>
  hasAccounts &&
  chips(
    'Whose',
    'of',
    [
      ['', `Account ${world.accountId}`],
      ['all', 'All accounts'],
    ],
    params,
  );

const STEP = 100;
const AT_MOST = 500;

/** Lists are bounded, so that a world with thousands stays quick. */
export function moreOf(shown, matching, params) {
  if (shown >= matching) return undefined;
  const limit = Number(params.get('limit') ?? STEP);
  const said = `${shown.toLocaleString('en')} of ${matching.toLocaleString('en')} shown`;
  if (limit >= AT_MOST) return h('p', { class: 'more' }, `${said}. Search for others.`);
  const href = addressWith({ limit: Math.min(limit + STEP, AT_MOST) });
  return h('p', { class: 'more' }, said, ' ', h('a', { class: 'button', href }, 'Show more'));
}
