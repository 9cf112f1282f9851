import { describe, expect, it } from 'vitest';
import type { Fault } from '../../src/emulator/faults/fault.ts';
import { startGateway } from '../support/gateway.ts';

const ARN = 'arn:aws:ivs:us-west-2:123456789012:stage/TownHall0001';
const query = `{ good: channel(arn: "arn:aws:ivs:us-west-2:123456789012:channel/MainStage001") { name } bad: stage(arn: "${ARN}") { name } }`;

const failures: [string, Omit<Fault, 'operation'>, string, RegExp][] = [
  [
    'access denied',
    { status: 403, errorType: 'AccessDeniedException', message: 'no' },
    'UPSTREAM_ACCESS_DENIED',
    /^AWS does not let/,
  ],
  [
    'a refused token',
    { status: 403, errorType: 'ExpiredTokenException', message: 'old' },
    'UPSTREAM_ACCESS_DENIED',
    /^AWS does not accept the credentials/,
  ],
  [
    'throttling',
    { status: 429, errorType: 'ThrottlingException', message: 'slow' },
    'THROTTLED',
    /call rate/,
  ],
  ['throttling without a name', { status: 429, body: '{}' }, 'THROTTLED', /./],
  [
    'a fault inside AWS',
    { status: 500, errorType: 'InternalServerException', message: 'oops' },
    'UPSTREAM_UNAVAILABLE',
    /^oops$/,
  ],
  [
    'an unknown error name',
    { status: 418, errorType: 'TeapotException', message: 'tea' },
    'UPSTREAM_UNAVAILABLE',
    /tea/,
  ],
  [
    'a name off the prototype',
    { status: 500, errorType: 'constructor', message: 'x' },
    'UPSTREAM_UNAVAILABLE',
    /./,
  ],
  [
    'a validation error',
    { status: 400, errorType: 'ValidationException', message: 'bad' },
    'BAD_USER_INPUT',
    /^bad$/,
  ],
  [
    'an HTML page',
    { status: 502, body: '<html>Bad Gateway</html>', headers: { 'content-type': 'text/html' } },
    'UPSTREAM_UNAVAILABLE',
    /502/,
  ],
  [
    'truncated JSON',
    { status: 200, body: '{"stage": {"arn": "' },
    'UPSTREAM_UNAVAILABLE',
    /could not be read/,
  ],
  [
    'an empty 504',
    { status: 504, body: '' },
    'UPSTREAM_UNAVAILABLE',
    /504 with a body that could not be read/,
  ],
  [
    'an empty 302',
    { status: 302, body: '' },
    'UPSTREAM_UNAVAILABLE',
    /^A proxy, not AWS, answered with status 302/,
  ],
  ['a reset connection', { reset: true }, 'UPSTREAM_UNAVAILABLE', /could not be reached/],
];

describe('a failure of AWS', () => {
  it.each(failures)('%s becomes one error on its own field', async (_what, fault, code, message) => {
    const gateway = await startGateway({ seed: 'demo' });
    gateway.emulator.faults.add({ operation: 'GetStage', ...fault });
    const { data, errors } = await gateway.ask(query);
    expect(data).toEqual({ good: { name: 'main-stage' }, bad: null });
    expect(errors).toMatchObject([
      {
        path: ['bad'],
        message: expect.stringMatching(message),
        extensions: { code, aws: { service: 'ivs-realtime', operation: 'GetStage', region: 'us-west-2' } },
      },
    ]);
  });

  it('tells how long to wait after throttling', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    gateway.emulator.faults.add({
      operation: 'GetStage',
      status: 429,
      errorType: 'ThrottlingException',
      message: 'slow',
    });
    const { errors } = await gateway.ask(query);
    expect(errors?.[0]?.extensions?.retryAfterMs).toBeGreaterThan(0);
  });

  it('becomes UPSTREAM_TIMEOUT when a call hangs; the rest arrives', async () => {
    const gateway = await startGateway({ seed: 'demo', callTimeoutMs: 200 });
    gateway.emulator.faults.add({ operation: 'GetStage', hang: true });
    const { data, errors } = await gateway.ask(query);
    expect(data).toEqual({ good: { name: 'main-stage' }, bad: null });
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_TIMEOUT' } }]);
  });

  it('becomes UPSTREAM_TIMEOUT at the deadline of the request; the rest arrives', async () => {
    const gateway = await startGateway({ seed: 'demo', requestTimeoutMs: 500 });
    gateway.emulator.faults.add({ operation: 'GetStage', hang: true });
    const { data, errors } = await gateway.ask(query);
    expect(data).toEqual({ good: { name: 'main-stage' }, bad: null });
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_TIMEOUT' } }]);
  });

  it('that was masked elsewhere says nothing of our insides', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    gateway.emulator.faults.add({
      operation: 'GetStage',
      status: 200,
      body: '{"stage": {"arn": 5, "tags": 7}}',
    });
    const { errors } = await gateway.ask(`{ stage(arn: "${ARN}") { tags { key } } }`);
    expect(JSON.stringify(errors ?? [])).not.toMatch(/node_modules|src\/|dist\/|TypeError|at /);
  });
});

it('refuses a region that is not served before any call', async () => {
  const gateway = await startGateway({ seed: 'demo', regions: ['us-west-2'] });
  const { data, errors } = await gateway.ask(
    `{ list: stages(region: "eu-west-1") { nodes { arn } } one: stage(arn: "${ARN.replace('us-west-2', 'evil-host-1')}") { arn } }`,
  );
  expect(data).toEqual({ list: null, one: null });
  expect(errors?.map(({ extensions }) => extensions?.code)).toEqual([
    'REGION_NOT_ALLOWED',
    'REGION_NOT_ALLOWED',
  ]);
  expect(gateway.calls()).toEqual({});
});

it('gives up the calls of a client that has gone away', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  gateway.emulator.faults.add({ operation: 'GetStage', hang: true });
  const client = new AbortController();
  const answer = gateway.ask(query, {}, { signal: client.signal }).catch((error: Error) => error.name);
  while (gateway.emulator.calls.count('GetStage') === 0) await new Promise(setImmediate);
  client.abort();
  expect(await answer).toBe('AbortError');
});
