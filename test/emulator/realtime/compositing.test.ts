import { GetStreamCommand } from '@aws-sdk/client-ivs';
import { CreateStageCommand, DeleteStageCommand } from '@aws-sdk/client-ivs-realtime';
import { expect, test } from 'vitest';
import { emulateComposition } from '../support/composition.ts';
import { failureOf } from '../support/emulate.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const NOT_FOUND = { name: 'ResourceNotFoundException', status: 404 };

test('it starts, runs, stops and is gone five minutes later', async () => {
  const { clock, start, get, statesAfter, stop, list } = await emulateComposition();
  const { arn, startTime } = await start();
  // https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/ssc-getting-started.html#ssc-getting-started-cli-start-mediapublish
  expect(await statesAfter(arn, 1999)).toEqual(['STARTING', 'STARTING']);
  expect(await statesAfter(arn, 1)).toEqual(['ACTIVE', 'ACTIVE']);
  const began = (await get(arn))?.destinations?.[0]?.startTime;
  expect(Number(began)).toBe(Number(startTime) + 2 * SECOND);
  await stop(arn);
  await stop(arn);
  expect(await statesAfter(arn, 2999)).toEqual(['STOPPING', 'STOPPING']);
  clock.advance(10 * SECOND);
  const over = await get(arn);
  const endTime = new Date(Number(startTime) + 5 * SECOND);
  expect(over).toMatchObject({ state: 'STOPPED', endTime, destinations: [{ state: 'STOPPED', endTime }] });
  await stop(arn);
  expect(await get(arn)).toEqual(over);
  clock.advance(5 * MINUTE - 10 * SECOND);
  expect(await list()).toEqual([arn]);
  clock.advance(1);
  expect(await list()).toEqual([]);
  expect(await failureOf(get(arn))).toMatchObject(NOT_FOUND);
  expect(await failureOf(stop(arn))).toMatchObject(NOT_FOUND);
});

test('it stops a minute after the last publisher', async () => {
  const { start, statesAfter, emulator, publisher } = await emulateComposition();
  const { arn } = await start();
  expect(await statesAfter(arn, 10 * MINUTE)).toEqual(['ACTIVE', 'ACTIVE']);
  emulator.control.unpublish(publisher);
  expect(await statesAfter(arn, 59 * SECOND)).toEqual(['ACTIVE', 'ACTIVE']);
  emulator.control.publish(publisher);
  expect(await statesAfter(arn, MINUTE)).toEqual(['ACTIVE', 'ACTIVE']);
  emulator.control.leave(publisher);
  expect(await statesAfter(arn, MINUTE - 1)).toEqual(['ACTIVE', 'ACTIVE']);
  expect(await statesAfter(arn, 1)).toEqual(['STOPPING', 'STOPPING']);
});

test('one that came back too late does not save it', async () => {
  const { clock, start, statesAfter, emulator, publisher } = await emulateComposition();
  const { arn } = await start();
  emulator.control.unpublish(publisher);
  clock.advance(61 * SECOND);
  emulator.control.publish(publisher);
  expect(await statesAfter(arn, 0)).toEqual(['STOPPING', 'STOPPING']);
});

test('it stops a minute after it began on an empty stage, and fails when its stage is deleted', async () => {
  const { realtime, start, statesAfter, stageArn } = await emulateComposition();
  const { stage } = await realtime.send(new CreateStageCommand({}));
  const [idle, busy] = [await start({ stageArn: stage?.arn }), await start()];
  expect(await statesAfter(idle.arn, 59 * SECOND)).toEqual(['ACTIVE', 'ACTIVE']);
  expect(await statesAfter(idle.arn, SECOND)).toEqual(['STOPPING', 'STOPPING']);
  await realtime.send(new DeleteStageCommand({ arn: stageArn }));
  expect(await statesAfter(busy.arn, 0)).toEqual(['FAILED', 'STOPPED']);
});

test('who publishes to another stage does not matter', async () => {
  const { realtime, start, statesAfter, emulator, publisher } = await emulateComposition();
  const { arn } = await start();
  emulator.control.unpublish(publisher);
  const { stage } = await realtime.send(new CreateStageCommand({}));
  const stageArn = stage?.arn ?? '';
  const { participantId } = emulator.control.join({ stageArn });
  emulator.control.publish({ stageArn, participantId });
  expect(await statesAfter(arn, MINUTE)).toEqual(['STOPPING', 'STOPPING']);
});

