// World files that contradict themselves or IVS: each is refused at the member that is wrong.
import { ListParticipantEventsCommand, ListStageSessionsCommand } from '@aws-sdk/client-ivs-realtime';
import { expect, test } from 'vitest';
import { emulate } from '../support/emulate.ts';
import { problemsOf } from '../support/world-file.ts';

const sessions = (...rows: string[]) =>
  `stages:\n  - name: a\n    sessions:\n${rows.map((row) => `      - ${row}\n`).join('')}`;
const SESSION = 'stages[0].sessions[0]';

test.each([
  [
    '{ startedAt: -1h, participants: [{ userId: q, joinedAt: -3h }] }',
    `world.yaml:4:65: ${SESSION}.participants[0].joinedAt: expected startedAt of the session, -1h, or later, got -3h`,
  ],
  [
    '{ startedAt: -3h, endedAt: -1h, participants: [{ userId: q, leftAt: -2h }] }',
    `world.yaml:4:36: ${SESSION}.endedAt: expected the time at which the last participant leaves, -2h, got -1h`,
  ],
  [
    '{ startedAt: -3h, endedAt: -2h, participants: [{ leftAt: -1h }] }',
    `world.yaml:4:66: ${SESSION}.participants[0].leftAt: expected endedAt of the session, -2h, or earlier, got -1h`,
  ],
  [
    '{ startedAt: -3h, participants: [{ joinedAt: -90m }] }',
    `world.yaml:4:22: ${SESSION}.startedAt: expected the time at which the first participant joins, -1h30m, got -3h`,
  ],
  [
    '{ startedAt: 2020-01-01T00:00:00Z, participants: [{ joinedAt: 2020-01-01T00:00:01Z }] }',
    `world.yaml:4:22: ${SESSION}.startedAt: expected the time at which the first participant joins, 2020-01-01T00:00:01.000Z, got 2020-01-01T00:00:00Z`,
  ],
  [
    '{ startedAt: -2h, endedAt: -1h, participants: [{ events: [{ time: -90m, name: LEFT }] }] }',
    `world.yaml:4:36: ${SESSION}.endedAt: expected the time at which the last participant leaves, -1h30m, got -1h`,
  ],
  [
    '{ endedAt: -1h, participants: [{}] }',
    `world.yaml:4:20: ${SESSION}.endedAt: expected joinedAt of the participant by default, now, or later, got -1h`,
  ],
  [
    '{ startedAt: -2h, endedAt: -1h, participants: [{ joinedAt: -30m }, {}] }',
    `world.yaml:4:68: ${SESSION}.participants[0].joinedAt: expected endedAt of the session, -1h, or earlier, got -30m`,
  ],
  [
    '{ participants: [{ joinedAt: -1h, leftAt: -2h }] }',
    `world.yaml:4:51: ${SESSION}.participants[0].leftAt: expected joinedAt of the participant, -1h, or later, got -2h`,
  ],
  [
    '{ participants: [{ joinedAt: -2h, leftAt: -1h, events: [{ time: -30m, name: PUBLISH_STARTED }] }] }',
    `world.yaml:4:73: ${SESSION}.participants[0].events[0].time: expected leftAt of the participant, -1h, or earlier, got -30m`,
  ],
  [
    '{ participants: [] }',
    `world.yaml:4:25: ${SESSION}.participants: expected at least 1 item, got an empty list`,
  ],
])('the session %s', async (session, problem) => {
  expect(await problemsOf(sessions(session))).toEqual([problem]);
});

test('two sessions of one id are refused', async () => {
  const row = (from: string, to: string) =>
    `{ id: st-aaaaaaaaaaaaa, startedAt: ${from}, endedAt: ${to}, participants: [{}] }`;
  expect(await problemsOf(sessions(row('-4h', '-3h'), row('-2h', '-1h')))).toEqual([
    'world.yaml:5:15: stages[0].sessions[1].id: expected an id of its own, got st-aaaaaaaaaaaaa again',
  ]);
});

test('an encoder that stays on the stage keeps its session open', async () => {
  const text = `${sessions('{ startedAt: -2h, endedAt: -1h, participants: [{}] }')}
ingestConfigurations:
  - { name: camera, stageArn: a, ingestProtocol: RTMPS, startedAt: -90m }
`;
  expect(await problemsOf(text)).toEqual([
    `world.yaml:4:36: ${SESSION}.endedAt: expected none, since participants are still connected, got -1h`,
  ]);
});

const events = (event: string, more = '') =>
  sessions(`{ startedAt: -1h, participants: [{ userId: q, events: [${event}] }${more}] }`);

