import { describe, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { deleted } from '../../support/ids.ts';
import { unionErrors } from '../../support/unions.ts';

const arnOf = (id: string) => `arn:aws:ivs:us-west-2:123456789012:storage-configuration/${id}`;
const RECORDINGS = arnOf('Recordings01');
const NONE = arnOf('none');

describe('reading storage configurations', () => {
  it('answers every member with one call', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { storageConfiguration } = await gateway.data(
      `{ storageConfiguration(arn: "${RECORDINGS}") {
        __typename id arn name s3 { bucketName } tags { key value } } }`,
    );
    expect(storageConfiguration).toEqual({
      __typename: 'StorageConfiguration',
      id: expect.any(String),
      arn: RECORDINGS,
      name: 'recordings',
      s3: { bucketName: 'ivs-recordings-us-west-2' },
      tags: [],
    });
    expect(gateway.calls()).toEqual({ GetStorageConfiguration: 1 });
  });

  it('answers null for what does not exist, and refuses another kind of ARN', async () => {
    const gateway = await startGateway();
    const { data, errors } = await gateway.ask(
      `{ none: storageConfiguration(arn: "${NONE}") { name }
        wrong: storageConfiguration(arn: "${NONE.replace('storage', 'encoder')}") { name } }`,
    );
    expect(data).toEqual({ none: null, wrong: null });
    expect(errors).toMatchObject([{ path: ['wrong'], extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(gateway.calls()).toEqual({ GetStorageConfiguration: 1 });
  });

  it('costs a list call and nothing more', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { storageConfigurations } = await gateway.data(
      '{ storageConfigurations { nodes { arn name s3 { bucketName } tags { key } } } }',
    );
    expect(storageConfigurations.nodes.map(({ name }: { name: string }) => name)).toEqual([
      'recordings',
      'archive',
    ]);
    expect(gateway.calls()).toEqual({ ListStorageConfigurations: 1 });
  });

  it('lists page by page, in the region that is asked for', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const list = `query ($after: String) {
      storageConfigurations(region: "eu-west-1", first: 1, after: $after) {
        nodes { s3 { bucketName } } pageInfo { hasNextPage endCursor }
      } }`;
    const { storageConfigurations: one } = await gateway.data(list);
    const { storageConfigurations: two } = await gateway.data(list, { after: one.pageInfo.endCursor });
    expect([...one.nodes, ...two.nodes].map(({ s3 }) => s3.bucketName)).toEqual([
      'ivs-recordings-eu-west-1',
      'ivs-archive-eu-west-1',
    ]);
    expect([one.pageInfo.hasNextPage, two.pageInfo.hasNextPage]).toEqual([true, false]);
  });

  it('stands beside the ARN in the recording of a stage, once for all stages', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { stages } = await gateway.data(
      `{ stages(first: 3) { nodes { name autoParticipantRecordingConfiguration {
        storageConfigurationArn storageConfiguration { arn s3 { bucketName } } } } } }`,
    );
    const recordings = stages.nodes.map(
      (stage: Record<string, unknown>) => stage.autoParticipantRecordingConfiguration,
    );
    const none = { storageConfigurationArn: null, storageConfiguration: null };
    const storageConfiguration = { arn: RECORDINGS, s3: { bucketName: 'ivs-recordings-us-west-2' } };
    expect(recordings).toEqual([none, { storageConfigurationArn: RECORDINGS, storageConfiguration }, none]);
    expect(gateway.calls()).toEqual({ ListStages: 1, GetStage: 3, GetStorageConfiguration: 1 });
  });

  it('is found by its id, and by its key for no call', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { storageConfiguration } = await gateway.data(
      `{ storageConfiguration(arn: "${RECORDINGS}") { id } }`,
    );
    const { node } = await gateway.data(
      `{ node(id: "${storageConfiguration.id}") { ... on StorageConfiguration { name } } }`,
    );
    expect(node).toEqual({ name: 'recordings' });
    gateway.calls();
    await gateway.data(
      `{ _entities(representations: [{ __typename: "StorageConfiguration", arn: "${RECORDINGS}" }]) { ... on StorageConfiguration { arn } } }`,
    );
    expect(gateway.calls()).toEqual({});
  });
});

