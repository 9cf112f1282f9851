import { describe, expect, it } from 'vitest';
import { bulk, runBulk } from '../../support/bulk.ts';
import { boundedTo, callerWith } from '../../support/callers.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { createRooms } from '../../support/rooms.ts';
import { createStage } from '../../support/world.ts';

const GONE = 'arn:aws:ivs:us-west-2:123456789012:stage/gone';
const event = [{ key: 'event', value: 'finals' }];

const tag = (gateway: TestGateway, resourceArns: string[], options?: Parameters<typeof runBulk>[3]) =>
  runBulk(gateway, 'tagResources', { resourceArns, tags: event }, { more: 'taggedCount', ...options });

const stages = (gateway: TestGateway, count: number) =>
  Promise.all(Array.from({ length: count }, () => createStage(gateway)));

describe('tagResources', () => {
  it('tags things of both services, and fails each bad ARN alone', async () => {
    const gateway = await startGateway();
    const { red } = await createRooms(gateway);
    const arns = [red.stage, red.channel, GONE, 'no ARN', red.key, red.composition, red.stage];
    const { requestedCount, taggedCount, resources, errors } = await tag(gateway, arns, {
      more: 'taggedCount resources { __typename arn } errors { resourceArn }',
    });
    expect([requestedCount, taggedCount]).toEqual([7, 5]);
    expect(resources).toEqual([
      { __typename: 'Stage', arn: red.stage },
      { __typename: 'Channel', arn: red.channel },
      null,
      null,
      { __typename: 'StreamKey', arn: red.key },
      { __typename: 'Composition', arn: red.composition },
      { __typename: 'Stage', arn: red.stage },
    ]);
    expect(errors).toMatchObject([
      { index: 2, resourceArn: GONE, code: 'NOT_FOUND' },
      { index: 3, resourceArn: 'no ARN', code: 'BAD_USER_INPUT' },
    ]);
    // Equal ARNs are sent once.
    expect(gateway.calls()).toEqual({ TagResource: 5 });
    const { channel } = await gateway.data(`{ channel(arn: "${red.channel}") { tags { key value } } }`);
    expect(channel.tags).toEqual(event);
  });

  it('reads what is selected of the resources, and estimates it', async () => {
    const gateway = await startGateway();
    const arns = await stages(gateway, 3);
    const more = 'resources { tags { key value } ... on Stage { name } }';
    const input = { resourceArns: [...arns, 'no ARN'], tags: event };
    const dry = await gateway.ask(
      bulk('tagResources', more),
      { input },
      { headers: { 'x-ivs-cost': 'dryRun' } },
    );
    expect(dry.extensions?.ivs?.operations.map(({ operation, calls }) => [operation, calls])).toEqual([
      ['TagResource', 3],
      ['GetStage', 3],
      ['ListStages', 1],
    ]);
    const { resources } = await tag(gateway, arns, { more });
    expect(resources).toEqual(arns.map(() => ({ name: 'a-stage', tags: event })));
    expect(gateway.calls()).toEqual({ TagResource: 3, ListStages: 1 });
  });

  it('is paced at the rate of each service by itself', async () => {
    // The emulator counts the tag operations of both services together, since they share one path.
    const gateway = await startGateway({ requestTimeoutMs: 2_050 });
    const channels: string[] = [];
    for (let count = 0; count < 10; count += 1) {
      const { createChannel } = await gateway.data(
        'mutation { createChannel(input: {}) { ... on CreateChannelPayload { channel { arn } } } }',
      );
      channels.push(createChannel.channel.arn);
    }
    gateway.calls();
    const missing = Array.from({ length: 300 }, (_, index) => `${GONE}-${index}`);
    const { taggedCount, errors } = await tag(gateway, [...missing, ...channels]);
    // Of the stages 10 at once, then 9.8 a second; their end is not that of the channels.
    expect(taggedCount).toBe(10);
    expect(errors.filter(({ code }) => code === 'THROTTLED')).toHaveLength(300 - 30);
    expect(gateway.calls()).toEqual({ TagResource: 10 + 30 });
  });

  it('fails as a whole for tags that contradict each other', async () => {
    const gateway = await startGateway();
    const input = { resourceArns: [GONE], tags: [...event, ...event] };
    const { data, errors } = await gateway.ask(bulk('tagResources'), { input });
    expect(data).toEqual({ tagResources: null });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(gateway.calls()).toEqual({});
  });

  it('takes ivs:write, and judges bounds ARN by ARN', async () => {
    const gateway = await startGateway();
    const [mine, other] = (await stages(gateway, 2)) as [string, string];
    const input = { resourceArns: [mine], tags: event };
    const refused = await gateway.ask(bulk('tagResources'), { input }, { caller: callerWith(['ivs:read']) });
    expect(refused.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    const { taggedCount, errors } = await tag(gateway, [other, mine], { caller: boundedTo(mine) });
    expect([taggedCount, errors]).toMatchObject([1, [{ index: 0, code: 'FORBIDDEN' }]]);
    expect(gateway.calls()).toEqual({ TagResource: 1 });
  });
});

it('untagResources removes tags from many resources', async () => {
  const gateway = await startGateway();
  const arns = await stages(gateway, 2);
  await tag(gateway, arns);
  const input = { resourceArns: [...arns, GONE], tagKeys: ['event'] };
  const { untaggedCount, resources, errors } = await runBulk(gateway, 'untagResources', input, {
    more: 'untaggedCount resources { tags { key } }',
  });
  expect(untaggedCount).toBe(2);
  expect(resources).toEqual([{ tags: [] }, { tags: [] }, null]);
  expect(errors).toMatchObject([{ index: 2, code: 'NOT_FOUND' }]);
  expect(gateway.calls()).toMatchObject({ UntagResource: 3 });
});

it.each(['tagResources(input: { tags: []', 'untagResources(input: { tagKeys: []'])(
  '%s … }) is refused without a call',
  async (start) => {
    const gateway = await startGateway();
    const { errors } = await gateway.ask(
      `mutation { ${start}, resourceArns: ["${GONE}"] }) { requestedCount } }`,
    );
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining('to have at least 1 item, got 0'),
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
    expect(gateway.calls()).toEqual({});
  },
);
