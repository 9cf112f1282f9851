// Several accounts: the account in an ARN, or the argument `account`, chooses where a call goes.
import { expect, test } from 'vitest';
import { anonymous } from '../../src/context.ts';
import { createMetrics } from '../../src/server/answer/metrics.ts';
import {
  createChannelIn,
  createStageIn,
  inAccount,
  OTHER,
  OWN,
  STRANGER,
  startTwoAccounts,
} from '../support/accounts.ts';
import { startGateway } from '../support/gateway.ts';
import { listen } from '../support/listen.ts';

const codeOf = ({ errors }: { errors?: { extensions?: { code?: string } }[] }) =>
  errors?.[0]?.extensions?.code;
const callerWith = (...resources: string[]) => ({ ...anonymous(`bounded ${resources}`), resources });

test('an ARN chooses its account, a list the one that is asked for, else the first', async () => {
  const gateway = await startTwoAccounts();
  const [own, other] = [
    await createStageIn(gateway, null, 'mine'),
    await createStageIn(gateway, OTHER, 'theirs'),
  ];
  expect(other).toContain(`:${OTHER}:`);
  const data = await gateway.data(
    `query ($own: ID!, $other: ID!, $account: String!) {
      own: stage(arn: $own) { name endpoints { whip } }
      other: stage(arn: $other) { name accountId endpoints { whip } }
      mine: stages { nodes { name } }
      theirs: stages(account: $account) { nodes { name } }
    }`,
    { own, other, account: OTHER },
  );
  expect(data).toMatchObject({
    own: { name: 'mine' },
    other: { name: 'theirs', accountId: OTHER },
    mine: { nodes: [{ name: 'mine' }] },
    theirs: { nodes: [{ name: 'theirs' }] },
  });
  expect(gateway.callsBy().sort()).toEqual([
    `${OWN} GetStage`,
    `${OWN} ListStages`,
    `${OTHER} GetStage`,
    `${OTHER} ListStages`,
  ]);
});

test('writes go to the account of their ARN', async () => {
  const gateway = await startTwoAccounts();
  const arn = await createStageIn(gateway, OTHER);
  await gateway.data(
    `mutation ($arn: ID!) {
      updateStage(input: { arn: $arn, name: "new" }) { __typename }
      tagResource(input: { resourceArn: $arn, tags: [{ key: "a", value: "b" }] }) { __typename }
      createParticipantToken(input: { stageArn: $arn }) { __typename }
      createIngestConfiguration(input: { stageArn: $arn, ingestProtocol: RTMPS }) { __typename }
      deleteStage(input: { arn: $arn }) { __typename }
    }`,
    { arn },
  );
  expect(gateway.callsBy()).toEqual(
    ['UpdateStage', 'TagResource', 'CreateParticipantToken', 'CreateIngestConfiguration', 'DeleteStage'].map(
      (operation) => `${OTHER} ${operation}`,
    ),
  );
});

test('the region and the account of a list are chosen each for itself', async () => {
  const gateway = await startTwoAccounts();
  await gateway.data(`{ stages(account: "${OTHER}", region: "eu-west-1") { nodes { arn } } }`);
  const [call] = gateway.emulator.calls.log();
  expect(call).toMatchObject({ account: OTHER, region: 'eu-west-1' });
  const stageArn = inAccount('arn:aws:ivs:us-west-2:1:stage/abc'.replace(':1:', `:${OTHER}:`), OTHER);
  await gateway.data(`{ compositions(filter: { stageArn: "${stageArn}" }) { nodes { arn } } }`);
  expect(gateway.callsBy().at(-1)).toBe(`${OTHER} ListCompositions`);
});

const STAGE = `arn:aws:ivs:us-west-2:${STRANGER}:stage/abcdefgh1234`;
const CHANNEL = `arn:aws:ivs:us-west-2:${STRANGER}:channel/abcdefgh1234`;

