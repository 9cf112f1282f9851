import { describe, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { deleted } from '../../support/ids.ts';
import { unionErrors } from '../../support/unions.ts';

const arnOf = (id: string) => `arn:aws:ivs:us-west-2:123456789012:encoder-configuration/${id}`;
const HD = arnOf('Hd0000000001');
const PORTRAIT = arnOf('Portrait0001');

describe('reading encoder configurations', () => {
  it('answers every member with one call', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { encoderConfiguration } = await gateway.data(
      `{ encoderConfiguration(arn: "${PORTRAIT}") {
        __typename id arn name video { width height framerate bitrate } tags { key value }
      } }`,
    );
    expect(encoderConfiguration).toEqual({
      __typename: 'EncoderConfiguration',
      id: expect.any(String),
      arn: PORTRAIT,
      name: 'portrait',
      video: { width: 720, height: 1280, framerate: 30, bitrate: 2_500_000 },
      tags: [{ key: 'environment', value: 'production' }],
    });
    expect(gateway.calls()).toEqual({ GetEncoderConfiguration: 1 });
  });

  it('answers null for what does not exist, and refuses another kind of ARN', async () => {
    const gateway = await startGateway();
    const { data, errors } = await gateway.ask(
      `{ none: encoderConfiguration(arn: "${HD}") { name }
        wrong: encoderConfiguration(arn: "${HD.replace('encoder', 'storage')}") { name } }`,
    );
    expect(data).toEqual({ none: null, wrong: null });
    expect(errors).toMatchObject([{ path: ['wrong'], extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(gateway.calls()).toEqual({ GetEncoderConfiguration: 1 });
  });

  it('costs a list call for summary fields, and one GetEncoderConfiguration each for detail fields', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { encoderConfigurations } = await gateway.data(
      '{ encoderConfigurations { nodes { arn name tags { key } } } }',
    );
    expect(encoderConfigurations.nodes.map(({ name }: { name: string }) => name)).toEqual([
      'full-hd',
      'hd',
      'portrait',
    ]);
    expect(gateway.calls()).toEqual({ ListEncoderConfigurations: 1 });
    await gateway.data('{ encoderConfigurations { nodes { name video { width } } } }');
    expect(gateway.calls()).toEqual({ ListEncoderConfigurations: 1, GetEncoderConfiguration: 3 });
  });

  it('lists page by page, in the region that is asked for', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const list = `query ($after: String) {
      encoderConfigurations(region: "eu-west-1", first: 2, after: $after) {
        nodes { arn } pageInfo { hasNextPage endCursor }
      } }`;
    const { encoderConfigurations: one } = await gateway.data(list);
    expect(one.nodes[0].arn).toMatch(/^arn:aws:ivs:eu-west-1:/);
    expect(one.pageInfo.hasNextPage).toBe(true);
    const { encoderConfigurations: two } = await gateway.data(list, { after: one.pageInfo.endCursor });
    expect([two.nodes.length, two.pageInfo.hasNextPage]).toEqual([1, false]);
  });

  it('is found by its id, and by its key for no call', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { encoderConfiguration } = await gateway.data(`{ encoderConfiguration(arn: "${HD}") { id } }`);
    const { node } = await gateway.data(
      `{ node(id: "${encoderConfiguration.id}") { ... on EncoderConfiguration { name } } }`,
    );
    expect(node).toEqual({ name: 'hd' });
    gateway.calls();
    await gateway.data(
      `{ _entities(representations: [{ __typename: "EncoderConfiguration", arn: "${HD}" }]) { ... on EncoderConfiguration { arn } } }`,
    );
    expect(gateway.calls()).toEqual({});
  });
});

const createMutation = `mutation ($input: CreateEncoderConfigurationInput!) {
  createEncoderConfiguration(input: $input) {
    __typename
    ... on CreateEncoderConfigurationPayload {
      encoderConfiguration { arn name video { width height framerate bitrate } tags { key value } }
    }
    ... on MutationError { code message }
  } }`;
