// Channels, and the streams of the one that is open.
import { badge, button, empty, h } from './dom.js';
import { sidePane } from './lists.js';
import { noWorld } from './no-world.js';
import { fact } from './stages.js';
import { addressWith } from './store.js';
import { dateTimeOf, many, since, timeOf } from './text.js';

export function showChannels(state, params) {
  const { view, clock } = state;
  if (!view) return noWorld('Channels', state);
  const { channels, channel } = view;
  const items = channels.items.map((one) => channelLink(one, params));
  const side = sidePane('Channels', 'Create channel', 'CreateChannel', channels, items, params);
  const content = channel ? channelOf(channel, clock) : nothingOpen(params, channels);
  return [h('div', { class: `panes ${params.get('arn') ? 'has-open' : ''}` }, side, content)];
}

function nothingOpen(params, { matching }) {
  const [title, text] = params.get('arn')
    ? ['This channel does not exist', 'It was deleted, or it is of another world.']
    : matching > 0
      ? ['No channel is open', 'Choose a channel to see its streams.']
      : ['No channels', 'Create the first one, or reset to the seeded world.'];
  return h('section', { class: 'content', 'data-key': 'none' }, empty(title, text));
}

const healthStyle = (health) => (health === 'HEALTHY' ? 'good' : 'bad');

function channelLink({ arn, name, isLive, health, viewerCount }, params) {
  return h(
    'li',
    { 'data-key': arn },
    h(
      'a',
      {
        class: 'card',
        href: addressWith({ arn }),
        'aria-current': params.get('arn') === arn ? 'true' : undefined,
      },
      h(
        'span',
        { class: 'card-title' },
        h('span', { class: `dot ${isLive ? (health === 'HEALTHY' ? 'on' : 'ill') : ''}` }),
        name || idText(arn),
      ),
      h(
        'span',
        { class: 'card-note' },
        isLive ? `${health.toLowerCase()} · ${many(viewerCount, 'viewer')}` : 'offline',
      ),
    ),
  );
}

const idText = (arn) => arn.split('/').at(-1);

function channelOf(channel, clock) {
  const { arn, isLive, health } = channel;
  const name = channel.name || idText(arn);
  return h(
    'section',
    { class: 'content', 'data-key': arn, 'aria-label': `Channel ${name}` },
    h(
      'div',
      { class: 'head' },
      h('a', { class: 'back', href: addressWith({ arn: '' }) }, '← All channels'),
      h(
        'h2',
        { class: 'title' },
        name,
        ' ',
        badge(isLive ? 'live' : 'offline', isLive ? 'good' : ''),
        ' ',
        isLive && badge(health.toLowerCase(), healthStyle(health)),
      ),
      h(
        'div',
        { class: 'actions' },
        button(
          'Delete',
          'confirm',
          { operation: 'DeleteChannel', values: { arn }, text: `Delete the channel ${name}?`, away: true },
          { label: `Delete ${name}`, style: 'danger' },
        ),
      ),
    ),
    h(
      'p',
      { class: 'arn' },
      h('code', {}, arn),
      button('Copy', 'copy', { text: arn }, { label: `Copy the ARN of ${name}`, style: 'quiet small' }),
    ),
    isLive ? streamBar(channel) : startForm(channel),
    h('dl', { class: 'facts' }, factsOf(channel, clock)),
    sessionsOf(channel),
    eventsOf(channel),
  );
}

function factsOf(
  { type, latencyMode, isPrivate, recording, streamKeys, viewerCount, startTime, streamId },
  clock,
) {
  return [
    ...(streamId
      ? [
          fact('Viewers', viewerCount.toLocaleString('en')),
          fact('Live for', since(startTime, clock.time)),
          fact('Stream', streamId),
        ]
      : []),
    fact('Type', type),
    fact('Latency', latencyMode),
    fact('Playback', isPrivate ? 'private' : 'public'),
    fact('Stream keys', String(streamKeys)),
    fact('Recording', recording ? `${recording.name || idText(recording.arn)} (${recording.state})` : 'off'),
  ];
}

function startForm({ arn }) {
  return h(
    'form',
    {
      class: 'bar',
      'data-submit': 'startStream',
      'data-with': JSON.stringify({ channelArn: arn }),
      'data-keep': true,
      'data-key': `start ${arn}`,
      'aria-label': 'Start a stream',
    },
    h(
      'label',
      { class: 'field-inline' },
      'Viewers',
      h('input', { name: 'viewerCount', type: 'number', min: 0, value: 25 }),
    ),
    h('button', { class: 'button primary' }, 'Start stream'),
  );
}

function streamBar({ arn, health }) {
  const input = { channelArn: arn };
  const does = (text, command, style) => button(text, 'command', { command, input }, { style });
  return h(
    'div',
    { class: 'bar', 'data-key': `stream ${arn}` },
    does('Stop stream', 'stopStream', 'primary'),
    health === 'HEALTHY' ? does('Starve', 'starveStream') : does('Recover', 'recoverStream'),
    does('Take over', 'takeOverStream'),
    button('Fail…', 'form', { command: 'failStream', values: input }),
    button('Ad break…', 'ivs', { operation: 'InsertAdBreak', values: { channelArn: arn } }),
  );
}

function sessionsOf({ sessions, sessionCount }) {
  const rows = sessions.map(({ streamId, startTime, endTime, hasErrorEvent }) =>
    h(
      'li',
      { class: 'row', 'data-key': streamId },
      h(
        'div',
        { class: 'row-main' },
        h('strong', { class: 'mono' }, streamId),
        badge(endTime ? 'ended' : 'live', endTime ? '' : 'good'),
        hasErrorEvent && badge('errors', 'bad'),
        h('span', { class: 'note' }, `${dateTimeOf(startTime)} – ${endTime ? dateTimeOf(endTime) : 'now'}`),
      ),
    ),
  );
  const list =
    rows.length > 0 ? h('ul', { class: 'rows' }, rows) : empty('No streams yet', 'Start a stream above.');
  return [h('h3', {}, `Streams (${sessionCount})`), list];
}

function eventsOf({ events }) {
  if (events.length === 0) return undefined;
  return [
    h('h3', {}, 'Events of the last stream'),
    h(
      'ol',
      { class: 'timeline' },
      events.map(({ name, type, eventTime, code }) =>
        h(
          'li',
          {},
          h('time', { datetime: eventTime }, timeOf(eventTime)),
          h('span', {}, [name, code].filter(Boolean).join(' · ')),
          h('span', { class: 'note' }, type),
        ),
      ),
    ),
  ];
}
