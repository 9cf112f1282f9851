import {
  CreateParticipantTokenCommand,
  CreateStageCommand,
  DisconnectParticipantCommand,
  GetParticipantCommand,
  GetStageCommand,
  ListParticipantEventsCommand,
  ListParticipantReplicasCommand,
  ListParticipantsCommand,
  type ListParticipantsCommandInput,
} from '@aws-sdk/client-ivs-realtime';
import { expect, test } from 'vitest';
import { emulate, failureOf, TOWN_HALL, TOWN_HALL_SESSION } from '../support/emulate.ts';

const stageArn = TOWN_HALL;
const sessionId = TOWN_HALL_SESSION;
const OPEN_MIC = TOWN_HALL.replace('TownHall0001', 'OpenMic00001');

test('the detail has what the client told of itself, the summary has not', async () => {
  const { realtime, emulator } = await emulate({ seed: 'demo' });
  const told = {
    ispName: 'Example Telecom',
    osName: 'Linux',
    osVersion: '6.12',
    browserName: 'Firefox',
    browserVersion: '145.0',
    sdkVersion: '1.29.0',
    protocol: 'WHIP' as const,
    attributes: { role: 'guest' },
  };
  const { participantId } = emulator.control.join({ stageArn, userId: 'zoe', ...told });
  const summary = {
    participantId,
    userId: 'zoe',
    state: 'CONNECTED',
    firstJoinTime: new Date('2026-01-01T00:00:00Z'),
    published: false,
    recordingState: 'DISABLED',
    replicationType: 'NONE',
    redundantIngest: false,
  };
  const get = new GetParticipantCommand({ stageArn, sessionId, participantId });
  expect((await realtime.send(get)).participant).toEqual({
    ...summary,
    ...told,
    recordingS3BucketName: '',
    recordingS3Prefix: '',
  });
  const list = new ListParticipantsCommand({ stageArn, sessionId, filterByUserId: 'zoe' });
  expect((await realtime.send(list)).participants).toEqual([summary]);
});

test.each<[what: string, filter: Partial<ListParticipantsCommandInput>, count: number]>([
  ['nobody in particular', {}, 100],
  ['a user id', { filterByUserId: 'alice' }, 1],
  ['an unknown user id', { filterByUserId: 'nobody' }, 0],
  ['those who published', { filterByPublished: true }, 10],
  ['those who never published', { filterByPublished: false }, 100],
  ['those who have left', { filterByState: 'DISCONNECTED' }, 12],
  ['a recording state', { filterByRecordingState: 'ACTIVE' }, 0],
])('the list can be narrowed to %s', async (_, filter, count) => {
  const { realtime } = await emulate({ seed: 'demo' });
  const list = new ListParticipantsCommand({ stageArn, sessionId, maxResults: 100, ...filter });
  expect((await realtime.send(list)).participants).toHaveLength(count);
});

test('what does not exist is not found by Get and empty in lists', async () => {
  const { realtime } = await emulate({ seed: 'demo' });
  const missing = [
    { stageArn: `${TOWN_HALL}x`, sessionId, participantId: 'alice0000001' },
    { stageArn, sessionId: 'st-NoSuchSession', participantId: 'alice0000001' },
    { stageArn, sessionId, participantId: 'nobody' },
    { stageArn, sessionId, participantId: '__proto__' },
  ];
  for (const key of missing) {
    const failure = await failureOf(realtime.send(new GetParticipantCommand(key)));
    expect(failure).toMatchObject({ name: 'ResourceNotFoundException', status: 404 });
    expect((await realtime.send(new ListParticipantEventsCommand(key))).events).toEqual([]);
  }
  for (const key of missing.slice(0, 2)) {
    expect((await realtime.send(new ListParticipantsCommand(key))).participants).toEqual([]);
  }
});

test('events tell the story of a participant, the newest first', async () => {
  const { realtime, emulator, clock } = await emulate({ seed: 'demo' });
  const { control } = emulator;
  const { participantId } = control.join({ stageArn });
  control.publish({ stageArn, participantId });
  control.subscribe({ stageArn, participantId, remoteParticipantId: 'alice0000001' });
  control.fail({ stageArn, participantId, errorCode: 'BITRATE_EXCEEDED' });
  clock.advance(1000);
  control.leave({ stageArn, participantId });
  const { events } = await realtime.send(
    new ListParticipantEventsCommand({ stageArn, sessionId, participantId }),
  );
  const [before, after] = [new Date('2026-01-01T00:00:00Z'), new Date('2026-01-01T00:00:01Z')];
  expect(events).toEqual([
    { name: 'LEFT', participantId, eventTime: after },
    { name: 'SUBSCRIBE_STOPPED', participantId, eventTime: after, remoteParticipantId: 'alice0000001' },
    { name: 'PUBLISH_STOPPED', participantId, eventTime: after },
    { name: 'PUBLISH_ERROR', participantId, eventTime: before, errorCode: 'BITRATE_EXCEEDED' },
    { name: 'SUBSCRIBE_STARTED', participantId, eventTime: before, remoteParticipantId: 'alice0000001' },
    { name: 'PUBLISH_STARTED', participantId, eventTime: before },
    { name: 'JOINED', participantId, eventTime: before },
  ]);
});

