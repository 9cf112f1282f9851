import {
  CreateParticipantTokenCommand,
  CreateStageCommand,
  GetParticipantCommand,
  ListParticipantEventsCommand,
} from '@aws-sdk/client-ivs-realtime';
import { expect, test } from 'vitest';
import { emulate } from '../support/emulate.ts';

async function emulateGuest() {
  const world = await emulate();
  const { realtime, emulator } = world;
  const { stage } = await realtime.send(new CreateStageCommand({}));
  const stageArn = stage?.arn ?? '';
  const create = new CreateParticipantTokenCommand({
    stageArn,
    userId: 'ann',
    attributes: { role: 'viewer' },
    duration: 10,
  });
  const { participantToken } = await realtime.send(create);
  const { sessionId, participantId } = emulator.control.join({ token: participantToken?.token ?? '' });
  const key = { stageArn, sessionId, participantId };
  const events = async (of = key) =>
    (await realtime.send(new ListParticipantEventsCommand(of))).events?.map((event) => event);
  return { ...world, control: emulator.control, key, guest: { stageArn, participantId }, events };
}

test('a participant goes on with another name and other attributes', async () => {
  const { realtime, control, clock, key, guest, events } = await emulateGuest();
  clock.advance(60_000);
  control.exchangeToken({ ...guest, userId: 'Ann', attributes: { role: 'host' } });
  const { participant } = await realtime.send(new GetParticipantCommand(key));
  expect(participant).toMatchObject({ state: 'CONNECTED', userId: 'Ann', attributes: { role: 'host' } });
  expect((await events())?.[0]).toEqual({
    name: 'TOKEN_EXCHANGED',
    participantId: key.participantId,
    eventTime: new Date('2026-01-01T00:01:00Z'),
    previousToken: {
      userId: 'ann',
      attributes: { role: 'viewer' },
      capabilities: ['PUBLISH', 'SUBSCRIBE'],
      expirationTime: new Date('2026-01-01T00:10:00Z'),
    },
    newToken: {
      userId: 'Ann',
      attributes: { role: 'host' },
      capabilities: ['PUBLISH', 'SUBSCRIBE'],
      expirationTime: new Date('2026-01-01T12:01:00Z'),
    },
  });
});

test('what it may do no longer ends, what it may do now can begin', async () => {
  const { control, guest, events } = await emulateGuest();
  const { stageArn } = guest;
  const { participantId: host } = control.join({ stageArn });
  control.publish({ stageArn, participantId: host });
  control.publish(guest);
  control.subscribe({ ...guest, remoteParticipantId: host });
  control.exchangeToken({ ...guest, capabilities: [] });
  const names = (await events())?.slice(0, 3).map(({ name }) => name);
  expect(names).toEqual(['SUBSCRIBE_STOPPED', 'PUBLISH_STOPPED', 'TOKEN_EXCHANGED']);
  control.publish(guest);
  expect((await events())?.[0]).toMatchObject({ errorCode: 'INSUFFICIENT_CAPABILITIES' });
  control.exchangeToken({ ...guest, capabilities: ['PUBLISH'] });
  control.publish(guest);
  expect((await events())?.[0]).toMatchObject({ name: 'PUBLISH_STARTED' });
});

test('over HTTP its input is checked', async () => {
  const { post, key } = await emulateGuest();
  const { sessionId: _, ...who } = key;
  const exchange = async (token: object) =>
    (await post('/_control/exchangeToken', JSON.stringify({ ...who, ...token }), {})).status;
  expect(await exchange({ capabilities: ['SUBSCRIBE'], attributes: { role: 'viewer' } })).toBe(200);
  expect(await exchange({ capabilities: ['SING'] })).toBe(400);
  expect(await exchange({ participantId: 'nobody' })).toBe(400);
});
