import { describe, expect, it } from 'vitest';
import { schema } from '../../../src/schema/index.ts';
import { startGateway } from '../../support/gateway.ts';
import { deleted } from '../../support/ids.ts';
import { createIngestConfiguration, createMutation, startIngesting } from '../../support/ingest.ts';
import { createSession, createStage } from '../../support/world.ts';

const unknown = 'arn:aws:ivs:us-west-2:123456789012:ingest-configuration/doesNotExist';
const noStage = 'arn:aws:ivs:us-west-2:123456789012:stage/doesNotExist';

describe('changing ingest configurations', () => {
  const change = `... on MutationError { code } __typename`;

  it.each([
    ['RTMP that is not allowed to be insecure', { ingestProtocol: 'RTMP' }],
    ['a stage that does not exist', { stageArn: noStage }],
    ['what is no stage', { stageArn: unknown }],
    [
      'a key that stands twice',
      {
        attributes: [
          { key: 'a', value: '1' },
          { key: 'a', value: '2' },
        ],
      },
    ],
  ])('refuses %s', async (_what, input) => {
    const gateway = await startGateway();
    const { createIngestConfiguration: answer } = await gateway.data(createMutation, {
      input: { ingestProtocol: 'RTMPS', ...input },
    });
    expect(answer).toMatchObject({ __typename: 'ValidationError', code: 'BAD_USER_INPUT' });
  });

  it('creates one with insecure RTMP when told so, in one call', async () => {
    const gateway = await startGateway();
    const { createIngestConfiguration: answer } = await gateway.data(createMutation, {
      input: { ingestProtocol: 'RTMP', insecureIngest: true },
    });
    expect(answer.ingestConfiguration).toMatchObject({ ingestProtocol: 'RTMP' });
    expect(gateway.calls()).toEqual({ CreateIngestConfiguration: 1 });
  });

  it('creates a hundred and no more', async () => {
    const gateway = await startGateway();
    await Promise.all(Array.from({ length: 100 }, () => createIngestConfiguration(gateway)));
    const { createIngestConfiguration: answer } = await gateway.data(createMutation, {
      input: { ingestProtocol: 'RTMPS' },
    });
    expect(answer).toMatchObject({ __typename: 'ServiceQuotaExceededError' });
  });

  const update = `mutation ($input: UpdateIngestConfigurationInput!) { updateIngestConfiguration(input: $input) {
    ... on UpdateIngestConfigurationPayload { ingestConfiguration { arn stageArn redundantIngest name } } ${change} } }`;

  it('moves one to another stage, takes it off and leaves what is not given', async () => {
    const { gateway, arn } = await startIngesting();
    const stageArn = await createStage(gateway);
    const change = async (input: object) =>
      (await gateway.data(update, { input: { arn, ...input } })).updateIngestConfiguration
        .ingestConfiguration;
    expect(await change({ stageArn })).toEqual({ arn, stageArn, redundantIngest: false, name: 'camera' });
    expect(await change({ redundantIngest: true })).toMatchObject({
      stageArn,
      redundantIngest: true,
    });
    expect(await change({ stageArn: '' })).toMatchObject({ stageArn: null, redundantIngest: true });
    expect(gateway.calls()).toEqual({ UpdateIngestConfiguration: 3 });
  });

  it('answers with the error that AWS gives', async () => {
    const { gateway, arn, control } = await startIngesting();
    const change = async (input: object) =>
      (await gateway.data(update, { input })).updateIngestConfiguration.__typename;
    expect(await change({ arn: unknown })).toBe('ResourceNotFoundError');
    expect(await change({ arn, stageArn: noStage })).toBe('ResourceNotFoundError');
    expect(await change({ arn, stageArn: 'x' })).toBe('ValidationError');
    expect(await change({ arn: noStage })).toBe('ValidationError');
    control.startIngest({ ingestConfigurationArn: arn });
    expect(await change({ arn, stageArn: '' })).toBe('ConflictError');
  });

  const remove = `mutation ($input: DeleteIngestConfigurationInput!) { deleteIngestConfiguration(input: $input) {
    ... on DeleteIngestConfigurationPayload { deletedId arn } ${change} } }`;

  it('deletes one, by force when it is active', async () => {
    const { gateway, arn, control, stageArn } = await startIngesting();
    control.startIngest({ ingestConfigurationArn: arn });
    const del = async (input: object) => (await gateway.data(remove, { input })).deleteIngestConfiguration;
    expect(await del({ arn })).toEqual({ __typename: 'ConflictError', code: 'CONFLICT' });
    gateway.calls();
    expect(await del({ arn, force: true })).toMatchObject(deleted('IngestConfiguration', arn));
    expect(gateway.calls()).toEqual({ DeleteIngestConfiguration: 1 });
    expect(await del({ arn })).toMatchObject({ __typename: 'ResourceNotFoundError' });
    expect(await del({ arn: stageArn })).toMatchObject({ __typename: 'ValidationError' });
  });

  it.each([
    [createMutation, 'createIngestConfiguration', { ingestProtocol: 'RTMPS' }],
    [update, 'updateIngestConfiguration', { arn: unknown }],
    [remove, 'deleteIngestConfiguration', { arn: unknown }],
  ])('answers while the account is being verified', async (mutation, field, input) => {
    const gateway = await startGateway();
    gateway.emulator.faults.add({ operation: '*', errorType: 'PendingVerification' });
    const answer = (await gateway.data(mutation, { input }))[field];
    expect(answer).toMatchObject({ __typename: 'PendingVerificationError', code: 'PENDING_VERIFICATION' });
  });

  it('shows and changes its tags', async () => {
    const { gateway, arn } = await startIngesting();
    const { tagResource } = await gateway.data(
      `mutation ($arn: ID!) { tagResource(input: { resourceArn: $arn, tags: [{ key: "team", value: "a" }] }) {
        ... on TagResourcePayload { resource { __typename arn tags { key value } } } } }`,
      { arn },
    );
    expect(tagResource.resource).toEqual({
      __typename: 'IngestConfiguration',
      arn,
      tags: [{ key: 'team', value: 'a' }],
    });
  });
});

it('disconnectParticipant detaches the ingest configuration of an encoder, as its description says', async () => {
  const gateway = await startGateway({ cached: true });
  const { stageArn } = await createSession(gateway, 1);
  const { arn, participantId } = await createIngestConfiguration(gateway, { stageArn });
  gateway.emulator.control.startIngest({ ingestConfigurationArn: arn });
  const read = async () =>
    (await gateway.data(`{ ingestConfiguration(arn: "${arn}") { stageArn stage { arn } } }`))
      .ingestConfiguration;
  expect(await read()).toEqual({ stageArn, stage: { arn: stageArn } });
  await gateway.data(
    `mutation { disconnectParticipant(input: { stageArn: "${stageArn}", participantId: "${participantId}" }) { __typename } }`,
  );
  // Not the answer that was cached before.
  expect(await read()).toEqual({ stageArn: null, stage: null });
  const { description } = schema.getMutationType()?.getFields().disconnectParticipant ?? {};
  expect(description).toContain('AWS detaches the configuration from the stage');
});