test('events come in pages', async () => {
  const { realtime } = await emulate({ seed: 'demo' });
  const key = { stageArn, sessionId, participantId: 'alice0000001' };
  const first = await realtime.send(new ListParticipantEventsCommand({ ...key, maxResults: 1 }));
  expect(first.events).toMatchObject([{ name: 'PUBLISH_STARTED' }]);
  const second = await realtime.send(
    new ListParticipantEventsCommand({ ...key, nextToken: first.nextToken }),
  );
  expect(second.events).toMatchObject([{ name: 'JOINED' }]);
  expect(second.nextToken).toBeUndefined();
});

test('a participant that was never replicated has no replicas', async () => {
  const { realtime } = await emulate({ seed: 'demo' });
  const list = new ListParticipantReplicasCommand({
    sourceStageArn: stageArn,
    participantId: 'alice0000001',
  });
  expect((await realtime.send(list)).replicas).toEqual([]);
});

test('a disconnected participant has left', async () => {
  const { realtime } = await emulate({ seed: 'demo' });
  const key = { stageArn, participantId: 'alice0000001' };
  await realtime.send(new DisconnectParticipantCommand({ ...key, reason: 'test' }));
  const { participant } = await realtime.send(new GetParticipantCommand({ ...key, sessionId }));
  expect(participant).toMatchObject({ state: 'DISCONNECTED', published: true });
  const { events } = await realtime.send(
    new ListParticipantEventsCommand({ ...key, sessionId, maxResults: 2 }),
  );
  expect(events?.map(({ name }) => name)).toEqual(['LEFT', 'PUBLISH_STOPPED']);
  // once more does nothing
  await realtime.send(new DisconnectParticipantCommand(key));
});

test('disconnecting the last ends the session', async () => {
  const { realtime, emulator } = await emulate({ seed: 'demo' });
  const arn = TOWN_HALL.replace('TownHall0001', 'Rehearsal001');
  const { participantId } = emulator.control.join({ stageArn: arn });
  await realtime.send(new DisconnectParticipantCommand({ stageArn: arn, participantId }));
  expect((await realtime.send(new GetStageCommand({ arn }))).stage?.activeSessionId).toBe('');
});

test('a token that has not joined yet is disconnected, and does not join later', async () => {
  const { realtime, emulator } = await emulate({ seed: 'demo' });
  const made = await realtime.send(new CreateParticipantTokenCommand({ stageArn, userId: 'troll' }));
  const { participantId = '', token = '' } = made.participantToken ?? {};
  await realtime.send(new DisconnectParticipantCommand({ stageArn, participantId }));
  const refused = `${participantId} was disconnected from ${stageArn} and may not join again`;
  expect(() => emulator.control.join({ token })).toThrow(refused);
  expect(() => emulator.control.join({ stageArn, participantId })).toThrow(refused);
  // once more does nothing, and others are let in
  await realtime.send(new DisconnectParticipantCommand({ stageArn, participantId }));
  const other = await realtime.send(new CreateParticipantTokenCommand({ stageArn }));
  emulator.control.join({ token: other.participantToken?.token ?? '' });
});

test('so is a token that came with its stage', async () => {
  const { realtime, emulator } = await emulate();
  const { stage, participantTokens } = await realtime.send(
    new CreateStageCommand({ participantTokenConfigurations: [{}, {}] }),
  );
  const [host, guest] = participantTokens ?? [];
  const key = { stageArn: stage?.arn, participantId: host?.participantId };
  await realtime.send(new DisconnectParticipantCommand(key));
  expect(() => emulator.control.join({ token: host?.token ?? '' })).toThrow('may not join again');
  emulator.control.join({ token: guest?.token ?? '' });
});

test('who was disconnected does not come back with the same token, who left does', async () => {
  const { realtime, emulator } = await emulate();
  const { stage, participantTokens } = await realtime.send(
    new CreateStageCommand({ participantTokenConfigurations: [{}, {}] }),
  );
  const arn = stage?.arn ?? '';
  const [left = '', thrown = ''] = participantTokens?.map(({ token }) => token) ?? [];
  const [one, two] = [left, thrown].map((token) => emulator.control.join({ token }).participantId);
  emulator.control.leave({ stageArn: arn, participantId: one ?? '' });
  await realtime.send(new DisconnectParticipantCommand({ stageArn: arn, participantId: two }));
  emulator.control.join({ token: left });
  expect(() => emulator.control.join({ token: thrown })).toThrow('may not join again');
});

test('whom the stage does not know cannot be disconnected', async () => {
  const { realtime } = await emulate({ seed: 'demo' });
  const notFound = { name: 'ResourceNotFoundException', status: 404 };
  for (const key of [
    { stageArn: `${TOWN_HALL}x`, participantId: 'alice0000001' },
    { stageArn: OPEN_MIC, participantId: 'nobody' },
  ]) {
    expect(await failureOf(realtime.send(new DisconnectParticipantCommand(key)))).toMatchObject(notFound);
  }
});
