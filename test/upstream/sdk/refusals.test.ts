// What AWS refuses before it acts, by whatever status: the time, the credentials, the rate; and what a proxy answers for it.
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../src/emulator/faults/fault.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';

const CREATE = 'mutation { createStage(input: { name: "once" }) { __typename } }';
const LIST = '{ stages(first: 1) { nodes { name } } }';
const hours = (count: number) => new Date(Date.now() + count * 3_600_000).toUTCString();

/** How AWS refuses the first call of a gateway whose clock is wrong. */
const skew: Omit<Fault, 'operation'> = {
  status: 403,
  errorType: 'InvalidSignatureException',
  message: 'Signature expired: 20300101T000000Z is now earlier than 20300101T010000Z',
  headers: { date: hours(-2) },
};

const ready = async ({ fetch }: TestGateway) => (await fetch('http://gateway/readyz')).status;

describe('a gateway whose clock is wrong', () => {
  it.each([
    ['a write', CREATE, 'CreateStage'],
    ['a read', LIST, 'ListStages'],
  ])('repeats %s with the time of AWS, once', async (_what, document, operation) => {
    const gateway = await startGateway({ seed: 'empty' });
    gateway.emulator.faults.add({ operation, times: 1, ...skew });
    await gateway.data(document);
    expect(gateway.calls()).toEqual({ [operation]: 2 });
    expect(await ready(gateway)).toBe(200);
  });

  it('is told so when that does not help', async () => {
    const gateway = await startGateway();
    gateway.emulator.faults.add({ operation: 'CreateStage', ...skew });
    const { errors } = await gateway.ask(CREATE);
    expect(errors).toMatchObject([
      {
        message: 'AWS does not accept the signature of the gateway, whose clock may be wrong',
        extensions: { code: 'UPSTREAM_ACCESS_DENIED' },
      },
    ]);
    expect(gateway.calls()).toEqual({ CreateStage: 2 });
  });
});

const CREDENTIALS = /^AWS does not accept the credentials of the gateway$/;
const SIGNATURE = /^AWS does not accept the signature of the gateway/;
const DENIED = /^AWS does not let the gateway do this$/;

describe.each([400, 401, 403])('a refusal with status %d', (status) => {
  it.each([
    ['ExpiredTokenException', CREDENTIALS, true],
    ['ExpiredToken', CREDENTIALS, true],
    ['UnrecognizedClientException', CREDENTIALS, true],
    ['InvalidClientTokenId', CREDENTIALS, true],
    ['RequestExpired', SIGNATURE, false],
    ['RequestTimeTooSkewed', SIGNATURE, false],
    ['SignatureDoesNotMatch', SIGNATURE, true],
    ['AccessDenied', DENIED, false],
    ['AccessDeniedException', DENIED, false],
    ['OptInRequired', DENIED, false],
    ['MissingAuthenticationTokenException', DENIED, false],
  ])('is known by its name, %s, logged, and not tried again', async (errorType, message, isOfCredentials) => {
    const gateway = await startGateway();
    gateway.emulator.faults.add({ operation: 'ListStages', status, errorType, message: 'arn:aws:sts::1:x' });
    const { errors } = await gateway.ask(LIST);
    const expected = {
      message: expect.stringMatching(message),
      extensions: { code: 'UPSTREAM_ACCESS_DENIED' },
    };
    expect(errors).toMatchObject([expected]);
    expect(gateway.log).toMatchObject([
      { msg: expect.stringMatching(message), code: 'UPSTREAM_ACCESS_DENIED', cause: { name: errorType } },
    ]);
    expect(gateway.calls()).toEqual({ ListStages: 1 });
    expect(await ready(gateway)).toBe(isOfCredentials ? 503 : 200);
  });
});

it.each(['ThrottlingException', 'Throttling', 'RequestLimitExceeded', 'SlowDown'])(
  'is throttled by a 400 that is called %s',
  async (errorType) => {
    const gateway = await startGateway();
    gateway.emulator.faults.add({ operation: 'CreateStage', times: 1, status: 400, errorType });
    await gateway.data(CREATE);
    expect(gateway.calls()).toEqual({ CreateStage: 2 });
  },
);

it('takes a 400 for a time-out that says so, not for a fault of the client', async () => {
  const gateway = await startGateway();
  gateway.emulator.faults.add({
    operation: 'ListStages',
    times: 1,
    status: 400,
    errorType: 'RequestTimeout',
  });
  await gateway.data(LIST);
  expect(gateway.calls()).toEqual({ ListStages: 2 });
});

