import { describe, expect, it } from 'vitest';
import { startGateway } from '../../support/gateway.ts';
import { createIngestConfiguration, startIngesting } from '../../support/ingest.ts';

const unknown = 'arn:aws:ivs:us-west-2:123456789012:ingest-configuration/doesNotExist';
const noStage = 'arn:aws:ivs:us-west-2:123456789012:stage/doesNotExist';

describe('reading ingest configurations', () => {
  const whole = `query ($arn: ID!) { ingestConfiguration(arn: $arn) {
    __typename arn name ingestProtocol stageArn stage { arn } participantId state userId redundantIngest streamKey
    redundantIngestCredentials { participantId streamKey } attributes { key value } tags { key value } } }`;

  it('answers every member with one call', async () => {
    const input = {
      userId: 'cam',
      redundantIngest: true,
      attributes: [{ key: 'seat', value: '1' }],
      tags: [{ key: 'team', value: '' }],
    };
    const { gateway, arn, stageArn, ...made } = await startIngesting(input);
    const { ingestConfiguration } = await gateway.data(whole, { arn });
    expect(ingestConfiguration).toEqual({
      __typename: 'IngestConfiguration',
      arn,
      name: 'camera',
      ingestProtocol: 'RTMPS',
      stageArn,
      stage: { arn: stageArn },
      ...input,
      state: 'INACTIVE',
      participantId: made.participantId,
      streamKey: expect.stringMatching(/^rt_123456789012_us-west-2_/),
      redundantIngestCredentials: [
        {
          participantId: expect.any(String),
          streamKey: expect.stringMatching(/^rt_123456789012_us-west-2_/),
        },
      ],
    });
    expect(gateway.calls()).toEqual({ GetIngestConfiguration: 1 });
  });

  it('answers null for what AWS leaves empty and for what does not exist', async () => {
    const gateway = await startGateway();
    const { arn } = await createIngestConfiguration(gateway);
    const { ingestConfiguration } = await gateway.data(
      `query ($arn: ID!) { ingestConfiguration(arn: $arn) { name userId stageArn stage { arn } participant { userId } redundantIngestCredentials { streamKey } } }`,
      { arn },
    );
    expect(Object.values(ingestConfiguration)).toEqual([null, null, null, null, null, []]);
    expect(gateway.calls()).toEqual({ GetIngestConfiguration: 1 });
    expect(await gateway.data(whole, { arn: unknown })).toEqual({ ingestConfiguration: null });
  });

  it('refuses the ARN of another kind of thing before any call', async () => {
    const gateway = await startGateway();
    const { errors } = await gateway.ask(whole, { arn: noStage });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(gateway.calls()).toEqual({});
  });

  it('costs a list call for summary fields, and one call each for detail fields', async () => {
    const { gateway } = await startIngesting();
    await createIngestConfiguration(gateway);
    await gateway.data(
      '{ ingestConfigurations { nodes { arn name ingestProtocol stageArn stage { arn } participantId state userId redundantIngest } } }',
    );
    expect(gateway.calls()).toEqual({ ListIngestConfigurations: 1 });
    await gateway.data('{ ingestConfigurations { nodes { streamKey attributes { key } tags { key } } } }');
    expect(gateway.calls()).toEqual({ ListIngestConfigurations: 1, GetIngestConfiguration: 2 });
  });

  it.each([
    ['stage', (stageArn: string) => `{ stageArn: "${stageArn}" }`, ['camera']],
    ['state', () => '{ state: INACTIVE }', ['spare']],
    ['nothing', () => 'null', ['camera', 'spare']],
  ])('filters by %s', async (_by, filter, names) => {
    const { gateway, stageArn, arn, control } = await startIngesting();
    await createIngestConfiguration(gateway, { name: 'spare' });
    control.startIngest({ ingestConfigurationArn: arn });
    const { ingestConfigurations } = await gateway.data(
      `{ ingestConfigurations(filter: ${filter(stageArn)}) { nodes { name } } }`,
    );
    expect(ingestConfigurations.nodes.map(({ name }: { name: string }) => name)).toEqual(names);
  });

  it('asks the region of the stage that it filters by, and of the one that is asked for', async () => {
    const gateway = await startGateway();
    const { createStage: there } = await gateway.data(
      'mutation { createStage(input: { region: "eu-west-1" }) { ... on CreateStagePayload { stage { arn } } } }',
    );
    const stageArn = there.stage.arn;
    const { arn } = await createIngestConfiguration(gateway, { stageArn });
    expect(arn).toMatch(/^arn:aws:ivs:eu-west-1:/);
    const { byStage, byRegion, here } = await gateway.data(
      `query ($arn: ID!) {
        byStage: ingestConfigurations(filter: { stageArn: $arn }) { nodes { arn } }
        byRegion: ingestConfigurations(region: "eu-west-1") { nodes { arn } }
        here: ingestConfigurations { nodes { arn } } }`,
      { arn: stageArn },
    );
    expect([byStage.nodes, byRegion.nodes, here.nodes]).toEqual([[{ arn }], [{ arn }], []]);
  });

  it('refuses two filters at once, which AWS does not take', async () => {
    const { gateway, stageArn } = await startIngesting();
    const { errors } = await gateway.ask(
      `{ ingestConfigurations(filter: { state: ACTIVE, stageArn: "${stageArn}" }) { nodes { arn } } }`,
    );
    expect(errors?.[0]?.message).toMatch(/exactly one/i);
    expect(gateway.calls()).toEqual({});
  });
});

