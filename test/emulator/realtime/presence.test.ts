import {
  CreateParticipantTokenCommand,
  CreateStageCommand,
  GetParticipantCommand,
  ListParticipantEventsCommand,
} from '@aws-sdk/client-ivs-realtime';
import { expect, test } from 'vitest';
import { emulate } from '../support/emulate.ts';

async function emulateStage(input: CreateStageCommand['input'] = {}) {
  const world = await emulate({ seed: 'demo' });
  const { stage } = await world.realtime.send(new CreateStageCommand(input));
  const stageArn = stage?.arn ?? '';
  const sessionId = world.emulator.control.join({ stageArn, participantId: 'host' }).sessionId;
  const participant = async (participantId: string) =>
    (await world.realtime.send(new GetParticipantCommand({ stageArn, sessionId, participantId })))
      .participant;
  const lastEvent = async (participantId: string) => {
    const list = new ListParticipantEventsCommand({ stageArn, sessionId, participantId, maxResults: 1 });
    return (await world.realtime.send(list)).events?.[0];
  };
  return { ...world, control: world.emulator.control, stageArn, sessionId, participant, lastEvent };
}

test('published does not revert', async () => {
  const { control, stageArn, participant, lastEvent } = await emulateStage();
  control.publish({ stageArn, participantId: 'host' });
  control.unpublish({ stageArn, participantId: 'host' });
  expect(await participant('host')).toMatchObject({ state: 'CONNECTED', published: true });
  expect(await lastEvent('host')).toMatchObject({ name: 'PUBLISH_STOPPED' });
});

test('a stage has at most 12 publishers', async () => {
  const { control, stageArn, participant, lastEvent } = await emulateStage();
  const ids = Array.from({ length: 13 }, (_, index) => `p${index}`);
  for (const participantId of ids) {
    control.join({ stageArn, participantId });
    control.publish({ stageArn, participantId });
  }
  expect(await participant('p11')).toMatchObject({ published: true });
  expect(await participant('p12')).toMatchObject({ published: false });
  expect(await lastEvent('p12')).toMatchObject({ name: 'PUBLISH_ERROR', errorCode: 'QUOTA_EXCEEDED' });
});

test('a subscription ends with the publication', async () => {
  const { control, stageArn, lastEvent } = await emulateStage();
  control.join({ stageArn, participantId: 'viewer' });
  control.publish({ stageArn, participantId: 'host' });
  control.subscribe({ stageArn, participantId: 'viewer', remoteParticipantId: 'host' });
  control.leave({ stageArn, participantId: 'host' });
  expect(await lastEvent('viewer')).toMatchObject({ name: 'SUBSCRIBE_STOPPED', remoteParticipantId: 'host' });
});

test('who does not publish cannot be subscribed to', async () => {
  const { control, stageArn, lastEvent } = await emulateStage();
  control.join({ stageArn, participantId: 'viewer' });
  control.subscribe({ stageArn, participantId: 'viewer', remoteParticipantId: 'host' });
  expect(await lastEvent('viewer')).toMatchObject({
    name: 'SUBSCRIBE_ERROR',
    errorCode: 'PUBLISHER_NOT_FOUND',
  });
});

test('who may only publish cannot subscribe', async () => {
  const { realtime, control, stageArn, lastEvent } = await emulateStage();
  control.publish({ stageArn, participantId: 'host' });
  const create = new CreateParticipantTokenCommand({ stageArn, capabilities: ['PUBLISH'] });
  const { participantToken } = await realtime.send(create);
  const { participantId } = control.join({ token: participantToken?.token ?? '' });
  control.subscribe({ stageArn, participantId, remoteParticipantId: 'host' });
  expect(await lastEvent(participantId)).toMatchObject({ errorCode: 'INSUFFICIENT_CAPABILITIES' });
});

test('to publish or subscribe once more is no event', async () => {
  const { control, stageArn, lastEvent, clock } = await emulateStage();
  control.join({ stageArn, participantId: 'viewer' });
  const repeat = () => {
    control.publish({ stageArn, participantId: 'host' });
    control.subscribe({ stageArn, participantId: 'viewer', remoteParticipantId: 'host' });
  };
  repeat();
  const events = [await lastEvent('host'), await lastEvent('viewer')];
  clock.advance(1000);
  repeat();
  expect([await lastEvent('host'), await lastEvent('viewer')]).toEqual(events);
});

test('subscriptions that end with their publication are events of their own time, before what the subscriber does next', async () => {
  const { control, stageArn, sessionId, realtime } = await emulateStage();
  const events = async (participantId: string) => {
    const list = new ListParticipantEventsCommand({ stageArn, sessionId, participantId });
    const { events = [] } = await realtime.send(list);
    return events.map(({ name, remoteParticipantId, eventTime }) =>
      [name, remoteParticipantId, eventTime?.toISOString().slice(14, 19)].filter(Boolean).join(' '),
    );
  };
  const viewer = { stageArn, participantId: 'viewer' };
  const toHost = { ...viewer, remoteParticipantId: 'host' };
  control.join(viewer);
  control.join({ stageArn, participantId: 'guest' });
  for (const participantId of ['host', 'guest']) control.publish({ stageArn, participantId });
  control.subscribe(toHost);
  control.subscribe({ ...viewer, remoteParticipantId: 'guest' });
  control.advanceClock({ seconds: 60 });
  control.unpublish({ stageArn, participantId: 'guest' });
  control.advanceClock({ seconds: 60 });
  control.unpublish({ stageArn, participantId: 'host' });
  control.advanceClock({ seconds: 60 });
  control.publish({ stageArn, participantId: 'host' });
  control.subscribe(toHost);
  control.unsubscribe(toHost);
  control.unsubscribe(toHost);
  control.leave(viewer);
  expect((await events('viewer')).reverse()).toEqual([
    'JOINED 00:00',
    'SUBSCRIBE_STARTED host 00:00',
    'SUBSCRIBE_STARTED guest 00:00',
    'SUBSCRIBE_STOPPED guest 01:00',
    'SUBSCRIBE_STOPPED host 02:00',
    'SUBSCRIBE_STARTED host 03:00',
    'SUBSCRIBE_STOPPED host 03:00',
    'LEFT 03:00',
  ]);
});

test('the end of a publication is noted by each of its subscribers once, also in a restored world', async () => {
  const { control, stageArn, lastEvent } = await emulateStage();
  const ids = ['a', 'b', 'c'];
  control.publish({ stageArn, participantId: 'host' });
  for (const participantId of ids) {
    control.join({ stageArn, participantId });
    control.subscribe({ stageArn, participantId, remoteParticipantId: 'host' });
  }
  control.leave({ stageArn, participantId: 'host' });
  expect(await lastEvent('a')).toMatchObject({ name: 'SUBSCRIBE_STOPPED' });
  const { id } = control.snapshot();
  for (const participantId of ids) expect((await lastEvent(participantId))?.name).toBe('SUBSCRIBE_STOPPED');
  control.restore({ id });
  for (const participantId of ids) expect((await lastEvent(participantId))?.name).toBe('SUBSCRIBE_STOPPED');
});
