// An independent client: v2 of the AWS SDK has its own parser, paginator and signer.
import AWS from 'aws-sdk';
import { describe, expect, test } from 'vitest';
import { model, type Operation } from '../../../src/emulator/model/model.ts';
import { isRead } from '../conformance/audit.ts';
import type { Send } from '../conformance/samples/sample.ts';
import { samples } from '../conformance/samples/samples.ts';
import { type Client, type Input, sendThrough } from '../conformance/wire.ts';
import { emulate, MAIN_STAGE, TOWN_HALL, TOWN_HALL_SESSION } from '../support/emulate.ts';

type Callable = Record<string, (input: object) => { promise(): Promise<Input> }>;
type Everything = Record<Operation['service'], Callable & { api: { operations: object } }>;
const methodOf = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

async function emulateV2() {
  const world = await emulate({ seed: 'demo' });
  const settings = {
    region: 'us-west-2',
    endpoint: world.emulator.url,
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'secret',
    maxRetries: 0,
  };
  // What v2 does not know of an input it leaves out
  const lenient = { ...settings, paramValidation: false };
  return {
    emulator: world.emulator,
    realtime: new AWS.IVSRealTime(settings),
    ivs: new AWS.IVS(settings),
    all: { ivs: new AWS.IVS(lenient), 'ivs-realtime': new AWS.IVSRealTime(lenient) } as unknown as Everything,
    v3: { ivs: world.ivs, 'ivs-realtime': world.realtime } as unknown as Record<Operation['service'], Client>,
  };
}

const key = { stageArn: TOWN_HALL, sessionId: TOWN_HALL_SESSION };

test('stages are created, read, updated, listed and deleted', async () => {
  const { realtime } = await emulateV2();
  const created = await realtime
    .createStage({ name: 'v2', tags: { a: 'b' }, participantTokenConfigurations: [{ userId: 'ann' }] })
    .promise();
  const arn = created.stage?.arn ?? '';
  expect(created.participantTokens?.[0]).toMatchObject({
    userId: 'ann',
    expirationTime: new Date('2026-01-01T12:00:00Z'),
  });
  expect((await realtime.updateStage({ arn, name: 'v2-renamed' }).promise()).stage?.name).toBe('v2-renamed');
  expect((await realtime.getStage({ arn }).promise()).stage).toMatchObject({
    name: 'v2-renamed',
    tags: { a: 'b' },
  });
  expect((await realtime.listStages({ maxResults: 100 }).promise()).stages).toHaveLength(15);
  await realtime.deleteStage({ arn }).promise();
  const gone = { code: 'ResourceNotFoundException', statusCode: 404 };
  await expect(realtime.getStage({ arn }).promise()).rejects.toMatchObject(gone);
});

test('sessions, participants and events are read', async () => {
  const { realtime } = await emulateV2();
  const { stageSession } = await realtime.getStageSession(key).promise();
  expect(stageSession?.startTime).toEqual(new Date('2025-12-31T23:15:00Z'));
  expect((await realtime.listStageSessions({ stageArn: TOWN_HALL }).promise()).stageSessions).toHaveLength(1);
  const who = { ...key, participantId: 'alice0000001' };
  expect((await realtime.getParticipant(who).promise()).participant?.attributes).toMatchObject({
    role: 'host',
  });
  expect((await realtime.listParticipantEvents(who).promise()).events).toHaveLength(2);
  const first = await realtime.listParticipants({ ...key, maxResults: 100 }).promise();
  const second = await realtime.listParticipants({ ...key, nextToken: first.nextToken }).promise();
  expect([first.participants.length, second.participants.length]).toEqual([100, 20]);
});

test('a participant gets a token and is disconnected', async () => {
  const { emulator, realtime } = await emulateV2();
  const { participantToken } = await realtime
    .createParticipantToken({ stageArn: TOWN_HALL, userId: 'v2' })
    .promise();
  const joined = emulator.control.join({ token: participantToken?.token ?? '' });
  await realtime
    .disconnectParticipant({ stageArn: TOWN_HALL, participantId: joined.participantId })
    .promise();
  const { participant } = await realtime
    .getParticipant({ ...key, participantId: joined.participantId })
    .promise();
  expect(participant).toMatchObject({ userId: 'v2', state: 'DISCONNECTED' });
});

