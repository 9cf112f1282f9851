// `isLive`, of a stage and of a channel.
import { expect, it } from 'vitest';
import { startGateway } from '../support/gateway.ts';

const arnOf = (id: string) => `arn:aws:ivs:us-west-2:123456789012:${id}`;

it('of a stage is read from the list', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const { stages } = await gateway.data('{ stages { nodes { isLive activeSessionId } } }');
  for (const { isLive, activeSessionId } of stages.nodes) expect(isLive).toBe(activeSessionId !== null);
  expect(new Set(stages.nodes.map(({ isLive }: { isLive: boolean }) => isLive)).size).toBe(2);
  expect(gateway.calls()).toEqual({ ListStages: 1 });
});

it('of the channels of a list costs one list of streams, shared with the streams themselves', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const { channels } = await gateway.data('{ channels { nodes { isLive stream { health } } } }');
  for (const { isLive, stream } of channels.nodes) expect(isLive).toBe(stream !== null);
  expect(new Set(channels.nodes.map(({ isLive }: { isLive: boolean }) => isLive)).size).toBe(2);
  expect(gateway.calls()).toEqual({ ListChannels: 1, ListStreams: 1 });
});

it('of one channel costs one call, whether it is live or not', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  for (const [id, isLive] of [
    ['MainStage001', true],
    ['PressRoom001', false],
  ] as const) {
    const { channel } = await gateway.data(`{ channel(arn: "${arnOf(`channel/${id}`)}") { isLive } }`);
    expect(channel).toEqual({ isLive });
    expect(gateway.calls()).toEqual({ GetChannel: 1, GetStream: 1 });
  }
});

it('of what does not exist is no stage, and no call more', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const { stage } = await gateway.data(`{ stage(arn: "${arnOf('stage/doesNotExist')}") { isLive } }`);
  expect(stage).toBeNull();
  expect(gateway.calls()).toEqual({ GetStage: 1 });
});
