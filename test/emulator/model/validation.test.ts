import {
  BatchGetChannelCommand,
  BatchStartViewerSessionRevocationCommand,
  ListChannelsCommand,
} from '@aws-sdk/client-ivs';
import { CreateStageCommand, ListParticipantsCommand } from '@aws-sdk/client-ivs-realtime';
import { expect, test } from 'vitest';
import { lowLatency, lowLatencyExclusive } from '../../../src/emulator/model/constraints/low-latency.ts';
import { realtime, realtimeExclusive } from '../../../src/emulator/model/constraints/realtime.ts';
import { model, type Service, type Shape } from '../../../src/emulator/model/model.ts';
import { emulate, failureOf, MAIN_STAGE, TOWN_HALL } from '../support/emulate.ts';

const stageArn = TOWN_HALL;
const sessionId = 'st-TownHall00001';
const viewer = { channelArn: MAIN_STAGE, viewerId: 'v' };
const times = <T>(count: number, item: T) => Array.from({ length: count }, () => item);

test.each<[what: string, path: string, input: object, message: string]>([
  ['a missing member', '/GetStage', {}, 'arn: is required'],
  ['an empty ARN', '/GetStage', { arn: '' }, 'arn: length must be at least 1, got "" (0)'],
  ['the ARN of another kind', '/GetStage', { arn: MAIN_STAGE }, 'arn: must match'],
  ['an ARN with something before it', '/GetStage', { arn: `x${TOWN_HALL}` }, 'arn: must match'],
  ['an ARN with something after it', '/GetStage', { arn: `${TOWN_HALL}\n` }, 'arn: must match'],
  [
    'an ARN that is too long',
    '/GetStage',
    { arn: TOWN_HALL + 'x'.repeat(100) },
    'arn: length must be at most 128',
  ],
  ['a name with a space', '/CreateStage', { name: 'a b' }, 'name: must match ^[a-zA-Z0-9_-]*$, got "a b"'],
  ['a long name', '/CreateStage', { name: 'x'.repeat(129) }, 'name: length must be at most 128'],
  ['an empty tag key', '/CreateStage', { tags: { '': 'x' } }, 'a key of tags: length must be at least 1'],
  [
    'a long tag value',
    '/CreateStage',
    { tags: { a: 'x'.repeat(257) } },
    'tags[a]: length must be at most 256',
  ],
  [
    '51 tags',
    '/CreateStage',
    { tags: Object.fromEntries(times(51, 0).map((_, n) => [`k${n}`, ''])) },
    'tags: size must be at most 50, got 51',
  ],
  [
    '13 tokens',
    '/CreateStage',
    { participantTokenConfigurations: times(13, {}) },
    'participantTokenConfigurations: size must be at most 12',
  ],
  [
    'a nested value',
    '/CreateStage',
    { participantTokenConfigurations: [{ duration: 0 }] },
    'participantTokenConfigurations[0].duration: value must be at least 1, got 0',
  ],
  [
    'a nested missing member',
    '/CreateStage',
    { autoParticipantRecordingConfiguration: {} },
    'autoParticipantRecordingConfiguration.storageConfigurationArn: is required',
  ],
  [
    'a nested enum',
    '/CreateStage',
    { participantTokenConfigurations: [{ capabilities: ['FLY'] }] },
    'capabilities[0]: must be one of PUBLISH, SUBSCRIBE, got "FLY"',
  ],
  ['maxResults 0', '/ListStages', { maxResults: 0 }, 'maxResults: value must be at least 1, got 0'],
  ['maxResults 101', '/ListStages', { maxResults: 101 }, 'maxResults: value must be at most 100, got 101'],
  [
    'maxResults 51 of replicas',
    '/ListParticipantReplicas',
    { sourceStageArn: stageArn, participantId: 'p', maxResults: 51 },
    'maxResults: value must be at most 50',
  ],
  ['a token with a space', '/ListStages', { nextToken: 'a b' }, 'nextToken: must match'],
  [
    'a short session id',
    '/GetStageSession',
    { stageArn, sessionId: 'st-1' },
    'sessionId: length must be at least 16',
  ],
  [
    'a participant id with a slash',
    '/GetParticipant',
    { stageArn, sessionId, participantId: 'a/b' },
    'participantId: must match',
  ],
  [
    'an unknown state',
    '/ListParticipants',
    { stageArn, sessionId, filterByState: 'AWAY' },
    'filterByState: must be one of CONNECTED, DISCONNECTED',
  ],
  [
    'DISABLED, which a filter lacks',
    '/ListParticipants',
    { stageArn, sessionId, filterByRecordingState: 'DISABLED' },
    'filterByRecordingState: must be one of',
  ],
  [
    'a long reason',
    '/DisconnectParticipant',
    { stageArn, participantId: 'p', reason: 'x'.repeat(129) },
    'reason: length must be at most 128',
  ],
  [
    'a duration over 14 days',
    '/CreateParticipantToken',
    { stageArn, duration: 20_161 },
    'duration: value must be at most 20160',
  ],
  ['no ARNs', '/BatchGetChannel', { arns: [] }, 'arns: size must be at least 1, got 0'],
  ['51 ARNs', '/BatchGetChannel', { arns: times(51, MAIN_STAGE) }, 'arns: size must be at most 50, got 51'],
  [
    'a wrong ARN among right ones',
    '/BatchGetChannel',
    { arns: [MAIN_STAGE, TOWN_HALL] },
    'arns[1]: must match',
  ],
  [
    '21 pairs',
    '/BatchStartViewerSessionRevocation',
    { viewerSessions: times(21, viewer) },
    'viewerSessions: size must be at most 20, got 21',
  ],
  [
    'a pair without viewer',
    '/BatchStartViewerSessionRevocation',
    { viewerSessions: [viewer, { channelArn: MAIN_STAGE }] },
    'viewerSessions[1].viewerId: is required',
  ],
  [
    'a viewer id of 41',
    '/StartViewerSessionRevocation',
    { ...viewer, viewerId: 'x'.repeat(41) },
    'viewerId: length must be at most 40',
  ],
  [
    'a negative version',
    '/StartViewerSessionRevocation',
    { ...viewer, viewerSessionVersionsLessThanOrEqualTo: -1 },
    'value must be at least 0, got -1',
  ],
])('%s is refused by name', async (_, path, input, message) => {
  const { post } = await emulate({ seed: 'demo' });
  const response = await post(path, JSON.stringify(input));
  expect(response.headers.get('x-amzn-errortype')).toBe('ValidationException');
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ exceptionMessage: expect.stringContaining(message) });
});