test.each([
  [
    '{ name: SUBSCRIBE_STARTED, time: -30m, remoteParticipantId: nobody }',
    '',
    /:4:124: .*remoteParticipantId: expected the participantId or userId of one participant, got "nobody", which names 0$/,
  ],
  [
    '{ name: SUBSCRIBE_STARTED, time: -30m, remoteParticipantId: late }',
    ', { userId: late, joinedAt: -5m }',
    /remoteParticipantId: .* got "late", which names one who has not joined$/,
  ],
  [
    '{ name: SUBSCRIBE_STARTED, time: -30m, remoteParticipantId: twin }',
    ', { userId: twin, published: true }, { userId: twin }',
    /remoteParticipantId: .* got "twin", which names 2$/,
  ],
  [
    '{ name: SUBSCRIBE_STARTED, time: -30m, remoteParticipantId: quiet }',
    ', { userId: quiet }',
    /events\[0\]\.name: expected an event that can happen then, got SUBSCRIBE_STARTED: on IVS it is SUBSCRIBE_ERROR with PUBLISHER_NOT_FOUND$/,
  ],
  [
    '{ name: SUBSCRIBE_STARTED, time: -30m }',
    '',
    /events\[0\]\.name: expected remoteParticipantId beside SUBSCRIBE_STARTED, got none$/,
  ],
  ['{ name: PUBLISH_STOPPED, time: -30m }', '', /got PUBLISH_STOPPED, which changes nothing$/],
  ['{ name: LEFT, time: -30m, errorCode: INVALID_INPUT }', ', {}', /errorCode: expected none beside LEFT$/],
  [
    '{ name: PUBLISH_STARTED, time: -30m, userId: x }',
    '',
    /events\[0\]\.userId: expected none beside PUBLISH_STARTED$/,
  ],
])('the event %s%s', async (event, others, problem) => {
  expect(await problemsOf(events(event, others))).toEqual([expect.stringMatching(problem)]);
});

test('one who may not publish has not published', async () => {
  const text = sessions('{ startedAt: -1h, participants: [{ published: true, capabilities: [SUBSCRIBE] }] }');
  expect(await problemsOf(text)).toEqual([
    `world.yaml:4:55: ${SESSION}.participants[0].published: expected an event that can happen then, got PUBLISH_STARTED: on IVS it is PUBLISH_ERROR with INSUFFICIENT_CAPABILITIES`,
  ]);
});

test('a failed subscription can name a publisher who was never there', async () => {
  const event = { name: 'SUBSCRIBE_ERROR', time: '-1m', errorCode: 'PUBLISHER_NOT_FOUND' };
  const participant = { participantId: 'q', events: [{ ...event, remoteParticipantId: 'nobody' }] };
  const session = { id: 'st-aaaaaaaaaaaaa', startedAt: '-1h', participants: [participant] };
  const { realtime } = await emulate({
    world: { stages: [{ id: 'Stage0000001', sessions: [session] }] },
  });
  const stageArn = 'arn:aws:ivs:us-west-2:123456789012:stage/Stage0000001';
  const which = { stageArn, sessionId: session.id, participantId: 'q' };
  const { events: noted } = await realtime.send(new ListParticipantEventsCommand(which));
  expect(noted?.[0]).toMatchObject({ name: 'SUBSCRIBE_ERROR', remoteParticipantId: 'nobody' });
  const { stageSessions } = await realtime.send(new ListStageSessionsCommand({ stageArn }));
  expect(stageSessions).toMatchObject([{ sessionId: session.id }]);
});

test.each([
  [
    'channels:\n  - streams:\n      - { startedAt: -1h, endedAt: -2h }',
    'world.yaml:3:36: channels[0].streams[0].endedAt: expected startedAt, -1h, or later, got -2h',
  ],
  [
    'channels:\n  - streams:\n      - { startedAt: -2h, endedAt: -1h, events: [{ time: -30m, name: Starvation Start }] }',
    'world.yaml:3:58: channels[0].streams[0].events[0].time: expected endedAt, -1h, or earlier, got -30m',
  ],
  [
    'channels:\n  - streams:\n      - endedAt: -2h',
    'world.yaml:3:18: channels[0].streams[0].endedAt: expected startedAt by default, now, or later, got -2h',
  ],
  [
    'stages: [{ name: a }]\ningestConfigurations:\n  - { stageArn: a, ingestProtocol: RTMPS, stoppedAt: -1h }',
    'world.yaml:3:54: ingestConfigurations[0].stoppedAt: expected startedAt beside it, got none',
  ],
  [
    'stages: [{ name: a }, { name: b }]\nreplications:\n  - { sourceStageArn: a, destinationStageArn: b, participantId: nobody }',
    'world.yaml:3:65: replications[0].participantId: expected the participantId of one participant on the source stage, got "nobody", which names 0',
  ],
  [
    'ingestConfigurations:\n  - stageArn: arn:aws:ivs:us-west-2:123456789012:stage/none\n    ingestProtocol: RTMPS',
    'world.yaml:2:15: ingestConfigurations[0].stageArn: expected the name, id or ARN of one stage, got "arn:aws:ivs:us-west-2:123456789012:stage/none", which names 0',
  ],
  [
    'publicKeys:\n  - name: a\n    publicKeyMaterial: "-----BEGIN PUBLIC KEY-----\\nAAAA\\n-----END PUBLIC KEY-----"',
    'world.yaml:3:24: publicKeys[0].publicKeyMaterial: expected an ECDSA public key on the curve P-384, as PEM',
  ],
])('%j is refused', async (text, problem) => {
  expect(await problemsOf(text)).toEqual([expect.stringContaining(problem)]);
});
