import { describe, expect, it } from 'vitest';
import type { Fault } from '../../src/emulator/faults/fault.ts';
import { startGateway } from '../support/gateway.ts';
import { createStage } from '../support/world.ts';

const broken: [string, Omit<Fault, 'operation'>][] = [
  ['fails', { status: 500, errorType: 'InternalServerException' }],
  ['is cut off', { reset: true }],
  ['answers nonsense', { status: 502, body: '<html>' }],
];
/** The call worked; only its answer was lost. */
const lost: [string, Omit<Fault, 'operation'>][] = broken.map(([what, fault]) => [
  what,
  { ...fault, afterwards: true },
]);

describe('a read that AWS', () => {
  it.each(broken)('%s twice succeeds at the third attempt', async (_what, fault) => {
    const gateway = await startGateway({ seed: 'demo' });
    gateway.emulator.faults.add({ operation: 'ListStages', times: 2, ...fault });
    const { stages } = await gateway.data('{ stages(first: 1) { nodes { name } } }');
    expect(stages.nodes).toHaveLength(1);
    expect(gateway.calls()).toEqual({ ListStages: 3 });
  });

  it('fails three times is not tried again', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    gateway.emulator.faults.add({
      operation: 'ListStages',
      status: 500,
      errorType: 'InternalServerException',
    });
    const { errors } = await gateway.ask('{ stages(first: 1) { nodes { name } } }');
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNAVAILABLE' } }]);
    expect(gateway.calls()).toEqual({ ListStages: 3 });
  });

  it('refuses is not tried again', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    gateway.emulator.faults.add({ operation: 'ListStages', status: 403, errorType: 'AccessDeniedException' });
    await gateway.ask('{ stages(first: 1) { nodes { name } } }');
    expect(gateway.calls()).toEqual({ ListStages: 1 });
  });
});

describe('a write whose answer is lost because AWS', () => {
  it.each(lost)('%s is never sent twice when it creates', async (_what, fault) => {
    const gateway = await startGateway();
    gateway.emulator.faults.add({ operation: 'CreateStage', times: 1, ...fault });
    const { errors } = await gateway.ask('mutation { createStage(input: { name: "once" }) { __typename } }');
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNAVAILABLE' } }]);
    expect(gateway.calls()).toEqual({ CreateStage: 1 });
    const { stages } = await gateway.data('{ stages { nodes { name } } }');
    expect(stages.nodes).toEqual([{ name: 'once' }]);
  });

  it.each(lost)('%s is repeated when twice is as good as once', async (_what, fault) => {
    const gateway = await startGateway();
    const arn = await createStage(gateway);
    gateway.emulator.faults.add({ operation: 'UpdateStage', times: 1, ...fault });
    const { updateStage } = await gateway.data(
      `mutation { updateStage(input: { arn: "${arn}", name: "new" }) { ... on UpdateStagePayload { stage { name } } } }`,
    );
    expect(updateStage.stage.name).toBe('new');
    expect(gateway.calls()).toEqual({ UpdateStage: 2 });
  });

  it('is cut off counts as done when it was a deletion and the thing is gone', async () => {
    const gateway = await startGateway();
    const arn = await createStage(gateway);
    gateway.emulator.faults.add({ operation: 'DeleteStage', times: 1, reset: true, afterwards: true });
    const { deleteStage } = await gateway.data(
      `mutation { deleteStage(input: { arn: "${arn}" }) { __typename } }`,
    );
    expect(deleteStage).toEqual({ __typename: 'DeleteStagePayload' });
    expect(gateway.calls()).toEqual({ DeleteStage: 2 });
  });

  it('throttled is no reason to take a thing for deleted that was never there', async () => {
    const gateway = await startGateway();
    gateway.emulator.faults.add({
      operation: 'DeleteStage',
      times: 1,
      errorType: 'ThrottlingException',
      status: 429,
    });
    const arn = 'arn:aws:ivs:us-west-2:123456789012:stage/neverWas';
    const { deleteStage } = await gateway.data(
      `mutation { deleteStage(input: { arn: "${arn}" }) { __typename } }`,
    );
    expect(deleteStage).toEqual({ __typename: 'ResourceNotFoundError' });
    expect(gateway.calls()).toEqual({ DeleteStage: 2 });
  });

  it('fails is not sent twice when somebody may have come back meanwhile', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    gateway.emulator.faults.add({ operation: 'StopStream', times: 1, status: 500, afterwards: true });
    const { errors } = await gateway.ask(
      'mutation { stopStream(input: { channelArn: "arn:aws:ivs:us-west-2:123456789012:channel/MainStage001" }) { __typename } }',
    );
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNAVAILABLE' } }]);
    expect(gateway.calls()).toEqual({ StopStream: 1 });
  });

  it('hangs is never sent twice when it creates', async () => {
    const gateway = await startGateway({ callTimeoutMs: 200 });
    gateway.emulator.faults.add({ operation: 'CreateStage', times: 1, hang: true, afterwards: true });
    const { errors } = await gateway.ask('mutation { createStage(input: {}) { __typename } }');
    expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_TIMEOUT' } }]);
    expect(gateway.calls()).toEqual({ CreateStage: 1 });
  });
});

it('sends a create again that cannot have arrived, since no connection came about', async () => {
  const gateway = await startGateway();
  await gateway.emulator.close();
  const { errors } = await gateway.ask('mutation { createStage(input: {}) { __typename } }');
  expect(errors?.[0]?.message).toMatch(/could not be reached \(ECONNREFUSED\)/);
});
