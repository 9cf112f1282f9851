import {
  GetChannelCommand,
  GetStreamCommand,
  ListStreamsCommand,
  PutMetadataCommand,
  paginateListStreams,
  StopStreamCommand,
} from '@aws-sdk/client-ivs';
import { expect, test } from 'vitest';
import { authorization, emulate, failureOf, MAIN_STAGE } from '../support/emulate.ts';

const SPORTS = MAIN_STAGE.replace('MainStage001', 'SportsArena1');
const IDLE = MAIN_STAGE.replace('MainStage001', 'PressRoom001');
const MISSING = MAIN_STAGE.replace('MainStage001', 'Missing00001');

test('a stream has a playback URL that the summary has not', async () => {
  const { ivs, clock } = await emulate({ seed: 'demo' });
  const { stream } = await ivs.send(new GetStreamCommand({ channelArn: MAIN_STAGE }));
  const { channel } = await ivs.send(new GetChannelCommand({ arn: MAIN_STAGE }));
  expect(stream).toEqual({
    channelArn: MAIN_STAGE,
    streamId: 'st-MainStage00000000000001',
    playbackUrl: channel?.playbackUrl,
    startTime: new Date(clock.now().getTime() - 3_600_000),
    state: 'LIVE',
    health: 'HEALTHY',
    viewerCount: 4211,
  });
  const { playbackUrl: _, ...summary } = stream ?? {};
  const { streams } = await ivs.send(new ListStreamsCommand({ maxResults: 1 }));
  expect(streams).toEqual([summary]);
});

test('the list holds what is live, can be narrowed by health and paged', async () => {
  const { ivs } = await emulate({ seed: 'demo' });
  const { streams = [] } = await ivs.send(new ListStreamsCommand({}));
  const live = streams.map(({ channelArn }) => channelArn);
  expect(live).toEqual(expect.arrayContaining([MAIN_STAGE, SPORTS]));
  expect(live).not.toContain(IDLE);
  const starving = await ivs.send(new ListStreamsCommand({ filterBy: { health: 'STARVING' } }));
  expect(starving.streams?.map(({ channelArn }) => channelArn)).toEqual([SPORTS]);
  const paged = [];
  const pages = paginateListStreams({ client: ivs, pageSize: 1 }, { filterBy: { health: 'HEALTHY' } });
  for await (const page of pages) paged.push(...(page.streams ?? []));
  expect(paged).toEqual(streams.filter(({ health }) => health === 'HEALTHY'));
});

test('a health that AWS does not know is refused', async () => {
  const { ivs } = await emulate();
  const list = ivs.send(new ListStreamsCommand({ filterBy: { health: 'FINE' as never } }));
  expect(await failureOf(list)).toMatchObject({ name: 'ValidationException', status: 400 });
});

test('a stopped stream is gone, and its channel can go live again', async () => {
  const { ivs, emulator } = await emulate({ seed: 'demo' });
  const channelArn = MAIN_STAGE;
  await ivs.send(new StopStreamCommand({ channelArn }));
  const gone = await failureOf(ivs.send(new GetStreamCommand({ channelArn })));
  expect(gone).toMatchObject({ name: 'ChannelNotBroadcasting', status: 404 });
  const { streamId } = emulator.control.startStream({ channelArn });
  const { stream } = await ivs.send(new GetStreamCommand({ channelArn }));
  expect(stream).toMatchObject({ streamId, viewerCount: 0 });
});

test.each([
  ['GetStream', (channelArn: string) => new GetStreamCommand({ channelArn })],
  ['StopStream', (channelArn: string) => new StopStreamCommand({ channelArn })],
  ['PutMetadata', (channelArn: string) => new PutMetadataCommand({ channelArn, metadata: 'm' })],
])('%s tells a channel that is idle from one that does not exist', async (_, commandOf) => {
  const { ivs } = await emulate({ seed: 'demo' });
  const send = (arn: string) => failureOf(ivs.send(commandOf(arn) as GetStreamCommand));
  expect(await send(IDLE)).toMatchObject({ name: 'ChannelNotBroadcasting', status: 404 });
  expect(await send(MISSING)).toMatchObject({ name: 'ResourceNotFoundException', status: 404 });
});

test('metadata of 1 byte to 1 KB in UTF-8 is put in, and answered with nothing', async () => {
  const { ivs, post } = await emulate({ seed: 'demo' });
  const put = (metadata: string) =>
    post('/PutMetadata', JSON.stringify({ channelArn: MAIN_STAGE, metadata }), {
      authorization: authorization(),
    });
  for (const metadata of ['x', 'x'.repeat(1024), 'é'.repeat(512)]) {
    const response = await put(metadata);
    expect([response.status, await response.text()]).toEqual([204, '']);
  }
  for (const metadata of ['', 'x'.repeat(1025), 'é'.repeat(513)]) {
    const refused = ivs.send(new PutMetadataCommand({ channelArn: MAIN_STAGE, metadata }));
    expect(await failureOf(refused)).toMatchObject({ name: 'ValidationException', status: 400 });
  }
});
