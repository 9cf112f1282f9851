import { describe, expect, it } from 'vitest';
import { startGateway } from '../../support/gateway.ts';
import { indexes, MAIN, type Pair, revoke, sizes, UNKNOWN, viewers } from '../../support/revocation.ts';

describe('revokeViewerSessions', () => {
  it('tells each failed pair by its place in the input, in the order of the input', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const pairs = viewers(45);
    pairs[44] = { channelArn: UNKNOWN, viewerId: 'a' };
    pairs[21] = { channelArn: 'no ARN', viewerId: 'b' };
    pairs[3] = { channelArn: UNKNOWN, viewerId: 'c', viewerSessionVersionsLessThanOrEqualTo: 7 };
    pairs[30] = { channelArn: MAIN, viewerId: 'x'.repeat(41) };
    pairs[0] = { channelArn: MAIN, viewerId: 'd', viewerSessionVersionsLessThanOrEqualTo: -1 };

    const { requestedCount, revokedCount, errors } = await revoke(gateway, pairs);

    expect([requestedCount, revokedCount]).toEqual([45, 40]);
    expect(indexes(errors)).toEqual([0, 3, 21, 30, 44]);
    expect(errors[1]).toMatchObject({
      channelArn: UNKNOWN,
      viewerId: 'c',
      viewerSessionVersionsLessThanOrEqualTo: 7,
      retryable: false,
    });
    expect(errors[2]).toMatchObject({
      channelArn: 'no ARN',
      viewerId: 'b',
      code: 'BAD_USER_INPUT',
      retryable: false,
    });
    expect(gateway.emulator.control.revocations({ channelArn: MAIN })).toHaveLength(40);
  });

  it('makes no call for malformed pairs alone, nor for none', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const malformed: Pair[] = [
      { channelArn: '', viewerId: 'a' },
      { channelArn: MAIN, viewerId: '' },
      { channelArn: MAIN.replace('channel', 'stage'), viewerId: 'a' },
      { channelArn: `${MAIN}/../../x`, viewerId: 'a' },
    ];
    expect(indexes((await revoke(gateway, malformed)).errors)).toEqual([0, 1, 2, 3]);
    expect(await revoke(gateway, [])).toEqual({ requestedCount: 0, revokedCount: 0, errors: [] });
    expect(gateway.calls()).toEqual({});
  });

  it('lets a failed call fail its own pairs and no others', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    gateway.emulator.faults.add({
      operation: 'BatchStartViewerSessionRevocation',
      match: ({ viewerSessions }) =>
        (viewerSessions as Pair[]).some(({ viewerId }) => viewerId === 'viewer-25'),
      status: 500,
      errorType: 'InternalServerException',
      message: 'oops',
    });
    const { revokedCount, errors } = await revoke(gateway, viewers(45));
    expect(revokedCount).toBe(25);
    expect(indexes(errors)).toEqual(Array.from({ length: 20 }, (_, index) => 20 + index));
    expect(errors[0]).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', message: 'oops', retryable: true });
  });

  it('lets a region that is not served fail its own pairs and no others', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const elsewhere = MAIN.replace('us-west-2', 'ap-south-1');
    const { revokedCount, errors } = await revoke(gateway, [
      { channelArn: elsewhere, viewerId: 'a' },
      ...viewers(2),
    ]);
    expect(revokedCount).toBe(2);
    expect(errors).toMatchObject([{ index: 0, code: 'REGION_NOT_ALLOWED', retryable: false }]);
  });

  it('does not send pairs in one call that differ only in version, so that each error has one owner', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const twin = (version: number): Pair => ({
      channelArn: UNKNOWN,
      viewerId: 'twin',
      viewerSessionVersionsLessThanOrEqualTo: version,
    });
    const { errors } = await revoke(gateway, [twin(1), ...viewers(3), twin(2), twin(1)]);
    expect(indexes(errors)).toEqual([0, 4, 5]);
    expect(errors.map((error) => error.viewerSessionVersionsLessThanOrEqualTo)).toEqual([1, 2, 1]);
    // The first and the last are the same pair and go out once.
    expect(sizes(gateway)).toEqual([4, 1]);
  });

  it('finds the owner of each error whatever the order in which AWS answers', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const errors = [4, 1].map((index) => ({
      channelArn: MAIN,
      viewerId: `viewer-${index}`,
      code: '403',
      message: 'not authorized',
    }));
    gateway.emulator.faults.add({
      operation: 'BatchStartViewerSessionRevocation',
      status: 200,
      body: JSON.stringify({ errors }),
    });
    const answer = await revoke(gateway, viewers(5));
    expect(answer.errors).toMatchObject([
      {
        index: 1,
        code: 'UPSTREAM_ACCESS_DENIED',
        awsCode: '403',
        message: 'not authorized',
        retryable: false,
      },
      { index: 4, code: 'UPSTREAM_ACCESS_DENIED', awsCode: '403' },
    ]);
  });

  it('takes no pair for revoked when AWS names one that nobody sent', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const errors = [{ channelArn: MAIN, viewerId: 'stranger', code: '500', message: 'whole' }];
    gateway.emulator.faults.add({
      operation: 'BatchStartViewerSessionRevocation',
      status: 200,
      body: JSON.stringify({ errors }),
    });
    const answer = await revoke(gateway, viewers(2));
    expect(answer).toMatchObject({
      revokedCount: 0,
      errors: [
        { index: 0, code: 'UPSTREAM_UNAVAILABLE', awsCode: '500' },
        { index: 1, code: 'UPSTREAM_UNAVAILABLE', awsCode: '500' },
      ],
    });
  });

  it('sends equal pairs once', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const pair = { channelArn: MAIN, viewerId: 'again' };
    expect(await revoke(gateway, Array(60).fill(pair))).toMatchObject({
      requestedCount: 60,
      revokedCount: 60,
    });
    expect(sizes(gateway)).toEqual([1]);
  });

  it('counts the characters of a viewerId as AWS does', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const viewerId = '😀'.repeat(40);
    expect(await revoke(gateway, [{ channelArn: MAIN, viewerId }])).toMatchObject({ revokedCount: 1 });
  });

  it('takes an answer without `errors` for success', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    gateway.emulator.faults.add({ operation: 'BatchStartViewerSessionRevocation', status: 200, body: '{}' });
    expect(await revoke(gateway, viewers(2))).toMatchObject({ revokedCount: 2, errors: [] });
  });
});

