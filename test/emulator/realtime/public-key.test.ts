import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';
import {
  DeletePublicKeyCommand,
  GetPublicKeyCommand,
  ImportPublicKeyCommand,
  ListPublicKeysCommand,
} from '@aws-sdk/client-ivs-realtime';
import { expect, test } from 'vitest';
import { emulate, failureOf } from '../support/emulate.ts';

const UNKNOWN = 'arn:aws:ivs:us-west-2:123456789012:public-key/doesNotExist';
const pemOf = (namedCurve: string) =>
  generateKeyPairSync('ec', { namedCurve }).publicKey.export({ type: 'spki', format: 'pem' }).toString();

async function emulateKey() {
  const world = await emulate();
  const publicKeyMaterial = pemOf('secp384r1');
  const tags = { team: 'tokens' };
  const command = new ImportPublicKeyCommand({ name: 'signing', publicKeyMaterial, tags });
  const { publicKey } = await world.realtime.send(command);
  return { ...world, publicKeyMaterial, publicKey, arn: publicKey?.arn };
}

test('an imported key comes back with its fingerprint', async () => {
  const { realtime, publicKeyMaterial, publicKey, arn } = await emulateKey();
  const der = createPublicKey(publicKeyMaterial).export({ type: 'spki', format: 'der' });
  const fingerprint = createHash('md5').update(der).digest('hex').match(/../g)?.join(':');
  expect(publicKey).toEqual({
    arn: expect.stringMatching(/^arn:aws:ivs:us-west-2:123456789012:public-key\/[a-zA-Z0-9]{12}$/),
    name: 'signing',
    publicKeyMaterial,
    fingerprint,
    tags: { team: 'tokens' },
  });
  expect((await realtime.send(new GetPublicKeyCommand({ arn }))).publicKey).toEqual(publicKey);
});

test('the list holds the members of the summary and no others', async () => {
  const { realtime, arn } = await emulateKey();
  const { publicKeys } = await realtime.send(new ListPublicKeysCommand({}));
  expect(publicKeys).toEqual([{ arn, name: 'signing', tags: { team: 'tokens' } }]);
});

test.each([
  ['no PEM', 'not a key'],
  ['a PEM that holds no key', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n'],
  ['a key on another curve', pemOf('prime256v1')],
  [
    'an RSA key',
    generateKeyPairSync('rsa', { modulusLength: 2048 })
      .publicKey.export({ type: 'spki', format: 'pem' })
      .toString(),
  ],
])('%s is refused', async (_, publicKeyMaterial) => {
  const { realtime } = await emulate();
  const importing = realtime.send(new ImportPublicKeyCommand({ publicKeyMaterial }));
  expect(await failureOf(importing)).toMatchObject({ name: 'ValidationException', status: 400 });
});

test('the same key is imported once', async () => {
  const { realtime, publicKeyMaterial } = await emulateKey();
  const again = new ImportPublicKeyCommand({
    name: 'another',
    publicKeyMaterial: publicKeyMaterial.replaceAll('\n', '\r\n'),
  });
  expect(await failureOf(realtime.send(again))).toMatchObject({ name: 'ConflictException', status: 409 });
});

test('a deleted key is gone and can be imported again', async () => {
  const { realtime, publicKeyMaterial, arn } = await emulateKey();
  await realtime.send(new DeletePublicKeyCommand({ arn }));
  const notFound = { name: 'ResourceNotFoundException', status: 404 };
  expect(await failureOf(realtime.send(new GetPublicKeyCommand({ arn })))).toMatchObject(notFound);
  expect(await failureOf(realtime.send(new DeletePublicKeyCommand({ arn })))).toMatchObject(notFound);
  expect(await failureOf(realtime.send(new GetPublicKeyCommand({ arn: UNKNOWN })))).toMatchObject(notFound);
  await realtime.send(new ImportPublicKeyCommand({ publicKeyMaterial }));
});

test('a region holds three', async () => {
  const { realtime } = await emulate();
  const load = () => realtime.send(new ImportPublicKeyCommand({ publicKeyMaterial: pemOf('secp384r1') }));
  for (let number = 0; number < 3; number += 1) await load();
  expect(await failureOf(load())).toMatchObject({ name: 'ServiceQuotaExceededException', status: 402 });
});
