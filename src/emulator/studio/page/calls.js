// The calls of AWS's APIs as they come.
import { badge, button, empty, h } from './dom.js';
import { chips, moreOf, scopeChips, searchField } from './lists.js';
import { scopeOf } from './scope.js';
import { addressWith } from './store.js';
import { timeOf } from './text.js';

export function showCalls(state, params) {
  const { view, activity, scope } = state;
  const choices = [
    ['', `All ${activity.calls}`],
    ['failed', `Failed ${activity.failed}`],
    ['unmatched', 'No operation'],
  ];
  return [
    h(
      'section',
      { class: 'content wide', 'data-key': 'calls' },
      h(
        'div',
        { class: 'section-head' },
        h('h1', {}, 'Calls'),
        searchField('search', 'Search calls', params),
        chips('Which calls', 'show', choices, params),
        button(
          'Clear',
          'command',
          { command: 'resetCalls', input: scope },
          { label: `Clear the calls${scopeOf(state)}` },
        ),
      ),
      scopeChips(state, params),
      view.unmatched ? unmatchedOf(view.unmatched) : callsOf(view),
      moreOf((view.unmatched ?? view.calls).length, view.matching, params),
    ),
  ];
}

const callsOf = ({ calls, call }) =>
  calls.length > 0
    ? h(
        'ul',
        { class: 'rows log', 'aria-label': 'Calls, newest first' },
        calls.map((one) => callRow(one, call)),
      )
    : empty(
        'No calls',
        'Calls of your tests and programs appear here as they come. This page itself makes none by looking.',
      );

function statusStyle(status) {
  if (status === undefined || status >= 500) return 'bad';
  return status >= 400 ? 'warn' : 'good';
}

function callRow(one, opened) {
  const { requestId, operation, account, region, status, time, durationMs, fault, error } = one;
  const isOpen = opened?.requestId === requestId;
  return h(
    'li',
    { class: 'row', 'data-key': requestId },
    h(
      'div',
      { class: 'row-main' },
      h('time', { datetime: time }, timeOf(time)),
      badge(status === undefined ? 'no response' : String(status), statusStyle(status)),
      h(
        'a',
        {
          class: 'row-title',
          href: addressWith({ call: isOpen ? '' : requestId }),
          'aria-expanded': String(isOpen),
        },
        operation,
      ),
      durationMs !== undefined && h('span', { class: 'note' }, `${durationMs.toFixed(1)} ms`),
      error && h('span', { class: 'note' }, error.type),
      fault && badge(fault, 'bad'),
      h('span', { class: 'note' }, `${account} · ${region}`),
    ),
    isOpen && jsonBox(opened.json, `Call of ${operation}`),
  );
}

function unmatchedOf(unmatched) {
  if (unmatched.length === 0)
    return empty(
      'No such requests',
      'Unknown paths, wrong methods and requests without credentials appear here.',
    );
  const rows = unmatched.map(({ requestId, time, method, path, status, reason }) =>
    h(
      'li',
      { class: 'row', 'data-key': requestId },
      h(
        'div',
        { class: 'row-main' },
        h('time', { datetime: time }, timeOf(time)),
        badge(String(status), statusStyle(status)),
        h('strong', {}, `${method} ${path}`),
        h('span', { class: 'note' }, reason),
      ),
    ),
  );
  return h('ul', { class: 'rows log', 'aria-label': 'Requests that are no call, newest first' }, rows);
}

export const jsonBox = (json, label) =>
  h(
    'div',
    { class: 'details' },
    button('Copy', 'copy', { text: json }, { label: `Copy ${label}`, style: 'small' }),
    h('pre', { tabindex: '0', 'aria-label': label }, json),
  );