test('everything that is wrong is said at once', async () => {
  const { post } = await emulate();
  const response = await post('/GetParticipant', JSON.stringify({ stageArn: 'x', participantId: 'a/b' }));
  const { exceptionMessage } = (await response.json()) as { exceptionMessage: string };
  expect(exceptionMessage).toMatch(
    /^3 validation errors detected: stageArn: .*; sessionId: .*; participantId: /,
  );
});

test('characters count, not their encoding', async () => {
  const { post } = await emulate({ seed: 'demo' });
  const revoke = (viewerId: string) =>
    post('/StartViewerSessionRevocation', JSON.stringify({ channelArn: MAIN_STAGE, viewerId }));
  expect((await revoke('😀'.repeat(40))).status).toBe(200);
  expect((await revoke('😀'.repeat(41))).status).toBe(400);
});

test('filters of which one may be used exclude each other', async () => {
  const { realtime, ivs } = await emulate({ seed: 'demo' });
  const participants = new ListParticipantsCommand({
    stageArn,
    sessionId,
    filterByPublished: false,
    filterByUserId: '',
  });
  expect(await failureOf(realtime.send(participants))).toMatchObject({
    name: 'ValidationException',
    status: 400,
  });
  const channels = new ListChannelsCommand({ filterByName: 'a', filterByRecordingConfigurationArn: '' });
  expect(await failureOf(ivs.send(channels))).toMatchObject({ name: 'ConflictException', status: 409 });
});

test('the longest that is allowed is allowed', async () => {
  const { realtime, ivs } = await emulate({ seed: 'demo' });
  const participantTokenConfigurations = times(12, {});
  const stage = await realtime.send(
    new CreateStageCommand({ name: 'x'.repeat(128), participantTokenConfigurations }),
  );
  expect(stage.participantTokens).toHaveLength(12);
  const revocation = new BatchStartViewerSessionRevocationCommand({ viewerSessions: times(20, viewer) });
  expect((await ivs.send(revocation)).errors).toEqual([]);
  const arns = times(50, 0).map((_, n) => `arn:aws:ivs:us-west-2:123456789012:channel/none${n}`);
  expect((await ivs.send(new BatchGetChannelCommand({ arns }))).errors).toHaveLength(50);
});

test('every constraint is about a member that the model has', () => {
  const members: Record<Service, Map<string, Set<string>>> = { ivs: new Map(), 'ivs-realtime': new Map() };
  const walk = (service: Service, shape: Shape): void => {
    if (shape.kind === 'list' || shape.kind === 'map') walk(service, shape.of);
    if (shape.kind !== 'structure' || members[service].has(shape.name)) return;
    members[service].set(shape.name, new Set(shape.members.keys()));
    for (const member of shape.members.values()) walk(service, member.shape);
  };
  for (const { service, input } of model) walk(service, input);
  for (const [service, all, exclusive] of [
    ['ivs', lowLatency, lowLatencyExclusive],
    ['ivs-realtime', realtime, realtimeExclusive],
  ] as const) {
    const { '*': everywhere = {}, ...structures } = all;
    const anywhere = new Set([...members[service].values()].flatMap((names) => [...names]));
    for (const member of Object.keys(everywhere)) expect(anywhere).toContain(member);
    for (const [structure, constraints] of Object.entries(structures)) {
      expect([...members[service].keys()]).toContain(structure);
      for (const member of Object.keys(constraints))
        expect(members[service].get(structure)).toContain(member);
    }
    for (const [structure, rule] of Object.entries(exclusive)) {
      for (const member of rule.members) expect(members[service].get(structure)).toContain(member);
    }
  }
});

test.each<[string, object, string]>([
  ['/BatchGetChannel', { arns: times(51, '') }, 'arns: size must be at most 50, got 51'],
  [
    '/CreateStage',
    { participantTokenConfigurations: times(13, { duration: 0 }) },
    'size must be at most 12, got 13',
  ],
  [
    '/CreateStage',
    { tags: Object.fromEntries(times(51, '').map((_, n) => [`${n}`, 'x'.repeat(257)])) },
    'got 51',
  ],
])('%s does not look at the items of a list or map that is too long', async (path, input, message) => {
  const { post } = await emulate();
  const { exceptionMessage } = (await (await post(path, JSON.stringify(input))).json()) as Record<
    string,
    string
  >;
  expect(exceptionMessage).toMatch(/^1 validation error detected: /);
  expect(exceptionMessage).toContain(message);
});
