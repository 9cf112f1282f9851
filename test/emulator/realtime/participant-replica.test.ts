import {
  CreateStageCommand,
  DeleteStageCommand,
  DisconnectParticipantCommand,
  GetParticipantCommand,
  GetStageCommand,
  ListParticipantEventsCommand,
  ListParticipantReplicasCommand,
  StartParticipantReplicationCommand,
  StopParticipantReplicationCommand,
} from '@aws-sdk/client-ivs-realtime';
import { describe, expect, test } from 'vitest';
import { emulate, failureOf } from '../support/emulate.ts';

const NO_STAGE = 'arn:aws:ivs:us-west-2:123456789012:stage/doesNotExist';
const notFound = { name: 'ResourceNotFoundException', status: 404 };
const conflict = { name: 'ConflictException', status: 409 };
const invalid = { name: 'ValidationException', status: 400 };

async function emulateGuest() {
  const world = await emulate();
  const { realtime, emulator } = world;
  const { control } = emulator;
  const newStage = async () => (await realtime.send(new CreateStageCommand({}))).stage?.arn ?? '';
  const [sourceStageArn, destinationStageArn] = [await newStage(), await newStage()];
  const participantId = 'guest';
  const guest = { stageArn: sourceStageArn, participantId };
  const client = { browserName: 'Firefox', protocol: 'WHIP' as const };
  const attributes = { role: 'guest', seat: '1' };
  const { sessionId } = control.join({ ...guest, userId: 'gus', attributes, ...client });
  control.publish(guest);
  const key = { sourceStageArn, destinationStageArn, participantId };
  const start = (more: object = {}) =>
    realtime.send(new StartParticipantReplicationCommand({ ...key, ...more }));
  const stop = (more: object = {}) =>
    realtime.send(new StopParticipantReplicationCommand({ ...key, ...more }));
  const replicas = async () =>
    (await realtime.send(new ListParticipantReplicasCommand({ sourceStageArn, participantId }))).replicas ??
    [];
  const original = { ...guest, sessionId };
  const copy = async () => {
    const destinationSessionId = (await replicas()).at(-1)?.destinationSessionId;
    return { stageArn: destinationStageArn, sessionId: destinationSessionId, participantId };
  };
  const participant = async (of: typeof original | Awaited<ReturnType<typeof copy>>) =>
    (await realtime.send(new GetParticipantCommand(of))).participant;
  const events = async (of: typeof original | Awaited<ReturnType<typeof copy>>) =>
    (await realtime.send(new ListParticipantEventsCommand(of))).events ?? [];
  return {
    ...world,
    control,
    newStage,
    guest,
    key,
    start,
    stop,
    replicas,
    original,
    copy,
    participant,
    events,
  };
}

test('the copy has the id of the original, its own attributes over its, and publishes', async () => {
  const { start, key, original, copy, participant, events, replicas } = await emulateGuest();
  await start({ attributes: { role: 'star' } });
  const there = await copy();
  expect(await participant(there)).toMatchObject({
    participantId: 'guest',
    userId: 'gus',
    attributes: { role: 'star', seat: '1' },
    browserName: 'Firefox',
    protocol: 'WHIP',
    state: 'CONNECTED',
    published: true,
    replicationType: 'REPLICA',
    replicationState: 'ACTIVE',
    sourceStageArn: key.sourceStageArn,
    sourceSessionId: original.sessionId,
  });
  expect(await events(there)).toMatchObject([
    { name: 'PUBLISH_STARTED', replica: true },
    { name: 'JOINED', replica: true },
  ]);
  const { sourceStageArn, ...here } = (await participant(original)) ?? {};
  expect(here).toMatchObject({
    attributes: { role: 'guest', seat: '1' },
    replicationType: 'SOURCE',
    replicationState: 'ACTIVE',
  });
  expect(sourceStageArn).toBeUndefined();
  const [started] = await events(original);
  expect(started).toEqual({
    name: 'REPLICATION_STARTED',
    participantId: 'guest',
    eventTime: new Date('2026-01-01T00:00:00Z'),
    destinationStageArn: key.destinationStageArn,
    destinationSessionId: there.sessionId,
  });
  expect(await replicas()).toEqual([
    {
      ...key,
      sourceSessionId: original.sessionId,
      destinationSessionId: there.sessionId,
      replicationState: 'ACTIVE',
    },
  ]);
});

