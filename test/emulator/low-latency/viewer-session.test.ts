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

test('a channel that does not exist fails the call', async () => {
  const { ivs } = await emulate({ seed: 'demo' });
  const revoke = ivs.send(new StartViewerSessionRevocationCommand({ channelArn: MISSING, viewerId: 'ann' }));
  expect(await failureOf(revoke)).toMatchObject({ name: 'ResourceNotFoundException', status: 404 });
});

// https://github.com/alchemy-run/alchemy/blob/main/packages/alchemy/test/AWS/IVS/Bindings.test.ts
test('viewers of a channel that is not private can be revoked', async () => {
  const { ivs, emulator } = await emulate({ seed: 'demo' });
  await ivs.send(new StartViewerSessionRevocationCommand({ channelArn: PUBLIC, viewerId: 'ann' }));
  const viewerSessions = [{ channelArn: PUBLIC, viewerId: 'bea' }];
  const { errors } = await ivs.send(new BatchStartViewerSessionRevocationCommand({ viewerSessions }));
  expect(errors).toEqual([]);
  expect(emulator.control.revocations({ channelArn: PUBLIC }).map(({ viewerId }) => viewerId)).toEqual([
    'ann',
    'bea',
  ]);
});

test('in a batch each pair fails for itself', async () => {
  const { ivs, emulator } = await emulate({ seed: 'demo' });
  const viewerSessions = [
    { channelArn: MAIN_STAGE, viewerId: 'ann', viewerSessionVersionsLessThanOrEqualTo: 2 },
    { channelArn: MISSING, viewerId: 'bea' },
    { channelArn: MAIN_STAGE, viewerId: '__proto__' },
  ];
  const { errors } = await ivs.send(new BatchStartViewerSessionRevocationCommand({ viewerSessions }));
  expect(errors).toEqual([
    { channelArn: MISSING, viewerId: 'bea', code: '404', message: 'channel not found' },
  ]);
  expect(emulator.control.revocations().map(({ viewerId }) => viewerId)).toEqual(['ann', '__proto__']);
});