const create = async (gateway: TestGateway, input: object = {}) =>
  (await gateway.data(createMutation, { input })).createEncoderConfiguration;
const remove = async (gateway: TestGateway, arn: string) => {
  const mutation = `mutation ($arn: ID!) { deleteEncoderConfiguration(input: { arn: $arn }) {
    __typename
    ... on DeleteEncoderConfigurationPayload { deletedId arn }
    ... on MutationError { code message } } }`;
  return (await gateway.data(mutation, { arn })).deleteEncoderConfiguration;
};

describe('changing encoder configurations', () => {
  it('creates one with all that is asked for, in one call', async () => {
    const gateway = await startGateway();
    const input = {
      name: 'wide',
      video: { width: 1920, height: 1080, framerate: 59.94, bitrate: 8_000_000 },
      tags: [{ key: 'team', value: 'media' }],
    };
    expect((await create(gateway, input)).encoderConfiguration).toMatchObject(input);
    expect(gateway.calls()).toEqual({ CreateEncoderConfiguration: 1 });
  });

  it('creates one with AWS’s defaults, in the region that is asked for', async () => {
    const gateway = await startGateway();
    const { encoderConfiguration } = await create(gateway, { region: 'eu-west-1', video: null });
    expect(encoderConfiguration).toMatchObject({
      arn: expect.stringMatching(/^arn:aws:ivs:eu-west-1:/),
      name: null,
      video: { width: 1280, height: 720, framerate: 30, bitrate: 2_500_000 },
    });
  });

  it('deletes one, of which only the key is left', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { __typename } = await remove(gateway, PORTRAIT);
    expect(__typename).toBe('ConflictError');
    const { encoderConfiguration: made } = await create(gateway);
    gateway.calls();
    expect(await remove(gateway, made.arn)).toMatchObject(deleted('EncoderConfiguration', made.arn));
    expect(gateway.calls()).toEqual({ DeleteEncoderConfiguration: 1 });
    const read = await gateway.data(`{ encoderConfiguration(arn: "${made.arn}") { arn } }`);
    expect(read).toEqual({ encoderConfiguration: null });
  });

  it.each([
    ['an odd width', { video: { width: 1281 } }],
    ['a name with a space', { name: 'a b' }],
  ])('answers %s with a ValidationError', async (_what, input) => {
    expect(await create(await startGateway(), input)).toMatchObject({
      __typename: 'ValidationError',
      code: 'BAD_USER_INPUT',
      message: expect.stringMatching(/./),
    });
  });

  it('answers the 21st with a ServiceQuotaExceededError', async () => {
    const gateway = await startGateway();
    for (let count = 0; count < 20; count += 1) await create(gateway);
    expect(await create(gateway)).toMatchObject({ __typename: 'ServiceQuotaExceededError' });
  });

  it('has the errors in its unions that AWS declares', async () => {
    const gateway = await startGateway();
    const errors = ['ValidationError', 'ResourceNotFoundError', 'ConflictError', 'ServiceQuotaExceededError'];
    const created = await unionErrors(gateway, 'createEncoderConfiguration', {});
    expect(created).toEqual([...errors, 'PendingVerificationError']);
    expect(await unionErrors(gateway, 'deleteEncoderConfiguration', { arn: arnOf('none') })).toEqual(errors);
  });

  it('answers errors of a deletion', async () => {
    const gateway = await startGateway();
    expect(await remove(gateway, HD)).toMatchObject({ __typename: 'ResourceNotFoundError' });
    expect(await remove(gateway, 'x')).toMatchObject({ __typename: 'ValidationError' });
  });

  it('has tags', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { tagResource } = await gateway.data(
      `mutation { tagResource(input: { resourceArn: "${HD}", tags: [{ key: "a", value: "b" }] }) {
        ... on TagResourcePayload { resource { __typename tags { key value } } } } }`,
    );
    expect(tagResource.resource.__typename).toBe('EncoderConfiguration');
    expect(tagResource.resource.tags).toContainEqual({ key: 'a', value: 'b' });
  });
});
