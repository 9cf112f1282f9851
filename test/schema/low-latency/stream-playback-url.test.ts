import { expect, it } from 'vitest';
import { startGateway } from '../../support/gateway.ts';

const MAIN = 'arn:aws:ivs:us-west-2:123456789012:channel/MainStage001';

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
