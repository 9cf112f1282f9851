// Which channels are live, as subscribers hear of it.
import { describe, expect, it } from 'vitest';
import { boundedTo } from '../../support/callers.ts';
import { hold } from '../../support/clock.ts';
import { EVENTS, eventOf, listenForEvents } from '../../support/events.ts';
import { startGateway, type TestGatewayOptions } from '../../support/gateway.ts';
import { listen } from '../../support/listen.ts';

const STREAMS = `subscription ($channels: [ID!], $region: String) {
  streams(channelArns: $channels, region: $region) {
    __typename
    ... on LiveEvent { source }
    ... on StreamsState { nodes { channelArn viewerCount health } }
    ... on StreamStarted { eventName channel { arn name } stream { streamId state startTime } }
    ... on StreamChanged { eventName stream { channelArn viewerCount health } }
    ... on StreamEnded { eventName stream { channelArn } }
  }
}`;

async function open(options: TestGatewayOptions = {}) {
  const gateway = await startGateway({ ...options, server: { events: EVENTS } });
  const channels: string[] = [];
  for (const name of ['first', 'second']) {
    const { createChannel } = await startGateway({ beside: gateway }).then(({ data }) =>
      data(
        `mutation { createChannel(input: { name: "${name}" }) { ... on CreateChannelPayload { channel { arn } } } }`,
      ),
    );
    channels.push(createChannel.channel.arn);
  }
  const [channelArn = '', other = ''] = channels;
  const { send } = await listenForEvents(gateway);
  const { control } = gateway.emulator;
  const subscribe = (variables: object = {}) => listen(gateway, STREAMS, { ...variables });
  return { gateway, channelArn, other, send, control, subscribe };
}

const streamEvent = (channelArn: string, stream_id: string, event_name: string, ago = 0) =>
  eventOf(event_name.startsWith('Starvation') ? 'IVS Stream Health Change' : 'IVS Stream State Change', {
    resources: [channelArn],
    time: new Date(Date.now() - ago).toISOString(),
    detail: { event_name, channel_name: '', stream_id },
  });

