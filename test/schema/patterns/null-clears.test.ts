// An explicit null in an update clears the member where AWS can clear it, and is refused where it cannot.
import { describe, expect, it } from 'vitest';
import { schema } from '../../../src/schema/index.ts';
import { inputTypeOf } from '../../../src/schema/language/clearing.ts';
import { startGateway } from '../../support/gateway.ts';

const kindOf = (resource: string) => resource.replace(/(?<=.)([A-Z])/g, '-$1').toLowerCase();
const arnOf = (kind: string) => `arn:aws:ivs:us-west-2:123456789012:${kind}/AbCdEfGh1234`;

/** Each nullable member of each update's input. */
const members = Object.values(schema.getMutationType()?.getFields() ?? {})
  .filter(({ name }) => name.startsWith('update'))
  .flatMap(({ name, args }) => {
    const nullable = Object.values(inputTypeOf(args[0]).getFields()).filter(
      (member) => member.name !== 'arn',
    );
    return nullable.map((member) => ({ mutation: name, member: member.name, ...member.extensions }));
  }) as { mutation: string; member: string; clearedBy?: unknown }[];
const clearable = members.filter((one) => 'clearedBy' in one);
const others = members.filter((one) => !('clearedBy' in one));

async function sendNull(mutation: string, member: string, literal: boolean) {
  const gateway = await startGateway({ seed: 'demo' });
  const Name = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}`;
  const arn = arnOf(kindOf(mutation.slice('update'.length)));
  const input = literal ? `{ arn: "${arn}", ${member}: null }` : '$input';
  const result = `${mutation}(input: ${input}) { __typename ... on ValidationError { message path } }`;
  const query = literal ? `mutation { ${result} }` : `mutation ($input: ${Name}Input!) { ${result} }`;
  const data = await gateway.data(query, literal ? {} : { input: { arn, [member]: null } });
  const sent = gateway.emulator.calls.log(Name as 'UpdateStage').map(({ input }) => input);
  return { result: data[mutation], sent, arn };
}

describe.each([true, false])('null as a literal: %s', (literal) => {
  it.each(clearable)('$mutation clears $member', async ({ mutation, member, clearedBy }) => {
    const { sent, arn } = await sendNull(mutation, member, literal);
    expect(sent).toEqual([{ arn, [member]: clearedBy }]);
  });

  it.each(others)('$mutation refuses null for $member', async ({ mutation, member }) => {
    const { result, sent } = await sendNull(mutation, member, literal);
    expect(result).toEqual({
      __typename: 'ValidationError',
      message: `Expected ${member} to have a value, got null. AWS cannot clear it: omit it to leave it unchanged.`,
      path: [member],
    });
    expect(sent).toEqual([]);
  });
});

it('covers what AWS can clear, and what it cannot', () => {
  const names = (some: typeof members) => some.map(({ mutation, member }) => `${mutation}.${member}`).sort();
  expect(names(clearable)).toEqual([
    'updateAdConfiguration.name',
    'updateAdConfiguration.postRollConfiguration',
    'updateChannel.adConfigurationArn',
    'updateChannel.multitrackInputConfiguration',
    'updateChannel.name',
    'updateChannel.playbackRestrictionPolicyArn',
    'updateChannel.preset',
    'updateChannel.recordingConfigurationArn',
    'updateIngestConfiguration.stageArn',
    'updatePlaybackRestrictionPolicy.allowedCountries',
    'updatePlaybackRestrictionPolicy.allowedOrigins',
    'updatePlaybackRestrictionPolicy.name',
    'updateStage.autoParticipantRecordingConfiguration',
    'updateStage.name',
  ]);
  expect(names(others)).toEqual([
    'updateAdConfiguration.mediaTailorPlaybackConfigurations',
    'updateChannel.authorized',
    'updateChannel.containerFormat',
    'updateChannel.insecureIngest',
    'updateChannel.latencyMode',
    'updateChannel.type',
    'updateIngestConfiguration.redundantIngest',
    'updatePlaybackRestrictionPolicy.enableStrictOriginEnforcement',
  ]);
});

it('turns recording off, which "success" used to hide', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const query = `mutation ($arn: ID!, $none: ID) { updateChannel(input: { arn: $arn, recordingConfigurationArn: $none }) {
    ... on UpdateChannelPayload { channel { recordingConfigurationArn } } } }`;
  const { channels } = await gateway.data(
    '{ channels { nodes { arn recordingConfigurationArn stream { state } } } }',
  );
  const recorded = channels.nodes.find(
    (one: { recordingConfigurationArn: string | null; stream: object | null }) =>
      one.recordingConfigurationArn && !one.stream,
  );
  const change = async (variables: object) =>
    (await gateway.data(query, { arn: recorded.arn, ...variables })).updateChannel.channel;
  expect(await change({})).toEqual({ recordingConfigurationArn: recorded.recordingConfigurationArn });
  expect(await change({ none: null })).toEqual({ recordingConfigurationArn: null });
});

it('means the same as an omitted member in a creation', async () => {
  const gateway = await startGateway();
  const query = `mutation { createChannel(input: { name: null, type: null, preset: null, tags: null }) {
    ... on CreateChannelPayload { channel { type } } } }`;
  expect((await gateway.data(query)).createChannel).toEqual({ channel: { type: 'STANDARD' } });
  expect(gateway.emulator.calls.log('CreateChannel').map(({ input }) => input)).toEqual([{}]);
});

/** Of the demo world, each in a state in which AWS takes updates. */
const resources = {
  updateAdConfiguration: '{ adConfigurations { nodes { arn } } }',
  updateChannel: '{ channels { nodes { arn isLive } } }',
  updateIngestConfiguration: '{ ingestConfigurations(filter: { state: INACTIVE }) { nodes { arn } } }',
  updatePlaybackRestrictionPolicy: '{ playbackRestrictionPolicies { nodes { arn } } }',
  updateStage: '{ stages(live: false) { nodes { arn } } }',
} as const;

it.each(clearable)('AWS takes what $mutation sends to clear $member', async ({ mutation, member }) => {
  const gateway = await startGateway({ seed: 'demo' });
  const [list] = Object.values(await gateway.data(resources[mutation as keyof typeof resources]));
  const { nodes } = list as { nodes: { arn: string; isLive?: boolean }[] };
  const arn = nodes.find(({ isLive }) => !isLive)?.arn;
  const query = `mutation { ${mutation}(input: { arn: "${arn}", ${member}: null }) { __typename ... on MutationError { message } } }`;
  const Name = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}`;
  expect((await gateway.data(query))[mutation]).toEqual({ __typename: `${Name}Payload` });
});

it('holds inside of members, too', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const send = async (member: string) => {
    const recording = `{ storageConfigurationArn: "${arnOf('storage-configuration')}", ${member} }`;
    const query = `mutation { updateStage(input: { arn: "${arnOf('stage')}", autoParticipantRecordingConfiguration: ${recording} }) {
      ... on ValidationError { message path } } }`;
    const { updateStage } = await gateway.data(query);
    return [updateStage, gateway.emulator.calls.log('UpdateStage').length];
  };
  const path = ['autoParticipantRecordingConfiguration', 'hlsConfiguration'];
  expect(await send('hlsConfiguration: null')).toMatchObject([{ path }, 0]);
  expect(await send('thumbnailConfiguration: null')).toMatchObject([{}, 1]);
  const [call] = gateway.emulator.calls.log('UpdateStage');
  expect(call?.input).toMatchObject({
    autoParticipantRecordingConfiguration: { thumbnailConfiguration: { recordingMode: 'DISABLED' } },
  });
});
