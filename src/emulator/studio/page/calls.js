// The calls of AWS's APIs as they come.
import { badge, button, empty, h } from './dom.js';
import { moreOf, searchField } from './lists.js';
import { addressWith } from './store.js';
import { timeOf } from './text.js';

export function showCalls({ view: { calls, call, matching }, activity }, params) {
  const choices = [
    ['', `All ${activity.calls}`],
    ['failed', `Failed ${activity.failed}`],
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
        h(
          'div',
          { class: 'chips', role: 'group', 'aria-label': 'Which calls' },
          choices.map(([show, text]) =>
            h(
              'a',
              {
                class: 'chip',
                href: addressWith({ show }),
                'aria-current': (params.get('show') ?? '') === show ? 'true' : undefined,
              },
              text,
            ),
          ),
        ),
        button('Clear', 'command', { command: 'resetCalls' }, { label: 'Clear the calls' }),
      ),
      calls.length > 0
        ? h(
            'ul',
            { class: 'rows log', 'aria-label': 'Calls, newest first' },
            calls.map((one) => callRow(one, call)),
          )
        : empty(
            'No calls',
            'Calls of your tests and programs appear here as they come. This page itself makes none by looking.',
          ),
      moreOf(calls.length, matching, params),
    ),
  ];
}

const statusStyle = (status) =>
  status === undefined ? 'warn' : status >= 500 ? 'bad' : status >= 400 ? 'warn' : 'good';

function callRow(one, opened) {
  const { number, operation, account, region, status, time, durationMs, fault } = one;
  const isOpen = opened?.number === number;
  return h(
    'li',
    { class: 'row', 'data-key': String(number) },
    h(
      'div',
      { class: 'row-main' },
      time && h('time', { class: 'mono', datetime: time }, timeOf(time)),
      badge(status === undefined ? 'no response' : String(status), statusStyle(status)),
      h(
        'a',
        {
          class: 'row-title',
          href: addressWith({ call: isOpen ? '' : number }),
          'aria-expanded': String(isOpen),
        },
        operation,
      ),
      durationMs !== undefined && h('span', { class: 'note' }, `${Math.round(durationMs)} ms`),
      fault && badge(`fault ${fault}`, 'bad'),
      h('span', { class: 'note' }, `${account} · ${region}`),
    ),
    isOpen && jsonBox(opened.json, `Call ${number}`),
  );
}

export const jsonBox = (json, label) =>
  h(
    'div',
    { class: 'details' },
    button('Copy', 'copy', { text: json }, { label: `Copy ${label}`, style: 'small' }),
    h('pre', { tabindex: '0', 'aria-label': label }, json),
  );
