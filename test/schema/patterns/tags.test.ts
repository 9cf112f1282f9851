import { expect, it } from 'vitest';
import { startGateway } from '../../support/gateway.ts';
import { globalId } from '../../support/ids.ts';
import { createStage } from '../../support/world.ts';

const MAIN = 'arn:aws:ivs:us-west-2:123456789012:channel/MainStage001';
const tag = `mutation ($input: TagResourceInput!) { tagResource(input: $input) {
  __typename ... on TagResourcePayload { tags { key value } resource { __typename id arn tags { key value } } } ... on MutationError { code message } } }`;
const untag = `mutation ($input: UntagResourceInput!) { untagResource(input: $input) {
  __typename ... on UntagResourcePayload { tags { key value } resource { arn } } ... on MutationError { code message } } }`;

it('tags a thing of either service, where its ARN says', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const stageArn = await createStage(gateway);
  for (const [resourceArn, type] of [
    [stageArn, 'Stage'],
    [MAIN, 'Channel'],
    [MAIN.replace('channel', 'stream-key'), 'StreamKey'],
    [MAIN.replace('channel/MainStage001', 'recording-configuration/Shows0000001'), 'RecordingConfiguration'],
    [
      MAIN.replace('channel/MainStage001', 'playback-restriction-policy/MembersArea1'),
      'PlaybackRestrictionPolicy',
    ],
    [MAIN.replace('channel/MainStage001', 'playback-key/WebPlayer001'), 'PlaybackKeyPair'],
  ] as [string, string][]) {
    const { tagResource } = await gateway.data(tag, {
      input: { resourceArn, tags: [{ key: 'added', value: 'yes' }] },
    });
    expect(tagResource.resource).toMatchObject({
      __typename: type,
      id: globalId(type, resourceArn),
      arn: resourceArn,
    });
    expect(tagResource.tags).toContainEqual({ key: 'added', value: 'yes' });
    expect(tagResource.resource.tags).toContainEqual({ key: 'added', value: 'yes' });
  }
});

it('removes tags again', async () => {
  const gateway = await startGateway();
  const resourceArn = await createStage(gateway);
  const tags = ['a', 'b', 'c d'].map((key) => ({ key, value: key }));
  await gateway.data(tag, { input: { resourceArn, tags } });
  const { untagResource } = await gateway.data(untag, { input: { resourceArn, tagKeys: ['a', 'c d'] } });
  expect(untagResource.tags).toEqual([{ key: 'b', value: 'b' }]);
});

it.each([
  [
    'an ARN of something without tags',
    { resourceArn: MAIN.replace('channel', 'session') },
    'ValidationError',
  ],
  ['a malformed ARN', { resourceArn: 'x' }, 'ValidationError'],
  ['a thing that does not exist', { resourceArn: `${MAIN}x` }, 'ResourceNotFoundError'],
  [
    '51 tags',
    { tags: Array.from({ length: 51 }, (_, index) => ({ key: `${index}`, value: '' })) },
    'ValidationError',
  ],
])('answers %s with an error of the union', async (_what, input, type) => {
  const gateway = await startGateway({ seed: 'demo' });
  const { tagResource } = await gateway.data(tag, {
    input: { resourceArn: MAIN, tags: [{ key: 'a', value: '' }], ...input },
  });
  expect(tagResource.__typename).toBe(type);
});