test.each([
  ['a resource', `{ stage(arn: "${STAGE}") { name } }`],
  ['a channel', `{ channel(arn: "${CHANNEL}") { name } }`],
  ['a list', `{ stages(account: "${STRANGER}") { nodes { name } } }`],
  ['no account', '{ stages(account: "") { nodes { name } } }'],
  ['a list by an ARN', `{ streamKeys(channelArn: "${CHANNEL}") { nodes { arn } } }`],
  ['a child', `{ participants(stageArn: "${STAGE}", sessionId: "st-abcdefgh12345") { nodes { userId } } }`],
  ['node', `{ node(id: "${Buffer.from(`Stage:${STAGE}`).toString('base64')}") { ... on Stage { name } } }`],
  [
    '_entities',
    `{ _entities(representations: [{ __typename: "Stage", arn: "${STAGE}" }]) { ... on Stage { name } } }`,
  ],
  ['a deletion', `mutation { deleteStage(input: { arn: "${STAGE}" }) { __typename } }`],
  ['a creation', `mutation { createStage(input: { account: "${STRANGER}" }) { __typename } }`],
  [
    'a creation by an ARN',
    `mutation { createStreamKey(input: { channelArn: "${CHANNEL}" }) { __typename } }`,
  ],
  ['tags', `mutation { untagResource(input: { resourceArn: "${STAGE}", tagKeys: ["a"] }) { __typename } }`],
])('%s of an account that is not listed is refused without a call', async (_what, query) => {
  const gateway = await startTwoAccounts();
  const answer = await gateway.ask(query);
  expect(codeOf(answer)).toBe('ACCOUNT_NOT_ALLOWED');
  expect(answer.errors?.[0]?.message).not.toContain(OTHER);
  expect(gateway.callsBy()).toEqual([]);
});

/** Each with an ARN in a member that does not choose where the call goes. */
const besides = (place: string): [member: string, query: string][] => {
  const [mine, theirs] = [`arn:aws:ivs:us-west-2:${OWN}`, `arn:aws:ivs:${place}`];
  const compose = (destination: string) =>
    `mutation { startComposition(input: { stageArn: "${mine}:stage/a", destinations: [${destination}] }) { __typename } }`;
  const s3 = (encoders: string, storage: string) =>
    compose(
      `{ s3: { encoderConfigurationArns: ${encoders}, storageConfigurationArn: "${storage}:storage-configuration/a" } }`,
    );
  const channel = `mutation { createChannel(input: { region: "us-west-2"`;
  const encoder = `"${theirs}:encoder-configuration/a"`;
  return [
    ['an item of a list', s3(`[${encoder}]`, mine)],
    ['a member of an item', s3(`["${mine}:encoder-configuration/a"]`, theirs)],
    ['a channel of a destination', compose(`{ channel: { channelArn: "${theirs}:channel/a" } }`)],
    [
      'an encoder of a destination',
      compose(`{ channel: { channelArn: "${mine}:channel/a", encoderConfigurationArn: ${encoder} } }`),
    ],
    [
      'a member of a creation',
      `${channel}, account: "${OWN}", recordingConfigurationArn: "${theirs}:recording-configuration/a" }) { __typename } }`,
    ],
    [
      'the second member of a creation',
      `${channel}, recordingConfigurationArn: "${mine}:recording-configuration/a", playbackRestrictionPolicyArn: "${theirs}:playback-restriction-policy/a" }) { __typename } }`,
    ],
    [
      'an object of a creation',
      `mutation { createStage(input: { autoParticipantRecordingConfiguration: { storageConfigurationArn: "${theirs}:storage-configuration/a" } }) { __typename } }`,
    ],
    [
      'a member of an update',
      `mutation { updateIngestConfiguration(input: { arn: "${mine}:ingest-configuration/a", stageArn: "${theirs}:stage/a" }) { __typename } }`,
    ],
    [
      'the other stage',
      `mutation { startParticipantReplication(input: { sourceStageArn: "${mine}:stage/a", destinationStageArn: "${theirs}:stage/a", participantId: "p" }) { __typename } }`,
    ],
    [
      'a filter beside a place',
      `{ compositions(account: "${OWN}", region: "us-west-2", filter: { encoderConfigurationArn: ${encoder} }) { nodes { arn } } }`,
    ],
  ];
};

test.each(besides(`us-west-2:${STRANGER}`))(
  'an account that is not listed is refused in %s',
  async (_, query) => {
    const gateway = await startTwoAccounts();
    expect(codeOf(await gateway.ask(query))).toBe('ACCOUNT_NOT_ALLOWED');
    expect(gateway.callsBy()).toEqual([]);
  },
);

