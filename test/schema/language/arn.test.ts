import { expect, it } from 'vitest';
import { startGateway } from '../../support/gateway.ts';

const ACCOUNT = '123456789012';
const malformed = [
  '',
  'x',
  'arn',
  `arn:aws:ivs:us-west-2:${ACCOUNT}:stage`,
  `arn:aws:ivs:us-west-2:${ACCOUNT}:stage/`,
  `arn:aws:ivs:us-west-2:${ACCOUNT}:channel/abcdefghijkl`,
  `arn:aws:ivs:us-west-2:${ACCOUNT}:stage/abc/def`,
  `arn:aws:ivs:us-west-2:${ACCOUNT}:stage/abc def`,
  `arn:aws:ivs:us-west-2:${ACCOUNT}:stage/abc\n`,
  `arn:aws:ivs:us-west-2:${ACCOUNT}:stage/abc\u0000`,
  `arn:aws:ivs:us-west-2@evil.example:${ACCOUNT}:stage/abc`,
  `arn:aws:ivs:us-west-2.evil.example:${ACCOUNT}:stage/abc`,
  `arn:aws:ivs:us-west-2/:${ACCOUNT}:stage/abc`,
  `arn:aws:ivs:US-WEST-2:${ACCOUNT}:stage/abc`,
  `arn:aws:ivs::${ACCOUNT}:stage/abc`,
  'arn:aws:ivs:us-west-2::stage/abc',
  'arn:aws:ivs:us-west-2:abc:stage/abc',
  `arn:aws:s3:us-west-2:${ACCOUNT}:stage/abc`,
  `arn:aws-cn:ivs:us-west-2:${ACCOUNT}:stage/abc`,
  ` arn:aws:ivs:us-west-2:${ACCOUNT}:stage/abc`,
  `arn:aws:ivs:us-west-2:${ACCOUNT}:stage/${'a'.repeat(128)}`,
  `arn:aws:ivs:us-west-2:${ACCOUNT}:__proto__/abc`,
  '😀',
  'x'.repeat(100_000),
];

it.each(malformed)('is BAD_USER_INPUT without any call: %j', async (arn) => {
  const gateway = await startGateway();
  const { data, errors } = await gateway.ask('query ($arn: ID!) { stage(arn: $arn) { arn } }', { arn });
  expect(data).toEqual({ stage: null });
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  expect(errors?.[0]?.message.length).toBeLessThan(400);
  expect(gateway.calls()).toEqual({});
});

it('says where a global id can be used instead of an ARN', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const { stages } = await gateway.data('{ stages(first: 1) { nodes { id arn } } }');
  const [{ id, arn }] = stages.nodes;
  const { errors } = await gateway.ask('query ($id: ID!) { stage(arn: $id) { name } }', { id });
  expect(errors?.map(({ message }) => message)).toEqual([
    `Expected an ARN like arn:aws:ivs:<region>:<account>:<type>/<id>, got the global id of "Stage:${arn}". Pass the object’s \`arn\`, or use node(id).`,
  ]);
});
