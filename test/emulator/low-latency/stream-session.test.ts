import {
  CreateChannelCommand,
  GetStreamSessionCommand,
  ListStreamSessionsCommand,
  paginateListStreamSessions,
  StopStreamCommand,
  TagResourceCommand,
} from '@aws-sdk/client-ivs';
import { expect, test } from 'vitest';
import { emulate, failureOf, MAIN_STAGE } from '../support/emulate.ts';

const IDLE = MAIN_STAGE.replace('MainStage001', 'PressRoom001');
const KEYNOTE = MAIN_STAGE.replace('MainStage001', 'Keynote00001');
const MISSING = MAIN_STAGE.replace('MainStage001', 'Missing00001');

async function emulateStream(channelArn = IDLE) {
  const world = await emulate({ seed: 'demo' });
  const { control } = world.emulator;
  const { streamId } = control.startStream({ channelArn });
  const get = async () => {
    const answer = await world.ivs.send(new GetStreamSessionCommand({ channelArn, streamId }));
    return answer.streamSession;
  };
  return { ...world, control, channelArn, streamId, get };
}

test('a session tells what happened, the newest first, and when', async () => {
  const { clock, control, channelArn, streamId, ivs, get } = await emulateStream();
  const begin = clock.now();
  clock.advance(1000);
  control.starveStream({ channelArn });
  clock.advance(1000);
  control.recoverStream({ channelArn });
  expect(await get()).toMatchObject({ streamId, startTime: begin });
  expect(await get()).not.toHaveProperty('endTime');
  clock.advance(1000);
  await ivs.send(new StopStreamCommand({ channelArn }));
  const session = await get();
  const at = (seconds: number) => new Date(begin.getTime() + seconds * 1000);
  expect(session?.endTime).toEqual(at(3));
  const state = 'IVS Stream State Change';
  const health = 'IVS Stream Health Change';
  expect(session?.truncatedEvents).toEqual([
    { type: state, name: 'Session Ended', eventTime: at(3) },
    { type: state, name: 'Stream End', eventTime: at(3) },
    { type: health, name: 'Starvation End', eventTime: at(2) },
    { type: health, name: 'Starvation Start', eventTime: at(1) },
    { type: state, name: 'Stream Start', eventTime: at(0) },
    { type: state, name: 'Session Created', eventTime: at(0) },
  ]);
});

test('it shows the channel as it was when it went live', async () => {
  const { channelArn, ivs, get } = await emulateStream();
  await ivs.send(new TagResourceCommand({ resourceArn: channelArn, tags: { later: 'yes' } }));
  const session = await get();
  expect(session?.channel).toMatchObject({ arn: channelArn, name: 'press-room', containerFormat: 'TS' });
  expect(session?.channel?.tags).toEqual({ environment: 'staging' });
});

test('it shows what the broadcaster sends, in two forms', async () => {
  const { get, clock } = await emulateStream();
  clock.advance(5000);
  const session = await get();
  const video = {
    codec: 'avc1.42C02A',
    encoder: 'obs-studio',
    targetBitrate: 8_350_000,
    targetFramerate: 60,
    videoHeight: 1080,
    videoWidth: 1920,
    profile: 'Baseline',
    level: '4.2',
    track: 'Track0',
  };
  const audio = {
    codec: 'mp4a.40.2',
    targetBitrate: 160_000,
    sampleRate: 48_000,
    channels: 2,
    track: 'Track0',
  };
  expect(session?.ingestConfigurations).toEqual({
    videoConfigurations: [{ ...video, avcProfile: '', avcLevel: '' }],
    audioConfigurations: [audio],
  });
  expect(session?.ingestConfiguration).toEqual({
    video: { ...video, avcProfile: 'Baseline', avcLevel: '4.2' },
    audio,
  });
});