describe('/readyz', () => {
  it('is 503 while AWS refuses the credentials, and 200 once it takes them or a minute has passed', async () => {
    const gateway = await startGateway();
    const refuse = () =>
      gateway.emulator.faults.add({
        operation: 'ListStages',
        times: 1,
        status: 403,
        errorType: 'ExpiredTokenException',
      });
    refuse();
    await gateway.ask(LIST);
    expect(await ready(gateway)).toBe(503);
    await new Promise<void>((resolve) => gateway.clock.after(61_000, resolve));
    expect(await ready(gateway)).toBe(200);
    refuse();
    await gateway.ask(LIST);
    expect(await ready(gateway)).toBe(503);
    await gateway.data(LIST);
    expect(await ready(gateway)).toBe(200);
  });

  it('stays 200 when one region refuses what another takes', async () => {
    const gateway = await startGateway();
    await gateway.data(LIST);
    gateway.emulator.faults.add({
      operation: 'ListStages',
      times: 1,
      status: 403,
      errorType: 'UnrecognizedClientException',
    });
    await gateway.ask('{ stages(region: "eu-west-1") { nodes { name } } }');
    expect(await ready(gateway)).toBe(200);
  });
});

describe('Retry-After', () => {
  it.each([
    [429, 'ThrottlingException', { 'retry-after': '3' }, 3_000],
    [503, 'ServiceUnavailable', { 'retry-after': '2' }, 2_000],
    [503, 'StreamUnavailable', { 'x-amz-retry-after': '2500' }, 2_500],
    [429, 'ThrottlingException', { 'x-amz-retry-after': '1500' }, 1_500],
    [503, 'ServiceUnavailable', { 'retry-after': new Date(Date.now() + 3_600_000).toUTCString() }, undefined],
    [503, 'ServiceUnavailable', { 'retry-after': 'soon' }, 0],
    [503, 'ServiceUnavailable', { 'retry-after': 'Thu, 01 Jan 2026 00:00:00 GMT' }, 0],
  ])('of a %d (%s %o) is heeded', async (status, errorType, headers, waitMs) => {
    const gateway = await startGateway();
    gateway.emulator.faults.add({ operation: 'ListStages', times: 1, status, errorType, headers });
    const start = gateway.clock.now();
    const { errors } = await gateway.ask(LIST);
    const tookMs = gateway.clock.now() - start;
    if (waitMs === undefined) {
      // Later than the request's deadline.
      expect(errors?.[0]?.extensions?.retryAfterMs).toBeGreaterThan(3_500_000);
      expect(gateway.calls()).toEqual({ ListStages: 1 });
    } else {
      expect(errors).toBeUndefined();
      // The SDK makes a date of it, to the millisecond.
      expect(tookMs).toBeGreaterThanOrEqual(waitMs - 50);
      expect(tookMs).toBeLessThan(waitMs + 1_000);
      expect(gateway.calls()).toEqual({ ListStages: 2 });
    }
  });

  it('beyond the deadline is told to the client', async () => {
    const gateway = await startGateway();
    gateway.emulator.faults.add({
      operation: 'ListStages',
      status: 503,
      errorType: 'ServiceUnavailable',
      headers: { 'retry-after': '120' },
    });
    const { errors } = await gateway.ask(LIST);
    const retryAfterMs = errors?.[0]?.extensions?.retryAfterMs;
    expect(retryAfterMs).toBeGreaterThan(119_000);
    expect(retryAfterMs).toBeLessThanOrEqual(120_000);
    expect(gateway.calls()).toEqual({ ListStages: 1 });
  });
});

describe('what a proxy answers', () => {
  const html = { 'content-type': 'text/html; charset=utf-8' };
  it.each<[string, Omit<Fault, 'operation'>, number]>([
    ['a redirection', { status: 301, body: '', headers: { location: 'https://login.example/' } }, 301],
    ['a page of refusal', { status: 403, body: '<html>Blocked by policy</html>', headers: html }, 403],
    ['a page of login', { status: 200, body: '<html>Please sign in</html>', headers: html }, 200],
    ['a page that asks who we are', { status: 407, body: '<html>Who are you?</html>', headers: html }, 407],
  ])('%s is told as its answer, after one attempt', async (_what, fault, status) => {
    const gateway = await startGateway();
    gateway.emulator.faults.add({ operation: 'ListStages', ...fault });
    const { errors } = await gateway.ask(LIST);
    expect(errors).toMatchObject([
      {
        message: `A proxy, not AWS, answered with status ${status}`,
        extensions: { code: 'UPSTREAM_UNAVAILABLE', aws: { httpStatus: status } },
      },
    ]);
    expect(gateway.log).toHaveLength(1);
    expect(gateway.calls()).toEqual({ ListStages: 1 });
  });
});
