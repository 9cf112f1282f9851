// An independent client in another language: the AWS CLI, with whatever of IVS its own model knows.
import { IvsClient } from '@aws-sdk/client-ivs';
import { IVSRealTimeClient } from '@aws-sdk/client-ivs-realtime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../../src/emulator/emulator.ts';
import { model, type Operation, type Service } from '../../../src/emulator/model/model.ts';
import { isRead } from '../conformance/audit.ts';
import { samples } from '../conformance/samples/samples.ts';
import { type Client, type Input, sendThrough } from '../conformance/wire.ts';
import { startAwsCli } from '../support/aws-cli.ts';
import { ManualClock } from '../support/clock.ts';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
const env = {
  PATH: process.env.PATH,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  AWS_CONFIG_FILE: '/dev/null',
  AWS_PAGER: '',
};

/** `GetStage` → `get-stage` */
const commandOf = (name: string) => name.replace(/(?<!^)[A-Z]/g, '-$&').toLowerCase();

const cli = await startAwsCli(env);

/** The CLI names the commands it has when it is given one that it has not; nothing when there is no CLI. */
async function commandsOf(service: Service): Promise<Set<string> | undefined> {
  const result = await cli?.run(service, 'no-such-command');
  const [, list = ''] = result?.stderr.split('valid choices are:') ?? [];
  return result && new Set(list.match(/[a-z][a-z-]+/g) ?? []);
}

const known = { ivs: await commandsOf('ivs'), 'ivs-realtime': await commandsOf('ivs-realtime') };
const isInstalled = cli !== undefined;
const knows = ({ service, name }: Operation) => known[service]?.has(commandOf(name)) ?? false;
const knowsStages = known['ivs-realtime']?.has('create-stage');
const reads = model.filter((operation) => knows(operation) && isRead(operation));
if (!isInstalled) console.warn('SKIPPED: there is no `aws`. On Debian: apt-get install awscli');
else if (!knowsStages)
  console.warn('SKIPPED for Real-Time, which this AWS CLI is too old to know: `aws --version`');

let emulator: Emulator;
let clients: Record<Service, Client>;
beforeAll(async () => {
  emulator = await startEmulator({ seed: 'demo', clock: new ManualClock() });
  const settings = { region: 'us-west-2', endpoint: emulator.url, credentials, maxAttempts: 1 };
  const [ivs, realtime] = [new IvsClient(settings), new IVSRealTimeClient(settings)];
  clients = { ivs, 'ivs-realtime': realtime } as unknown as typeof clients;
});
afterAll(async () => {
  for (const client of Object.values(clients)) client.destroy();
  await cli?.end();
  await emulator.close();
});

const where = () => ['--region', 'us-west-2', '--endpoint-url', emulator.url];
const run = async (service: Service, command: string, input: object) => {
  const how = ['--no-paginate', '--output', 'json', '--cli-input-json', JSON.stringify(input)];
  return (await cli?.run(service, command, ...where(), ...how)) ?? expect.unreachable();
};

async function aws(service: Service, command: string, input: object): Promise<Input> {
  const { code, stdout, stderr } = await run(service, command, input);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout || '{}');
}

/** The CLI writes times in its own way, and leaves out what its model does not know. */
const timed = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, item: unknown) =>
    typeof item === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(item)
      ? Date.parse(item)
      : item,
  );

test.runIf(process.env.CI)('there is an AWS CLI where everything is to be checked', () => {
  expect(isInstalled).toBe(true);
});

describe.runIf(isInstalled)('the AWS CLI', () => {
  test('knows most of what is read of Low-Latency', () => {
    expect(reads.filter(({ service }) => service === 'ivs').length).toBeGreaterThan(10);
  });

  test.concurrent.each(reads.map((operation) => [operation.service, operation.name, operation] as const))(
    '%s %s reads what there is',
    async (service, name, operation) => {
      const input = samples[service][name]?.input ?? {};
      const { answer } = await sendThrough(clients[service], operation, input);
      const read = await aws(service, commandOf(name), input);
      expect(Object.keys(read)).not.toEqual([]);
      expect(timed(answer.body)).toMatchObject(timed(read) as object);
    },
  );

  test('a channel is created, tagged, updated and deleted', async () => {
    const created = await aws('ivs', 'create-channel', {
      name: 'cli',
      type: 'BASIC',
      tags: { made: 'by hand' },
    });
    const { arn } = created.channel as { arn: string };
    expect(created.streamKey).toMatchObject({
      channelArn: arn,
      value: expect.stringMatching(/^sk_us-west-2_/),
    });
    expect(await aws('ivs', 'tag-resource', { resourceArn: arn, tags: { 'a b': 'c/d' } })).toEqual({});
    expect(await aws('ivs', 'untag-resource', { resourceArn: arn, tagKeys: ['made', 'x y'] })).toEqual({});
    const updated = await aws('ivs', 'update-channel', { arn, name: 'cli-renamed', latencyMode: 'NORMAL' });
    expect(updated.channel).toMatchObject({
      arn,
      name: 'cli-renamed',
      type: 'BASIC',
      tags: { 'a b': 'c/d' },
    });
    expect(await aws('ivs', 'delete-channel', { arn })).toEqual({});
    const { stderr } = await run('ivs', 'get-channel', { arn });
    expect(stderr).toContain(
      `(ResourceNotFoundException) when calling the GetChannel operation: ${arn} does not exist`,
    );
  });

  test('its user is known, and what is not here is told in words', async () => {
    const identity = await cli?.run('sts', 'get-caller-identity', '--output', 'json', ...where());
    expect(JSON.parse(identity?.stdout ?? '')).toMatchObject({
      Account: '123456789012',
      Arn: 'arn:aws:iam::123456789012:user/emulator',
    });
    const others = [
      ['dynamodb', 'list-tables'],
      ['sqs', 'list-queues'],
      ['ec2', 'describe-vpcs'],
      ['s3api', 'list-buckets'],
      ['route53', 'list-hosted-zones'],
      ['lambda', 'list-functions'],
    ];
    for (const words of others) {
      const { code, stderr } = (await cli?.run(...words, ...where())) ?? expect.unreachable();
      expect(code, words[0]).not.toBe(0);
      expect(stderr).toContain('This emulates Amazon IVS, and GetCallerIdentity and AssumeRole of sts');
    }
  });

  test.runIf(knowsStages)('a stage is created, updated and deleted', async () => {
    const tokens = [{ userId: 'ann', duration: 60 }];
    const created = await aws('ivs-realtime', 'create-stage', {
      name: 'cli',
      participantTokenConfigurations: tokens,
    });
    const { arn } = created.stage as { arn: string };
    expect(created.participantTokens).toMatchObject([{ userId: 'ann', token: expect.any(String) }]);
    const updated = await aws('ivs-realtime', 'update-stage', { arn, name: 'cli-renamed' });
    expect(updated.stage).toMatchObject({ arn, name: 'cli-renamed' });
    expect(await aws('ivs-realtime', 'delete-stage', { arn })).toEqual({});
    const { stderr } = await run('ivs-realtime', 'get-stage', { arn });
    expect(stderr).toContain('(ResourceNotFoundException)');
  });
});
