import { describe, expect, it } from 'vitest';
import { bulk, runBulk, timed } from '../../support/bulk.ts';
import { boundedTo, callerWith } from '../../support/callers.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { createStage } from '../../support/world.ts';

const GONE = 'arn:aws:ivs:us-west-2:123456789012:stage/gone';
const TOKENS =
  'createdCount participantTokens { participantId token userId durationMinutes capabilities attributes { key value } }';

const create = (gateway: TestGateway, participantTokens: object[], options?: Parameters<typeof runBulk>[3]) =>
  runBulk(gateway, 'createParticipantTokens', { participantTokens }, { more: TOKENS, ...options });

describe('createParticipantTokens', () => {
  it('returns each token in its place, null where the item failed', async () => {
    const gateway = await startGateway();
    const [one, two] = [await createStage(gateway, 'one'), await createStage(gateway, 'two')];
    const { requestedCount, createdCount, participantTokens, errors } = await create(gateway, [
      { stageArn: one, userId: 'ann', durationMinutes: 5, capabilities: ['SUBSCRIBE'] },
      { stageArn: GONE, userId: 'ben' },
      { stageArn: two, userId: 'cleo', attributes: [{ key: 'seat', value: '7' }] },
      { stageArn: 'no ARN', userId: 'dan' },
      { stageArn: one, userId: 'eve', attributes: [1, 2].map(() => ({ key: 'twice', value: 'x' })) },
      { stageArn: one, userId: 'fay' },
    ]);
    expect([requestedCount, createdCount]).toEqual([6, 3]);
    expect(participantTokens).toMatchObject([
      { token: expect.any(String), userId: 'ann', durationMinutes: 5, capabilities: ['SUBSCRIBE'] },
      null,
      { token: expect.any(String), userId: 'cleo', attributes: [{ key: 'seat', value: '7' }] },
      null,
      null,
      { token: expect.any(String), userId: 'fay' },
    ]);
    expect(errors).toMatchObject([
      { index: 1, code: 'NOT_FOUND', retryable: false },
      { index: 3, code: 'BAD_USER_INPUT', retryable: false },
      { index: 4, code: 'BAD_USER_INPUT', retryable: false },
    ]);
    expect(gateway.calls()).toEqual({ CreateParticipantToken: 4 });
  });

  it('creates a token for each of equal items', async () => {
    const gateway = await startGateway();
    const stageArn = await createStage(gateway);
    const { participantTokens } = await create(gateway, Array(5).fill({ stageArn, userId: 'ann' }));
    expect(new Set((participantTokens as { token: string }[]).map(({ token }) => token)).size).toBe(5);
    expect(gateway.calls()).toEqual({ CreateParticipantToken: 5 });
  });

  it('returns those that were made in time, and a retryable error for each of the others', async () => {
    const gateway = await startGateway({ callRates: true, requestTimeoutMs: 5_050 });
    const stageArn = await createStage(gateway);
    const items = Array.from({ length: 1000 }, (_, index) => ({ stageArn, userId: `user-${index}` }));
    const [answer, seconds] = await timed(gateway, () => create(gateway, items));
    const made = (answer.participantTokens as ({ userId: string } | null)[]).filter(
      (token) => token !== null,
    );
    expect(seconds).toBeLessThanOrEqual(5.05);
    expect(made).toMatchObject(items.slice(0, made.length).map(({ userId }) => ({ userId })));
    // 50 at once, then 49 a second.
    expect(made.length).toBe(297);
    expect(answer.errors).toHaveLength(1000 - made.length);
    for (const error of answer.errors) expect(error).toMatchObject({ code: 'THROTTLED', retryable: true });
    expect(gateway.calls()).toEqual({ CreateParticipantToken: made.length });
  });

  it('does not send again what AWS may have done', async () => {
    const gateway = await startGateway();
    const stageArn = await createStage(gateway);
    gateway.emulator.faults.add({
      operation: 'CreateParticipantToken',
      times: 1,
      afterwards: true,
      status: 500,
    });
    const { createdCount, errors } = await create(gateway, [{ stageArn, userId: 'ann' }]);
    expect([createdCount, errors]).toMatchObject([0, [{ code: 'UPSTREAM_UNAVAILABLE', retryable: true }]]);
    expect(gateway.calls()).toEqual({ CreateParticipantToken: 1 });
  });
});

describe('whom createParticipantTokens serves', () => {
  it('is a caller with ivs:token, item by item for its own user and inside its bounds', async () => {
    const gateway = await startGateway();
    const [mine, other] = [await createStage(gateway, 'mine'), await createStage(gateway, 'other')];
    const refused = await gateway.ask(
      bulk('createParticipantTokens'),
      { input: { participantTokens: [{ stageArn: mine }] } },
      { caller: callerWith(['ivs:read', 'ivs:write', 'ivs:moderate']) },
    );
    expect(refused.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    const caller = { ...boundedTo(mine), user: 'ann' };
    const { participantTokens, errors } = await create(
      gateway,
      [
        { stageArn: mine },
        { stageArn: mine, userId: 'ben' },
        { stageArn: other, userId: 'ann' },
        { stageArn: mine, userId: 'ann' },
      ],
      { caller },
    );
    expect(participantTokens).toMatchObject([{ userId: 'ann' }, null, null, { userId: 'ann' }]);
    expect(errors).toMatchObject([
      { index: 1, code: 'FORBIDDEN' },
      { index: 2, code: 'FORBIDDEN' },
    ]);
    expect(gateway.calls()).toEqual({ CreateParticipantToken: 2 });
  });

  it('gets tokens that nobody stores or logs', async () => {
    const gateway = await startGateway({ logLevel: 'trace' });
    const stageArn = await createStage(gateway);
    const response = await gateway.fetch('http://gateway/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: bulk('createParticipantTokens', TOKENS),
        variables: {
          input: {
            participantTokens: [
              { stageArn, userId: 'ann' },
              { stageArn: GONE, userId: 'ben' },
            ],
          },
        },
      }),
    });
    expect(response.headers.get('cache-control')).toBe('no-store');
    const { data } = await response.json();
    const [{ token }] = data.createParticipantTokens.participantTokens;
    expect(token).toEqual(expect.any(String));
    expect(JSON.stringify(gateway.log)).not.toMatch(new RegExp(`${token}|\\bann\\b|\\bben\\b`));
    expect(gateway.log).toContainEqual(
      expect.objectContaining({
        mutation: 'createParticipantTokens',
        scope: 'ivs:token',
        outcome: 'partial',
        arns: [stageArn],
        failures: [{ arns: [GONE], code: 'NOT_FOUND' }],
        requested: 2,
        created: 1,
        failed: 1,
      }),
    );
  });
});
