import { describe, expect, it } from 'vitest';
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

describe('a global id instead of an ARN', () => {
  const message = async (query: (id: string) => string, source = '{ stages(first: 1) { nodes { id } } }') => {
    const gateway = await startGateway({ seed: 'demo' });
    const id = JSON.stringify(await gateway.data(source)).match(/"id":"([^"]+)"/)?.[1] as string;
    const { data, errors } = await gateway.ask(query(id));
    return JSON.stringify(errors?.map((error) => error.message) ?? data);
  };
  const failed = '... on MutationError { message }';
  const channel = `arn:aws:ivs:us-west-2:${ACCOUNT}:channel/MainStage001`;

  it.each([
    ['a root field', (id: string) => `{ stage(arn: "${id}") { name } }`],
    ['a filter', (id: string) => `{ compositions(filter: { stageArn: "${id}" }) { nodes { arn } } }`],
    ['a mutation', (id: string) => `mutation { deleteStage(input: { arn: "${id}" }) { ${failed} } }`],
    [
      'an ARN that AWS checks',
      (id: string) =>
        `mutation { updateChannel(input: { arn: "${channel}", recordingConfigurationArn: "${id}" }) { ${failed} } }`,
    ],
    [
      'a bulk mutation',
      (id: string) => `mutation { deleteStages(input: { arns: ["${id}"] }) { errors { message } } }`,
    ],
  ])('is named by what it stands for: %s', async (_what, query) => {
    const text = await message(query);
    expect(text).toMatch(/got: the global id of .*Stage:arn:aws:ivs:/);
    expect(text).not.toContain('[secret]');
  });

  it('also of an object whose key has several members', async () => {
    const source = '{ stages { nodes { activeSession { participants(first: 1) { nodes { id } } } } } }';
    const text = await message((id) => `{ stage(arn: "${id}") { name } }`, source);
    expect(text).toMatch(/the global id of .*Participant:arn:aws:ivs:.* st-/);
  });
});

it('names the only type that fits, and only fields that take a global id', async () => {
  const gateway = await startGateway();
  const id = Buffer.from('Stage:arn:aws:ivs:us-west-2:123456789012:stage/abc').toString('base64');
  const { data } = await gateway.ask(
    `mutation { deleteStages(input: { arns: ["${id}", "x"] }) { errors { message } } }`,
  );
  const expected = 'Expected an ARN like arn:aws:ivs:<region>:<account>:stage/<id>, got: ';
  expect(data.deleteStages.errors).toEqual([
    {
      message: expect.stringMatching(
        /stage\/<id>, got: the global id .* only node and nodes take global ids\.$/,
      ),
    },
    { message: `${expected}"x"` },
  ]);
});
