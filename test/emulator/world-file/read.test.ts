// World files: what they make, and what they are refused for.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  GetChannelCommand,
  GetStreamCommand,
  ListStreamKeysCommand,
  ListStreamSessionsCommand,
} from '@aws-sdk/client-ivs';
import {
  GetParticipantCommand,
  GetStageCommand,
  ListCompositionsCommand,
  ListIngestConfigurationsCommand,
  ListParticipantEventsCommand,
  ListParticipantReplicasCommand,
  ListParticipantsCommand,
  ListStageSessionsCommand,
  ListStagesCommand,
} from '@aws-sdk/client-ivs-realtime';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { worldSchema } from '../../../src/emulator/world-file/json-schema.ts';
import { readTime } from '../../../src/emulator/world-file/time.ts';
import { emulate } from '../support/emulate.ts';
import { problemsOf, writeWorld } from '../support/world-file.ts';

const root = join(import.meta.dirname, '../../..');
const SHOW = join(root, 'examples/worlds/show.yaml');
const arn = (kind: string, id: string) => `arn:aws:ivs:us-west-2:123456789012:${kind}/${id}`;
const STAGE = arn('stage', 'Show00000001');
const CHANNEL = arn('channel', 'ShowLive0001');
const TODAY = { stageArn: STAGE, sessionId: 'st-Today00000001' };

test('the example has stages with past sessions, and participants who came and left', async () => {
  const { realtime } = await emulate({ world: SHOW });
  const { stage } = await realtime.send(new GetStageCommand({ arn: STAGE }));
  expect(stage).toMatchObject({ name: 'show', tags: { team: 'events' }, activeSessionId: TODAY.sessionId });
  const { stageSessions } = await realtime.send(new ListStageSessionsCommand({ stageArn: STAGE }));
  expect(stageSessions).toEqual([
    { sessionId: TODAY.sessionId, startTime: new Date('2025-12-31T23:15:00Z') },
    {
      sessionId: 'st-Yesterday0001',
      startTime: new Date('2025-12-30T22:00:00Z'),
      endTime: new Date('2025-12-31T00:00:00Z'),
    },
  ]);
  const { participants = [] } = await realtime.send(new ListParticipantsCommand(TODAY));
  expect(participants).toMatchObject([
    { participantId: 'alice0000001', state: 'CONNECTED', published: true, recordingState: 'ACTIVE' },
    { userId: 'bob', state: 'CONNECTED', firstJoinTime: new Date('2025-12-31T23:20:00Z') },
    { userId: 'carol', state: 'DISCONNECTED' },
    { participantId: 'camera', state: 'CONNECTED' },
  ]);
  const alice = await realtime.send(new GetParticipantCommand({ ...TODAY, participantId: 'alice0000001' }));
  expect(alice.participant).toMatchObject({ browserName: 'Chrome', attributes: { role: 'host' } });
  const participantId = participants[1]?.participantId;
  const { events } = await realtime.send(new ListParticipantEventsCommand({ ...TODAY, participantId }));
  expect(events?.map(({ name, eventTime }) => [name, eventTime?.toISOString()])).toEqual([
    ['SUBSCRIBE_STOPPED', '2025-12-31T23:55:00.000Z'],
    ['SUBSCRIBE_STARTED', '2025-12-31T23:21:00.000Z'],
    ['JOINED', '2025-12-31T23:20:00.000Z'],
  ]);
});

test('channels, streams, keys, revocations, compositions, replicas, encoders, regions and accounts', async () => {
  const { realtime, ivs, realtimeIn, emulator } = await emulate({ world: SHOW });
  const { channel } = await ivs.send(new GetChannelCommand({ arn: CHANNEL }));
  expect(channel?.recordingConfigurationArn).toMatch(/:recording-configuration\/\w{12}$/);
  const { stream } = await ivs.send(new GetStreamCommand({ channelArn: CHANNEL }));
  expect(stream).toMatchObject({
    viewerCount: 4200,
    health: 'STARVING',
    startTime: new Date('2025-12-31T23:00Z'),
  });
  const { streamSessions } = await ivs.send(new ListStreamSessionsCommand({ channelArn: CHANNEL }));
  expect(streamSessions).toMatchObject([{}, { endTime: new Date('2025-12-31T00:00:00Z') }]);
  const { streamKeys } = await ivs.send(new ListStreamKeysCommand({ channelArn: CHANNEL }));
  expect(streamKeys).toMatchObject([{ arn: arn('stream-key', 'ShowLiveKey1') }]);
  expect(emulator.control.revocations()).toMatchObject([
    { viewerId: 'viewer-7', viewerSessionVersionsLessThanOrEqualTo: 3 },
  ]);
  const { compositions } = await realtime.send(new ListCompositionsCommand({}));
  expect(compositions).toMatchObject([{ stageArn: STAGE, state: 'ACTIVE' }]);
  const alice = { sourceStageArn: STAGE, participantId: 'alice0000001' };
  const { replicas } = await realtime.send(new ListParticipantReplicasCommand(alice));
  expect(replicas).toMatchObject([{ replicationState: 'ACTIVE' }]);
  const { ingestConfigurations } = await realtime.send(new ListIngestConfigurationsCommand({}));
  expect(ingestConfigurations).toMatchObject([{ name: 'camera', state: 'ACTIVE' }]);
  const berlin = await realtimeIn('eu-west-1').send(new ListStagesCommand({}));
  expect(berlin.stages).toMatchObject([{ name: 'berlin' }]);
  expect(emulator.control.events().events).toEqual([]);
});