describe('ingest configurations and what they belong to', () => {
  it('lists those of a stage', async () => {
    const { gateway, arn, stageArn } = await startIngesting();
    await createIngestConfiguration(gateway);
    const { stage } = await gateway.data(
      'query ($arn: ID!) { stage(arn: $arn) { arn ingestConfigurations { nodes { arn stage { name } } } } }',
      { arn: stageArn },
    );
    expect(stage.ingestConfigurations.nodes).toEqual([{ arn, stage: { name: 'a-stage' } }]);
    expect(gateway.calls()).toEqual({ GetStage: 1, ListIngestConfigurations: 1 });
  });

  it('leads from the participant to its ingest configuration and back', async () => {
    const { gateway, arn, stageArn, sessionId, control } = await startIngesting({ userId: 'cam' });
    const { participantId } = control.startIngest({ ingestConfigurationArn: arn });
    const { participants } = await gateway.data(
      `query ($stageArn: ID!, $sessionId: ID!) { participants(stageArn: $stageArn, sessionId: $sessionId) { nodes {
        participantId ingestConfigurationArn ingestConfiguration { arn name state } } } }`,
      { stageArn, sessionId },
    );
    const [somebody, encoder] = participants.nodes;
    expect(somebody).toMatchObject({ ingestConfigurationArn: null, ingestConfiguration: null });
    expect(encoder).toEqual({
      participantId,
      ingestConfigurationArn: arn,
      ingestConfiguration: { arn, name: 'camera', state: 'ACTIVE' },
    });
    expect(gateway.calls()).toEqual({ ListParticipants: 1, GetIngestConfiguration: 1 });

    const { ingestConfiguration } = await gateway.data(
      'query ($arn: ID!) { ingestConfiguration(arn: $arn) { participant { participantId sessionId userId protocol } } }',
      { arn },
    );
    expect(ingestConfiguration.participant).toEqual({
      participantId,
      sessionId,
      userId: 'cam',
      protocol: 'RTMPS',
    });
    expect(gateway.calls()).toEqual({ GetIngestConfiguration: 1, GetStage: 1, GetParticipant: 1 });
  });

  it('has no participant where its encoder never was', async () => {
    const { gateway, arn } = await startIngesting({ redundantIngest: true });
    const { ingestConfiguration } = await gateway.data(
      `query ($arn: ID!) { ingestConfiguration(arn: $arn) {
        participant { participantId } redundantIngestCredentials { participant { participantId } } } }`,
      { arn },
    );
    expect(ingestConfiguration).toEqual({
      participant: null,
      redundantIngestCredentials: [{ participant: null }],
    });
  });

  it('knows the second encoder too', async () => {
    const { gateway, arn, control, redundantIngestCredentials } = await startIngesting({
      redundantIngest: true,
    });
    const [{ streamKey, participantId }] = redundantIngestCredentials;
    control.startIngest({ streamKey });
    const { ingestConfiguration } = await gateway.data(
      `query ($arn: ID!) { ingestConfiguration(arn: $arn) { state redundantIngestCredentials {
        participant { participantId redundantIngest ingestConfiguration { arn } } } } }`,
      { arn },
    );
    const participant = { participantId, redundantIngest: true, ingestConfiguration: { arn } };
    expect(ingestConfiguration).toEqual({ state: 'ACTIVE', redundantIngestCredentials: [{ participant }] });
  });
});
