// Secrets: told to who selects them, kept for nobody, and no reason to keep nothing of the things that have them.
import * as ivs from '@aws-sdk/client-ivs';
import * as ivsRealtime from '@aws-sdk/client-ivs-realtime';
import { beforeEach, describe, expect, it } from 'vitest';
import { type AwsCommand, operationOf } from '../../../src/upstream/operation.ts';
import { returnsSecrets } from '../../../src/upstream/sdk/secrets.ts';
import { createUpstream } from '../../../src/upstream/upstream.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { createStage } from '../../support/world.ts';

const made = '{ __typename ... on MutationError { message }';
let gateway: TestGateway;
let names: Record<string, string>;
beforeEach(async () => {
  gateway = await startGateway({ cached: true });
  const stageArn = await createStage(gateway);
  const { channel, ingest } = await gateway.data(`mutation {
    channel: createChannel(input: {}) ${made} ... on CreateChannelPayload { channel { arn } streamKey { arn } } }
    ingest: createIngestConfiguration(input: { stageArn: "${stageArn}", ingestProtocol: RTMPS, redundantIngest: true }) ${made}
      ... on CreateIngestConfigurationPayload { ingestConfiguration { arn } } }
  }`);
  const channelArn = channel.channel.arn;
  gateway.emulator.control.startStream({ channelArn });
  names = { CHANNEL: channelArn, KEY: channel.streamKey.arn, INGEST: ingest.ingestConfiguration.arn };
  gateway.calls();
});
const fill = (text: string) => text.replace(/[A-Z]{3,}/g, (word) => names[word] ?? word);

const table: [what: string, plain: string, secret: string, operation: string][] = [
  [
    'a channel',
    'channel(arn: "CHANNEL") { playbackUrl srt { endpoint } }',
    'channel(arn: "CHANNEL") { srt { passphrase } }',
    'GetChannel',
  ],
  [
    'a stream key',
    'streamKey(arn: "KEY") { channelArn tags { key } }',
    'streamKey(arn: "KEY") { value }',
    'GetStreamKey',
  ],
  [
    'an ingest configuration',
    'ingestConfiguration(arn: "INGEST") { attributes { key } redundantIngestCredentials { participantId } }',
    'ingestConfiguration(arn: "INGEST") { streamKey redundantIngestCredentials { streamKey } }',
    'GetIngestConfiguration',
  ],
  [
    'a stream session',
    'streamSession(channelArn: "CHANNEL") { channelSnapshot { srt { endpoint } } }',
    'streamSession(channelArn: "CHANNEL") { channelSnapshot { srt { passphrase } } }',
    'GetStreamSession',
  ],
];

describe.each(table)('of %s', (_what, plain, secret, operation) => {
  it('what is no secret is kept, and the secret is asked for each time', async () => {
    const before = await gateway.data(fill(`{ ${plain} }`));
    expect(gateway.calls()).toEqual({ [operation]: 1 });
    for (let times = 0; times < 2; times += 1) {
      const told = JSON.stringify(await gateway.data(fill(`{ ${secret} }`)));
      expect(told).not.toContain('null');
      expect(gateway.calls()).toEqual({ [operation]: 1 });
    }
    expect(await gateway.data(fill(`{ ${plain} }`))).toEqual(before);
    expect(gateway.calls()).toEqual({});
  });

  it('no-store stands on an answer with a secret, wherever in the document it is selected', async () => {
    const controlOf = async (query: string) => {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' } };
      const response = await gateway.fetch('http://gateway/graphql', {
        ...init,
        body: JSON.stringify({ query }),
      });
      await response.text();
      return response.headers.get('cache-control');
    };
    expect(await controlOf(fill(`{ ${plain} }`))).toBeNull();
    expect(await controlOf(fill(`{ ...A } fragment A on Query { ${secret} }`))).toBe('no-store');
  });
});

it.each([
  ['a channel', () => new ivs.GetChannelCommand({ arn: names.CHANNEL })],
  ['channels', () => new ivs.BatchGetChannelCommand({ arns: [names.CHANNEL ?? ''] })],
  ['a stream key', () => new ivs.GetStreamKeyCommand({ arn: names.KEY })],
  ['stream keys', () => new ivs.BatchGetStreamKeyCommand({ arns: [names.KEY ?? ''] })],
  ['a stream session', () => new ivs.GetStreamSessionCommand({ channelArn: names.CHANNEL })],
  ['an ingest configuration', () => new ivsRealtime.GetIngestConfigurationCommand({ arn: names.INGEST })],
] as const)('who did not ask for the secret of %s is not even sent it', async (_what, commandOf) => {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const upstream = createUpstream({ regions: ['us-west-2'], endpoint: gateway.emulator.url, credentials });
  const request = upstream.open({ signal: new AbortController().signal, timeoutMs: 10_000 });
  const read = async () =>
    JSON.stringify(
      await request.send({ account: undefined, region: 'us-west-2' }, commandOf() as AwsCommand),
    );
  const plain = await read();
  request.revealSecrets();
  const whole = await read();
  upstream.close();
  const secrets = /"(passphrase|value|streamKey)":"[^"]+"/;
  expect(plain).toContain('arn:aws:');
  expect(plain).not.toMatch(secrets);
  expect(whole).toMatch(secrets);
});

it('a secret that was made just now is in the answer of the mutation', async () => {
  const { deleteStreamKey, createStreamKey } = await gateway.data(
    fill(`mutation {
      deleteStreamKey(input: { arn: "KEY" }) ${made} }
      createStreamKey(input: { channelArn: "CHANNEL" }) ${made} ... on CreateStreamKeyPayload { streamKey { value } } }
    }`),
  );
  expect(deleteStreamKey.__typename).toBe('DeleteStreamKeyPayload');
  expect(createStreamKey.streamKey.value).toMatch(/^sk_/);
});

it('the SDK knows which of the 80 operations tell secrets', () => {
  const commands = [...Object.values(ivs), ...Object.values(ivsRealtime)].flatMap((member) =>
    typeof member === 'function' && 'getEndpointParameterInstructions' in member
      ? [new (member as unknown as new (input: object) => AwsCommand)({})]
      : [],
  );
  expect(commands).toHaveLength(80);
  const reads = commands.filter((command) => operationOf(command).isRead && returnsSecrets(command));
  expect(reads.map((command) => operationOf(command).name).sort()).toEqual([
    'BatchGetChannel',
    'BatchGetStreamKey',
    'GetChannel',
    'GetIngestConfiguration',
    'GetStreamKey',
    'GetStreamSession',
  ]);
});