test('channels are read and viewers revoked', async () => {
  const { emulator, ivs } = await emulateV2();
  expect((await ivs.getChannel({ arn: MAIN_STAGE }).promise()).channel?.name).toBe('main-stage');
  const { channels } = await ivs.listChannels({}).promise();
  expect(channels.map(({ name }) => name)).toEqual(expect.arrayContaining(['main-stage', 'keynote']));
  const arns = [MAIN_STAGE, `${MAIN_STAGE}x`];
  const batch = await ivs.batchGetChannel({ arns }).promise();
  expect([batch.channels?.length, batch.errors?.length]).toEqual([1, 1]);
  await ivs.startViewerSessionRevocation({ channelArn: MAIN_STAGE, viewerId: 'ann' }).promise();
  const viewerSessions = [
    { channelArn: MAIN_STAGE, viewerId: 'bea', viewerSessionVersionsLessThanOrEqualTo: 4 },
  ];
  expect((await ivs.batchStartViewerSessionRevocation({ viewerSessions }).promise()).errors).toEqual([]);
  expect(emulator.control.revocations()).toHaveLength(2);
});

test('resources are tagged and untagged', async () => {
  const { ivs } = await emulateV2();
  const resourceArn = MAIN_STAGE;
  await ivs.tagResource({ resourceArn, tags: { 'a b': 'c/d' } }).promise();
  await ivs.untagResource({ resourceArn, tagKeys: ['team', 'environment'] }).promise();
  expect((await ivs.listTagsForResource({ resourceArn }).promise()).tags).toEqual({ 'a b': 'c/d' });
});

test('errors say why', async () => {
  const { realtime } = await emulateV2();
  const message = `${TOWN_HALL}x does not exist`;
  await expect(realtime.getStage({ arn: `${TOWN_HALL}x` }).promise()).rejects.toMatchObject({ message });
});

test('errors keep their type and status', async () => {
  const { emulator, realtime, ivs } = await emulateV2();
  const invalid = { code: 'ValidationException', statusCode: 400 };
  await expect(realtime.getStage({ arn: 'x' }).promise()).rejects.toMatchObject(invalid);
  emulator.faults.add({ operation: 'GetChannel', errorType: 'ThrottlingException' });
  const throttled = { code: 'ThrottlingException', statusCode: 429 };
  await expect(ivs.getChannel({ arn: MAIN_STAGE }).promise()).rejects.toMatchObject(throttled);
});

describe('each operation of its model', () => {
  const has = {
    ivs: new AWS.IVS({ region: 'us-west-2' }),
    'ivs-realtime': new AWS.IVSRealTime({ region: 'us-west-2' }),
  } as unknown as Everything;
  const known = model.filter(({ service, name }) =>
    Object.hasOwn(has[service].api.operations, methodOf(name)),
  );

  test('is one of ours', () => {
    const count = Object.values(has).flatMap(({ api }) => Object.keys(api.operations)).length;
    expect([known.length, count]).toEqual([66, 66]);
  });

  test.each(known.map((operation) => [operation.service, operation.name, operation] as const))(
    '%s %s is answered',
    async (service, name, operation) => {
      const { all, v3 } = await emulateV2();
      const call = (operationName: string, input: object) =>
        all[service][methodOf(operationName)]?.(input).promise();
      const { input = {}, prepare } = samples[service][name] ?? {};
      const prepared = { ...input, ...(await prepare?.(call as unknown as Send)) };
      const output = await call(name, prepared);
      expect(output).toBeDefined();
      if (!isRead(operation)) return;
      expect(Object.keys(output ?? {})).not.toEqual([]);
      expect((await sendThrough(v3[service], operation, prepared)).output).toMatchObject(output ?? {});
    },
  );
});