test('what is stopped is over on both stages, and can be started again', async () => {
  const { realtime, start, stop, key, original, copy, participant, events, replicas } = await emulateGuest();
  await start();
  const there = await copy();
  await stop();
  expect(await participant(there)).toMatchObject({
    state: 'DISCONNECTED',
    published: true,
    replicationState: 'STOPPED',
  });
  expect((await events(there))[0]).toMatchObject({ name: 'LEFT', replica: true });
  expect(await participant(original)).toMatchObject({ state: 'CONNECTED', replicationState: 'STOPPED' });
  expect((await events(original))[0]).toMatchObject({
    name: 'REPLICATION_STOPPED',
    destinationStageArn: key.destinationStageArn,
    destinationSessionId: there.sessionId,
  });
  // The copy was alone there
  const { stage } = await realtime.send(new GetStageCommand({ arn: key.destinationStageArn }));
  expect(stage?.activeSessionId).toBe('');
  expect(await failureOf(stop())).toMatchObject(notFound);
  await start();
  const states = (await replicas()).map(({ replicationState }) => replicationState);
  expect(states).toEqual(['STOPPED', 'ACTIVE']);
  expect(await participant(original)).toMatchObject({ replicationState: 'ACTIVE' });
});

test('the copy publishes while the original does', async () => {
  const { control, start, guest, copy, events } = await emulateGuest();
  await start();
  control.unpublish(guest);
  const there = await copy();
  expect((await events(there))[0]).toMatchObject({ name: 'PUBLISH_STOPPED', replica: true });
  control.publish(guest);
  expect((await events(there))[0]).toMatchObject({ name: 'PUBLISH_STARTED' });
});

test('who subscribes to a copy is told so', async () => {
  const { control, start, key, events } = await emulateGuest();
  await start();
  const stageArn = key.destinationStageArn;
  const { sessionId, participantId } = control.join({ stageArn });
  control.subscribe({ stageArn, participantId, remoteParticipantId: 'guest' });
  expect(await events({ stageArn, sessionId, participantId })).toMatchObject([
    { name: 'SUBSCRIBE_STARTED', remoteParticipantId: 'guest', replica: true },
    { name: 'JOINED' },
  ]);
});

describe('the original leaves', () => {
  test('and its copies with it', async () => {
    const { control, start, guest, copy, participant, replicas } = await emulateGuest();
    await start();
    control.leave(guest);
    expect(await replicas()).toMatchObject([{ replicationState: 'STOPPED' }]);
    expect(await participant(await copy())).toMatchObject({ state: 'DISCONNECTED' });
  });

  test('and is awaited for as long as was asked for', async () => {
    const { control, clock, start, guest, original, copy, participant, events, replicas } =
      await emulateGuest();
    await start({ reconnectWindowSeconds: 30 });
    const there = await copy();
    control.leave(guest);
    clock.advance(29_000);
    expect(await participant(there)).toMatchObject({ state: 'CONNECTED', replicationState: 'ACTIVE' });
    expect((await events(there))[0]).toMatchObject({ name: 'PUBLISH_STOPPED' });
    clock.advance(60_000);
    expect(await replicas()).toMatchObject([{ replicationState: 'STOPPED' }]);
    const thirtySecondsLater = new Date('2026-01-01T00:00:30Z');
    expect((await events(there))[0]).toMatchObject({ name: 'LEFT', eventTime: thirtySecondsLater });
    expect((await events(original))[0]).toMatchObject({ name: 'REPLICATION_STOPPED' });
  });

  test('and is back in time', async () => {
    const { control, clock, start, guest, copy, participant, events, replicas } = await emulateGuest();
    await start({ reconnectWindowSeconds: 30 });
    const there = await copy();
    control.leave(guest);
    clock.advance(29_000);
    const { sessionId } = control.join({ ...guest });
    control.publish(guest);
    expect((await events(there))[0]).toMatchObject({ name: 'PUBLISH_STARTED' });
    // The first session was over when its only participant had left
    expect(await participant({ ...guest, sessionId })).toMatchObject({ replicationType: 'SOURCE' });
    expect(await participant(there)).toMatchObject({ sourceSessionId: sessionId });
    clock.advance(600_000);
    expect(await replicas()).toMatchObject([{ replicationState: 'ACTIVE', sourceSessionId: sessionId }]);
  });
});

