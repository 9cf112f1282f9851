import {
  BatchGetChannelCommand,
  CreateChannelCommand,
  GetChannelCommand,
  ListChannelsCommand,
} from '@aws-sdk/client-ivs';
import { expect, test } from 'vitest';
import { emulate, failureOf, MAIN_STAGE } from '../support/emulate.ts';

const KEYNOTE = MAIN_STAGE.replace('MainStage001', 'Keynote00001');
const MISSING = MAIN_STAGE.replace('MainStage001', 'Missing00001');

test('the detail has endpoints that the summary has not', async () => {
  const { ivs } = await emulate({ seed: 'demo' });
  const { channel } = await ivs.send(new GetChannelCommand({ arn: MAIN_STAGE }));
  expect(channel).toEqual({
    arn: MAIN_STAGE,
    name: 'main-stage',
    latencyMode: 'LOW',
    type: 'STANDARD',
    recordingConfigurationArn: '',
    ingestEndpoint: expect.stringMatching(/^[0-9a-f]{12}\.global-contribute\.live-video\.net$/),
    playbackUrl: expect.stringMatching(
      /^https:\/\/[0-9a-f]{12}\.us-west-2\.playback\.live-video\.net\/api\/video\/v1\/us-west-2\.123456789012\.channel\.MainStage001\.m3u8$/,
    ),
    srt: {
      endpoint: expect.stringMatching(/^[0-9a-f]{12}\.srt\.live-video\.net$/),
      passphrase: expect.stringMatching(/^[a-zA-Z0-9]{79}$/),
    },
    authorized: true,
    tags: { environment: 'production', team: 'events' },
    insecureIngest: false,
    preset: '',
    playbackRestrictionPolicyArn: '',
    multitrackInputConfiguration: { enabled: false, policy: 'ALLOW', maximumResolution: 'FULL_HD' },
    containerFormat: 'TS',
    adConfigurationArn: '',
  });
  const { channels = [] } = await ivs.send(new ListChannelsCommand({ maxResults: 1 }));
  const detailOnly = [
    'ingestEndpoint',
    'playbackUrl',
    'srt',
    'multitrackInputConfiguration',
    'containerFormat',
  ];
  const summary = Object.keys(channel ?? {}).filter((member) => !detailOnly.includes(member));
  expect(Object.keys(channels[0] ?? {}).sort()).toEqual(summary.sort());
});

// https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/server-side-ad-insertion.html
test('all channels of an account and region have the same hosts', async () => {
  const { ivs, ivsIn } = await emulate();
  const hostsIn = async (client: typeof ivs) => {
    const { channel } = await client.send(new CreateChannelCommand({}));
    const { ingestEndpoint = '', playbackUrl = '', srt } = channel ?? {};
    const hosts = [ingestEndpoint, new URL(playbackUrl).hostname, srt?.endpoint ?? ''];
    return [...new Set(hosts.map((host) => host.split('.')[0]))];
  };
  const [first, second, elsewhere] = [
    await hostsIn(ivs),
    await hostsIn(ivs),
    await hostsIn(ivsIn('eu-west-1')),
  ];
  expect(first).toHaveLength(1);
  expect(second).toEqual(first);
  expect(elsewhere).not.toEqual(first);
});

test('a channel that does not exist is not found', async () => {
  const { ivs } = await emulate({ seed: 'demo' });
  const get = ivs.send(new GetChannelCommand({ arn: MISSING }));
  expect(await failureOf(get)).toMatchObject({ name: 'ResourceNotFoundException', status: 404 });
});

test('a batch answers each ARN once: found or in errors', async () => {
  const { ivs } = await emulate({ seed: 'demo' });
  const elsewhere = MAIN_STAGE.replace('us-west-2', 'eu-west-1');
  const arns = [KEYNOTE, MISSING, MAIN_STAGE, KEYNOTE, elsewhere];
  const { channels, errors } = await ivs.send(new BatchGetChannelCommand({ arns }));
  expect(channels?.map(({ arn }) => arn).sort()).toEqual([MAIN_STAGE, KEYNOTE].sort());
  expect(channels?.[0]).toHaveProperty('playbackUrl');
  const missing = { code: '404', message: 'channel not found' };
  expect(errors).toEqual([
    { arn: MISSING, ...missing },
    { arn: elsewhere, ...missing },
  ]);
});

test('the list can be narrowed by name', async () => {
  const { ivs } = await emulate({ seed: 'demo' });
  const { channels } = await ivs.send(new ListChannelsCommand({ filterByName: 'keynote' }));
  expect(channels?.map(({ arn }) => arn)).toEqual([KEYNOTE]);
  const unrecorded = await ivs.send(new ListChannelsCommand({ filterByRecordingConfigurationArn: '' }));
  expect(unrecorded.channels).toHaveLength(10);
});
