import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { deleted } from '../../support/ids.ts';

const unknown = 'arn:aws:ivs:us-west-2:123456789012:public-key/doesNotExist';
const noKey = 'arn:aws:ivs:us-west-2:123456789012:stage/aStage';
const newKey = (namedCurve = 'secp384r1') =>
  generateKeyPairSync('ec', { namedCurve }).publicKey.export({ type: 'spki', format: 'pem' }).toString();

const load = `mutation ($input: ImportPublicKeyInput!) { importPublicKey(input: $input) {
  __typename ... on ImportPublicKeyPayload { publicKey { id arn name publicKeyMaterial fingerprint tags { key value } } }
  ... on MutationError { code message } } }`;

async function importPublicKey({ data, emulator }: TestGateway, input: object = {}) {
  const { importPublicKey } = await data(load, { input: { publicKeyMaterial: newKey(), ...input } });
  emulator.calls.reset();
  return importPublicKey;
}

it('keeps a private key that was pasted by mistake to itself', async () => {
  const gateway = await startGateway();
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
  const publicKeyMaterial = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const answer = await importPublicKey(gateway, { publicKeyMaterial });
  expect(answer).toMatchObject({
    __typename: 'ValidationError',
    message: expect.not.stringContaining('BEGIN'),
  });
  expect(gateway.emulator.calls.count()).toBe(0);
});

describe('reading public keys', () => {
  it('answers every member with one call', async () => {
    const gateway = await startGateway();
    const publicKeyMaterial = newKey();
    const tags = [{ key: 'team', value: 'tokens' }];
    const { publicKey: made } = await importPublicKey(gateway, { name: 'signing', publicKeyMaterial, tags });
    const { publicKey } = await gateway.data(
      'query ($arn: ID!) { publicKey(arn: $arn) { id arn name publicKeyMaterial fingerprint tags { key value } } }',
      { arn: made.arn },
    );
    expect(publicKey).toEqual(made);
    expect(publicKey).toMatchObject({
      name: 'signing',
      publicKeyMaterial,
      fingerprint: expect.stringMatching(/^([0-9a-f]{2}:){15}[0-9a-f]{2}$/),
      tags,
    });
    expect(gateway.calls()).toEqual({ GetPublicKey: 1 });
  });

  it('costs a list call for summary fields, and one call each for detail fields', async () => {
    const gateway = await startGateway();
    await importPublicKey(gateway, { name: 'one' });
    await importPublicKey(gateway, { name: 'two' });
    const { publicKeys } = await gateway.data('{ publicKeys { nodes { arn name tags { key } } } }');
    expect(publicKeys.nodes).toMatchObject([{ name: 'one' }, { name: 'two' }]);
    expect(gateway.calls()).toEqual({ ListPublicKeys: 1 });
    await gateway.data('{ publicKeys { nodes { fingerprint publicKeyMaterial } } }');
    expect(gateway.calls()).toEqual({ ListPublicKeys: 1, GetPublicKey: 2 });
  });

  it('lists the region that is asked for', async () => {
    const gateway = await startGateway();
    const { publicKey } = await importPublicKey(gateway, { region: 'eu-west-1' });
    expect(publicKey.arn).toMatch(/^arn:aws:ivs:eu-west-1:/);
    const { here, there } = await gateway.data(
      '{ here: publicKeys { nodes { arn } } there: publicKeys(region: "eu-west-1") { nodes { arn } } }',
    );
    expect([here.nodes, there.nodes]).toEqual([[], [{ arn: publicKey.arn }]]);
  });

  it('answers null for one that does not exist, and refuses what is none', async () => {
    const gateway = await startGateway();
    expect(await gateway.data(`{ publicKey(arn: "${unknown}") { name } }`)).toEqual({ publicKey: null });
    const { errors } = await gateway.ask(`{ publicKey(arn: "${noKey}") { name } }`);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(gateway.calls()).toEqual({ GetPublicKey: 1 });
  });
});

describe('changing public keys', () => {
  it.each([
    ['what is no key', 'x'],
    ['a key on another curve', newKey('prime256v1')],
  ])('does not import %s', async (_what, publicKeyMaterial) => {
    const gateway = await startGateway();
    expect(await importPublicKey(gateway, { publicKeyMaterial })).toMatchObject({
      __typename: 'ValidationError',
      code: 'BAD_USER_INPUT',
    });
  });

  it('imports a key once, and three in all', async () => {
    const gateway = await startGateway();
    const publicKeyMaterial = newKey();
    await importPublicKey(gateway, { publicKeyMaterial });
    expect(await importPublicKey(gateway, { publicKeyMaterial })).toMatchObject({
      __typename: 'ConflictError',
      code: 'CONFLICT',
    });
    await importPublicKey(gateway);
    await importPublicKey(gateway);
    expect(await importPublicKey(gateway)).toMatchObject({
      __typename: 'ServiceQuotaExceededError',
      code: 'SERVICE_QUOTA_EXCEEDED',
    });
  });

  const remove = `mutation ($arn: ID!) { deletePublicKey(input: { arn: $arn }) {
    __typename ... on DeletePublicKeyPayload { deletedId arn } ... on MutationError { code } } }`;

  it('deletes one', async () => {
    const gateway = await startGateway();
    const { arn } = (await importPublicKey(gateway, { name: 'signing' })).publicKey;
    const del = async (key: string) => (await gateway.data(remove, { arn: key })).deletePublicKey;
    expect(await del(arn)).toEqual({
      __typename: 'DeletePublicKeyPayload',
      ...deleted('PublicKey', arn),
    });
    expect(gateway.calls()).toEqual({ DeletePublicKey: 1 });
    expect(await del(arn)).toEqual({ __typename: 'ResourceNotFoundError', code: 'NOT_FOUND' });
    expect(await del(noKey)).toEqual({ __typename: 'ValidationError', code: 'BAD_USER_INPUT' });
  });

  it.each([
    ['ConflictException', 'ConflictError'],
    ['PendingVerification', 'PendingVerificationError'],
  ])('answers %s of AWS with an error of the union', async (errorType, type) => {
    const gateway = await startGateway();
    gateway.emulator.faults.add({ operation: '*', errorType });
    const { deletePublicKey } = await gateway.data(remove, { arn: unknown });
    expect([deletePublicKey.__typename, (await importPublicKey(gateway)).__typename]).toEqual([type, type]);
  });
});