describe('streams', () => {
  it('are sent first, then what goes live, changes and ends', async () => {
    const { subscribe, control, channelArn, other } = await open();
    control.startStream({ channelArn });
    const { until } = await subscribe();
    expect(await until('StreamsState')).toMatchObject([{ nodes: [{ channelArn, health: 'HEALTHY' }] }]);
    control.startStream({ channelArn: other });
    expect(await until('StreamStarted')).toMatchObject([
      { source: 'POLL', channel: { arn: other, name: 'second' }, stream: { state: 'LIVE' } },
    ]);
    control.starveStream({ channelArn });
    expect(await until('StreamChanged')).toMatchObject([{ stream: { channelArn, health: 'STARVING' } }]);
    control.stopStream({ channelArn: other });
    expect(await until('StreamEnded')).toMatchObject([{ source: 'POLL', stream: { channelArn: other } }]);
  });

  it('begin and end when AWS says so, before a poll', async () => {
    const { subscribe, send, channelArn, gateway } = await open();
    const { until } = await subscribe();
    await until('StreamsState');
    hold(gateway.clock);
    await send(streamEvent(channelArn, 'st-0000000000000000000000a', 'Stream Start'));
    expect(await until('StreamStarted')).toMatchObject([
      {
        source: 'EVENTBRIDGE',
        eventName: 'Stream Start',
        stream: { streamId: 'st-0000000000000000000000a' },
      },
    ]);
    await send(streamEvent(channelArn, 'st-0000000000000000000000a', 'Starvation Start'));
    expect(await until('StreamChanged')).toMatchObject([{ stream: { health: 'STARVING' } }]);
    await send(streamEvent(channelArn, 'st-0000000000000000000000a', 'Stream End'));
    expect(await until('StreamEnded')).toMatchObject([{ source: 'EVENTBRIDGE', eventName: 'Stream End' }]);
  });

  it('that began by an event are not ended by a list that does not know them yet', async () => {
    const { subscribe, send, channelArn, gateway } = await open();
    const { until, waiting } = await subscribe();
    await until('StreamsState');
    const pass = hold(gateway.clock);
    await send(streamEvent(channelArn, 'st-0000000000000000000000a', 'Stream Start'));
    await until('StreamStarted');
    gateway.calls();
    await pass(4000);
    expect(gateway.calls().ListStreams).toBeGreaterThan(1);
    expect(waiting()).toBe(0);
    await pass(4000);
    expect(await until('StreamEnded')).toMatchObject([{ source: 'POLL' }]);
  });

  it('are not ended by an event of an earlier stream, or one that is late', async () => {
    const { subscribe, send, control, channelArn } = await open();
    control.startStream({ channelArn });
    const { until } = await subscribe();
    await until('StreamsState');
    await send(streamEvent(channelArn, 'st-0000000000000000000000a', 'Stream End'));
    await send(streamEvent(channelArn, 'st-0000000000000000000000b', 'Stream Start', 120_000));
    control.starveStream({ channelArn });
    expect(await until('StreamChanged')).toMatchObject([{ source: 'POLL', stream: { health: 'STARVING' } }]);
  });

  it('end at once when this gateway stops them', async () => {
    const { subscribe, gateway, control, channelArn } = await open();
    control.startStream({ channelArn });
    const { until } = await subscribe({ channels: [channelArn] });
    await until('StreamsState');
    await gateway.data(`mutation { stopStream(input: { channelArn: "${channelArn}" }) { __typename } }`);
    expect(await until('StreamEnded')).toMatchObject([{ source: 'MUTATION', eventName: 'StopStream' }]);
  });

  it('of other channels are not sent', async () => {
    const { subscribe, control, channelArn, other } = await open();
    control.startStream({ channelArn: other });
    const { until } = await subscribe({ channels: [channelArn] });
    expect(await until('StreamsState')).toMatchObject([{ nodes: [] }]);
    control.stopStream({ channelArn: other });
    control.startStream({ channelArn });
    expect(await until('StreamStarted')).toMatchObject([{ channel: { arn: channelArn } }]);
  });

  it('that the caller may not see are not sent', async () => {
    const lead = await open();
    const { control, channelArn, other } = lead;
    const gateway = await startGateway({ beside: lead.gateway, caller: boundedTo(channelArn) });
    control.startStream({ channelArn });
    control.startStream({ channelArn: other });
    const { until } = await listen(gateway, STREAMS);
    expect(await until('StreamsState')).toMatchObject([{ nodes: [{ channelArn }] }]);
  });

  it('of a region cost one call, whatever the subscriptions name', async () => {
    const { subscribe, gateway, control, channelArn, other } = await open();
    control.startStream({ channelArn });
    const pass = hold(gateway.clock);
    gateway.calls();
    for (const channels of [undefined, [channelArn], [other], [other, channelArn]])
      await (await subscribe({ channels })).until('StreamsState');
    await pass(6_100);
    expect(gateway.calls()).toEqual({ ListStreams: 4 });
  });
});

it('a list whose pages never end is an error, not calls without end', async () => {
  const { subscribe, gateway } = await open();
  gateway.calls();
  gateway.emulator.faults.add({
    operation: 'ListStreams',
    status: 200,
    body: JSON.stringify({ streams: [], nextToken: 'again' }),
  });
  const { next } = await subscribe();
  expect(await next()).toMatchObject({ errors: [{ path: ['streams'] }] });
  expect(gateway.calls()).toEqual({ ListStreams: 2 });
});

it.each([
  ['channels of two regions', { channels: [arnIn('us-west-2'), arnIn('eu-west-1')] }],
  ['channels of another region than is named', { channels: [arnIn('us-west-2')], region: 'eu-west-1' }],
  ['no channel', { channels: [] }],
  ['too many channels', { channels: Array(101).fill(arnIn('us-west-2')) }],
  ['a stage', { channels: ['arn:aws:ivs:us-west-2:123456789012:stage/TownHall0001'] }],
])('%s: refused', async (_title, variables) => {
  const { subscribe, gateway } = await open();
  gateway.calls();
  const { next } = await subscribe(variables);
  expect(await next()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  expect(gateway.calls()).toEqual({});
});

function arnIn(region: string): string {
  return `arn:aws:ivs:${region}:123456789012:channel/MainStage001`;
}