const createMutation = `mutation ($input: CreateStorageConfigurationInput!) {
  createStorageConfiguration(input: $input) {
    __typename
    ... on CreateStorageConfigurationPayload {
      storageConfiguration { arn name s3 { bucketName } tags { key value } }
    }
    ... on MutationError { code message }
  } }`;
const create = async (gateway: TestGateway, input: object = {}) => {
  const variables = { input: { s3: { bucketName: 'a-bucket' }, ...input } };
  return (await gateway.data(createMutation, variables)).createStorageConfiguration;
};
const remove = async (gateway: TestGateway, arn: string) => {
  const mutation = `mutation ($arn: ID!) { deleteStorageConfiguration(input: { arn: $arn }) {
    __typename
    ... on DeleteStorageConfigurationPayload { deletedId arn }
    ... on MutationError { code message } } }`;
  return (await gateway.data(mutation, { arn })).deleteStorageConfiguration;
};

describe('changing storage configurations', () => {
  it('creates one with all that is asked for, in one call', async () => {
    const gateway = await startGateway();
    const input = { name: 'new', s3: { bucketName: 'the-bucket' }, tags: [{ key: 'team', value: 'media' }] };
    expect((await create(gateway, input)).storageConfiguration).toMatchObject(input);
    expect(gateway.calls()).toEqual({ CreateStorageConfiguration: 1 });
    const { storageConfiguration } = await create(gateway, { region: 'eu-west-1' });
    expect(storageConfiguration.arn).toMatch(/^arn:aws:ivs:eu-west-1:/);
  });

  it('deletes one, of which only the key is left', async () => {
    const gateway = await startGateway();
    const { storageConfiguration: made } = await create(gateway);
    gateway.calls();
    expect(await remove(gateway, made.arn)).toMatchObject(deleted('StorageConfiguration', made.arn));
    expect(gateway.calls()).toEqual({ DeleteStorageConfiguration: 1 });
    const read = await gateway.data(`{ storageConfiguration(arn: "${made.arn}") { arn } }`);
    expect(read).toEqual({ storageConfiguration: null });
  });

  it('answers a bucket that cannot be with a ValidationError', async () => {
    const answer = await create(await startGateway(), { s3: { bucketName: 'No Bucket' } });
    expect(answer).toMatchObject({ __typename: 'ValidationError', code: 'BAD_USER_INPUT' });
  });

  it('answers the sixth with a ServiceQuotaExceededError', async () => {
    const gateway = await startGateway();
    for (let count = 0; count < 5; count += 1) await create(gateway);
    expect(await create(gateway)).toMatchObject({ __typename: 'ServiceQuotaExceededError' });
  });

  it('has the errors in its unions that AWS declares', async () => {
    const gateway = await startGateway();
    const errors = ['ValidationError', 'ResourceNotFoundError', 'ConflictError', 'ServiceQuotaExceededError'];
    const created = await unionErrors(gateway, 'createStorageConfiguration', {
      s3: { bucketName: 'a-bucket' },
    });
    expect(created).toEqual([...errors, 'PendingVerificationError']);
    expect(await unionErrors(gateway, 'deleteStorageConfiguration', { arn: NONE })).toEqual(errors);
  });

  it('answers errors of a deletion', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    expect(await remove(gateway, RECORDINGS)).toMatchObject({ __typename: 'ConflictError' });
    expect(await remove(gateway, NONE)).toMatchObject({ __typename: 'ResourceNotFoundError' });
    expect(await remove(gateway, 'x')).toMatchObject({ __typename: 'ValidationError' });
  });

  it('has tags', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { tagResource } = await gateway.data(
      `mutation { tagResource(input: { resourceArn: "${RECORDINGS}", tags: [{ key: "a", value: "b" }] }) {
        ... on TagResourcePayload { resource { __typename tags { key value } } } } }`,
    );
    expect(tagResource.resource).toEqual({
      __typename: 'StorageConfiguration',
      tags: [{ key: 'a', value: 'b' }],
    });
  });
});
