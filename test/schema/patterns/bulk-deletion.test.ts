import { describe, expect, it } from 'vitest';
import { bulk, runBulk } from '../../support/bulk.ts';
import { boundedTo, callerWith } from '../../support/callers.ts';
import { globalId } from '../../support/full-world.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { createStage } from '../../support/world.ts';

const DELETED = 'deletedCount deleted { deletedId arn }';
const arnOf = (kind: string, id: string) => `arn:aws:ivs:us-west-2:123456789012:${kind}/${id}`;

async function createChannel({ data, calls }: TestGateway): Promise<string> {
  const answer = await data(
    'mutation { createChannel(input: {}) { ... on CreateChannelPayload { channel { arn } } } }',
  );
  calls();
  return answer.createChannel.channel.arn;
}

describe.each([
  { name: 'deleteStages', operation: 'DeleteStage', type: 'Stage', kind: 'stage', create: createStage },
  {
    name: 'deleteChannels',
    operation: 'DeleteChannel',
    type: 'Channel',
    kind: 'channel',
    create: createChannel,
  },
])('$name', ({ name, operation, type, kind, create }) => {
  it('names what it deleted as clients cached it; each bad ARN fails alone', async () => {
    const gateway = await startGateway();
    const [one, two] = [await create(gateway), await create(gateway)];
    const arns = [one, arnOf(kind, 'gone'), 'no ARN', two, arnOf('public-key', 'x'), one];
    const { requestedCount, deletedCount, deleted, errors } = await runBulk(
      gateway,
      name,
      { arns },
      { more: `${DELETED} errors { arn }` },
    );
    expect([requestedCount, deletedCount]).toEqual([6, 3]);
    expect(deleted).toEqual([one, two].map((arn) => ({ deletedId: globalId(type, arn), arn })));
    expect(errors).toMatchObject([
      { index: 1, arn: arns[1], code: 'NOT_FOUND', awsCode: 'ResourceNotFoundException', retryable: false },
      { index: 2, arn: arns[2], code: 'BAD_USER_INPUT', awsCode: null },
      { index: 4, arn: arns[4], code: 'BAD_USER_INPUT' },
    ]);
    expect(gateway.calls()).toEqual({ [operation]: 3 });
    const { node } = await gateway.data('query ($id: ID!) { node(id: $id) { id } }', {
      id: globalId(type, one),
    });
    expect(node).toBeNull();
  });

  it('takes the deletion of a lost response for done', async () => {
    const gateway = await startGateway();
    const arn = await create(gateway);
    gateway.emulator.faults.add({ operation, times: 1, afterwards: true, status: 500 });
    expect(await runBulk(gateway, name, { arns: [arn] }, { more: DELETED })).toMatchObject({
      deletedCount: 1,
      errors: [],
    });
  });

  it('takes ivs:write, and judges bounds ARN by ARN', async () => {
    const gateway = await startGateway();
    const [mine, other] = [await create(gateway), await create(gateway)];
    const refused = await gateway.ask(
      bulk(name),
      { input: { arns: [mine] } },
      { caller: callerWith(['ivs:read', 'ivs:moderate']) },
    );
    expect(refused.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    const { deletedCount, errors } = await runBulk(
      gateway,
      name,
      { arns: [other, mine] },
      { more: DELETED, caller: boundedTo(mine) },
    );
    expect([deletedCount, errors]).toMatchObject([1, [{ index: 0, code: 'FORBIDDEN' }]]);
    expect(gateway.calls()).toEqual({ [operation]: 1 });
  });
});

it('deleteChannels fails a live channel alone', async () => {
  const gateway = await startGateway();
  const [live, still] = [await createChannel(gateway), await createChannel(gateway)];
  gateway.emulator.control.startStream({ channelArn: live });
  const { deleted, errors } = await runBulk(
    gateway,
    'deleteChannels',
    { arns: [live, still] },
    { more: DELETED },
  );
  expect(deleted).toMatchObject([{ arn: still }]);
  expect(errors).toMatchObject([{ index: 0, code: 'CONFLICT', retryable: false }]);
});
