// Compositions with their destinations, and what is recorded.
import { badge, button, empty, h } from './dom.js';
import { moreOf, searchField } from './lists.js';
import { noWorld } from './no-world.js';
import { dateTimeOf, idOf } from './text.js';

const styleOf = (state) =>
  /ACTIVE|STARTING/.test(state)
    ? 'good'
    : /FAIL/.test(state)
      ? 'bad'
      : /RECONNECT|STOPPING|CREATING/.test(state)
        ? 'warn'
        : '';

export function showCompositions(state, params) {
  const { view } = state;
  if (!view) return noWorld('Compositions', state);
  const { compositions, recordingConfigurations, recorded } = view;
  return [
    h(
      'section',
      { class: 'content wide', 'data-key': 'compositions' },
      h(
        'div',
        { class: 'section-head' },
        h('h1', {}, 'Compositions'),
        searchField('find', 'Find by name or ARN', params),
        button('Start composition', 'ivs', { operation: 'StartComposition' }, { style: 'primary small' }),
      ),
      compositions.items.length > 0
        ? h('ul', { class: 'rows' }, compositions.items.map(compositionRow))
        : empty(
            'No compositions',
            'A composition renders a stage into one video. It vanishes some minutes after its end.',
          ),
      moreOf(compositions.items.length, compositions.matching, params),
      h('h2', {}, 'Recording configurations'),
      recordingConfigurations.items.length > 0
        ? h('ul', { class: 'rows' }, recordingConfigurations.items.map(recordingRow))
        : empty('No recording configurations', 'CreateRecordingConfiguration makes one.'),
      h('h2', {}, 'Recorded participants'),
      recorded.length > 0
        ? h('ul', { class: 'rows' }, recorded.map(recordedRow))
        : empty(
            'Nobody is recorded',
            'A stage with autoParticipantRecordingConfiguration records its publishers.',
          ),
    ),
  ];
}

function compositionRow({ arn, stageArn, stageName, state, startTime, endTime, destinations }) {
  const name = `composition ${idOf(arn)}`;
  const isOver = Boolean(endTime);
  return h(
    'li',
    { class: 'row', 'data-key': arn },
    h(
      'div',
      { class: 'row-main' },
      h('strong', {}, stageName || idOf(stageArn)),
      badge(state.toLowerCase(), styleOf(state)),
      h(
        'span',
        { class: 'note' },
        `${idOf(arn)} · ${dateTimeOf(startTime)} – ${endTime ? dateTimeOf(endTime) : 'now'}`,
      ),
    ),
    !isOver &&
      h(
        'div',
        { class: 'actions' },
        button(
          'Stop',
          'operation',
          { operation: 'StopComposition', input: { arn } },
          { label: `Stop ${name}` },
        ),
      ),
    h(
      'ul',
      { class: 'rows inner' },
      destinations.map((one) => destinationRow(arn, one)),
    ),
  );
}

function destinationRow(compositionArn, { id, name, state, target }) {
  const input = { compositionArn, destinationId: id };
  const title = name || id;
  const does = (text, command) => button(text, 'command', { command, input }, { label: `${text} ${title}` });
  return h(
    'li',
    { class: 'row', 'data-key': id },
    h(
      'div',
      { class: 'row-main' },
      h('strong', {}, title),
      badge(state.toLowerCase(), styleOf(state)),
      h('span', { class: 'note' }, idOf(target)),
    ),
    h(
      'div',
      { class: 'actions' },
      state === 'ACTIVE' && does('Lose', 'loseCompositionDestination'),
      state === 'RECONNECTING' && does('Recover', 'recoverCompositionDestination'),
      /ACTIVE|RECONNECTING|STARTING/.test(state) &&
        button(
          'Fail…',
          'form',
          { command: 'failCompositionDestination', values: input },
          { label: `Fail… ${title}` },
        ),
    ),
  );
}

const recordingRow = ({ arn, name, state, bucket }) =>
  h(
    'li',
    { class: 'row', 'data-key': arn },
    h(
      'div',
      { class: 'row-main' },
      h('strong', {}, name || idOf(arn)),
      badge(state.toLowerCase(), styleOf(state)),
      h('span', { class: 'note' }, `bucket ${bucket}`),
    ),
  );

function recordedRow({ stageArn, stageName, participantId, userId, recordingState, prefix }) {
  const name = userId || participantId;
  return h(
    'li',
    { class: 'row', 'data-key': participantId },
    h(
      'div',
      { class: 'row-main' },
      h('strong', {}, name),
      badge(recordingState.toLowerCase(), styleOf(recordingState)),
      h('span', { class: 'note' }, `${stageName || idOf(stageArn)} · ${prefix}`),
    ),
    h(
      'div',
      { class: 'actions' },
      button(
        'Fail recording…',
        'form',
        { command: 'failRecording', values: { stageArn, participantId } },
        { label: `Fail recording… of ${name}` },
      ),
    ),
  );
}