test('early in a stream what is sent is empty texts and zeros, in both forms', async () => {
  const { get, clock, control, channelArn } = await emulateStream();
  const isUnknown = (track: object = {}) =>
    Object.values(track).every((value) => value === '' || value === 0) && Object.keys(track).length > 3;
  const unknown = async () => {
    const { ingestConfiguration, ingestConfigurations } = (await get()) ?? {};
    return [
      ...[ingestConfiguration?.video, ingestConfiguration?.audio],
      ...[...(ingestConfigurations?.videoConfigurations ?? [undefined])],
      ...[...(ingestConfigurations?.audioConfigurations ?? [undefined])],
    ].map(isUnknown);
  };
  expect(await unknown()).toEqual([true, true, true, true]);
  clock.advance(4999);
  expect(await unknown()).toEqual([true, true, true, true]);
  clock.advance(1);
  expect(await unknown()).toEqual([false, false, false, false]);
  control.stopStream({ channelArn });
  expect(await unknown()).toEqual([false, false, false, false]);
});

test('of a stream that ends early it stays unknown', async () => {
  const { get, clock, control, channelArn } = await emulateStream();
  clock.advance(1000);
  control.stopStream({ channelArn });
  clock.advance(60_000);
  expect((await get())?.ingestConfiguration?.video).toMatchObject({ codec: '', videoHeight: 0 });
});

test.each([
  ['FULL_HD', [1080, 720, 480]],
  ['HD', [720, 480]],
  ['SD', [480]],
] as const)(
  'with multitrack input of at most %s it is several tracks',
  async (maximumResolution, heights) => {
    const { ivs, emulator, clock } = await emulate();
    const { channel } = await ivs.send(
      new CreateChannelCommand({
        containerFormat: 'FRAGMENTED_MP4',
        multitrackInputConfiguration: { enabled: true, policy: 'ALLOW', maximumResolution },
      }),
    );
    const channelArn = channel?.arn ?? '';
    emulator.control.startStream({ channelArn });
    clock.advance(5000);
    const { streamSession } = await ivs.send(new GetStreamSessionCommand({ channelArn }));
    const tracks = streamSession?.ingestConfigurations?.videoConfigurations ?? [];
    expect(tracks.map(({ videoHeight }) => videoHeight)).toEqual(heights);
    expect(tracks.map(({ track }) => track)).toEqual(heights.map((_, index) => `Track${index}`));
    expect(streamSession?.ingestConfiguration?.video?.videoHeight).toBe(heights[0]);
  },
);

test('a recorded session shows how, and when', async () => {
  const { ivs, emulator } = await emulate({ seed: 'demo' });
  emulator.control.stopStream({ channelArn: KEYNOTE });
  const { streamSession } = await ivs.send(new GetStreamSessionCommand({ channelArn: KEYNOTE }));
  expect(streamSession?.recordingConfiguration).toMatchObject({
    arn: streamSession?.channel?.recordingConfigurationArn,
    name: 'shows',
    state: 'ACTIVE',
    recordingReconnectWindowSeconds: 60,
  });
  const recording = streamSession?.truncatedEvents?.filter(
    ({ type }) => type === 'IVS Recording State Change',
  );
  expect(recording?.map(({ name }) => name)).toEqual(['Recording End', 'Recording Start']);
});

test.each([
  ['Stream Failure', 'IVS Stream State Change', undefined],
  ['Stream Takeover Failure', 'IVS Stream State Change', 'StreamTakeoverMediaMismatch'],
  ['Ingest Bitrate', 'IVS Limit Breach', undefined],
  ['Ingest Resolution', 'IVS Limit Breach', undefined],
] as const)('%s is an error event, and only a failed stream ends by it', async (event, type, code) => {
  const { control, channelArn, ivs, get } = await emulateStream();
  const list = async () => {
    const answer = await ivs.send(new ListStreamSessionsCommand({ channelArn }));
    return answer.streamSessions?.[0];
  };
  expect((await list())?.hasErrorEvent).toBe(false);
  control.failStream({ channelArn, event });
  expect((await list())?.hasErrorEvent).toBe(true);
  const session = await get();
  expect(session?.endTime !== undefined).toBe(event === 'Stream Failure');
  const noted = session?.truncatedEvents?.find(({ name }) => name === event);
  expect([noted?.type, noted?.code]).toEqual([type, code]);
});

