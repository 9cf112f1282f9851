// What our own mutations make the cache forget, and what they leave.
import { beforeEach, describe, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { createIngestConfiguration } from '../../support/ingest.ts';
import { createSession, createStage } from '../../support/world.ts';

const CHANNEL = 'arn:aws:ivs:us-west-2:123456789012:channel/MainStage001';
const POLICY = 'playbackRestrictionPolicies { nodes { name tags { key } } }';

let gateway: TestGateway;
let names: Record<string, string>;
beforeEach(async () => {
  gateway = await startGateway({ cached: true, seed: 'demo' });
  const { stageArn, sessionId, participantIds } = await createSession(gateway, 1);
  // Only who publishes can be replicated.
  gateway.emulator.control.publish({ stageArn, participantId: participantIds[0] as string });
  const { createPlaybackRestrictionPolicy: made } = await gateway.data(
    'mutation { createPlaybackRestrictionPolicy(input: { tags: [{ key: "old", value: "1" }] }) { ... on CreatePlaybackRestrictionPolicyPayload { playbackRestrictionPolicy { arn } } } }',
  );
  names = {
    STAGE: stageArn,
    OTHER: await createStage(gateway, 'other'),
    SESSION: sessionId,
    WHO: participantIds[0] as string,
    POLICY: made.playbackRestrictionPolicy.arn,
    CHANNEL,
  };
});
const fill = (text: string) => text.replace(/[A-Z]{3,}/g, (word) => names[word] ?? word);

const DETAIL = 'stage(arn: "STAGE") { name endpoints { whip } tags { key } }';
const PARTICIPANT = `participant(stageArn: "STAGE", sessionId: "SESSION", participantId: "WHO") { state browserName }`;
const EVENTS = `participant(stageArn: "STAGE", sessionId: "SESSION", participantId: "WHO") { events { nodes { name } } }`;
const LIST = 'stages(first: 100) { nodes { arn name } }';
const table: [mutation: string, input: string, query: string][] = [
  ['createStage', 'name: "new"', LIST],
  ['updateStage', 'arn: "STAGE", name: "renamed"', DETAIL],
  ['updateStage', 'arn: "STAGE", name: "renamed"', LIST],
  ['deleteStage', 'arn: "STAGE"', LIST],
  ['deleteStage', 'arn: "STAGE"', DETAIL],
  ['deleteStage', 'arn: "STAGE"', PARTICIPANT],
  ['deleteStage', 'arn: "STAGE"', EVENTS],
  ['tagResource', 'resourceArn: "STAGE", tags: [{ key: "new", value: "1" }]', DETAIL],
  ['tagResource', 'resourceArn: "POLICY", tags: [{ key: "new", value: "1" }]', POLICY],
  ['untagResource', 'resourceArn: "POLICY", tagKeys: ["old"]', POLICY],
  [
    'disconnectParticipant',
    'stageArn: "STAGE", participantId: "WHO"',
    'participant(stageArn: "STAGE", sessionId: "SESSION", participantId: "WHO") { state browserName }',
  ],
  [
    'disconnectParticipant',
    'stageArn: "STAGE", participantId: "WHO"',
    'participants(stageArn: "STAGE", sessionId: "SESSION") { nodes { state } }',
  ],
  [
    'startParticipantReplication',
    'sourceStageArn: "STAGE", destinationStageArn: "OTHER", participantId: "WHO"',
    'stage(arn: "OTHER") { activeSessionId endpoints { whip } }',
  ],
  ['stopStream', 'channelArn: "CHANNEL"', 'streams(first: 100) { nodes { channelArn } }'],
  ['stopStream', 'channelArn: "CHANNEL"', 'stream(channelArn: "CHANNEL") { state playbackUrl }'],
  ['updatePlaybackRestrictionPolicy', 'arn: "POLICY", name: "renamed"', POLICY],
  [
    'updatePlaybackRestrictionPolicy',
    'arn: "POLICY", name: "renamed"',
    'playbackRestrictionPolicy(arn: "POLICY") { name }',
  ],
];

describe('what was read is forgotten by', () => {
  it.each(table)('%s (%s): %s', async (mutation, input, query) => {
    const before = await gateway.data(fill(`{ ${query} }`));
    gateway.calls();
    expect(await gateway.data(fill(`{ ${query} }`))).toEqual(before);
    expect(gateway.calls()).toEqual({});
    const written = await gateway.data(
      fill(`mutation { ${mutation}(input: { ${input} }) { __typename ... on MutationError { message } } }`),
    );
    expect(written[mutation]).toEqual({ __typename: expect.stringMatching(/Payload$/) });
    const { data: after } = await gateway.ask(fill(`{ ${query} }`));
    expect(after).not.toEqual(before);
  });

  it('deleteIngestConfiguration, of the participant whom it disconnects', async () => {
    const { arn, participantId } = await createIngestConfiguration(gateway, { stageArn: names.STAGE });
    gateway.emulator.control.startIngest({ ingestConfigurationArn: arn });
    const camera = `{ ${fill(PARTICIPANT).replace(names.WHO as string, participantId)} }`;
    expect((await gateway.data(camera)).participant.state).toBe('CONNECTED');
    await gateway.data(
      `mutation { deleteIngestConfiguration(input: { arn: "${arn}", force: true }) { __typename } }`,
    );
    expect((await gateway.data(camera)).participant.state).toBe('DISCONNECTED');
  });

  it('a write whose answer was lost', async () => {
    await gateway.data(fill(`{ ${LIST} }`));
    gateway.emulator.faults.add({ operation: 'CreateStage', times: 1, reset: true, afterwards: true });
    await gateway.ask('mutation { createStage(input: { name: "lost" }) { __typename } }');
    const { stages } = await gateway.data(fill(`{ ${LIST} }`));
    expect(stages.nodes).toContainEqual(expect.objectContaining({ name: 'lost' }));
  });
});

it('leaves other things, and the lists of the other service and of other regions', async () => {
  const others = fill(`{ stage(arn: "OTHER") { endpoints { whip } } ${POLICY.replace(' tags { key }', '')}
    stages(region: "eu-west-1") { nodes { name } } }`);
  await gateway.data(others);
  await gateway.data(fill('mutation { updateStage(input: { arn: "STAGE", name: "x" }) { __typename } }'));
  gateway.calls();
  await gateway.data(others);
  expect(gateway.calls()).toEqual({});
});
