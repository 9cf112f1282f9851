import {
  BatchStartViewerSessionRevocationCommand,
  StartViewerSessionRevocationCommand,
} from '@aws-sdk/client-ivs';
import { expect, test } from 'vitest';
import { emulate, failureOf, MAIN_STAGE } from '../support/emulate.ts';

const PUBLIC = MAIN_STAGE.replace('MainStage001', 'Keynote00001');
const MISSING = MAIN_STAGE.replace('MainStage001', 'Missing00001');

test('a viewer nobody has seen can be revoked, of version 0 unless told otherwise', async () => {
  const { ivs, emulator, post } = await emulate({ seed: 'demo' });
  const response = await post(
    '/StartViewerSessionRevocation',
    JSON.stringify({ channelArn: MAIN_STAGE, viewerId: 'ann' }),
  );
  expect([response.status, await response.text()]).toEqual([200, '{}']);
  const revoke = (viewerSessionVersionsLessThanOrEqualTo: number) =>
    ivs.send(
      new StartViewerSessionRevocationCommand({
        channelArn: MAIN_STAGE,
        viewerId: 'bea',
        viewerSessionVersionsLessThanOrEqualTo,
      }),
    );
  await revoke(7);
  await revoke(3);
  expect(emulator.control.revocations()).toEqual([
    { channelArn: MAIN_STAGE, viewerId: 'ann', viewerSessionVersionsLessThanOrEqualTo: 0 },
    { channelArn: MAIN_STAGE, viewerId: 'bea', viewerSessionVersionsLessThanOrEqualTo: 7 },
  ]);
  expect(emulator.control.revocations({ channelArn: PUBLIC })).toEqual([]);
});

test.each([
  ['does not exist', MISSING, 'ResourceNotFoundException', 404],
  ['is not private', PUBLIC, 'ValidationException', 400],
])('a channel that %s fails the call', async (_, channelArn, name, status) => {
  const { ivs } = await emulate({ seed: 'demo' });
  const revoke = ivs.send(new StartViewerSessionRevocationCommand({ channelArn, viewerId: 'ann' }));
  expect(await failureOf(revoke)).toMatchObject({ name, status });
});

test('in a batch each pair fails for itself', async () => {
  const { ivs, emulator } = await emulate({ seed: 'demo' });
  const viewerSessions = [
    { channelArn: MAIN_STAGE, viewerId: 'ann', viewerSessionVersionsLessThanOrEqualTo: 2 },
    { channelArn: MISSING, viewerId: 'bea' },
    { channelArn: PUBLIC, viewerId: 'cleo' },
    { channelArn: MAIN_STAGE, viewerId: '__proto__' },
  ];
  const { errors } = await ivs.send(new BatchStartViewerSessionRevocationCommand({ viewerSessions }));
  expect(errors).toEqual([
    { channelArn: MISSING, viewerId: 'bea', code: '404', message: 'channel not found' },
    { channelArn: PUBLIC, viewerId: 'cleo', code: '400', message: 'channel is not private' },
  ]);
  expect(emulator.control.revocations().map(({ viewerId }) => viewerId)).toEqual(['ann', '__proto__']);
});
