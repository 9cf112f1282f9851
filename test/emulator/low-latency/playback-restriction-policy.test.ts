import {
  CreateChannelCommand,
  CreatePlaybackRestrictionPolicyCommand,
  type CreatePlaybackRestrictionPolicyRequest,
  DeleteChannelCommand,
  DeletePlaybackRestrictionPolicyCommand,
  GetPlaybackRestrictionPolicyCommand,
  ListPlaybackRestrictionPoliciesCommand,
  UpdatePlaybackRestrictionPolicyCommand,
} from '@aws-sdk/client-ivs';
import { expect, test } from 'vitest';
import { emulate, failureOf } from '../support/emulate.ts';

const notFound = { name: 'ResourceNotFoundException', status: 404 };

async function emulatePolicy(input: CreatePlaybackRestrictionPolicyRequest = {}) {
  const world = await emulate();
  const created = await world.ivs.send(new CreatePlaybackRestrictionPolicyCommand(input));
  return { ...world, policy: created.playbackRestrictionPolicy, arn: created.playbackRestrictionPolicy?.arn };
}

test('a new policy restricts nothing', async () => {
  const { ivs, arn, policy } = await emulatePolicy();
  expect(policy).toEqual({
    arn: expect.stringMatching(
      /^arn:aws:ivs:us-west-2:123456789012:playback-restriction-policy\/[a-zA-Z0-9]{12}$/,
    ),
    name: '',
    allowedCountries: [],
    allowedOrigins: [],
    enableStrictOriginEnforcement: false,
    tags: {},
  });
  const got = await ivs.send(new GetPlaybackRestrictionPolicyCommand({ arn }));
  expect(got.playbackRestrictionPolicy).toEqual(policy);
});

test('an update changes what it names and leaves the rest', async () => {
  const settings = { name: 'alps', allowedCountries: ['AT', 'CH'], allowedOrigins: ['https://a.example'] };
  const { ivs, arn, policy } = await emulatePolicy({ ...settings, tags: { a: 'b' } });
  expect(policy).toMatchObject({ ...settings, tags: { a: 'b' } });
  const update = new UpdatePlaybackRestrictionPolicyCommand({
    arn,
    allowedCountries: [],
    enableStrictOriginEnforcement: true,
  });
  expect((await ivs.send(update)).playbackRestrictionPolicy).toEqual({
    ...policy,
    allowedCountries: [],
    enableStrictOriginEnforcement: true,
  });
});

test('a country is a code of two capital letters', async () => {
  const { ivs, arn } = await emulatePolicy();
  const invalid = { name: 'ValidationException', status: 400 };
  const create = new CreatePlaybackRestrictionPolicyCommand({ allowedCountries: ['US', 'us'] });
  expect(await failureOf(ivs.send(create))).toMatchObject({
    ...invalid,
    message: 'allowedCountries[1]: must be an ISO 3166-1 alpha-2 code, got "us"',
  });
  const update = new UpdatePlaybackRestrictionPolicyCommand({ arn, allowedCountries: ['U1'] });
  expect(await failureOf(ivs.send(update))).toMatchObject(invalid);
});

test('the list gives one when it is not told how many', async () => {
  const { ivs, policy } = await emulatePolicy();
  await ivs.send(new CreatePlaybackRestrictionPolicyCommand({}));
  const one = await ivs.send(new ListPlaybackRestrictionPoliciesCommand({}));
  expect(one).toMatchObject({ playbackRestrictionPolicies: [policy], nextToken: expect.any(String) });
  const all = await ivs.send(new ListPlaybackRestrictionPoliciesCommand({ maxResults: 100 }));
  expect(all.playbackRestrictionPolicies).toHaveLength(2);
  expect(all.nextToken).toBeUndefined();
});

test('a policy is deleted once no channel is under it', async () => {
  const { ivs, arn } = await emulatePolicy();
  const { channel } = await ivs.send(new CreateChannelCommand({ playbackRestrictionPolicyArn: arn }));
  const remove = () => ivs.send(new DeletePlaybackRestrictionPolicyCommand({ arn }));
  expect(await failureOf(remove())).toMatchObject({ name: 'ConflictException', status: 409 });
  await ivs.send(new DeleteChannelCommand({ arn: channel?.arn }));
  expect((await remove()).$metadata.httpStatusCode).toBe(204);
  expect(await failureOf(remove())).toMatchObject(notFound);
  expect(await failureOf(ivs.send(new GetPlaybackRestrictionPolicyCommand({ arn })))).toMatchObject(notFound);
  expect(await failureOf(ivs.send(new UpdatePlaybackRestrictionPolicyCommand({ arn })))).toMatchObject(
    notFound,
  );
});

test('a region holds 3 policies', async () => {
  const { ivs } = await emulate();
  const create = () => ivs.send(new CreatePlaybackRestrictionPolicyCommand({}));
  await Promise.all(Array.from({ length: 3 }, create));
  expect(await failureOf(create())).toMatchObject({ name: 'ServiceQuotaExceededException', status: 402 });
});

test('a policy has at most 200 countries and 5 origins', async () => {
  const { ivs, arn } = await emulatePolicy();
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const codes = letters.flatMap((first) => letters.map((second) => first + second));
  const allowed = {
    allowedCountries: codes.slice(0, 200),
    allowedOrigins: Array(5).fill('https://a.example'),
  };
  const update = (lists: object) => ivs.send(new UpdatePlaybackRestrictionPolicyCommand({ arn, ...lists }));
  expect((await update(allowed)).playbackRestrictionPolicy).toMatchObject(allowed);
  const create = (lists: object) => ivs.send(new CreatePlaybackRestrictionPolicyCommand(lists));
  for (const write of [update, create]) {
    expect(await failureOf(write({ allowedCountries: codes.slice(0, 201) }))).toMatchObject({
      name: 'ValidationException',
      message: 'allowedCountries: must have at most 200 items, got 201',
    });
    expect(await failureOf(write({ allowedOrigins: Array(6).fill('https://a.example') }))).toMatchObject({
      name: 'ValidationException',
      message: 'allowedOrigins: must have at most 5 items, got 6',
    });
  }
});
