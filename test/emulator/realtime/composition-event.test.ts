// Each kind of event is put on the bus once, with the members that AWS's page shows.
import { DeleteStageCommand } from '@aws-sdk/client-ivs-realtime';
import { expect, test } from 'vitest';
import { emulateComposition } from '../support/composition.ts';
import { details } from '../support/events.ts';

const SECOND = 1000;

async function emulateDestinations() {
  const world = await emulateComposition();
  const { control } = world.emulator;
  const composition = await world.start({ destinations: [{ s3: world.s3 }, { channel: world.channel }] });
  const compositionArn = composition.arn ?? '';
  const ids = composition.destinations?.map(({ id = '' }) => id) ?? [];
  await world.statesAfter(compositionArn, 3 * SECOND);
  const stage_arn = world.stageArn;
  return { ...world, control, compositionArn, ids, stage_arn };
}

test('a composition and its destinations start and end', async () => {
  const { control, stop, statesAfter, compositionArn, ids, stage_arn } = await emulateDestinations();
  await stop(compositionArn);
  await statesAfter(compositionArn, 3 * SECOND);
  const { events } = control.events({ detailType: 'IVS Composition State Change' });
  expect(new Set(events.flatMap(({ resources }) => resources))).toEqual(new Set([compositionArn]));
  expect(events.map(({ detail }) => detail)).toEqual([
    { event_name: 'Session Start', stage_arn },
    { event_name: 'Destination Start', stage_arn, id: ids[0] },
    { event_name: 'Destination Start', stage_arn, id: ids[1] },
    { event_name: 'Destination End', stage_arn, id: ids[0] },
    { event_name: 'Destination End', stage_arn, id: ids[1] },
    { event_name: 'Session End', stage_arn },
  ]);
});

test('a destination reconnects, and the composition fails with the last one', async () => {
  const { control, compositionArn, ids, stage_arn } = await emulateDestinations();
  const [first = '', second = ''] = ids;
  control.loseCompositionDestination({ compositionArn, destinationId: first });
  control.recoverCompositionDestination({ compositionArn, destinationId: first });
  const errorCode = 'AccessDeniedException';
  control.failCompositionDestination({ compositionArn, destinationId: first, errorCode });
  control.failCompositionDestination({ compositionArn, destinationId: second });
  const reason = 'Access denied to S3 bucket. Please verify your bucket policy.';
  const internal = { error_code: 'InternalServerException', reason: 'Service internal error' };
  expect(details(control, 'IVS Composition State Change').slice(3)).toEqual([
    { event_name: 'Destination Reconnecting', stage_arn, id: first },
    { event_name: 'Destination Start', stage_arn, id: first },
    { event_name: 'Destination Failure', stage_arn, id: first, error_code: errorCode, reason },
    { event_name: 'Destination Failure', stage_arn, id: second, ...internal },
    {
      event_name: 'Session Failure',
      stage_arn,
      error_code: 'DestinationFailure',
      reason: 'One or more outputs failed',
    },
  ]);
});

test('a composition fails with its stage, and a destination with a live channel', async () => {
  const { control, realtime, start, channel, s3, channelArn, stageArn, clock } =
    await emulateComposition().then((world) => ({ ...world, control: world.emulator.control }));
  const { destinations } = await start({ destinations: [{ s3 }, { channel }] });
  control.startStream({ channelArn });
  clock.advance(3 * SECOND);
  await realtime.send(new DeleteStageCommand({ arn: stageArn }));
  const ids = destinations?.map(({ id }) => id);
  expect(details(control, 'IVS Composition State Change')).toMatchObject([
    { event_name: 'Session Start' },
    { event_name: 'Destination Start', id: ids?.[0] },
    {
      event_name: 'Destination Failure',
      id: ids?.[1],
      error_code: 'ConflictException',
      reason: 'Stream already exists',
    },
    { event_name: 'Destination End', id: ids?.[0] },
    { event_name: 'Session Failure', error_code: 'StageDeleted', reason: 'Stage has been deleted' },
  ]);
});
