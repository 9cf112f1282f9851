// Several accounts in one emulator: the access key id that signs chooses one.
import { CreateChannelCommand, ListChannelsCommand } from '@aws-sdk/client-ivs';
import {
  CreateStageCommand,
  GetStageCommand,
  IVSRealTimeClient,
  ListStagesCommand,
} from '@aws-sdk/client-ivs-realtime';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import AWS from 'aws-sdk';
import { expect, onTestFinished, test } from 'vitest';
import { emulate } from '../support/emulate.ts';

const OTHER = '210987654321';
const ROLE = `arn:aws:iam::${OTHER}:role/teams/ivs-gateway`;
const region = 'us-west-2';
type Credentials = NonNullable<
  NonNullable<ConstructorParameters<typeof IVSRealTimeClient>[0]>['credentials']
>;

async function emulateTwo(options: Parameters<typeof emulate>[0] = {}) {
  const world = await emulate(options);
  const { url } = world.emulator;
  const settings = { region, endpoint: url, secretAccessKey: 'secret', maxRetries: 0 };
  const realtimeAs = (credentials: Credentials) => {
    const client = new IVSRealTimeClient({ region, endpoint: url, maxAttempts: 1, credentials });
    onTestFinished(() => client.destroy());
    return client;
  };
  const other = realtimeAs({ accessKeyId: OTHER, secretAccessKey: 'secret' });
  const stsAs = (accessKeyId: string) => new AWS.STS({ ...settings, accessKeyId });
  return { ...world, url, other, realtimeAs, stsAs };
}

const names = ({ stages = [] }: { stages?: { name?: string | undefined }[] | undefined }) =>
  stages.map(({ name }) => name);

test('an access key id of 12 digits is an account with worlds of its own, any other key the emulator’s', async () => {
  const { realtime, ivs, other, emulator } = await emulateTwo();
  const { stage } = await other.send(new CreateStageCommand({ name: 'same' }));
  await realtime.send(new CreateStageCommand({ name: 'same' }));
  await realtime.send(new CreateStageCommand({ name: 'mine' }));
  expect(stage?.arn).toMatch(`arn:aws:ivs:us-west-2:${OTHER}:stage/`);
  expect(names(await other.send(new ListStagesCommand({})))).toEqual(['same']);
  expect(names(await realtime.send(new ListStagesCommand({}))).sort()).toEqual(['mine', 'same']);
  await expect(realtime.send(new GetStageCommand({ arn: stage?.arn }))).rejects.toThrow();
  await ivs.send(new CreateChannelCommand({}));
  expect((await ivs.send(new ListChannelsCommand({}))).channels).toHaveLength(1);
  expect(emulator.calls.log('CreateStage').map(({ account }) => account)).toEqual([
    OTHER,
    '123456789012',
    '123456789012',
  ]);
});

test('commands find what an ARN names in its account, and hold the events of all accounts', async () => {
  const { other, emulator } = await emulateTwo();
  const { stage } = await other.send(new CreateStageCommand({}));
  const stageArn = String(stage?.arn);
  emulator.control.join({ stageArn, userId: 'alice' });
  expect(emulator.control.events().events.map(({ account }) => account)).toContain(OTHER);
  const foreign = stageArn.replace(OTHER, '333333333333');
  expect(() => emulator.control.join({ stageArn: foreign, userId: 'alice' })).toThrow('there is no stage');
});

test('accounts have call rates of their own', async () => {
  const { realtime, other } = await emulateTwo({ callRates: true, burst: 1 });
  await realtime.send(new ListStagesCommand({}));
  await other.send(new ListStagesCommand({}));
  await expect(other.send(new ListStagesCommand({}))).rejects.toThrow();
});

test('AssumeRole returns credentials of the account of the role', async () => {
  const { url, realtimeAs, stsAs } = await emulateTwo();
  const credentials = fromTemporaryCredentials({
    params: { RoleArn: ROLE, RoleSessionName: 'a-session', ExternalId: 'ours' },
    masterCredentials: { accessKeyId: 'any', secretAccessKey: 'secret' },
    clientConfig: { region, endpoint: url },
  });
  await realtimeAs(credentials).send(new CreateStageCommand({ name: 'by-role' }));
  expect(names(await realtimeAs(credentials).send(new ListStagesCommand({})))).toEqual(['by-role']);
  const request = { RoleArn: ROLE, RoleSessionName: 'a-session', DurationSeconds: 900 };
  const one = await stsAs('any').assumeRole(request).promise();
  const two = await stsAs('any').assumeRole(request).promise();
  expect(one.AssumedRoleUser).toEqual({
    Arn: `arn:aws:sts::${OTHER}:assumed-role/ivs-gateway/a-session`,
    AssumedRoleId: 'AROAEMULATOR000000000:a-session',
  });
  const left = (one.Credentials?.Expiration.getTime() ?? 0) - Date.now();
  expect(left).toBeGreaterThan(800_000);
  expect(left).toBeLessThanOrEqual(900_000);
  expect(one.Credentials?.SecretAccessKey).not.toBe(two.Credentials?.SecretAccessKey);
  expect((await stsAs(OTHER).getCallerIdentity().promise()).Account).toBe(OTHER);
});

test.each([
  ['no role', { RoleArn: 'arn:aws:iam::210987654321:user/someone', RoleSessionName: 'a-session' }, 'roleArn'],
  ['a session of one character', { RoleArn: ROLE, RoleSessionName: 'a' }, 'roleSessionName'],
  ['a minute', { RoleArn: ROLE, RoleSessionName: 'a-session', DurationSeconds: 60 }, 'durationSeconds'],
])('AssumeRole refuses %s', async (_what, request, member) => {
  const { stsAs } = await emulateTwo();
  await expect(stsAs('any').assumeRole(request).promise()).rejects.toMatchObject({
    code: 'ValidationError',
    statusCode: 400,
    message: expect.stringContaining(`'${member}'`),
  });
});

test('a reset leaves no account anything', async () => {
  const { other, emulator } = await emulateTwo();
  await other.send(new CreateStageCommand({}));
  emulator.control.reset();
  expect(names(await other.send(new ListStagesCommand({})))).toEqual([]);
});