describe('revokeViewerSession', () => {
  const mutation = `mutation ($input: RevokeViewerSessionInput!) { revokeViewerSession(input: $input) {
    __typename ... on RevokeViewerSessionPayload { channel { arn name } viewerId viewerSessionVersionsLessThanOrEqualTo } ... on MutationError { code } } }`;

  it('revokes one and answers with its channel', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const input = { channelArn: MAIN, viewerId: 'eve', viewerSessionVersionsLessThanOrEqualTo: 3 };
    const { revokeViewerSession } = await gateway.data(mutation, { input });
    expect(revokeViewerSession).toMatchObject({
      channel: { arn: MAIN, name: 'main-stage' },
      viewerId: 'eve',
    });
    expect(gateway.emulator.control.revocations()).toContainEqual(input);
  });

  it.each([
    ['an unknown channel', { channelArn: UNKNOWN, viewerId: 'eve' }, 'ResourceNotFoundError'],
    ['a viewer without a name', { channelArn: MAIN, viewerId: '' }, 'ValidationError'],
  ])('answers %s with an error of the union', async (_what, input, type) => {
    const gateway = await startGateway({ seed: 'demo' });
    const { revokeViewerSession } = await gateway.data(mutation, { input });
    expect(revokeViewerSession.__typename).toBe(type);
  });
});
