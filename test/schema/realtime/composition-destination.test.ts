import { expect, it } from 'vitest';
import { ManualClock } from '../../emulator/support/clock.ts';
import { startGateway } from '../../support/gateway.ts';

const arnOf = (id: string) => `arn:aws:ivs:us-west-2:123456789012:${id}`;
const TOWN_HALL = arnOf('composition/TownHall0001');
const FULL_HD = arnOf('encoder-configuration/FullHd000001');
const RECORDINGS = arnOf('storage-configuration/Recordings01');
const CHANNEL = arnOf('channel/TownHallLiv1');

const members = `destinationId state startTime endTime
  configuration {
    name
    channel { channelArn channel { arn } encoderConfigurationArn encoderConfiguration { arn } }
    s3 {
      storageConfigurationArn storageConfiguration { arn } encoderConfigurationArns encoderConfigurations { arn }
      recordingConfiguration { format hlsConfiguration { targetSegmentDurationSeconds } }
      thumbnailConfigurations { targetIntervalSeconds storage }
    }
  }
  detail { s3 { recordingPrefix } }`;

it('answers every member of both kinds with the call that reads the composition', async () => {
  const gateway = await startGateway({ seed: 'demo', clock: new ManualClock() });
  const { composition } = await gateway.data(
    `{ composition(arn: "${TOWN_HALL}") { destinations { ${members} } } }`,
  );
  const times = { startTime: '2025-12-31T23:20:02.000Z', endTime: null };
  expect(composition.destinations).toEqual([
    {
      destinationId: 'RecordingTo1',
      state: 'ACTIVE',
      ...times,
      configuration: {
        name: 'recording',
        channel: null,
        s3: {
          storageConfigurationArn: RECORDINGS,
          storageConfiguration: { arn: RECORDINGS },
          encoderConfigurationArns: [FULL_HD],
          encoderConfigurations: [{ arn: FULL_HD }],
          recordingConfiguration: { format: 'HLS', hlsConfiguration: { targetSegmentDurationSeconds: 2 } },
          thumbnailConfigurations: [],
        },
      },
      detail: { s3: { recordingPrefix: 'TownHall0001/TownHall0001/RecordingTo1/composite' } },
    },
    {
      destinationId: 'BroadcastTo1',
      state: 'ACTIVE',
      ...times,
      configuration: {
        name: 'broadcast',
        channel: {
          channelArn: CHANNEL,
          channel: { arn: CHANNEL },
          encoderConfigurationArn: FULL_HD,
          encoderConfiguration: { arn: FULL_HD },
        },
        s3: null,
      },
      detail: null,
    },
  ]);
  expect(gateway.calls()).toEqual({ GetComposition: 1 });
});

it('costs one GetComposition per composition of a list, whatever is asked of its destinations', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const { compositions } = await gateway.data(
    '{ compositions { nodes { destinations { state configuration { name } detail { s3 { recordingPrefix } } } } } }',
  );
  expect(compositions.nodes[2].destinations).toEqual([
    {
      state: 'FAILED',
      configuration: { name: 'recording' },
      detail: { s3: { recordingPrefix: 'ChessFinal01/ChessFinal01/RecordingCh1/composite' } },
    },
    { state: 'ACTIVE', configuration: { name: 'broadcast' }, detail: null },
  ]);
  expect(gateway.calls()).toEqual({ ListCompositions: 1, GetComposition: 3 });
});

it('leads to the things that it names, each asked for once', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const { composition } = await gateway.data(
    `{ composition(arn: "${TOWN_HALL}") { destinations { configuration {
      channel { channel { name } encoderConfiguration { name } }
      s3 { storageConfiguration { s3 { bucketName } } encoderConfigurations { video { height } } }
    } } } }`,
  );
  expect(composition.destinations).toEqual([
    {
      configuration: {
        channel: null,
        s3: {
          storageConfiguration: { s3: { bucketName: 'ivs-recordings-us-west-2' } },
          encoderConfigurations: [{ video: { height: 1080 } }],
        },
      },
    },
    {
      configuration: {
        channel: { channel: { name: 'town-hall-live' }, encoderConfiguration: { name: 'full-hd' } },
        s3: null,
      },
    },
  ]);
  expect(gateway.calls()).toEqual({
    GetComposition: 1,
    GetChannel: 1,
    GetStorageConfiguration: 1,
    GetEncoderConfiguration: 1,
  });
});

it('keeps what was asked for when a composition is started', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const channel = { channelArn: arnOf('channel/NightMarket1') };
  const s3 = {
    storageConfigurationArn: RECORDINGS,
    encoderConfigurationArns: [FULL_HD],
    recordingConfiguration: { format: 'HLS', hlsConfiguration: { targetSegmentDurationSeconds: 6 } },
    thumbnailConfigurations: [{ targetIntervalSeconds: 10, storage: ['LATEST'] }],
  };
  const destinations = [{ channel }, { s3: { name: 'file', ...s3 } }];
  const { startComposition } = await gateway.data(
    `mutation ($input: StartCompositionInput!) { startComposition(input: $input) {
      ... on StartCompositionPayload { composition { destinations { ${members} } } } } }`,
    { input: { stageArn: arnOf('stage/TownHall0001'), destinations } },
  );
  const [live, file] = startComposition.composition.destinations;
  expect(live.configuration).toMatchObject({
    name: null,
    channel: { ...channel, encoderConfigurationArn: null, encoderConfiguration: null },
  });
  expect(file.configuration).toMatchObject({ name: 'file', s3 });
  expect([file.startTime, file.endTime]).toEqual([null, null]);
  expect(gateway.calls()).toEqual({ StartComposition: 1 });
});

it('tells how a destination is doing', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const where = { compositionArn: TOWN_HALL, destinationId: 'BroadcastTo1' };
  gateway.emulator.control.loseCompositionDestination(where);
  const read = async () =>
    (await gateway.data(`{ composition(arn: "${TOWN_HALL}") { state destinations { state endTime } } }`))
      .composition;
  const recording = { state: 'ACTIVE', endTime: null };
  expect(await read()).toEqual({
    state: 'ACTIVE',
    destinations: [recording, { state: 'RECONNECTING', endTime: null }],
  });
  gateway.emulator.control.failCompositionDestination(where);
  expect(await read()).toEqual({
    state: 'ACTIVE',
    destinations: [recording, { state: 'FAILED', endTime: expect.any(String) }],
  });
});
