// A 200 that is no answer must not read as "there is nothing" or "it is done".
import { expect, it } from 'vitest';
import { startGateway } from '../../support/gateway.ts';
import { revoke, viewers } from '../../support/revocation.ts';

const ARN = 'arn:aws:ivs:us-west-2:123456789012:stage/TownHall0001';
const unreadable = {
  message: 'AWS answered 200 with a body that could not be read',
  extensions: { code: 'UPSTREAM_UNAVAILABLE', aws: { httpStatus: 200 } },
};

it.each([
  '',
  '""',
  '[]',
  '5',
  'null',
  '{}',
  '{"stage":null}',
  '{"stage":"x"}',
  '{"stage":[]}',
  '{"stage":{}}',
])('a stage that AWS tells as %s is an error', async (body) => {
  const gateway = await startGateway({ seed: 'demo' });
  gateway.emulator.faults.add({ operation: 'GetStage', status: 200, body });
  const { data, errors } = await gateway.ask(`{ stage(arn: "${ARN}") { name } }`);
  expect([data, errors]).toMatchObject([{ stage: null }, [unreadable]]);
});

const tooMany = JSON.stringify({ stages: Array.from({ length: 1001 }, () => ({ arn: ARN })) });
const tooManyTags = JSON.stringify({
  stages: [{ arn: ARN, tags: Object.fromEntries(Array.from({ length: 1001 }, (_, key) => [key, ''])) }],
});

it.each([
  ...['', '[]', '{}', '{"stages":"x"}', '{"stages":{}}', '{"stages":["x"]}', '{"stages":[null]}'],
  ...['{"stages":[{}]}', '{"stages":[[]]}', '{"stages":[{"arn":null}]}', '{"stages":[{"arn":""}]}'],
  ...[tooMany, tooManyTags],
])('a list that AWS tells as case %# is an error', async (body) => {
  const gateway = await startGateway({ seed: 'demo' });
  gateway.emulator.faults.add({ operation: 'ListStages', status: 200, body });
  const { errors } = await gateway.ask('{ stages { nodes { name } } }');
  expect(errors).toMatchObject([unreadable]);
});

it.each(['{}', ' {"errors":[]}'])('a batch that AWS answers with %s has revoked all', async (body) => {
  const gateway = await startGateway({ seed: 'demo' });
  gateway.emulator.faults.add({ operation: 'BatchStartViewerSessionRevocation', status: 200, body });
  expect(await revoke(gateway, viewers(3))).toMatchObject({ revokedCount: 3, errors: [] });
});

it.each(['', '""', '{"errors":"x"}', '{"errors":["x"]}'])(
  'a batch that AWS answers with %s has revoked nobody for certain',
  async (body) => {
    const gateway = await startGateway({ seed: 'demo' });
    gateway.emulator.faults.add({ operation: 'BatchStartViewerSessionRevocation', status: 200, body });
    const { revokedCount, errors } = await revoke(gateway, viewers(3));
    expect(revokedCount).toBe(0);
    expect(errors).toMatchObject(Array(3).fill({ code: 'UPSTREAM_UNAVAILABLE' }));
  },
);

it('an operation that answers nothing may do so with an empty body', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  gateway.emulator.faults.add({ operation: 'StopStream', status: 200, body: '' });
  const arn = 'arn:aws:ivs:us-west-2:123456789012:channel/MainStage001';
  const { errors } = await gateway.ask(
    `mutation { stopStream(input: { channelArn: "${arn}" }) { __typename } }`,
  );
  expect(errors).toBeUndefined();
});
