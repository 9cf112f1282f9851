import { DeleteStreamKeyCommand, ListStreamKeysCommand } from '@aws-sdk/client-ivs';
import type { DestinationConfiguration } from '@aws-sdk/client-ivs-realtime';
import { expect, test } from 'vitest';
import { emulateComposition } from '../support/composition.ts';
import { failureOf } from '../support/emulate.ts';

const NOT_FOUND = { name: 'ResourceNotFoundException', status: 404 };
const INVALID = { name: 'ValidationException', status: 400 };
const none = (kind: string) => `arn:aws:ivs:us-west-2:123456789012:${kind}/none`;

test('a recording has the defaults of AWS, and a place in its bucket', async () => {
  const { start, stageArn, s3 } = await emulateComposition();
  const { arn, destinations = [] } = await start();
  const id = destinations[0]?.id ?? '';
  const path = [stageArn.split('/')[1], arn?.split('/')[1], id, 'composite'];
  const recordingConfiguration = { format: 'HLS', hlsConfiguration: { targetSegmentDurationSeconds: 2 } };
  expect(id).toMatch(/^[a-zA-Z0-9]{12}$/);
  expect(destinations).toEqual([
    {
      id,
      state: 'STARTING',
      configuration: { name: '', s3: { ...s3, recordingConfiguration, thumbnailConfigurations: [] } },
      detail: { s3: { recordingPrefix: path.join('/') } },
    },
  ]);
});

test('a channel and a recording have what was asked for', async () => {
  const { start, s3, channelArn } = await emulateComposition();
  const recordingConfiguration = { hlsConfiguration: { targetSegmentDurationSeconds: 4 } };
  const { destinations } = await start({
    destinations: [
      { name: 'live', channel: { channelArn } },
      { s3: { ...s3, recordingConfiguration, thumbnailConfigurations: [{ targetIntervalSeconds: 5 }] } },
    ],
  });
  expect(destinations?.map(({ configuration }) => configuration)).toEqual([
    { name: 'live', channel: { channelArn } },
    {
      name: '',
      s3: {
        ...s3,
        recordingConfiguration: { format: 'HLS', ...recordingConfiguration },
        thumbnailConfigurations: [{ targetIntervalSeconds: 5, storage: ['SEQUENTIAL'] }],
      },
    },
  ]);
  expect(destinations?.map(({ detail }) => detail === undefined)).toEqual([true, false]);
});

test.each<[string, object, (arns: Record<'s3' | 'channel', object>) => DestinationConfiguration[]]>([
  ['a destination to nowhere', INVALID, () => [{ name: 'nowhere' }]],
  ['a destination to both', INVALID, ({ s3, channel }) => [{ s3, channel } as DestinationConfiguration]],
  ['two recordings', INVALID, ({ s3 }) => [{ s3 }, { s3 }] as DestinationConfiguration[]],
  ['no destination', INVALID, () => []],
  ['a channel that does not exist', NOT_FOUND, () => [{ channel: { channelArn: none('channel') } }]],
  [
    'an encoder configuration that does not exist',
    NOT_FOUND,
    ({ s3 }) => [
      {
        s3: {
          ...s3,
          encoderConfigurationArns: [none('encoder-configuration')],
        },
      } as DestinationConfiguration,
    ],
  ],
  [
    'a storage configuration that does not exist',
    NOT_FOUND,
    ({ s3 }) => [
      {
        s3: {
          ...s3,
          storageConfigurationArn: none('storage-configuration'),
        },
      } as DestinationConfiguration,
    ],
  ],
])('%s is refused', async (_, failure, destinationsOf) => {
  const { start, list, ...arns } = await emulateComposition();
  expect(await failureOf(start({ destinations: destinationsOf(arns) }))).toMatchObject(failure);
  expect(await list()).toEqual([]);
});

test('a channel with another broadcast fails as a destination, not at the start', async () => {
  const { start, stop, statesAfter, clock, emulator, channel, channelArn } = await emulateComposition();
  const stateOf = async (arn: string | undefined) => (await statesAfter(arn, 3000))[1];
  emulator.control.startStream({ channelArn });
  expect(await stateOf((await start({ destinations: [{ channel }] })).arn)).toBe('FAILED');
  emulator.control.stopStream({ channelArn });
  const { arn } = await start({ destinations: [{ channel }] });
  expect(await stateOf(arn)).toBe('ACTIVE');
  expect(await stateOf((await start({ destinations: [{ channel }] })).arn)).toBe('FAILED');
  await stop(arn);
  clock.advance(3000);
  expect(await stateOf((await start({ destinations: [{ channel }] })).arn)).toBe('ACTIVE');
});

test('a channel without a stream key fails as a destination', async () => {
  const { start, statesAfter, ivs, channel, channelArn } = await emulateComposition();
  const { streamKeys } = await ivs.send(new ListStreamKeysCommand({ channelArn }));
  await ivs.send(new DeleteStreamKeyCommand({ arn: streamKeys?.[0]?.arn }));
  const { arn } = await start({ destinations: [{ channel }] });
  expect(await statesAfter(arn, 3000)).toEqual(['FAILED', 'FAILED']);
});
