import { describe, expect, it } from 'vitest';
import { startGateway } from '../../support/gateway.ts';

const MAIN = 'arn:aws:ivs:us-west-2:123456789012:channel/MainStage001';
const SPORTS = MAIN.replace('MainStage001', 'SportsArena1');
const IDLE = MAIN.replace('MainStage001', 'PressRoom001');
const UNKNOWN = MAIN.replace('MainStage001', 'doesNotExist');

describe('reading streams', () => {
  it('answers every member of a stream with one call', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { stream } = await gateway.data(
      `{ stream(channelArn: "${MAIN}") {
        __typename channelArn streamId state health viewerCount startTime playbackUrl
        channel { arn } session { channelArn streamId }
      } }`,
    );
    expect(stream).toEqual({
      __typename: 'Stream',
      channelArn: MAIN,
      streamId: 'st-MainStage00000000000001',
      state: 'LIVE',
      health: 'HEALTHY',
      viewerCount: 4211,
      startTime: expect.stringMatching(/^\d{4}-/),
      playbackUrl: expect.stringMatching(/^https:.*MainStage001\.m3u8$/),
      channel: { arn: MAIN },
      session: { channelArn: MAIN, streamId: 'st-MainStage00000000000001' },
    });
    expect(gateway.calls()).toEqual({ GetStream: 1 });
  });

  it('answers null for a channel that is idle or does not exist', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const answer = await gateway.data(
      `{ idle: stream(channelArn: "${IDLE}") { health } unknown: stream(channelArn: "${UNKNOWN}") { channelArn }
         channel(arn: "${IDLE}") { stream { health } } }`,
    );
    expect(answer).toEqual({ idle: null, unknown: null, channel: { stream: null } });
  });

  it('refuses what is no channel before any call', async () => {
    const gateway = await startGateway();
    const { data, errors } = await gateway.ask(
      '{ stream(channelArn: "arn:aws:ivs:us-west-2:123456789012:stage/abc") { health } }',
    );
    expect(data).toEqual({ stream: null });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(gateway.calls()).toEqual({});
  });

  it('answers null for a viewer count that AWS did not get', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    gateway.emulator.control.startStream({ channelArn: IDLE, viewerCount: -1 });
    const { stream } = await gateway.data(`{ stream(channelArn: "${IDLE}") { viewerCount state } }`);
    expect(stream).toEqual({ viewerCount: null, state: 'LIVE' });
  });

  it('costs a list call for summary fields', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { streams } = await gateway.data(
      '{ streams { nodes { channelArn streamId state health viewerCount startTime session { streamId } } } }',
    );
    expect(streams.nodes).toContainEqual(expect.objectContaining({ channelArn: MAIN, viewerCount: 4211 }));
    expect(gateway.calls()).toEqual({ ListStreams: 1 });
  });

  it('fills the channels of a list of streams with one call, and asks no stream twice', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { streams } = await gateway.data('{ streams { nodes { channel { name stream { health } } } } }');
    expect(streams.nodes[0].channel).toEqual({ name: 'main-stage', stream: { health: 'HEALTHY' } });
    expect(gateway.calls()).toEqual({ ListStreams: 1, BatchGetChannel: 1 });
  });

  it('lists those of one health, of the region that is asked for', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { starving, elsewhere } = await gateway.data(
      `{ starving: streams(filter: { health: STARVING }) { nodes { channelArn } }
         elsewhere: streams(region: "eu-west-1", filter: null) { nodes { viewerCount } } }`,
    );
    expect(starving.nodes).toEqual([{ channelArn: SPORTS }]);
    expect(elsewhere.nodes).toEqual([{ viewerCount: 37 }]);
  });

  it('pages, and refuses a cursor of another filter', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { streams } = await gateway.data(
      '{ streams(first: 1) { edges { cursor } pageInfo { hasNextPage } } }',
    );
    expect(streams.pageInfo.hasNextPage).toBe(true);
    const after = streams.edges[0].cursor;
    const query = `query ($after: String, $filter: StreamFilter) {
      streams(first: 1, after: $after, filter: $filter) { nodes { channelArn } }
    }`;
    const next = await gateway.data(query, { after });
    expect(next.streams.nodes[0].channelArn).not.toBe(MAIN);
    gateway.calls();
    const { errors } = await gateway.ask(query, { after, filter: { health: 'HEALTHY' } });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(gateway.calls()).toEqual({});
  });
});

