import * as ivsSdk from '@aws-sdk/client-ivs';
import * as realtimeSdk from '@aws-sdk/client-ivs-realtime';
import { expect, test } from 'vitest';
import { authorization, emulate, failureOf, MAIN_STAGE, TOWN_HALL } from '../support/emulate.ts';

test('a stage is tagged through the Real-Time client', async () => {
  const { realtime } = await emulate({ seed: 'demo' });
  const resourceArn = TOWN_HALL;
  await realtime.send(
    new realtimeSdk.TagResourceCommand({ resourceArn, tags: { team: 'media', 'a b': 'c/d' } }),
  );
  await realtime.send(
    new realtimeSdk.UntagResourceCommand({ resourceArn, tagKeys: ['environment', 'a b', 'none'] }),
  );
  const { tags } = await realtime.send(new realtimeSdk.ListTagsForResourceCommand({ resourceArn }));
  expect(tags).toEqual({ team: 'media' });
  const { stage } = await realtime.send(new realtimeSdk.GetStageCommand({ arn: TOWN_HALL }));
  expect(stage?.tags).toEqual({ team: 'media' });
});

test('a channel is tagged through the Low-Latency client, one path for both', async () => {
  const { ivs, realtime } = await emulate({ seed: 'demo' });
  const resourceArn = MAIN_STAGE;
  await ivs.send(new ivsSdk.TagResourceCommand({ resourceArn, tags: { floor: '3' } }));
  await ivs.send(new ivsSdk.UntagResourceCommand({ resourceArn, tagKeys: ['team', 'environment'] }));
  const { tags } = await realtime.send(new realtimeSdk.ListTagsForResourceCommand({ resourceArn }));
  expect(tags).toEqual({ floor: '3' });
});

test.each([
  ['a resource that does not exist', `${TOWN_HALL}x`, 404, 'ResourceNotFoundException'],
  ['a kind that IVS has not', 'arn:aws:ivs:us-west-2:123456789012:room/abc', 400, 'ValidationException'],
  ['no ARN', 'x', 400, 'ValidationException'],
  [
    'a kind with a prototype name',
    'arn:aws:ivs:us-west-2:123456789012:constructor/abc',
    400,
    'ValidationException',
  ],
])('the tags of %s', async (_, resourceArn, status, name) => {
  const { ivs } = await emulate({ seed: 'demo' });
  const list = ivs.send(new ivsSdk.ListTagsForResourceCommand({ resourceArn }));
  expect(await failureOf(list)).toMatchObject({ name, status });
});

test('a resource has at most 50 tags, and none may begin with aws:', async () => {
  const { realtime } = await emulate({ seed: 'demo' });
  const tag = (tags: Record<string, string>) =>
    realtime.send(new realtimeSdk.TagResourceCommand({ resourceArn: TOWN_HALL, tags }));
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, '']));
  await tag(many(48));
  expect(await failureOf(tag({ another: '' }))).toMatchObject({ name: 'ValidationException' });
  expect(await failureOf(tag({ 'aws:x': '' }))).toMatchObject({ name: 'ValidationException' });
});

test('the services differ in what a tag key may hold', async () => {
  const { post } = await emulate({ seed: 'demo' });
  const tag = (arn: string) => post(`/tags/${encodeURIComponent(arn)}`, '{"tags":{"a#b":""}}');
  expect((await tag(MAIN_STAGE)).status).toBe(400);
  expect((await tag(TOWN_HALL)).status).toBe(200);
});

test('UntagResource needs tagKeys', async () => {
  const { emulator } = await emulate({ seed: 'demo' });
  const response = await fetch(`${emulator.url}/tags/${encodeURIComponent(TOWN_HALL)}`, {
    method: 'DELETE',
    headers: { authorization: authorization() },
  });
  const message = '1 validation error detected: tagKeys: is required';
  expect(await response.json()).toEqual({ exceptionMessage: message, message });
});
