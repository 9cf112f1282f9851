import { describe, expect, it } from 'vitest';
import { startGateway } from '../../support/gateway.ts';
import { deleted } from '../../support/ids.ts';
import { createSession, createStage } from '../../support/world.ts';

const unknown = 'arn:aws:ivs:us-west-2:123456789012:stage/doesNotExist';

describe('reading stages', () => {
  it('answers every member of a stage with one call', async () => {
    const gateway = await startGateway();
    const arn = await createStage(gateway, 'whole');

    const { stage } = await gateway.data(
      `query ($arn: ID!) { stage(arn: $arn) {
        __typename arn name activeSessionId activeSession { sessionId } tags { key value }
        endpoints { events whip rtmp rtmps }
        autoParticipantRecordingConfiguration {
          storageConfigurationArn mediaTypes recordingReconnectWindowSeconds recordParticipantReplicas
          thumbnailConfiguration { targetIntervalSeconds storage recordingMode }
          hlsConfiguration { targetSegmentDurationSeconds }
        }
      } }`,
      { arn },
    );

    expect(stage).toMatchObject({
      __typename: 'Stage',
      arn,
      name: 'whole',
      activeSessionId: null,
      activeSession: null,
    });
    expect(stage.endpoints.whip).toMatch(/^https:/);
    expect(stage.autoParticipantRecordingConfiguration).toEqual({
      storageConfigurationArn: null,
      mediaTypes: ['AUDIO_VIDEO'],
      recordingReconnectWindowSeconds: 0,
      recordParticipantReplicas: true,
      thumbnailConfiguration: {
        targetIntervalSeconds: 60,
        storage: ['SEQUENTIAL'],
        recordingMode: 'DISABLED',
      },
      hlsConfiguration: { targetSegmentDurationSeconds: 6 },
    });
    expect(gateway.calls()).toEqual({ GetStage: 1 });
  });

  it('answers null for a stage that does not exist', async () => {
    const gateway = await startGateway();
    expect(await gateway.data(`{ stage(arn: "${unknown}") { arn } }`)).toEqual({ stage: null });
  });

  it('asks once for a stage that one request names several times', async () => {
    const gateway = await startGateway();
    const arn = await createStage(gateway);
    await gateway.data(
      `query ($arn: ID!) { a: stage(arn: $arn) { name } b: stage(arn: $arn) { endpoints { whip } } c: stage(arn: $arn) { tags { key } } }`,
      { arn },
    );
    expect(gateway.calls()).toEqual({ GetStage: 1 });
  });

  it('lets a missing and a malformed stage fail alone', async () => {
    const gateway = await startGateway();
    const arn = await createStage(gateway, 'there');
    const { data, errors } = await gateway.ask(
      `query ($arn: ID!) { there: stage(arn: $arn) { name } missing: stage(arn: "${unknown}") { name } malformed: stage(arn: "x") { name } }`,
      { arn },
    );
    expect(data).toEqual({ there: { name: 'there' }, missing: null, malformed: null });
    expect(errors).toMatchObject([{ path: ['malformed'], extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('costs a list call for summary fields, and one GetStage per stage for detail fields', async () => {
    const gateway = await startGateway();
    for (const name of ['one', 'two', 'three']) await createStage(gateway, name);

    await gateway.data('{ stages { nodes { arn name tags { key } activeSession { sessionId } } } }');
    expect(gateway.calls()).toEqual({ ListStages: 1 });

    await gateway.data('{ stages { nodes { name endpoints { whip } } } }');
    expect(gateway.calls()).toEqual({ ListStages: 1, GetStage: 3 });
  });

  it('does not ask again for what a list has told', async () => {
    const gateway = await startGateway();
    await createSession(gateway, 2);
    await gateway.data(
      '{ stages { nodes { activeSession { stage { name activeSessionId } participants { nodes { stage { name } } } } } } }',
    );
    expect(gateway.calls()).toEqual({ ListStages: 1, ListParticipants: 1 });
  });

  it('lists the region that is asked for', async () => {
    const gateway = await startGateway();
    await createStage(gateway);
    const { here, there } = await gateway.data(
      '{ here: stages { nodes { arn } } there: stages(region: "eu-west-1") { nodes { arn } } }',
    );
    expect(here.nodes).toHaveLength(1);
    expect(there.nodes).toHaveLength(0);
  });
});

describe('changing stages', () => {
  const createStageMutation = `mutation ($input: CreateStageInput!) { createStage(input: $input) {
    __typename
    ... on CreateStagePayload { stage { arn name tags { key value } } participantTokens { userId participantId token attributes { key value } capabilities } }
    ... on MutationError { code message }
  } }`;

  it('creates a stage with tokens and tags, in one call', async () => {
    const gateway = await startGateway();
    const { createStage: answer } = await gateway.data(createStageMutation, {
      input: {
        name: 'new',
        tags: [{ key: 'team', value: '' }],
        participantTokenConfigurations: [
          {
            userId: 'ann',
            attributes: [{ key: 'seat', value: '1' }],
            capabilities: ['SUBSCRIBE'],
            durationMinutes: null,
          },
        ],
      },
    });
    expect(answer).toMatchObject({
      __typename: 'CreateStagePayload',
      stage: { name: 'new', tags: [{ key: 'team', value: '' }] },
      participantTokens: [
        { userId: 'ann', attributes: [{ key: 'seat', value: '1' }], capabilities: ['SUBSCRIBE'] },
      ],
    });
    expect(gateway.calls()).toEqual({ CreateStage: 1 });
  });

  it('creates it in the region that is asked for', async () => {
    const gateway = await startGateway();
    const { createStage: answer } = await gateway.data(createStageMutation, {
      input: { region: 'eu-west-1' },
    });
    expect(answer.stage.arn).toMatch(/^arn:aws:ivs:eu-west-1:/);
  });

  it.each([
    ['a name that AWS refuses', { name: 'no spaces!' }, 'ValidationError'],
    [
      'a key that stands twice',
      {
        tags: [
          { key: 'a', value: '1' },
          { key: 'a', value: '2' },
        ],
      },
      'ValidationError',
    ],
    [
      '13 tokens',
      { participantTokenConfigurations: Array.from({ length: 13 }, () => ({})) },
      'ValidationError',
    ],
  ])('answers %s with an error of the union', async (_what, input, type) => {
    const gateway = await startGateway();
    const { createStage: answer } = await gateway.data(createStageMutation, { input });
    expect(answer).toMatchObject({
      __typename: type,
      code: 'BAD_USER_INPUT',
      message: expect.stringMatching(/./),
    });
  });

  it('updates a stage and answers with it as it is now', async () => {
    const gateway = await startGateway();
    const arn = await createStage(gateway, 'before');
    const { updateStage } = await gateway.data(
      `mutation ($arn: ID!) { updateStage(input: { arn: $arn, name: "after" }) { ... on UpdateStagePayload { stage { arn name endpoints { whip } } } } }`,
      { arn },
    );
    expect(updateStage.stage).toMatchObject({ arn, name: 'after' });
    expect(gateway.calls()).toEqual({ UpdateStage: 1 });
  });

  it('reads anew what a mutation of the same request has changed', async () => {
    const gateway = await startGateway();
    const arn = await createStage(gateway, 'before');
    const rename = (alias: string, key: string) =>
      `${alias}: tagResource(input: { resourceArn: $arn, tags: [{ key: "${key}", value: "" }] }) {
        ... on TagResourcePayload { resource { tags { key } } }
      }`;
    const { one, two } = await gateway.data(
      `mutation ($arn: ID!) { ${rename('one', 'a')} ${rename('two', 'b')} }`,
      { arn },
    );
    expect(one.resource.tags).toEqual([{ key: 'a' }]);
    expect(two.resource.tags).toEqual([{ key: 'a' }, { key: 'b' }]);
  });

  it('deletes a stage and returns its ids', async () => {
    const gateway = await startGateway();
    const arn = await createStage(gateway);
    const { deleteStage } = await gateway.data(
      `mutation ($arn: ID!) { deleteStage(input: { arn: $arn }) { ... on DeleteStagePayload { deletedId arn } } }`,
      { arn },
    );
    expect(deleteStage).toEqual(deleted('Stage', arn));
    expect(gateway.calls()).toEqual({ DeleteStage: 1 });
    expect(await gateway.data(`{ stage(arn: "${arn}") { arn } }`)).toEqual({ stage: null });
  });

  it('answers ResourceNotFoundError for a stage that does not exist', async () => {
    const gateway = await startGateway();
    const answer = await gateway.data(
      `mutation { updateStage(input: { arn: "${unknown}" }) { __typename ... on MutationError { code } }
        deleteStage(input: { arn: "${unknown}" }) { __typename ... on MutationError { code } } }`,
    );
    const notFound = { __typename: 'ResourceNotFoundError', code: 'NOT_FOUND' };
    expect(answer).toEqual({ updateStage: notFound, deleteStage: notFound });
  });
});
