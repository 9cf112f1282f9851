import {
  CreateParticipantTokenCommand,
  CreateStageCommand,
  GetParticipantCommand,
  ListParticipantEventsCommand,
  ListStageSessionsCommand,
} from '@aws-sdk/client-ivs-realtime';
import { expect, test } from 'vitest';
import { emulate, failureOf, TOWN_HALL } from '../support/emulate.ts';

async function emulateToken(input: Partial<CreateParticipantTokenCommand['input']> = {}) {
  const world = await emulate();
  const { stage } = await world.realtime.send(new CreateStageCommand({}));
  const stageArn = stage?.arn ?? '';
  const created = await world.realtime.send(new CreateParticipantTokenCommand({ stageArn, ...input }));
  return { ...world, stageArn, token: created.participantToken };
}

test('a token echoes what was asked and lasts 12 hours unless told otherwise', async () => {
  const { token } = await emulateToken();
  expect(token).toEqual({
    participantId: expect.stringMatching(/^[a-zA-Z0-9]{12}$/),
    token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    capabilities: ['PUBLISH', 'SUBSCRIBE'],
    expirationTime: new Date('2026-01-01T12:00:00Z'),
  });
  const asked = {
    userId: 'ann',
    duration: 20_160,
    attributes: { role: 'host' },
    capabilities: ['PUBLISH' as const],
  };
  expect((await emulateToken(asked)).token).toMatchObject({
    ...asked,
    expirationTime: new Date('2026-01-15T00:00:00Z'),
  });
});

test('a token makes no participant until somebody joins with it', async () => {
  const asked = { userId: 'ann', attributes: { role: 'host' } };
  const { realtime, emulator, stageArn, token } = await emulateToken(asked);
  const sessions = await realtime.send(new ListStageSessionsCommand({ stageArn }));
  expect(sessions.stageSessions).toEqual([]);
  const joined = emulator.control.join({ token: token?.token ?? '', browserName: 'Chrome' });
  expect(joined.participantId).toBe(token?.participantId);
  const { participant } = await realtime.send(new GetParticipantCommand({ stageArn, ...joined }));
  expect(participant).toMatchObject({ ...asked, browserName: 'Chrome', state: 'CONNECTED' });
});

test('the capabilities of the token bound what its participant can do', async () => {
  const { realtime, emulator, stageArn, token } = await emulateToken({ capabilities: ['SUBSCRIBE'] });
  const { sessionId, participantId } = emulator.control.join({ token: token?.token ?? '' });
  emulator.control.publish({ stageArn, participantId });
  const { events } = await realtime.send(
    new ListParticipantEventsCommand({ stageArn, sessionId, participantId }),
  );
  expect(events?.[0]).toMatchObject({ name: 'PUBLISH_ERROR', errorCode: 'INSUFFICIENT_CAPABILITIES' });
});

test('a token that has expired, was altered or came from elsewhere is refused', async () => {
  const { emulator, clock, token } = await emulateToken({ duration: 1 });
  const [header = '', payload = '', signature = ''] = (token?.token ?? '').split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const altered = Buffer.from(JSON.stringify({ ...claims, exp: claims.exp + 9 })).toString('base64url');
  const join = (text: string) => () => emulator.control.join({ token: text });
  expect(join(`${header}.${altered}.${signature}`)).toThrow('not made by this emulator');
  expect(join('x')).toThrow('not made by this emulator');
  clock.advance(60_000);
  expect(join(token?.token ?? '')).toThrow('expired');
});

test('attributes have at most 1 KB', async () => {
  const { realtime, stageArn } = await emulateToken({ attributes: { a: 'x'.repeat(1023) } });
  const attributes = { a: 'é'.repeat(512) };
  const create = realtime.send(new CreateParticipantTokenCommand({ stageArn, attributes }));
  expect(await failureOf(create)).toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining('1025'),
  });
});

test('there is no token for a stage that does not exist', async () => {
  const { realtime } = await emulate();
  const create = realtime.send(new CreateParticipantTokenCommand({ stageArn: TOWN_HALL }));
  expect(await failureOf(create)).toMatchObject({ name: 'ResourceNotFoundException', status: 404 });
});