test.each<[what: string, which: 'sourceStageArn' | 'destinationStageArn']>([
  ['of the original', 'sourceStageArn'],
  ['of the copy', 'destinationStageArn'],
])('deleting the stage %s stops it at once', async (_, which) => {
  const { realtime, start, key, replicas } = await emulateGuest();
  await start({ reconnectWindowSeconds: 300 });
  await realtime.send(new DeleteStageCommand({ arn: key[which] }));
  expect(await replicas()).toMatchObject([{ replicationState: 'STOPPED' }]);
});

test('disconnecting the copy stops it and leaves the original alone', async () => {
  const { realtime, start, key, original, participant, replicas } = await emulateGuest();
  await start();
  const { destinationStageArn: stageArn, participantId } = key;
  await realtime.send(new DisconnectParticipantCommand({ stageArn, participantId }));
  expect(await replicas()).toMatchObject([{ replicationState: 'STOPPED' }]);
  expect(await participant(original)).toMatchObject({ state: 'CONNECTED', replicationState: 'STOPPED' });
});

describe('what cannot be replicated', () => {
  test('is what does not exist', async () => {
    const { control, start, stop, guest } = await emulateGuest();
    expect(await failureOf(start({ sourceStageArn: NO_STAGE }))).toMatchObject(notFound);
    expect(await failureOf(start({ destinationStageArn: NO_STAGE }))).toMatchObject(notFound);
    expect(await failureOf(start({ participantId: 'nobody' }))).toMatchObject(notFound);
    expect(await failureOf(stop())).toMatchObject(notFound);
    control.leave(guest);
    expect(await failureOf(start())).toMatchObject(notFound);
  });

  test('is who does not publish, or is there already', async () => {
    const { control, start, guest, key } = await emulateGuest();
    control.unpublish(guest);
    expect(await failureOf(start())).toMatchObject(conflict);
    control.publish(guest);
    const there = { stageArn: key.destinationStageArn, participantId: 'guest' };
    control.join(there);
    expect(await failureOf(start())).toMatchObject(conflict);
    control.leave(there);
    await start();
    expect(await failureOf(start())).toMatchObject(conflict);
  });

  test('is a copy, or the same stage, or too much said of it', async () => {
    const { start, key, newStage } = await emulateGuest();
    const { sourceStageArn, destinationStageArn } = key;
    expect(await failureOf(start({ destinationStageArn: sourceStageArn }))).toMatchObject(invalid);
    expect(await failureOf(start({ attributes: { a: 'x'.repeat(1024) } }))).toMatchObject(invalid);
    expect(await failureOf(start({ reconnectWindowSeconds: 301 }))).toMatchObject(invalid);
    await start();
    const onwards = { sourceStageArn: destinationStageArn, destinationStageArn: await newStage() };
    expect(await failureOf(start(onwards))).toMatchObject(invalid);
  });

  test('is who has five copies already', async () => {
    const { start, stop, newStage } = await emulateGuest();
    for (let number = 0; number < 4; number += 1) await start({ destinationStageArn: await newStage() });
    await start();
    const sixth = { destinationStageArn: await newStage() };
    const quota = { name: 'ServiceQuotaExceededException', status: 402 };
    expect(await failureOf(start(sixth))).toMatchObject(quota);
    await stop();
    await start(sixth);
  });
});