test('its lifecycles continue: the composition ends when its publishers leave', async () => {
  const { realtime, emulator } = await emulate({ world: SHOW });
  for (const participantId of ['alice0000001', 'camera'])
    emulator.control.leave({ stageArn: STAGE, participantId });
  emulator.control.advanceClock({ seconds: 70 });
  const { compositions } = await realtime.send(new ListCompositionsCommand({}));
  expect(compositions?.[0]?.state).toBe('STOPPED');
});

test('a reset plants it again, another world over HTTP, or none if that is refused', async () => {
  const { post, realtime, emulator } = await emulate({ world: SHOW });
  const reset = async (input: object) => {
    const response = await post('/_control/reset', JSON.stringify(input), {});
    return [response.status, await response.json()];
  };
  const names = async () => (await realtime.send(new ListStagesCommand({}))).stages?.map(({ name }) => name);
  expect(await reset({ world: { stages: [{ name: 'mine' }] } })).toEqual([200, {}]);
  expect(await names()).toEqual(['mine']);
  const twice = {
    world: { stages: [{ name: 'other' }], channels: [{ name: 'a', preset: 'HIGHER_BANDWIDTH_DELIVERY' }] },
  };
  expect(await reset(twice)).toEqual([
    400,
    { error: 'reset: world: channels[0].preset: cannot be set with the type STANDARD' },
  ]);
  expect(await names()).toEqual(['mine']);
  emulator.control.reset();
  expect(await names()).toEqual(['show', 'green-room']);
});

test.each([
  ['{\n  "stages": [\n    { "name": "a" },\n  ]\n}', '4:3: expected JSON, got "]"'],
  ['{"stages": []}\n{}', '2:1: expected JSON, got "{"'],
  ['stages: []', '1:1: expected JSON, got "s"'],
  ["{'stages': []}", '1:2: expected JSON, got "\'"'],
  ['{"stages": [], "channels": [-x]}', '1:30: expected JSON, got "x"'],
  ['{"stages": nul }', '1:15: expected JSON, got " "'],
  ['{"stages": "a\tb"}', '1:14: expected JSON, got "\\t"'],
  ['{"stages": "a\\q"}', '1:15: expected JSON, got "q"'],
  ['{"stages": 1.}', '1:14: expected JSON, got "}"'],
  ['{"stages": "a', '1:14: expected JSON, got the end of the file'],
  ['{"stages": []', '1:14: expected JSON, got the end of the file'],
  ['', '1:1: expected JSON, got the end of the file'],
])('a file named .json must be JSON: %j', async (text, problem) => {
  const file = writeWorld(text, 'world.json');
  await expect(emulate({ world: file })).rejects.toThrow(`${file}:${problem}`);
});

test('a file named .json can begin with a byte order mark', async () => {
  const { realtime } = await emulate({ world: writeWorld('\uFEFF{"stages":[{"name":"a"}]}', 'world.json') });
  expect((await realtime.send(new ListStagesCommand({}))).stages).toHaveLength(1);
});

test('JSON is read as well, and a time is that of the start', async () => {
  const world = {
    time: '2030-01-01T00:00:00Z',
    stages: [{ name: 'a', sessions: [{ startedAt: '-1h', participants: [{}] }] }],
  };
  const { emulator, realtime } = await emulate({ world: writeWorld(JSON.stringify(world), 'world.json') });
  expect(emulator.control.clock().time).toBe('2030-01-01T00:00:00.000Z');
  const { stages } = await realtime.send(new ListStagesCommand({}));
  expect(stages?.[0]?.activeSessionId).toMatch(/^st-/);
});

test('an object is read in process', async () => {
  const { realtime } = await emulate({ world: { stages: [{ name: 'a' }] } });
  expect((await realtime.send(new ListStagesCommand({}))).stages).toMatchObject([{ name: 'a' }]);
  await expect(emulate({ world: { stages: {} } })).rejects.toThrow(
    'world: stages: expected a list, got an object',
  );
});