test.each(besides(`eu-west-3:${OWN}`))('a region that is not served is refused in %s', async (_, query) => {
  const gateway = await startTwoAccounts();
  expect(codeOf(await gateway.ask(query))).toBe('REGION_NOT_ALLOWED');
  expect(gateway.callsBy()).toEqual([]);
});

test('of another service only the account must be listed', async () => {
  const gateway = await startTwoAccounts();
  const create = (place: string) =>
    gateway.ask(`mutation { createAdConfiguration(input: { mediaTailorPlaybackConfigurations: [
      { playbackConfigurationArn: "arn:aws:mediatailor:${place}:playbackConfiguration/a" }
    ] }) { __typename } }`);
  expect(codeOf(await create(`us-west-2:${STRANGER}`))).toBe('ACCOUNT_NOT_ALLOWED');
  expect(gateway.callsBy()).toEqual([]);
  expect(codeOf(await create(`eu-west-3:${OWN}`))).toBeUndefined();
  expect(gateway.callsBy()).toEqual([`${OWN} CreateAdConfiguration`]);
});

test('of a bulk mutation only the items of other accounts fail', async () => {
  const gateway = await startTwoAccounts();
  const arns = [await createStageIn(gateway, OWN), STAGE, await createStageIn(gateway, OTHER)];
  const { deleteStages } = await gateway.data(
    `mutation ($arns: [ID!]!) {
      deleteStages(input: { arns: $arns }) { ... on DeleteStagesPayload { deletedCount errors { index code retryable } } }
    }`,
    { arns },
  );
  expect(deleteStages).toEqual({
    deletedCount: 2,
    errors: [{ index: 1, code: 'ACCOUNT_NOT_ALLOWED', retryable: false }],
  });
  expect(gateway.callsBy().sort()).toEqual([`${OWN} DeleteStage`, `${OTHER} DeleteStage`]);
});

test('audit lines of creations say where, whatever becomes of them', async () => {
  const gateway = await startTwoAccounts({ logLevel: 'info' });
  gateway.emulator.faults.add({ operation: 'CreateStage', status: 400, errorType: 'ConflictException' });
  const audit = async (input: string, mutation = 'createStage') => {
    await gateway.ask(`mutation { ${mutation}(input: { ${input} }) { __typename } }`);
    return gateway.log.filter((line) => line.audit).at(-1);
  };
  const own = { account: OWN, region: 'us-west-2' };
  expect(await audit('name: "a"')).toMatchObject({ ...own, arns: [], outcome: 'CONFLICT' });
  const there = { account: OTHER, region: 'eu-west-1' };
  expect(await audit(`account: "${OTHER}", region: "eu-west-1"`)).toMatchObject({
    ...there,
    outcome: 'CONFLICT',
  });
  expect(await audit(`account: "${STRANGER}"`)).toMatchObject({
    ...own,
    account: STRANGER,
    outcome: 'ACCOUNT_NOT_ALLOWED',
  });
  const forged = await audit('account: "1\\n{}", region: "{}"');
  expect([forged.account, forged.region]).toEqual([undefined, undefined]);
  const channelArn = `arn:aws:ivs:eu-west-1:${OTHER}:channel/none`;
  expect(await audit(`recordingConfigurationArn: "${channelArn}"`, 'createChannel')).toMatchObject(there);
  expect(await audit(`arn: "${channelArn}"`, 'deleteChannel')).not.toHaveProperty('account');
});

test('viewer sessions are revoked in batches of one account each', async () => {
  const gateway = await startTwoAccounts();
  const channels = [
    await createChannelIn(gateway, OWN, { authorized: true }),
    await createChannelIn(gateway, OTHER, { authorized: true }),
  ];
  const items = channels.flatMap((channelArn) =>
    Array.from({ length: 3 }, (_, viewer) => ({ channelArn, viewerId: `viewer-${viewer}` })),
  );
  const { revokeViewerSessions } = await gateway.data(
    `mutation ($items: [ViewerSessionInput!]!) {
      revokeViewerSessions(input: { viewerSessions: $items }) {
        ... on RevokeViewerSessionsPayload { errors { index } }
      }
    }`,
    { items: [...items, { channelArn: CHANNEL, viewerId: 'viewer' }] },
  );
  expect(revokeViewerSessions.errors).toEqual([{ index: 6 }]);
  expect(gateway.callsBy().sort()).toEqual([
    `${OWN} BatchStartViewerSessionRevocation`,
    `${OTHER} BatchStartViewerSessionRevocation`,
  ]);
});

