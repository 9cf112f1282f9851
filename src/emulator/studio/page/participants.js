// A participant on a stage, and its details.
import { badge, button, h } from './dom.js';
import { addressWith } from './store.js';
import { dateTimeOf, since, timeOf } from './text.js';

const styles = { publishing: 'good', watching: 'info', left: '' };

export function participantRow(one, { arn: stageArn, isOver, opened, clock }) {
  const { participantId, userId, presence, attributes } = one;
  const isOpen = opened?.participantId === participantId;
  return h(
    'li',
    { class: `row ${presence}`, 'data-key': participantId },
    h(
      'div',
      { class: 'row-main' },
      h(
        'a',
        {
          class: 'row-title',
          href: addressWith({ participant: isOpen ? '' : participantId }),
          'aria-expanded': String(isOpen),
        },
        userId || participantId,
      ),
      badge(presence, styles[presence]),
      one.recordingState !== 'DISABLED' && badge(`recording ${one.recordingState.toLowerCase()}`, 'warn'),
      one.replicationType !== 'NONE' && badge(one.replicationType.toLowerCase()),
      one.isIngest && badge('encoder'),
      h('span', { class: 'note' }, noteOf(one, clock)),
      attributes.length > 0 &&
        h(
          'span',
          { class: 'attributes' },
          attributes.map(([name, value]) => h('span', { class: 'attribute' }, `${name}: ${value}`)),
        ),
    ),
    !isOver && h('div', { class: 'actions' }, actionsOf(one, stageArn)),
    isOpen && detailsOf(opened, stageArn),
  );
}

function noteOf({ userId, participantId, presence, subscriptions, firstJoinTime }, clock) {
  const id = userId ? `${participantId} · ` : '';
  const joined = `joined ${since(firstJoinTime, clock.time)} ago`;
  return subscriptions > 0 && presence !== 'left'
    ? `${id}${joined} · subscribed to ${subscriptions}`
    : `${id}${joined}`;
}

function actionsOf({ participantId, userId, presence }, stageArn) {
  const name = userId || participantId;
  const input = { stageArn, participantId };
  const does = (text, command) => button(text, 'command', { command, input }, { label: `${text} ${name}` });
  if (presence === 'left') return [does('Join', 'join')];
  return [
    presence === 'publishing' ? does('Unpublish', 'unpublish') : does('Publish', 'publish'),
    does('Leave', 'leave'),
  ];
}

function detailsOf(one, stageArn) {
  const { participantId, userId, attributes, events, isSubscribedTo, capabilities, expirationTime, client } =
    one;
  const name = userId || participantId;
  const input = { stageArn, participantId };
  const form = (text, command) =>
    button(text, 'form', { command, values: input }, { label: `${text} ${name}` });
  const clientText = Object.entries(client)
    .filter(([, value]) => value && value !== 'UNKNOWN')
    .map(([, value]) => value)
    .join(' ');
  return h(
    'div',
    { class: 'details' },
    one.presence !== 'left' &&
      h(
        'div',
        { class: 'actions' },
        form('Fail…', 'fail'),
        form('Subscribe…', 'subscribe'),
        form('Unsubscribe…', 'unsubscribe'),
        form('Exchange token…', 'exchangeToken'),
        form('Fail recording…', 'failRecording'),
        button(
          'Disconnect',
          'confirm',
          {
            operation: 'DisconnectParticipant',
            values: input,
            text: `Disconnect ${name}? The participant cannot join again.`,
          },
          { label: `Disconnect ${name}`, style: 'danger' },
        ),
      ),
    h(
      'dl',
      { class: 'facts' },
      fact('Participant id', participantId),
      fact('Capabilities', capabilities.join(', ') || 'none'),
      fact('Token expires', dateTimeOf(expirationTime)),
      fact('Client', clientText || 'unknown'),
      fact('Subscribed to', isSubscribedTo.join(', ') || 'nobody'),
    ),
    attributes.length > 0 && [
      h('h4', {}, 'Attributes'),
      h(
        'dl',
        { class: 'facts' },
        attributes.map(([key, value]) => fact(key, value)),
      ),
    ],
    h('h4', {}, 'Events'),
    h(
      'ol',
      { class: 'timeline' },
      events.map(({ name: event, eventTime, errorCode, remoteParticipantId, order }) =>
        h(
          'li',
          { 'data-key': String(order) },
          h('time', { datetime: eventTime }, timeOf(eventTime)),
          h(
            'span',
            { class: errorCode ? 'bad' : '' },
            [event, errorCode, remoteParticipantId].filter(Boolean).join(' · '),
          ),
        ),
      ),
    ),
  );
}

const fact = (name, value) => h('div', {}, h('dt', {}, name), h('dd', {}, value));
