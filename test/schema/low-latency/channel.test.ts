import { expect, it } from 'vitest';
import { startGateway } from '../../support/gateway.ts';

const members = `arn name latencyMode type recordingConfigurationArn authorized tags { key value } insecureIngest preset
  playbackRestrictionPolicyArn adConfigurationArn ingestEndpoint playbackUrl srt { endpoint passphrase }
  multitrackInputConfiguration { enabled policy maximumResolution } containerFormat`;
const MAIN = 'arn:aws:ivs:us-west-2:123456789012:channel/MainStage001';

it('answers every member of a channel with one call, and nulls for what AWS leaves empty', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const { channel } = await gateway.data(`{ channel(arn: "${MAIN}") { ${members} } }`);
  expect(channel).toMatchObject({
    arn: MAIN,
    name: 'main-stage',
    authorized: true,
    // AWS says "" here, which is not in its own enum.
    preset: null,
    recordingConfigurationArn: null,
    srt: { endpoint: expect.any(String) },
  });
  expect(gateway.calls()).toEqual({ GetChannel: 1 });
});

it('costs a list call for summary fields, and one BatchGetChannel per 50 for detail fields', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const { channels } = await gateway.data('{ channels { nodes { name type tags { key } } } }');
  expect(channels.nodes.length).toBeGreaterThan(8);
  expect(gateway.calls()).toEqual({ ListChannels: 1 });

  await gateway.data('{ channels { nodes { name playbackUrl } } }');
  expect(gateway.calls()).toEqual({ ListChannels: 1, BatchGetChannel: 1 });
});

it('puts any number of channels into batches of 50, each region its own, each key once', async () => {
  const gateway = await startGateway();
  const arn = (region: string, index: number) => `arn:aws:ivs:${region}:123456789012:channel/c${index}`;
  const arns = [
    ...Array.from({ length: 60 }, (_, index) => arn('us-west-2', index)),
    ...Array.from({ length: 3 }, (_, index) => arn('eu-west-1', index)),
    arn('us-west-2', 0),
  ];
  const fields = arns.map((each, index) => `c${index}: channel(arn: "${each}") { playbackUrl }`);
  const answer = await gateway.data(`{ ${fields.join(' ')} }`);
  expect(Object.values(answer)).toEqual(arns.map(() => null));
  const sizes = gateway.emulator.calls
    .log('BatchGetChannel')
    .map(({ region, input }) => [region, (input as { arns: string[] }).arns.length]);
  expect(sizes.sort()).toEqual([
    ['eu-west-1', 3],
    ['us-west-2', 10],
    ['us-west-2', 50],
  ]);
});

it('lets a failed batch fail its own channels and no others', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  gateway.emulator.faults.add({
    operation: 'BatchGetChannel',
    match: ({ arns }) => (arns as string[]).some((arn) => arn.includes('eu-west-1')),
    status: 503,
    errorType: 'ServiceUnavailable',
    message: 'later',
  });
  const elsewhere = 'arn:aws:ivs:eu-west-1:123456789012:channel/';
  const { data, errors } = await gateway.ask(
    `{ here: channel(arn: "${MAIN}") { name } a: channel(arn: "${elsewhere}a") { name } b: channel(arn: "${elsewhere}b") { name } }`,
  );
  expect(data).toEqual({ here: { name: 'main-stage' }, a: null, b: null });
  expect(errors).toMatchObject([
    { path: ['a'], extensions: { code: 'UPSTREAM_UNAVAILABLE' } },
    { path: ['b'], extensions: { code: 'UPSTREAM_UNAVAILABLE' } },
  ]);
});

it.each([
  ['name', '{ name: "main-stage" }', 1],
  [
    'a recording configuration',
    '{ recordingConfigurationArn: "arn:aws:ivs:us-west-2:123456789012:recording-configuration/none" }',
    0,
  ],
])('filters by %s', async (_by, filter, found) => {
  const gateway = await startGateway({ seed: 'demo' });
  const { channels } = await gateway.data(`{ channels(filter: ${filter}) { nodes { name } } }`);
  expect(channels.nodes).toHaveLength(found);
});
