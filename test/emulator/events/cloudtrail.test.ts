import { CreateChannelCommand, GetChannelCommand, TagResourceCommand } from '@aws-sdk/client-ivs';
import {
  CreateIngestConfigurationCommand,
  CreateParticipantTokenCommand,
  DeleteStageCommand,
  ListStagesCommand,
} from '@aws-sdk/client-ivs-realtime';
import { expect, test } from 'vitest';
import { emulate, failureOf, MAIN_STAGE, TOWN_HALL } from '../support/emulate.ts';
import { details } from '../support/events.ts';

const API_CALL = 'AWS API Call via CloudTrail';

async function emulateCalls() {
  const world = await emulate({ seed: 'demo' });
  return { ...world, seen: () => details(world.emulator.control, API_CALL) };
}

test('a write is a record of CloudTrail, without the value of a key', async () => {
  const { ivs, emulator, seen } = await emulateCalls();
  const { channel, streamKey, $metadata } = await ivs.send(new CreateChannelCommand({ name: 'news' }));
  expect(emulator.control.events().events).toMatchObject([
    { 'detail-type': API_CALL, source: 'aws.ivs', region: 'us-west-2', resources: [] },
  ]);
  const [record] = seen();
  expect(record).toEqual({
    eventVersion: expect.any(String),
    userIdentity: expect.objectContaining({ accountId: '123456789012' }),
    eventTime: '2026-01-01T00:00:00Z',
    eventSource: 'ivs.amazonaws.com',
    eventName: 'CreateChannel',
    awsRegion: 'us-west-2',
    sourceIPAddress: '127.0.0.1',
    userAgent: expect.stringContaining('aws-sdk-js'),
    requestParameters: { name: 'news' },
    responseElements: {
      channel: expect.objectContaining({ arn: channel?.arn, name: 'news' }),
      streamKey: { arn: streamKey?.arn, channelArn: channel?.arn, tags: {} },
    },
    requestID: $metadata.requestId,
    eventID: expect.any(String),
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: '123456789012',
    eventCategory: 'Management',
  });
  expect(JSON.stringify(record)).not.toContain(streamKey?.value);
  expect(JSON.stringify(record)).not.toContain(channel?.srt?.passphrase);
});

test('both APIs have one source, and neither tokens nor keys are told', async () => {
  const { realtime, seen } = await emulateCalls();
  const { participantToken } = await realtime.send(
    new CreateParticipantTokenCommand({ stageArn: TOWN_HALL, userId: 'zoe' }),
  );
  const create = new CreateIngestConfigurationCommand({ ingestProtocol: 'RTMPS' });
  const { ingestConfiguration } = await realtime.send(create);
  const [token, ingest] = seen();
  expect(token).toMatchObject({
    eventSource: 'ivs.amazonaws.com',
    eventName: 'CreateParticipantToken',
    requestParameters: { stageArn: TOWN_HALL, userId: 'zoe' },
    responseElements: { participantToken: { participantId: participantToken?.participantId } },
  });
  expect(JSON.stringify(token)).not.toContain(participantToken?.token);
  expect(ingest).toMatchObject({
    responseElements: { ingestConfiguration: { arn: ingestConfiguration?.arn } },
  });
  expect(JSON.stringify(ingest)).not.toContain(ingestConfiguration?.streamKey);
});

test('a write without a response has none, and its effects come first', async () => {
  const { realtime, ivs, emulator, seen } = await emulateCalls();
  await realtime.send(new DeleteStageCommand({ arn: TOWN_HALL }));
  await ivs.send(new TagResourceCommand({ resourceArn: MAIN_STAGE, tags: { team: 'a' } }));
  expect(seen()).toMatchObject([
    { eventName: 'DeleteStage', requestParameters: { arn: TOWN_HALL }, responseElements: null },
    {
      eventName: 'TagResource',
      requestParameters: { resourceArn: MAIN_STAGE, tags: { team: 'a' } },
      responseElements: null,
    },
  ]);
  const types = emulator.control.events().events.map((event) => event['detail-type']);
  expect(types.at(0)).toBe('IVS Stage Update');
  expect(types.slice(-2)).toEqual([API_CALL, API_CALL]);
});

test('a read is none; a write that is refused says why', async () => {
  const { realtime, ivs, seen } = await emulateCalls();
  await realtime.send(new ListStagesCommand({}));
  await ivs.send(new GetChannelCommand({ arn: MAIN_STAGE }));
  const arn = TOWN_HALL.replace('TownHall0001', 'Nowhere00001');
  await failureOf(realtime.send(new DeleteStageCommand({ arn })));
  expect(seen()).toMatchObject([
    {
      eventName: 'DeleteStage',
      errorCode: 'ResourceNotFoundException',
      errorMessage: expect.stringContaining(arn),
      requestParameters: { arn },
      responseElements: null,
    },
  ]);
});

test('a call that a fault stops is none, one that a fault answers afterwards is', async () => {
  const { realtime, emulator, seen } = await emulateCalls();
  const [stop, afterwards] = [{ status: 500 }, { status: 500, afterwards: true as const }];
  for (const fault of [stop, afterwards]) {
    emulator.control.addFault({ operation: 'DeleteStage', times: 1, ...fault });
    await failureOf(realtime.send(new DeleteStageCommand({ arn: TOWN_HALL })));
  }
  expect(seen()).toMatchObject([{ eventName: 'DeleteStage', responseElements: null }]);
});