test('batch reads hold channels of one account', async () => {
  const gateway = await startTwoAccounts();
  const arns: string[] = [];
  for (const account of [OWN, OTHER, OWN, OTHER]) arns.push(await createChannelIn(gateway, account));
  const fields = arns.map((arn, index) => `c${index}: channel(arn: "${arn}") { accountId ingestEndpoint }`);
  const data = await gateway.data(`{ ${fields.join(' ')} }`);
  expect(Object.values<{ accountId: string }>(data).map(({ accountId }) => accountId)).toEqual([
    OWN,
    OTHER,
    OWN,
    OTHER,
  ]);
  expect(gateway.callsBy().sort()).toEqual([`${OWN} BatchGetChannel`, `${OTHER} BatchGetChannel`]);
});

test('a cursor is one of its account', async () => {
  const gateway = await startTwoAccounts();
  for (const account of [OWN, OTHER])
    for (const name of ['a', 'b']) await createStageIn(gateway, account, name);
  const list =
    'query ($account: String, $after: String) { stages(account: $account, first: 1, after: $after) { nodes { name } pageInfo { endCursor } } }';
  const { stages } = await gateway.data(list, { account: OTHER });
  const after = stages.pageInfo.endCursor;
  expect((await gateway.data(list, { account: OTHER, after })).stages.nodes).toEqual([{ name: 'b' }]);
  expect(codeOf(await gateway.ask(list, { account: OWN, after }))).toBe('BAD_USER_INPUT');
});

test('costs, estimates and errors name the account', async () => {
  const gateway = await startTwoAccounts();
  const query = `{ own: stages { nodes { name } } other: stages(account: "${OTHER}") { nodes { name } } }`;
  const cost = await gateway.ask(query, {}, { headers: { 'x-ivs-cost': '1' } });
  const places = (answer: typeof cost) =>
    answer.extensions?.ivs?.operations.map(({ account, operation, calls }) => [account, operation, calls]);
  expect(places(cost)).toEqual([
    [OWN, 'ListStages', 1],
    [OTHER, 'ListStages', 1],
  ]);
  gateway.callsBy();
  const dryRun = await gateway.ask(query, {}, { headers: { 'x-ivs-cost': 'dryRun' } });
  expect(places(dryRun)).toEqual(places(cost));
  const foreign = await gateway.ask(
    `{ stages(account: "${STRANGER}") { nodes { name } } }`,
    {},
    {
      headers: { 'x-ivs-cost': 'dryRun' },
    },
  );
  expect(foreign.extensions?.ivs?.calls).toBe(0);
  expect(gateway.callsBy()).toEqual([]);
  gateway.emulator.faults.add({ operation: 'ListStages', errorType: 'AccessDeniedException', status: 403 });
  const denied = await gateway.ask(`{ stages(account: "${OTHER}") { nodes { name } } }`);
  expect(denied.errors?.[0]?.extensions?.aws).toMatchObject({ account: OTHER, operation: 'ListStages' });
});

