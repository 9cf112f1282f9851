import { describe, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../../support/gateway.ts';

const MAIN = 'arn:aws:ivs:us-west-2:123456789012:channel/MainStage001';
const KEYNOTE = MAIN.replace('MainStage001', 'Keynote00001');
const IDLE = MAIN.replace('MainStage001', 'PressRoom001');
const UNKNOWN = MAIN.replace('MainStage001', 'doesNotExist');
const NEWEST = 'st-MainStage00000000000001';
const OLDEST = 'st-MainStage00000000000003';
const NO_STREAM = `st-${'x'.repeat(23)}`;

describe('reading one stream session', () => {
  const ask = ({ data }: TestGateway, channelArn: string, streamId: string | null, fields: string) =>
    data(
      `query ($channelArn: ID!, $streamId: ID) {
        streamSession(channelArn: $channelArn, streamId: $streamId) { ${fields} }
      }`,
      { channelArn, streamId },
    );

  it('answers what happened with one call', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { streamSession } = await ask(
      gateway,
      MAIN,
      OLDEST,
      '__typename channelArn channel { arn } streamId startTime endTime events { name type eventTime code }',
    );
    expect(streamSession).toMatchObject({
      __typename: 'StreamSession',
      channelArn: MAIN,
      channel: { arn: MAIN },
      streamId: OLDEST,
      startTime: expect.stringMatching(/^\d{4}-/),
      endTime: expect.stringMatching(/^\d{4}-/),
    });
    expect(streamSession.events).toHaveLength(7);
    expect(streamSession.events.at(-1)).toEqual({
      name: 'Session Created',
      type: 'IVS Stream State Change',
      eventTime: streamSession.startTime,
      code: null,
    });
    expect(gateway.calls()).toEqual({ GetStreamSession: 1 });
  });

  it('answers the code of an event that has one, and no end while it is live', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    gateway.emulator.control.failStream({ channelArn: MAIN, event: 'Stream Takeover Failure' });
    const { streamSession } = await ask(gateway, MAIN, NEWEST, 'endTime events { name code }');
    expect(streamSession.endTime).toBeNull();
    expect(streamSession.events[0]).toEqual({
      name: 'Stream Takeover Failure',
      code: 'StreamTakeoverMediaMismatch',
    });
  });

  it('answers what the broadcaster sent', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const video = `track codec profile level encoder targetBitrate targetFramerate videoHeight videoWidth`;
    const audio = 'track codec targetBitrate sampleRate channels';
    const { streamSession } = await ask(
      gateway,
      MAIN,
      NEWEST,
      `ingestConfigurations { videoConfigurations { ${video} } audioConfigurations { ${audio} } }`,
    );
    const picture = {
      track: 'Track0',
      codec: 'avc1.42C02A',
      profile: 'Baseline',
      level: '4.2',
      encoder: 'obs-studio',
      targetBitrate: 8_350_000,
      targetFramerate: 60,
      videoHeight: 1080,
      videoWidth: 1920,
    };
    const sound = {
      track: 'Track0',
      codec: 'mp4a.40.2',
      targetBitrate: 160_000,
      sampleRate: 48_000,
      channels: 2,
    };
    expect(streamSession).toEqual({
      ingestConfigurations: { videoConfigurations: [picture], audioConfigurations: [sound] },
    });
  });

  it('answers the channel of then, and what it names of now', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const plain = `arn name latencyMode type recordingConfigurationArn authorized tags { key value } insecureIngest
      preset playbackRestrictionPolicyArn adConfigurationArn ingestEndpoint playbackUrl srt { endpoint passphrase }
      multitrackInputConfiguration { enabled policy maximumResolution } containerFormat`;
    const { then, channel } = await gateway.data(
      `{ channel(arn: "${KEYNOTE}") { ${plain} }
         then: streamSession(channelArn: "${KEYNOTE}") { channelSnapshot {
           ${plain} recordingConfiguration { arn } playbackRestrictionPolicy { arn } adConfiguration { arn }
         } } }`,
    );
    expect(then.channelSnapshot).toEqual({
      ...channel,
      recordingConfiguration: { arn: channel.recordingConfigurationArn },
      playbackRestrictionPolicy: null,
      adConfiguration: { arn: channel.adConfigurationArn },
    });
    expect(gateway.calls()).toEqual({ GetChannel: 1, GetStreamSession: 1 });

    const { untagResource } = await gateway.data(
      `mutation { untagResource(input: { resourceArn: "${KEYNOTE}", tagKeys: ["environment"] }) { __typename } }`,
    );
    expect(untagResource.__typename).toBe('UntagResourcePayload');
    const { streamSession } = await ask(
      gateway,
      KEYNOTE,
      null,
      'channel { tags { key } } channelSnapshot { tags { key value } }',
    );
    expect(streamSession).toEqual({
      channel: { tags: [] },
      channelSnapshot: { tags: [{ key: 'environment', value: 'production' }] },
    });
  });

  it('answers the recording configuration of then', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const plain = `arn name destinationConfiguration { s3 { bucketName } } state tags { key value }
      thumbnailConfiguration { recordingMode targetIntervalSeconds resolution storage }
      recordingReconnectWindowSeconds renditionConfiguration { renditionSelection renditions }`;
    const { channel, then } = await gateway.data(
      `{ channel(arn: "${KEYNOTE}") { recordingConfiguration { ${plain} } }
         then: streamSession(channelArn: "${KEYNOTE}") { recordingConfigurationSnapshot { ${plain} } } }`,
    );
    expect(then.recordingConfigurationSnapshot).toMatchObject({ name: 'shows', state: 'ACTIVE' });
    expect(then.recordingConfigurationSnapshot).toEqual(channel.recordingConfiguration);
    const { streamSession } = await ask(gateway, MAIN, NEWEST, 'recordingConfigurationSnapshot { arn }');
    expect(streamSession).toEqual({ recordingConfigurationSnapshot: null });
  });

  it('answers the newest session when no id is given, from the channel too', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { streamSession } = await ask(gateway, MAIN, null, 'streamId channelSnapshot { name }');
    expect(streamSession).toEqual({ streamId: NEWEST, channelSnapshot: { name: 'main-stage' } });
    expect(gateway.calls()).toEqual({ GetStreamSession: 1 });

    const { channel } = await gateway.data(
      `{ channel(arn: "${MAIN}") {
        newest: streamSession { streamId } other: streamSession(streamId: "${OLDEST}") { streamId }
      } }`,
    );
    expect(channel).toEqual({ newest: { streamId: NEWEST }, other: { streamId: OLDEST } });
  });

  it.each([
    ['a channel that was never live', IDLE, null],
    ['a channel that does not exist', UNKNOWN, null],
    ['a stream of a channel that does not exist', UNKNOWN, NO_STREAM],
    ['a stream that does not exist', MAIN, NO_STREAM],
  ])('answers null for %s', async (_what, channelArn, streamId) => {
    const gateway = await startGateway({ seed: 'demo' });
    expect(await ask(gateway, channelArn, streamId, 'streamId')).toEqual({ streamSession: null });
  });

  it.each([
    ['the ARN of something else', 'arn:aws:ivs:us-west-2:123456789012:stage/abc', NEWEST],
    ['the ARN of something else, without an id', 'arn:aws:ivs:us-west-2:123456789012:stage/abc', undefined],
    ['the id of a stage session', MAIN, 'st-TownHall00001'],
  ])('refuses %s before any call', async (_what, channelArn, streamId) => {
    const gateway = await startGateway({ seed: 'demo' });
    const { data, errors } = await gateway.ask(
      `query ($channelArn: ID!, $streamId: ID) {
        streamSession(channelArn: $channelArn, streamId: $streamId) { startTime }
      }`,
      { channelArn, streamId },
    );
    expect(data).toEqual({ streamSession: null });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(gateway.calls()).toEqual({});
  });
});

