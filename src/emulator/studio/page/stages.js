// Stages, and who is on the one that is open.
import { badge, button, empty, h } from './dom.js';
import { chips, moreOf, searchField, sidePane } from './lists.js';
import { noWorld } from './no-world.js';
import { participantRow } from './participants.js';
import { addressWith } from './store.js';
import { dateTimeOf, many, since } from './text.js';

export function showStages(state, params) {
  const { view, clock } = state;
  if (!view) return noWorld('Stages', state);
  const { stages, stage } = view;
  const items = stages.items.map((one) => stageLink(one, params));
  const side = sidePane('Stages', 'Create stage', 'CreateStage', stages, items, params);
  const content = stage ? stageOf(stage, params, clock) : nothingOpen(params, stages);
  return [h('div', { class: `panes ${params.get('arn') ? 'has-open' : ''}` }, side, content)];
}

function nothingOpen(params, { matching }) {
  const key = 'none';
  if (params.get('arn'))
    return h(
      'section',
      { class: 'content', 'data-key': key },
      empty('This stage does not exist', 'It was deleted, or it is of another world.'),
    );
  const text =
    matching > 0
      ? 'Choose a stage to see who is on it.'
      : 'Create the first one, or reset to the seeded world.';
  return h(
    'section',
    { class: 'content', 'data-key': key },
    empty(matching > 0 ? 'No stage is open' : 'No stages', text),
  );
}

function stageLink({ arn, name, isLive, publishing, watching }, params) {
  const isOpen = params.get('arn') === arn;
  return h(
    'li',
    { 'data-key': arn },
    h(
      'a',
      {
        class: 'card',
        href: addressWith({ arn, participant: '', search: '', show: '', limit: '' }),
        'aria-current': isOpen ? 'true' : undefined,
      },
      h(
        'span',
        { class: 'card-title' },
        h('span', { class: `dot ${isLive ? 'on' : ''}` }),
        name || 'No name',
      ),
      h(
        'span',
        { class: 'card-note' },
        isLive ? `${publishing + watching} connected · ${publishing} publishing` : 'idle',
      ),
    ),
  );
}

function stageOf(stage, params, clock) {
  const { arn, name, isLive, session } = stage;
  return h(
    'section',
    { class: 'content', 'data-key': arn, 'aria-label': `Stage ${name}` },
    h(
      'div',
      { class: 'head' },
      h('a', { class: 'back', href: addressWith({ arn: '', participant: '' }) }, '← All stages'),
      h(
        'h2',
        { class: 'title' },
        name || 'No name',
        ' ',
        badge(isLive ? 'live' : 'idle', isLive ? 'good' : ''),
      ),
      h(
        'div',
        { class: 'actions' },
        button(
          'Token',
          'ivs',
          { operation: 'CreateParticipantToken', values: { stageArn: arn } },
          { label: `Token for ${name}` },
        ),
        button(
          'Delete',
          'confirm',
          { operation: 'DeleteStage', values: { arn }, text: `Delete the stage ${name}?`, away: true },
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
    session ? facts(stage, clock) : undefined,
    joinForm(stage),
    ingests(stage),
    session
      ? people(stage, params, clock)
      : empty('Nobody has been here', 'A session begins with the first participant.'),
  );
}

function facts({ session, sessions, tags }, clock) {
  const { sessionId, startTime, endTime } = session;
  const lasted = endTime ? `ended ${dateTimeOf(endTime)}` : `for ${since(startTime, clock.time)}`;
  return h(
    'dl',
    { class: 'facts' },
    fact('Session', sessionId),
    fact('Started', `${dateTimeOf(startTime)}, ${lasted}`),
    fact('Sessions', String(sessions)),
    ...Object.entries(tags)
      .slice(0, 5)
      .map(([name, value]) => fact(`Tag ${name}`, value)),
  );
}

export const fact = (name, value) => h('div', {}, h('dt', {}, name), h('dd', {}, value));

function joinForm({ arn, name }) {
  return h(
    'form',
    {
      class: 'bar',
      'data-submit': 'join',
      'data-with': JSON.stringify({ stageArn: arn }),
      'data-keep': true,
      'data-key': `join ${arn}`,
      'aria-label': `Join ${name}`,
    },
    h(
      'label',
      { class: 'field-inline' },
      'User id',
      h('input', {
        name: 'userId',
        maxlength: 128,
        placeholder: 'optional',
        autocomplete: 'off',
        spellcheck: 'false',
      }),
    ),
    h(
      'label',
      { class: 'check' },
      h('input', { type: 'checkbox', name: 'publish', checked: true }),
      'and publish',
    ),
    h('button', { class: 'button primary' }, 'Join'),
    button(
      'All fields…',
      'form',
      { command: 'join', values: { stageArn: arn } },
      { label: 'All fields… of join' },
    ),
  );
}

function ingests({ ingestConfigurations }) {
  if (ingestConfigurations.length === 0) return undefined;
  const rows = ingestConfigurations.map(({ arn, name, userId, ingestProtocol, isConnected }) =>
    h(
      'li',
      { class: 'row', 'data-key': arn },
      h(
        'div',
        { class: 'row-main' },
        h('strong', {}, name || 'Ingest'),
        h('span', { class: 'note' }, `${ingestProtocol} · ${userId || 'no user id'}`),
      ),
      h(
        'div',
        { class: 'actions' },
        isConnected
          ? button('Stop ingest', 'command', {
              command: 'stopIngest',
              input: { ingestConfigurationArn: arn },
            })
          : button('Start ingest', 'command', {
              command: 'startIngest',
              input: { ingestConfigurationArn: arn },
            }),
      ),
    ),
  );
  return [h('h3', {}, 'Encoders'), h('ul', { class: 'rows' }, rows)];
}

function people(stage, params, clock) {
  const { arn, session, participants, matching } = stage;
  const total = session.publishing + session.watching + session.left;
  const choices = [
    ['', `All ${total}`],
    ['publishing', `Publishing ${session.publishing}`],
    ['watching', `Watching ${session.watching}`],
    ['left', `Left ${session.left}`],
  ];
  return [
    h(
      'div',
      { class: 'section-head' },
      h('h3', {}, 'Participants'),
      searchField('search', 'Search participants', params),
      chips('Which participants', 'show', choices, params),
    ),
    matching > 0
      ? h(
          'ul',
          { class: 'rows people', 'aria-label': many(matching, 'participant') },
          participants.map((one) =>
            participantRow(one, { arn, isOver: Boolean(session.endTime), opened: stage.participant, clock }),
          ),
        )
      : empty('No participant fits', 'Change the search or the filter.'),
    moreOf(participants.length, matching, params),
  ];
}
