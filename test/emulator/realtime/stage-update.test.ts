// Each kind of event is put on the bus once, with the members that AWS's page shows.
import {
  CreateStageCommand,
  ListParticipantEventsCommand,
  StartParticipantReplicationCommand,
  StopParticipantReplicationCommand,
} from '@aws-sdk/client-ivs-realtime';
import { expect, test } from 'vitest';
import { emulate } from '../support/emulate.ts';
import { details } from '../support/events.ts';

const at = '2026-01-01T00:00:00Z';

async function emulateStage() {
  const world = await emulate();
  const { control } = world.emulator;
  const create = async () => (await world.realtime.send(new CreateStageCommand({}))).stage?.arn ?? '';
  const stageArn = await create();
  const host = { stageArn, participantId: 'host' };
  const { sessionId } = control.join({ ...host, userId: 'alice', attributes: { role: 'host' } });
  return { ...world, control, create, stageArn, host, sessionId };
}

test('a participant publishes, fails to and stops; joins, leaves and subscriptions are not sent', async () => {
  const { control, realtime, host, stageArn, sessionId } = await emulateStage();
  control.publish(host);
  control.join({ stageArn, participantId: 'viewer' });
  control.subscribe({ stageArn, participantId: 'viewer', remoteParticipantId: 'host' });
  control.fail({ ...host, errorCode: 'BITRATE_EXCEEDED' });
  control.fail({ ...host, errorCode: 'QUOTA_EXCEEDED', event: 'JOIN_ERROR' });
  control.leave(host);
  control.leave({ stageArn, participantId: 'viewer' });
  const who = { session_id: sessionId, user_id: 'alice', participant_id: 'host' };
  expect(details(control, 'IVS Stage Update')).toEqual([
    {
      ...who,
      event_name: 'Participant Published',
      event_time: at,
      event_time_precise: '2026-01-01T00:00:00.000000Z',
    },
    {
      ...who,
      event_name: 'Participant Publish Error',
      event_time: '2026-01-01T00:00:00.000001000Z',
      error_code: 'BITRATE_EXCEEDED',
    },
    {
      ...who,
      event_name: 'Participant Unpublished',
      event_time: at,
      event_time_precise: '2026-01-01T00:00:00.000002Z',
    },
  ]);
  // One source: the API knows them, too
  const list = new ListParticipantEventsCommand({ stageArn, sessionId, participantId: 'host' });
  const names = (await realtime.send(list)).events?.map(({ name }) => name);
  expect(names).toEqual([
    'LEFT',
    'PUBLISH_STOPPED',
    'JOIN_ERROR',
    'PUBLISH_ERROR',
    'PUBLISH_STARTED',
    'JOINED',
  ]);
});

test('a participant without a user has the empty one', async () => {
  const { control, stageArn } = await emulateStage();
  control.join({ stageArn, participantId: 'anybody' });
  control.publish({ stageArn, participantId: 'anybody' });
  expect(details(control, 'IVS Stage Update')).toMatchObject([{ user_id: '' }]);
});

test('a replication starts and ends on the source, and the replica names its source', async () => {
  const { control, realtime, create, host, stageArn: sourceStageArn, sessionId } = await emulateStage();
  control.publish(host);
  const destinationStageArn = await create();
  const replication = { sourceStageArn, destinationStageArn, participantId: 'host' };
  await realtime.send(new StartParticipantReplicationCommand(replication));
  await realtime.send(new StopParticipantReplicationCommand(replication));
  const { events } = control.events({ detailType: 'IVS Stage Update' });
  const seen = events.map(({ resources, detail }) => [resources[0], detail.event_name]);
  expect(seen).toEqual([
    [sourceStageArn, 'Participant Published'],
    [sourceStageArn, 'Participant Replication Start'],
    [destinationStageArn, 'Participant Published'],
    [destinationStageArn, 'Participant Unpublished'],
    [sourceStageArn, 'Participant Replication End'],
  ]);
  const destinationSessionId = events[2]?.detail.session_id;
  const replica = { replica: true, source_stage_arn: sourceStageArn, source_session_id: sessionId };
  expect(events[2]?.detail).toEqual({
    session_id: expect.stringMatching(/^st-/),
    event_name: 'Participant Published',
    event_time: at,
    event_time_precise: expect.stringMatching(/\.\d{6}Z$/),
    user_id: 'alice',
    participant_id: 'host',
    ...replica,
  });
  expect(events[3]?.detail).toMatchObject(replica);
  for (const index of [1, 4]) {
    expect(events[index]?.detail).toEqual({
      session_id: sessionId,
      event_name: expect.stringContaining('Replication'),
      event_time: at,
      user_id: 'alice',
      participant_id: 'host',
      destination_stage_arn: destinationStageArn,
      destination_session_id: destinationSessionId,
    });
  }
});

test('a token is exchanged', async () => {
  const { control, host, sessionId } = await emulateStage();
  control.exchangeToken({
    ...host,
    userId: 'bob',
    capabilities: ['SUBSCRIBE'],
    attributes: { role: 'guest' },
  });
  const expiration_time = '2026-01-01T12:00:00Z';
  expect(details(control, 'IVS Stage Update')).toEqual([
    {
      session_id: sessionId,
      event_name: 'Token Exchanged',
      event_time: at,
      user_id: 'bob',
      participant_id: 'host',
      previous_token: {
        capabilities: ['PUBLISH', 'SUBSCRIBE'],
        attributes: { role: 'host' },
        user_id: 'alice',
        expiration_time,
      },
      new_token: {
        capabilities: ['SUBSCRIBE'],
        attributes: { role: 'guest' },
        user_id: 'bob',
        expiration_time,
      },
    },
  ]);
});
