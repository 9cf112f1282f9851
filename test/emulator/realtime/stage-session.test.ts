import {
  CreateStageCommand,
  GetStageCommand,
  GetStageSessionCommand,
  ListParticipantsCommand,
  ListStageSessionsCommand,
} from '@aws-sdk/client-ivs-realtime';
import { expect, test } from 'vitest';
import { emulate, failureOf, TOWN_HALL } from '../support/emulate.ts';

async function emulateStage() {
  const world = await emulate();
  const { stage } = await world.realtime.send(new CreateStageCommand({}));
  return { ...world, stageArn: stage?.arn ?? '' };
}

test('a session begins with the first to join and ends with the last to leave', async () => {
  const { realtime, emulator, clock, stageArn } = await emulateStage();
  const { control } = emulator;
  const begun = clock.now();
  const ann = control.join({ stageArn });
  clock.advance(1000);
  const bea = control.join({ stageArn });
  expect(bea.sessionId).toBe(ann.sessionId);
  expect(ann.sessionId).toMatch(/^st-[a-zA-Z0-9]{13}$/);
  const session = async () =>
    (await realtime.send(new GetStageSessionCommand({ stageArn, sessionId: ann.sessionId }))).stageSession;
  const active = async () =>
    (await realtime.send(new GetStageCommand({ arn: stageArn }))).stage?.activeSessionId;

  control.leave({ stageArn, participantId: ann.participantId });
  expect(await active()).toBe(ann.sessionId);
  expect(await session()).toEqual({ sessionId: ann.sessionId, startTime: begun });

  clock.advance(1000);
  control.leave({ stageArn, participantId: bea.participantId });
  expect(await active()).toBe('');
  expect(await session()).toEqual({ sessionId: ann.sessionId, startTime: begun, endTime: clock.now() });
});

test('who comes after the end begins another session', async () => {
  const { realtime, emulator, stageArn } = await emulateStage();
  const first = emulator.control.join({ stageArn, participantId: 'ann' });
  emulator.control.leave({ stageArn, participantId: 'ann' });
  const second = emulator.control.join({ stageArn, participantId: 'ann' });
  expect(second.sessionId).not.toBe(first.sessionId);
  const { stageSessions = [] } = await realtime.send(new ListStageSessionsCommand({ stageArn }));
  expect(stageSessions.map(({ sessionId }) => sessionId)).toEqual([second.sessionId, first.sessionId]);
  const past = await realtime.send(new ListParticipantsCommand({ stageArn, sessionId: first.sessionId }));
  expect(past.participants).toMatchObject([{ participantId: 'ann', state: 'DISCONNECTED' }]);
});

test('who comes back while the session lasts is the same participant', async () => {
  const { realtime, emulator, clock, stageArn } = await emulateStage();
  const { sessionId } = emulator.control.join({ stageArn, participantId: 'stays' });
  const joined = clock.now();
  emulator.control.join({ stageArn, participantId: 'ann', userId: 'Ann' });
  emulator.control.leave({ stageArn, participantId: 'ann' });
  clock.advance(1000);
  emulator.control.join({ stageArn, participantId: 'ann' });
  const { participants } = await realtime.send(new ListParticipantsCommand({ stageArn, sessionId }));
  expect(participants).toHaveLength(2);
  expect(participants?.[1]).toMatchObject({ userId: 'Ann', state: 'CONNECTED', firstJoinTime: joined });
});

test('a session that does not exist, or on a stage that does not, is not found', async () => {
  const { realtime, stageArn } = await emulateStage();
  const sessionId = 'st-NoSuchSession';
  for (const arn of [stageArn, TOWN_HALL]) {
    const get = realtime.send(new GetStageSessionCommand({ stageArn: arn, sessionId }));
    expect(await failureOf(get)).toMatchObject({ name: 'ResourceNotFoundException', status: 404 });
  }
});

test('a stage that does not exist has an empty list of sessions', async () => {
  const { realtime } = await emulateStage();
  const { stageSessions } = await realtime.send(new ListStageSessionsCommand({ stageArn: TOWN_HALL }));
  expect(stageSessions).toEqual([]);
});