test('the events are cut to the newest 500, and an error among the rest is still told', async () => {
  const { control, channelArn, ivs, get } = await emulateStream();
  control.failStream({ channelArn, event: 'Ingest Bitrate' });
  for (let round = 0; round < 250; round += 1) {
    control.starveStream({ channelArn });
    control.recoverStream({ channelArn });
  }
  const names = (await get())?.truncatedEvents?.map(({ name }) => name) ?? [];
  expect([names.length, names[0], names.at(-1)]).toEqual([500, 'Starvation End', 'Starvation Start']);
  const { streamSessions } = await ivs.send(new ListStreamSessionsCommand({ channelArn }));
  expect(streamSessions?.[0]?.hasErrorEvent).toBe(true);
});

test('without a streamId it is the newest session', async () => {
  const { ivs, emulator } = await emulate({ seed: 'demo' });
  const newest = async () => {
    const command = new GetStreamSessionCommand({ channelArn: MAIN_STAGE });
    return (await ivs.send(command)).streamSession?.streamId;
  };
  expect(await newest()).toBe('st-MainStage00000000000001');
  emulator.control.stopStream({ channelArn: MAIN_STAGE });
  expect(await newest()).toBe('st-MainStage00000000000001');
  const { streamId } = emulator.control.startStream({ channelArn: MAIN_STAGE });
  expect(await newest()).toBe(streamId);
});

test('the list holds the members of the summary and no others, the newest first', async () => {
  const { ivs } = await emulate({ seed: 'demo' });
  const sessions = [];
  const pages = paginateListStreamSessions({ client: ivs, pageSize: 1 }, { channelArn: MAIN_STAGE });
  for await (const page of pages) sessions.push(...(page.streamSessions ?? []));
  expect(sessions.map(({ streamId }) => streamId)).toEqual([
    'st-MainStage00000000000001',
    'st-MainStage00000000000002',
    'st-MainStage00000000000003',
  ]);
  expect(Object.keys(sessions[0] ?? {}).sort()).toEqual(['hasErrorEvent', 'startTime', 'streamId']);
  expect(Object.keys(sessions[1] ?? {}).sort()).toEqual([
    'endTime',
    'hasErrorEvent',
    'startTime',
    'streamId',
  ]);
});

test.each([
  ['a channel that does not exist', MISSING, undefined],
  ['a channel that was never live', IDLE, undefined],
  ['an unknown stream', MAIN_STAGE, `st-${'x'.repeat(23)}`],
])('%s has no session', async (_, channelArn, streamId) => {
  const { ivs } = await emulate({ seed: 'demo' });
  const get = ivs.send(new GetStreamSessionCommand({ channelArn, streamId }));
  expect(await failureOf(get)).toMatchObject({ name: 'ResourceNotFoundException', status: 404 });
});

test('a channel that does not exist has no list, one that was never live an empty one', async () => {
  const { ivs } = await emulate({ seed: 'demo' });
  const list = (channelArn: string) => ivs.send(new ListStreamSessionsCommand({ channelArn }));
  expect(await failureOf(list(MISSING))).toMatchObject({ name: 'ResourceNotFoundException', status: 404 });
  expect((await list(IDLE)).streamSessions).toEqual([]);
});

// https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/stream-health.html#stream-health-session-data
test('a session is there for 60 days after its end', async () => {
  const { clock, control, channelArn, streamId, ivs, get } = await emulateStream();
  const day = 24 * 60 * 60 * 1000;
  const list = async () => {
    const { streamSessions } = await ivs.send(new ListStreamSessionsCommand({ channelArn }));
    return streamSessions?.map((session) => session.streamId);
  };
  clock.advance(61 * day);
  expect(await list(), 'while it is live').toContain(streamId);
  control.stopStream({ channelArn });
  clock.advance(60 * day);
  expect(await list()).toEqual([streamId]);
  clock.advance(1);
  expect(await list()).toEqual([]);
  expect(await failureOf(get())).toMatchObject({ name: 'ResourceNotFoundException', status: 404 });
});