test('metrics tell accounts apart, and have no account where one is served', async () => {
  for (const accounts of [true, false]) {
    const metrics = createMetrics({ version: 'test' });
    const gateway = accounts ? await startTwoAccounts({ metrics }) : await startGateway({ metrics });
    await gateway.data('{ stages { nodes { name } } }');
    if (accounts) await gateway.data(`{ stages(account: "${OTHER}") { nodes { name } } }`);
    const text = await (await gateway.fetch('http://gateway/metrics')).text();
    const lines = text
      .split('\n')
      .filter((line) => /^ivs_graphql_(aws_calls_total|quota_per_second)\{/.test(line));
    expect(lines).toHaveLength(accounts ? 4 : 2);
    for (const account of accounts ? [OWN, OTHER] : [])
      expect(lines.filter((line) => line.includes(`account="${account}"`))).toHaveLength(2);
    if (!accounts) expect(text).not.toContain('account=');
  }
});

test('bounds hold an account', async () => {
  const gateway = await startTwoAccounts();
  const [own, other] = [await createStageIn(gateway, OWN), await createStageIn(gateway, OTHER)];
  const caller = callerWith(`arn:aws:ivs:us-west-2:${OTHER}:*`);
  const ask = (query: string) => gateway.ask(query, {}, { caller });
  expect((await ask(`{ stages { nodes { arn } } }`)).data.stages.nodes).toEqual([]);
  expect((await ask(`{ stages(account: "${OTHER}") { nodes { arn } } }`)).data.stages.nodes).toEqual([
    { arn: other },
  ]);
  expect(codeOf(await ask(`{ stage(arn: "${own}") { name } }`))).toBe('FORBIDDEN');
  gateway.callsBy();
  expect(codeOf(await ask('mutation { createStage(input: {}) { __typename } }'))).toBe('FORBIDDEN');
  expect(gateway.callsBy()).toEqual([]);
  const made = await ask(`mutation { createStage(input: { account: "${OTHER}" }) { __typename } }`);
  expect(made.data.createStage.__typename).toBe('CreateStagePayload');
});

test('the streams of an account are watched for themselves', async () => {
  const gateway = await startTwoAccounts();
  const query = `subscription ($account: String) {
    streams(account: $account) {
      __typename
      ... on StreamsState { nodes { channel { accountId } } }
      ... on StreamStarted { stream { channel { accountId } } }
    }
  }`;
  const other = await createChannelIn(gateway, OTHER);
  const [ofOwn, ofOther] = [await listen(gateway, query), await listen(gateway, query, { account: OTHER })];
  for (const subscriber of [ofOwn, ofOther]) await subscriber.until('StreamsState');
  gateway.emulator.control.startStream({ channelArn: other });
  const started = await ofOther.until('StreamStarted');
  expect(started.at(-1).stream.channel.accountId).toBe(OTHER);
  expect(ofOwn.waiting()).toBe(0);
  const refused = await listen(gateway, query, { account: STRANGER });
  expect((await refused.next()).errors?.[0]?.extensions.code).toBe('ACCOUNT_NOT_ALLOWED');
});

test.each([
  ['participants', `participants(stageArn: "${STAGE}")`],
  ['stageEvents', `stageEvents(stageArns: ["${STAGE}"])`],
  ['channelEvents', `channelEvents(channelArns: ["${CHANNEL}"])`],
  ['compositions', `compositions(stageArn: "${STAGE}")`],
  ['streams', `streams(channelArns: ["${CHANNEL}"])`],
])('the subscription %s of another account is refused', async (_name, field) => {
  const gateway = await startTwoAccounts();
  const subscriber = await listen(gateway, `subscription { ${field} { __typename } }`);
  expect((await subscriber.next()).errors?.[0]?.extensions.code).toBe('ACCOUNT_NOT_ALLOWED');
  expect(gateway.callsBy()).toEqual([]);
});

test('a gateway of one account refuses the argument, and leaves ARNs of others to AWS', async () => {
  const gateway = await startGateway();
  const named = await gateway.ask(`{ stages(account: "${OWN}") { nodes { name } } }`);
  expect(codeOf(named)).toBe('ACCOUNT_NOT_ALLOWED');
  expect(named.errors?.[0]?.message).toContain('IVS_ACCOUNTS is not set');
  expect(gateway.calls()).toEqual({});
  expect((await gateway.data(`{ stage(arn: "${STAGE}") { endpoints { whip } } }`)).stage).toBeNull();
  expect(gateway.calls()).toEqual({ GetStage: 1 });
});

test('accounts without a row of their own keep their rates', async () => {
  const gateway = await startTwoAccounts({ rates: { [`${OTHER}:ListStages`]: 50, ListChannels: 10 } });
  const cost = await gateway.ask(
    `{ a: stages { nodes { name } } b: stages(account: "${OTHER}") { nodes { name } } c: channels(account: "${OTHER}") { nodes { name } } }`,
    {},
    { headers: { 'x-ivs-cost': '1' } },
  );
  const perSecond = cost.extensions?.ivs?.operations.map(({ budget }) => Math.ceil(budget.perSecond));
  expect(perSecond).toEqual([5, 49, 10]);
});
