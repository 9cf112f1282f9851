// The events on the bus, as EventBridge carries them.
import { jsonBox } from './calls.js';
import { button, empty, h } from './dom.js';
import { moreOf, scopeChips, searchField } from './lists.js';
import { scopeOf } from './scope.js';
import { addressWith } from './store.js';
import { dateTimeOf, idOf } from './text.js';

export function showEvents(state, params) {
  const { events, event, matching, deliveries } = state.view;
  return [
    h(
      'section',
      { class: 'content wide', 'data-key': 'events' },
      h(
        'div',
        { class: 'section-head' },
        h('h1', {}, 'Events'),
        searchField('search', 'Search events', params),
        button('Put event…', 'form', { command: 'putEvent' }),
        button('Delivery fault…', 'form', { command: 'addEventFault' }),
        button(
          'Clear delivery faults',
          'command',
          { command: 'clearEventFaults', input: state.scope },
          { label: `Clear delivery faults${scopeOf(state)}` },
        ),
      ),
      scopeChips(state, params),
      deliveries.map((counts, index) =>
        h(
          'p',
          { class: 'note' },
          `Receiver ${index + 1}: ${Object.entries(counts)
            .map(([name, count]) => `${count} ${name}`)
            .join(', ')}`,
        ),
      ),
      events.length > 0
        ? h(
            'ul',
            { class: 'rows log', 'aria-label': 'Events, newest first' },
            events.map((one) => eventRow(one, event)),
          )
        : empty('No events', 'Let a participant publish, or a stream start.'),
      moreOf(events.length, matching, params),
    ),
  ];
}

function eventRow({ id, time, type, name, account, region, resource }, opened) {
  const isOpen = opened?.id === id;
  return h(
    'li',
    { class: 'row', 'data-key': id },
    h(
      'div',
      { class: 'row-main' },
      h('time', { class: 'mono', datetime: time }, dateTimeOf(time)),
      h(
        'a',
        {
          class: 'row-title',
          href: addressWith({ event: isOpen ? '' : id }),
          'aria-expanded': String(isOpen),
        },
        name ?? type,
      ),
      name && h('span', { class: 'note' }, type),
      h('span', { class: 'note' }, [resource && idOf(resource), account, region].filter(Boolean).join(' · ')),
    ),
    isOpen && jsonBox(opened.json, `Event ${name ?? type}`),
  );
}
