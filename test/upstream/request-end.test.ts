import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { operationNamed } from '../../src/upstream/operation.ts';
import { RequestEnd } from '../../src/upstream/request-end.ts';
import { toUpstreamError } from '../../src/upstream/sdk/failures.ts';
import { startGateway } from '../support/gateway.ts';

const arn = (id: number) => `arn:aws:ivs:us-west-2:123456789012:stage/abc${id}`;
const never = () => new Promise<never>(() => {});

describe('the end of a request', () => {
  it('comes though the garbage collector ran', async () => {
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    const gateway = await startGateway({ requestTimeoutMs: 300, callTimeoutMs: 2_000 });
    gateway.emulator.faults.add({ operation: 'GetStage', hang: true });
    const asked = gateway.ask(`{ stage(arn: "${arn(1)}") { name } }`);
    while (gateway.emulator.calls.count('GetStage') === 0) await new Promise(setImmediate);
    for (let count = 0; count < 3; count += 1) {
      collect();
      await new Promise(setImmediate);
    }
    const { errors } = await asked;
    expect(errors).toMatchObject([
      { message: expect.stringContaining('ran out of time'), extensions: { code: 'UPSTREAM_TIMEOUT' } },
    ]);
  });

  it('is told as a time-out, or with the reason of a client who left', async () => {
    const late = new RequestEnd(new AbortController().signal, 0);
    void late.during(never);
    expect(late.signal.reason).toMatchObject({ name: 'TimeoutError' });
    const client = new AbortController();
    const left = new RequestEnd(client.signal, 60_000);
    void left.during(never);
    client.abort('gone');
    expect(left.signal.reason).toBe('gone');
  });

  it('is looked out for only while there is work', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const client = new AbortController();
    const end = new RequestEnd(client.signal, 60_000);
    const before = timers();
    await Promise.all([end.during(async () => {}), end.during(async () => {})]);
    expect(timers()).toBe(before);
    client.abort();
    expect(end.signal.aborted).toBe(false);
    await end.during(async () => expect(end.signal.aborted).toBe(true));
  });
});

it('an operation that hangs keeps no other from AWS', async () => {
  const gateway = await startGateway({ seed: 'demo', rates: { GetStage: 1000 } });
  gateway.emulator.faults.add({ operation: 'GetStage', hang: true });
  const client = new AbortController();
  const stages = Array.from(
    { length: 60 },
    (_, id) => `s${id}: stage(arn: "${arn(id)}") { endpoints { whip } }`,
  );
  const gone = gateway.ask(`{ ${stages.join(' ')} }`, {}, { signal: client.signal }).catch(() => 'gone');
  while (gateway.emulator.calls.count('GetStage') < 50) await new Promise(setImmediate);
  expect((await gateway.data('{ channels { nodes { name } } }')).channels.nodes).not.toEqual([]);
  client.abort();
  expect(await gone).toBe('gone');
});

it('a connection that did not come about in time has carried nothing', () => {
  const told = (details: object) =>
    toUpstreamError(
      Object.assign(new Error('of the SDK'), { name: 'TimeoutError' }, details),
      operationNamed('CreateStage'),
      { account: undefined, region: 'us-west-2' },
    );
  for (const details of [{}, { code: 'ETIMEDOUT', syscall: 'connect' }])
    expect(told(details)).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      message: 'AWS could not be reached (no connection in time)',
      mayHaveArrived: false,
    });
  expect(told({ code: 'ETIMEDOUT' })).toMatchObject({ code: 'UPSTREAM_TIMEOUT', mayHaveArrived: true });
});