test('all problems of a file are named at once, with line, column and member', async () => {
  const text = `stages:
  - nam: a
    sessions:
      - participants:
          - joinedAt: yesterday
            capabilities: [FLY]
          - events:
              - { time: -1h, name: SLEPT }
channels: 5
regions:
  mars:
    stages: []
`;
  expect(await problemsOf(text)).toEqual([
    'world.yaml:2:5: stages[0].nam: unknown member: did you mean name?',
    'world.yaml:5:23: stages[0].sessions[0].participants[0].joinedAt: expected a time, such as 2026-01-01T12:00:00Z, or how long before the start, such as -1h30m or -PT90M, or now, got "yesterday"',
    'world.yaml:6:28: stages[0].sessions[0].participants[0].capabilities[0]: expected one of PUBLISH, SUBSCRIBE, got "FLY"',
    expect.stringContaining(
      'world.yaml:8:36: stages[0].sessions[0].participants[1].events[0].name: expected one of PUBLISH_STARTED',
    ),
    'world.yaml:9:11: channels: expected a list, got 5',
    expect.stringContaining('world.yaml:11:3: regions.mars: expected a text that matches'),
  ]);
});

test.each([
  ['stages: [', 'world.yaml:1:10: '],
  ['stages: []\nstages: []', 'world.yaml:2:1: Map keys must be unique'],
  ['- a', 'world.yaml:1:1: expected an object, got a list'],
  ['stages:\n  - name: a b', 'world.yaml:2:11: stages[0].name: expected a text that matches'],
  [
    'stages:\n  - { id: a }\n  - { id: a }',
    'world.yaml:3:11: stages[1].id: expected an id of its own, got a again',
  ],
  [
    'channels:\n  - recordingConfigurationArn: none',
    'world.yaml:2:32: channels[0].recordingConfigurationArn: expected the name, id or ARN of one recording-configuration, got "none", which names 0',
  ],
  [
    'storageConfigurations:\n  - name: a',
    'world.yaml:2:5: storageConfigurations[0]: expected the member s3, got none',
  ],
  [
    'stages:\n  - sessions:\n      - endedAt: -1h\n        startedAt: -30m\n        participants: [{}]',
    'world.yaml:3:18: stages[0].sessions[0].endedAt: expected startedAt of the session, -30m, or later, got -1h',
  ],
  [
    'stages:\n  - sessions:\n      - { startedAt: -2h, participants: [{}] }\n      - { startedAt: -1h, participants: [{}] }',
    'world.yaml:4:42: stages[0].sessions[1].participants[0]: expected the session before it to have ended',
  ],
  [
    'stages:\n  - sessions:\n      - participants:\n          - { joinedAt: -2h, leftAt: -1h }\n          - { joinedAt: -30m }',
    'world.yaml:5:25: stages[0].sessions[0].participants[1].joinedAt: expected a time while others are connected',
  ],
  [
    'channels:\n  - streams:\n      - { startedAt: -1h }\n      - { startedAt: -30m }',
    'world.yaml:4:22: channels[0].streams[1].startedAt: ',
  ],
  [
    'stages:\n  - sessions:\n      - startedAt: 2999-01-01T00:00:00Z\n        participants: [{}]',
    'expected a time before the start',
  ],
  [
    `storageConfigurations:\n${'  - { s3: { bucketName: abc } }\n'.repeat(6)}`,
    'world.yaml:7:5: storageConfigurations[5]: A region may have at most 5',
  ],
  ['time: -1h', 'world.yaml:1:7: time: expected a time of ISO 8601'],
])('%j is refused', async (text, message) => {
  expect((await problemsOf(text)).join('\n')).toContain(message);
});

test('a file that is not there is refused', async () => {
  await expect(emulate({ world: '/nowhere/world.yaml' })).rejects.toThrow(
    '/nowhere/world.yaml: expected a file that can be read, got ENOENT',
  );
});

test.each([
  ['-2h', -7_200_000],
  ['-1d2h3m4.5s', -93_784_500],
  ['-PT90M', -5_400_000],
  ['-P1DT1S', -86_401_000],
  ['now', 0],
  ['2001-09-09T01:46:40Z', 0],
  ['-', undefined],
  ['-P', undefined],
  ['-PT', undefined],
  ['2h', undefined],
])('the time %s', (text, distance) => {
  const start = 1_000_000_000_000;
  expect(readTime(text, start)).toBe(distance === undefined ? undefined : start + distance);
});

test('the published schema is that of the checks', () => {
  const published = JSON.parse(readFileSync(join(root, 'schemas/world.schema.json'), 'utf8'));
  expect(published).toEqual(JSON.parse(JSON.stringify(worldSchema())));
});

test('the example names its schema, and has no member that the schema lacks', () => {
  const text = readFileSync(SHOW, 'utf8');
  expect(text).toMatch(/^# yaml-language-server: \$schema=\.\.\/\.\.\/schemas\/world\.schema\.json\n/);
  const { properties } = worldSchema() as { properties: object };
  expect(Object.keys(properties)).toEqual(expect.arrayContaining(Object.keys(parse(text))));
});