test('it runs for at most a day', async () => {
  const { start, statesAfter } = await emulateComposition();
  const { arn } = await start();
  expect(await statesAfter(arn, 24 * 60 * MINUTE - 1)).toEqual(['ACTIVE', 'ACTIVE']);
  expect(await statesAfter(arn, 1)).toEqual(['STOPPING', 'STOPPING']);
});

test('it brings its channel on air and takes it off again', async () => {
  const { clock, ivs, start, stop, channel, channelArn } = await emulateComposition();
  const { arn } = await start({ destinations: [{ channel }] });
  const stream = () => ivs.send(new GetStreamCommand({ channelArn }));
  const idle = { name: 'ChannelNotBroadcasting', status: 404 };
  expect(await failureOf(stream())).toMatchObject(idle);
  clock.advance(2 * SECOND);
  expect((await stream()).stream).toMatchObject({ state: 'LIVE', startTime: clock.now() });
  await stop(arn);
  clock.advance(3 * SECOND);
  expect(await failureOf(stream())).toMatchObject(idle);
});

test('a channel that somebody else took in the meantime fails, and stays theirs', async () => {
  const { ivs, start, stop, statesAfter, emulator, channel, channelArn, s3 } = await emulateComposition();
  const { arn } = await start({ destinations: [{ channel }, { s3 }] });
  const { streamId } = emulator.control.startStream({ channelArn });
  expect(await statesAfter(arn, 3 * SECOND)).toEqual(['ACTIVE', 'FAILED', 'ACTIVE']);
  await stop(arn);
  expect(await statesAfter(arn, 3 * SECOND)).toEqual(['STOPPED', 'FAILED', 'STOPPED']);
  expect((await ivs.send(new GetStreamCommand({ channelArn }))).stream).toMatchObject({ streamId });
});

test('a stream that somebody else began after its own is left alone', async () => {
  const { clock, ivs, start, stop, emulator, channel, channelArn } = await emulateComposition();
  const { arn } = await start({ destinations: [{ channel }] });
  clock.advance(3 * SECOND);
  emulator.control.stopStream({ channelArn });
  const { streamId } = emulator.control.startStream({ channelArn });
  await stop(arn);
  clock.advance(3 * SECOND);
  expect((await ivs.send(new GetStreamCommand({ channelArn }))).stream).toMatchObject({ streamId });
});

test('one that fails while it is stopping has failed', async () => {
  const { start, stop, statesAfter, emulator } = await emulateComposition();
  const { arn = '', destinations = [] } = await start();
  await stop(arn);
  emulator.control.failCompositionDestination({
    compositionArn: arn,
    destinationId: destinations[0]?.id ?? '',
  });
  expect(await statesAfter(arn, 10 * SECOND)).toEqual(['FAILED', 'FAILED']);
});

test('it fails with the last of its destinations', async () => {
  const { clock, start, get, statesAfter, list, emulator, channel, s3 } = await emulateComposition();
  const { arn, destinations = [] } = await start({ destinations: [{ channel }, { s3 }] });
  const [one, two] = destinations.map(({ id }) => ({ compositionArn: arn ?? '', destinationId: id ?? '' }));
  if (!one || !two) expect.fail('no destinations');
  clock.advance(MINUTE);
  emulator.control.failCompositionDestination(one);
  expect(await statesAfter(arn, 0)).toEqual(['ACTIVE', 'FAILED', 'ACTIVE']);
  emulator.control.failCompositionDestination(two);
  expect(await statesAfter(arn, 0)).toEqual(['FAILED', 'FAILED', 'FAILED']);
  expect((await get(arn))?.endTime).toEqual(clock.now());
  expect(() => emulator.control.failCompositionDestination(two)).toThrow('is FAILED already');
  clock.advance(5 * MINUTE);
  expect(await list()).toEqual([]);
});

test('a destination loses its connection and recovers', async () => {
  const { start, statesAfter, emulator } = await emulateComposition();
  const { arn, destinations = [] } = await start();
  const where = { compositionArn: arn ?? '', destinationId: destinations[0]?.id ?? '' };
  expect(() => emulator.control.loseCompositionDestination(where)).toThrow('is not ACTIVE but STARTING');
  expect(await statesAfter(arn, 3 * SECOND)).toEqual(['ACTIVE', 'ACTIVE']);
  emulator.control.loseCompositionDestination(where);
  expect(await statesAfter(arn, 0)).toEqual(['ACTIVE', 'RECONNECTING']);
  emulator.control.recoverCompositionDestination(where);
  expect(await statesAfter(arn, 0)).toEqual(['ACTIVE', 'ACTIVE']);
  expect(() => emulator.control.failCompositionDestination({ ...where, destinationId: 'x' })).toThrow(
    'has no destination x',
  );
});