describe('listing stream sessions', () => {
  it('costs a list call for summary fields, and one GetStreamSession per session for detail fields', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { streamSessions } = await gateway.data(
      `{ streamSessions(channelArn: "${MAIN}") { nodes { streamId startTime endTime hasErrorEvent } } }`,
    );
    expect(streamSessions.nodes).toMatchObject([
      { streamId: NEWEST, endTime: null, hasErrorEvent: false },
      { streamId: 'st-MainStage00000000000002', endTime: expect.any(String), hasErrorEvent: false },
      { streamId: OLDEST, endTime: expect.any(String), hasErrorEvent: true },
    ]);
    expect(gateway.calls()).toEqual({ ListStreamSessions: 1 });

    const { channel } = await gateway.data(
      `{ channel(arn: "${MAIN}") { streamSessions { nodes { streamId hasErrorEvent events { name } } } } }`,
    );
    expect(channel.streamSessions.nodes).toHaveLength(3);
    expect(gateway.calls()).toEqual({ GetChannel: 1, ListStreamSessions: 1, GetStreamSession: 3 });
  });

  it('is null for a channel that does not exist', async () => {
    const gateway = await startGateway();
    const answer = await gateway.data(`{ streamSessions(channelArn: "${UNKNOWN}") { nodes { streamId } } }`);
    expect(answer).toEqual({ streamSessions: null });
  });
});

describe('whether a session had errors', () => {
  const errorsOf = async ({ data }: TestGateway, keys: object[]) => {
    const { _entities } = await data(
      `query ($representations: [_Any!]!) {
        _entities(representations: $representations) { ... on StreamSession { hasErrorEvent } }
      }`,
      { representations: keys.map((key) => ({ __typename: 'StreamSession', ...key })) },
    );
    return _entities;
  };

  it('is looked up in the list when only the session is known', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { streams, old } = await gateway.data(
      `{ streams(first: 1) { nodes { session { hasErrorEvent } } }
         old: streamSession(channelArn: "${MAIN}", streamId: "${OLDEST}") { hasErrorEvent events { name } } }`,
    );
    expect(streams.nodes).toEqual([{ session: { hasErrorEvent: false } }]);
    expect(old.hasErrorEvent).toBe(true);
    expect(gateway.calls()).toMatchObject({ ListStreams: 1, GetStreamSession: 1 });
  });

  it('costs one call per 100 sessions that are newer, shared by all that ask', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { control } = gateway.emulator;
    const ids = Array.from({ length: 150 }, (_, index) => {
      const { streamId } = control.startStream({ channelArn: IDLE });
      if (index % 2 === 0) control.failStream({ channelArn: IDLE });
      else control.stopStream({ channelArn: IDLE });
      return streamId;
    });
    const answer = await errorsOf(gateway, [
      { channelArn: IDLE, streamId: ids[0] },
      { channelArn: IDLE, streamId: ids[1] },
      { channelArn: IDLE, streamId: ids[148] },
    ]);
    expect(answer).toEqual([{ hasErrorEvent: true }, { hasErrorEvent: false }, { hasErrorEvent: true }]);
    expect(gateway.calls()).toEqual({ ListStreamSessions: 2 });
  });

  it('is null for a session that is not in the list', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const answer = await errorsOf(gateway, [
      { channelArn: MAIN, streamId: NO_STREAM },
      { channelArn: UNKNOWN, streamId: NO_STREAM },
    ]);
    expect(answer).toEqual([{ hasErrorEvent: null }, { hasErrorEvent: null }]);
  });
});
