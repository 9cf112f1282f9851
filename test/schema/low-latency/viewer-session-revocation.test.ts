// The plan: two quotas, one queue of pairs. Time is injected, so a second of quota takes none.
import { describe, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import {
  indexes,
  MAIN,
  mutation,
  type Pair,
  revoke,
  sizes,
  UNKNOWN,
  viewers,
} from '../../support/revocation.ts';

const BATCH = 'BatchStartViewerSessionRevocation';
const SINGLE = 'StartViewerSessionRevocation';
const paced = { seed: 'demo', callRates: true } as const;

const throttled = (gateway: TestGateway) =>
  gateway.emulator.calls.log().filter(({ status }) => status === 429).length;
/** Without the line of the audit. */
const warnings = ({ log }: TestGateway) => log.filter(({ level }) => level >= 40);
const revoked = (gateway: TestGateway, channelArn = MAIN) =>
  gateway.emulator.control.revocations({ channelArn }).map(({ viewerId }) => viewerId);

/** Seconds that both quotas need: 40 + 10 pairs at once, then as many a second. */
const floor = (pairs: number) => Math.max(0, pairs / 50 - 1);

async function timed<T>({ clock }: TestGateway, work: () => Promise<T>): Promise<[T, seconds: number]> {
  const start = clock.now();
  return [await work(), (clock.now() - start) / 1000];
}

/** Each pair was revoked or has an error: none both, none neither. */
function expectToBeTold(gateway: TestGateway, pairs: Pair[], errors: { viewerId: string }[]) {
  const told = [...revoked(gateway), ...errors.map(({ viewerId }) => viewerId)];
  expect(told.sort()).toEqual(pairs.map(({ viewerId }) => viewerId).sort());
}

describe('the two quotas of revocation', () => {
  it('carry 1000 pairs in the time that both allow, without a 429', async () => {
    const gateway = await startGateway(paced);
    const [answer, seconds] = await timed(gateway, () => revoke(gateway, viewers(1000)));
    expect(answer).toEqual({ requestedCount: 1000, revokedCount: 1000, errors: [] });
    expect(revoked(gateway)).toHaveLength(1000);
    expect(throttled(gateway)).toBe(0);
    expect(gateway.emulator.calls.count(BATCH)).toBeLessThanOrEqual(41);
    expect(gateway.emulator.calls.count(SINGLE)).toBeLessThanOrEqual(210);
    // 2 % of it are the scheduler's margin.
    expect(seconds / floor(1000)).toBeLessThan(1.05);
  });

  it('tell the bad ones among 1000 pairs by their places', async () => {
    const gateway = await startGateway(paced);
    const pairs = viewers(1000).map((pair, index) => {
      if (index % 100 === 7) return { ...pair, channelArn: UNKNOWN };
      return index % 100 === 8 ? { ...pair, viewerId: `${pair.viewerId}${'x'.repeat(40)}` } : pair;
    });
    // Two that only the singles will carry: the first batches hold 40 pairs.
    for (const index of [41, 43]) pairs[index] = { channelArn: UNKNOWN, viewerId: `viewer-${index}` };
    const { revokedCount, errors } = await revoke(gateway, pairs);

    const hundreds = Array.from({ length: 10 }, (_, hundred) => hundred * 100);
    const unknown = [41, 43, ...hundreds.map((hundred) => hundred + 7)];
    const malformed = hundreds.map((hundred) => hundred + 8);
    expect(revokedCount).toBe(978);
    expect(indexes(errors)).toEqual([...unknown, ...malformed].sort((a, b) => a - b));
    for (const error of errors) {
      expect(error).toMatchObject({
        ...pairs[error.index],
        // Whichever call carried it.
        ...(unknown.includes(error.index)
          ? { code: 'NOT_FOUND', awsCode: '404' }
          : { code: 'BAD_USER_INPUT', awsCode: null }),
        retryable: false,
      });
    }
    expectToBeTold(gateway, pairs, errors);
    expect(gateway.emulator.calls.log(SINGLE)).toContainEqual(
      expect.objectContaining({ input: { channelArn: UNKNOWN, viewerId: 'viewer-41' }, status: 404 }),
    );
  });

  it.each([
    { pairs: 1, batches: [1], singles: 0 },
    { pairs: 20, batches: [20], singles: 0 },
    { pairs: 40, batches: [20, 20], singles: 0 },
    { pairs: 45, batches: [20, 20], singles: 5 },
    { pairs: 50, batches: [20, 20], singles: 10 },
  ])('start $pairs pairs at once: $batches.length batches and $singles singles', async (row) => {
    const gateway = await startGateway(paced);
    const [answer, seconds] = await timed(gateway, () => revoke(gateway, viewers(row.pairs)));
    expect(answer).toMatchObject({ revokedCount: row.pairs, errors: [] });
    expect(sizes(gateway)).toEqual(row.batches);
    expect(gateway.emulator.calls.count(SINGLE)).toBe(row.singles);
    expect(seconds).toBe(0);
  });

  it.each([60, 75, 100, 150])('end the last of %i pairs as early as either can', async (count) => {
    const gateway = await startGateway(paced);
    const [answer, seconds] = await timed(gateway, () => revoke(gateway, viewers(count)));
    expect(answer.revokedCount).toBe(count);
    // A batch has its turn each half second, so that is how exact it can be.
    expect(seconds).toBeLessThan((Math.ceil(floor(count) * 2) / 2) * 1.025);
  });

  it('of two regions are used side by side', async () => {
    const gateway = await startGateway(paced);
    const { createChannel } = await gateway.data(
      `mutation { createChannel(input: { region: "eu-west-1", authorized: true }) { ... on CreateChannelPayload { channel { arn } } } }`,
    );
    const { arn } = createChannel.channel;
    const pairs = [...viewers(300), ...viewers(300, arn)];
    const [answer, seconds] = await timed(gateway, () => revoke(gateway, pairs));
    expect(answer).toMatchObject({ revokedCount: 600, errors: [] });
    expect(revoked(gateway)).toHaveLength(300);
    expect(revoked(gateway, arn)).toHaveLength(300);
    expect(throttled(gateway)).toBe(0);
    expect(seconds / floor(300)).toBeLessThan(1.05);
  });

  it('never hold two versions of one pair in one batch', async () => {
    const gateway = await startGateway(paced);
    const pairs = [0, 1, 2, 3].flatMap((version) =>
      viewers(30).map((pair) => ({ ...pair, viewerSessionVersionsLessThanOrEqualTo: version })),
    );
    expect(await revoke(gateway, pairs)).toMatchObject({ revokedCount: 120, errors: [] });
    for (const { input } of gateway.emulator.calls.log(BATCH)) {
      const { viewerSessions } = input as { viewerSessions: Pair[] };
      expect(new Set(viewerSessions.map(({ viewerId }) => viewerId)).size).toBe(viewerSessions.length);
    }
    const versions = gateway.emulator.control
      .revocations({ channelArn: MAIN })
      .map(({ viewerSessionVersionsLessThanOrEqualTo }) => viewerSessionVersionsLessThanOrEqualTo);
    expect(versions).toEqual(Array(30).fill(3));
  });
});

describe('a revocation that its deadline cuts short', () => {
  // 2 batches and 10 singles at once, then 1.96 and 9.8 a second: so many have their turn within 5.05 seconds.
  const most = { [BATCH]: 11, [SINGLE]: 59 };
  const deadline = { requestTimeoutMs: 5_050 };

  it('tells of each pair whether it was done, and answers in time', async () => {
    const gateway = await startGateway({ ...paced, ...deadline });
    const pairs = viewers(1000);
    const [{ revokedCount, errors }, seconds] = await timed(gateway, () => revoke(gateway, pairs));
    expect(gateway.calls()).toEqual(most);
    expect(revokedCount).toBe(11 * 20 + 59);
    for (const error of errors) {
      expect(error).toMatchObject({ ...pairs[error.index], code: 'THROTTLED', retryable: true });
    }
    expectToBeTold(gateway, pairs, errors);
    expect(seconds).toBeLessThanOrEqual(5.05);
    expect(warnings(gateway)).toMatchObject([{ requested: 1000, failed: 721, codes: { THROTTLED: 721 } }]);
  });

  it('gives the pairs of a batch that would come too late to the singles that would not', async () => {
    const gateway = await startGateway({ ...paced, ...deadline });
    const groups = Array.from({ length: 12 }, (_, group) =>
      viewers(20).map((pair) => ({ ...pair, viewerId: `${group}-${pair.viewerId}` })),
    );
    const answers = await Promise.all(groups.map((pairs) => revoke(gateway, pairs)));
    for (const answer of answers) expect(answer).toMatchObject({ revokedCount: 20, errors: [] });
    expect(gateway.calls()).toEqual({ [BATCH]: 11, [SINGLE]: 20 });
  });
});

describe('when one of the two calls fails', () => {
  const oops = { status: 500, errorType: 'InternalServerException', message: 'oops' };

  it.each([BATCH, SINGLE])('with each %s, its own pairs fail and no others', async (operation) => {
    const gateway = await startGateway(paced);
    gateway.emulator.faults.add({ operation, ...oops });
    const pairs = viewers(300);
    const { revokedCount, errors } = await revoke(gateway, pairs);
    expect(revokedCount).toBeGreaterThan(0);
    expect(errors.length).toBeGreaterThan(0);
    for (const error of errors) {
      expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', message: 'oops', retryable: true });
    }
    expectToBeTold(gateway, pairs, errors);
    expect(warnings(gateway)).toMatchObject([{ codes: { UPSTREAM_UNAVAILABLE: errors.length } }]);
  });

  it.each([BATCH, SINGLE])('with one lost answer of %s, it is sent again', async (operation) => {
    const gateway = await startGateway(paced);
    gateway.emulator.faults.add({ operation, times: 1, afterwards: true, ...oops });
    expect(await revoke(gateway, viewers(41))).toMatchObject({ revokedCount: 41, errors: [] });
    expect(gateway.calls()).toEqual({ [BATCH]: 2, [SINGLE]: 1, [operation]: operation === BATCH ? 3 : 2 });
  });

  it('with 429s, the other carries more, and none is lost', async () => {
    const gateway = await startGateway(paced);
    gateway.emulator.faults.add({
      operation: SINGLE,
      times: 3,
      status: 429,
      errorType: 'ThrottlingException',
    });
    expect(await revoke(gateway, viewers(500))).toMatchObject({ revokedCount: 500, errors: [] });
    // Of 500 pairs the singles would have carried 100.
    expect(gateway.emulator.calls.count(SINGLE)).toBeLessThan(90);
    expect(gateway.emulator.calls.count(BATCH)).toBeGreaterThan(20);
  });

  it('because the role has no permission for singles, the batches carry all', async () => {
    const gateway = await startGateway(paced);
    gateway.emulator.faults.add({ operation: SINGLE, status: 403, errorType: 'AccessDeniedException' });
    expect(await revoke(gateway, viewers(100))).toMatchObject({ revokedCount: 100, errors: [] });
    expect(gateway.calls()).toEqual({ [BATCH]: 5, [SINGLE]: 10 });
  });

  it('because the role has no permission for batches, the singles carry all', async () => {
    const gateway = await startGateway(paced);
    gateway.emulator.faults.add({ operation: BATCH, status: 403, errorType: 'AccessDeniedException' });
    expect(await revoke(gateway, viewers(100))).toMatchObject({ revokedCount: 100, errors: [] });
    expect(gateway.calls()).toEqual({ [BATCH]: 2, [SINGLE]: 100 });
  });
});

it('leaves no pair to singles that hang when a batch could carry it', async () => {
  const gateway = await startGateway({ seed: 'demo', rates: { [BATCH]: 100 } });
  gateway.emulator.faults.add({ operation: SINGLE, hang: true });
  const client = new AbortController();
  const variables = { viewerSessions: viewers(55) };
  const gone = gateway.ask(mutation, variables, { signal: client.signal }).catch(({ name }: Error) => name);
  while (revoked(gateway).length < 45) await new Promise(setImmediate);
  expect(gateway.emulator.calls.count(BATCH)).toBe(3);
  client.abort();
  expect(await gone).toBe('AbortError');
});

it('ends with a client that goes away, and leaves no call in the way of others', async () => {
  const gateway = await startGateway(paced);
  gateway.emulator.faults.add({ operation: BATCH, times: 2, hang: true });
  const client = new AbortController();
  const variables = { viewerSessions: viewers(1000) };
  const gone = gateway.ask(mutation, variables, { signal: client.signal }).catch(({ name }: Error) => name);
  while (gateway.emulator.calls.count() < 12) await new Promise(setImmediate);
  client.abort();
  expect(await gone).toBe('AbortError');
  gateway.calls();
  const [, seconds] = await timed(gateway, () => revoke(gateway, viewers(20)));
  expect(gateway.calls()).toEqual({ [BATCH]: 1 });
  // The first turn after the two that hung.
  expect(seconds).toBeLessThan(0.6);
});

describe('the log', () => {
  it('tells once per mutation how many pairs failed and why, and of no viewer', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    await revoke(gateway, [
      { channelArn: UNKNOWN, viewerId: 'zoe' },
      { channelArn: UNKNOWN, viewerId: 'mallory' },
      { channelArn: 'no ARN', viewerId: 'zoe' },
      ...viewers(3),
    ]);
    const codes = { NOT_FOUND: 2, BAD_USER_INPUT: 1 };
    expect(warnings(gateway)).toMatchObject([{ level: 40, requested: 6, failed: 3, codes }]);
    expect(JSON.stringify(gateway.log)).not.toMatch(/zoe|mallory|viewer-/);
  });

  it('is silent when none failed', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    await revoke(gateway, viewers(50));
    expect(warnings(gateway)).toEqual([]);
  });
});
