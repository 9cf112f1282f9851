import {
  BatchGetStreamKeyCommand,
  CreateChannelCommand,
  CreateStreamKeyCommand,
  DeleteStreamKeyCommand,
  GetStreamKeyCommand,
  ListStreamKeysCommand,
} from '@aws-sdk/client-ivs';
import { expect, test } from 'vitest';
import { emulate, failureOf, MAIN_STAGE } from '../support/emulate.ts';

const MAIN_KEY = MAIN_STAGE.replace('channel', 'stream-key');
const MISSING = MAIN_KEY.replace('MainStage001', 'Missing00001');
const notFound = { name: 'ResourceNotFoundException', status: 404 };

test('a channel comes with a stream key', async () => {
  const { ivs } = await emulate();
  const { channel, streamKey } = await ivs.send(new CreateChannelCommand({}));
  expect(streamKey).toEqual({
    arn: expect.stringMatching(/^arn:aws:ivs:us-west-2:123456789012:stream-key\/[a-zA-Z0-9]{12}$/),
    value: expect.stringMatching(/^sk_us-west-2_[a-zA-Z0-9]{12}_[a-zA-Z0-9]{30}$/),
    channelArn: channel?.arn,
    tags: {},
  });
  expect((await ivs.send(new GetStreamKeyCommand({ arn: streamKey?.arn }))).streamKey).toEqual(streamKey);
});

test('the list tells no secret', async () => {
  const { ivs } = await emulate({ seed: 'demo' });
  const list = await ivs.send(new ListStreamKeysCommand({ channelArn: MAIN_STAGE }));
  expect(list.streamKeys).toEqual([{ arn: MAIN_KEY, channelArn: MAIN_STAGE, tags: {} }]);
  expect(list.nextToken).toBeUndefined();
  const missing = new ListStreamKeysCommand({ channelArn: MAIN_STAGE.replace('Main', 'None') });
  expect(await failureOf(ivs.send(missing))).toMatchObject(notFound);
  const tooMany = new ListStreamKeysCommand({ channelArn: MAIN_STAGE, maxResults: 51 });
  expect(await failureOf(ivs.send(tooMany))).toMatchObject({ name: 'ValidationException', status: 400 });
});

test('a batch answers each ARN once: found or in errors', async () => {
  const { ivs } = await emulate({ seed: 'demo' });
  const arns = [MAIN_KEY, MISSING, MAIN_KEY];
  const { streamKeys, errors } = await ivs.send(new BatchGetStreamKeyCommand({ arns }));
  expect(streamKeys).toMatchObject([{ arn: MAIN_KEY, value: expect.stringMatching(/^sk_/) }]);
  expect(errors).toEqual([{ arn: MISSING, code: '404', message: 'stream key not found' }]);
});

test('a channel has one stream key, which is replaced by deleting it first', async () => {
  const { ivs } = await emulate({ seed: 'demo' });
  const create = () => ivs.send(new CreateStreamKeyCommand({ channelArn: MAIN_STAGE, tags: { a: 'b' } }));
  const quota = { name: 'ServiceQuotaExceededException', status: 402 };
  expect(await failureOf(create())).toMatchObject(quota);

  const before = await ivs.send(new GetStreamKeyCommand({ arn: MAIN_KEY }));
  const { $metadata } = await ivs.send(new DeleteStreamKeyCommand({ arn: MAIN_KEY }));
  expect($metadata.httpStatusCode).toBe(204);
  expect(await failureOf(ivs.send(new GetStreamKeyCommand({ arn: MAIN_KEY })))).toMatchObject(notFound);
  expect(await failureOf(ivs.send(new DeleteStreamKeyCommand({ arn: MAIN_KEY })))).toMatchObject(notFound);

  const { streamKey } = await create();
  expect(streamKey).toMatchObject({ channelArn: MAIN_STAGE, tags: { a: 'b' } });
  expect(streamKey?.value).not.toBe(before.streamKey?.value);
});

test('a stream key needs a channel', async () => {
  const { ivs } = await emulate();
  const create = ivs.send(new CreateStreamKeyCommand({ channelArn: MAIN_STAGE }));
  expect(await failureOf(create)).toMatchObject(notFound);
});