describe('changing streams', () => {
  const stop = `mutation ($channelArn: ID!) { stopStream(input: { channelArn: $channelArn }) {
    __typename ... on StopStreamPayload { channel { arn stream { health } } } ... on MutationError { code }
  } }`;
  const put = `mutation ($channelArn: ID!, $metadata: String!) {
    putMetadata(input: { channelArn: $channelArn, metadata: $metadata }) {
      __typename ... on PutMetadataPayload { channel { arn } } ... on MutationError { code }
    }
  }`;

  it('stops a stream and shows that it is gone', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { stopStream } = await gateway.data(stop, { channelArn: MAIN });
    expect(stopStream).toEqual({ __typename: 'StopStreamPayload', channel: { arn: MAIN, stream: null } });
    expect(gateway.calls()).toEqual({ StopStream: 1, GetStream: 1 });
  });

  it('puts metadata in, in one call', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { putMetadata } = await gateway.data(put, { channelArn: MAIN, metadata: '{"goal":1}' });
    expect(putMetadata).toEqual({ __typename: 'PutMetadataPayload', channel: { arn: MAIN } });
    expect(gateway.emulator.calls.log('PutMetadata')).toMatchObject([
      { input: { channelArn: MAIN, metadata: '{"goal":1}' }, status: 204 },
    ]);
    expect(gateway.calls()).toEqual({ PutMetadata: 1 });
  });

  it.each([
    ['what is no channel', 'no ARN', 'ValidationError', 'BAD_USER_INPUT'],
    ['a channel that does not exist', UNKNOWN, 'ResourceNotFoundError', 'NOT_FOUND'],
    ['a channel that is not live', IDLE, 'ChannelNotBroadcastingError', 'CHANNEL_NOT_BROADCASTING'],
  ])('answers %s with an error of the union', async (_what, channelArn, __typename, code) => {
    const gateway = await startGateway({ seed: 'demo' });
    expect((await gateway.data(stop, { channelArn })).stopStream).toEqual({ __typename, code });
    const { putMetadata } = await gateway.data(put, { channelArn, metadata: 'm' });
    expect(putMetadata).toEqual({ __typename, code });
  });

  it('answers a stream that AWS cannot stop now with an error of the union', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    gateway.emulator.faults.add({
      operation: 'StopStream',
      errorType: 'StreamUnavailable',
      message: 'later',
    });
    const { stopStream } = await gateway.data(stop, { channelArn: MAIN });
    expect(stopStream).toEqual({ __typename: 'StreamUnavailableError', code: 'STREAM_UNAVAILABLE' });
  });

  it('answers metadata of more than 1 KB with ValidationError', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { putMetadata } = await gateway.data(put, { channelArn: MAIN, metadata: 'é'.repeat(513) });
    expect(putMetadata).toEqual({ __typename: 'ValidationError', code: 'BAD_USER_INPUT' });
  });
});

describe('the playback URL', () => {
  it('comes from the channels of a list of streams, in one call for 50', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { streams } = await gateway.data(
      '{ streams { nodes { channelArn playbackUrl channel { playbackUrl } } } }',
    );
    expect(streams.nodes.length).toBeGreaterThan(5);
    for (const { playbackUrl, channel } of streams.nodes) {
      expect(playbackUrl).toMatch(/^https:/);
      expect(playbackUrl).toBe(channel.playbackUrl);
    }
    expect(gateway.calls()).toEqual({ ListStreams: 1, BatchGetChannel: 1 });
  });

  it('comes with the stream of a single channel', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { stream } = await gateway.data(`{ stream(channelArn: "${MAIN}") { playbackUrl health } }`);
    expect(stream.playbackUrl).toMatch(/^https:.*MainStage001\.m3u8$/);
    expect(gateway.calls()).toEqual({ GetStream: 1 });
  });
});
