import { createHash } from 'node:crypto';
import {
  DeletePlaybackKeyPairCommand,
  GetPlaybackKeyPairCommand,
  ImportPlaybackKeyPairCommand,
  ListPlaybackKeyPairsCommand,
} from '@aws-sdk/client-ivs';
import { expect, test } from 'vitest';
import { newKeyPair } from '../../support/keys.ts';
import { emulate, failureOf } from '../support/emulate.ts';

const notFound = { name: 'ResourceNotFoundException', status: 404 };
const newPublicKey = () => newKeyPair().publicKey;

test('an imported key is known by its fingerprint, which the list does not tell', async () => {
  const { ivs } = await emulate();
  const input = { publicKeyMaterial: newPublicKey(), name: 'player', tags: { a: 'b' } };
  const { keyPair } = await ivs.send(new ImportPlaybackKeyPairCommand(input));
  expect(keyPair).toEqual({
    arn: expect.stringMatching(/^arn:aws:ivs:us-west-2:123456789012:playback-key\/[a-zA-Z0-9]{12}$/),
    name: 'player',
    fingerprint: expect.stringMatching(/^([0-9a-f]{2}:){15}[0-9a-f]{2}$/),
    tags: { a: 'b' },
  });
  const got = await ivs.send(new GetPlaybackKeyPairCommand({ arn: keyPair?.arn }));
  expect(got.keyPair).toEqual(keyPair);
  const { keyPairs } = await ivs.send(new ListPlaybackKeyPairsCommand({}));
  expect(keyPairs).toEqual([{ arn: keyPair?.arn, name: 'player', tags: { a: 'b' } }]);
});

test.each([
  ['no key', 'x'],
  ['an empty key', ''],
  ['another curve', newKeyPair('P-256').publicKey],
  ['a private key', newKeyPair().privateKey],
])('%s is refused', async (_, publicKeyMaterial) => {
  const { ivs } = await emulate();
  const imported = ivs.send(new ImportPlaybackKeyPairCommand({ publicKeyMaterial }));
  const message = 'publicKeyMaterial: must be an ECDSA public key on the curve P-384, as PEM';
  expect(await failureOf(imported)).toEqual({ name: 'ValidationException', status: 400, message });
});

test('its fingerprint is MD5 of the key in DER, as Terraform computes it', async () => {
  const { ivs } = await emulate();
  const publicKeyMaterial = newPublicKey();
  const der = Buffer.from(publicKeyMaterial.replace(/-----.*-----|\n/g, ''), 'base64');
  const { keyPair } = await ivs.send(new ImportPlaybackKeyPairCommand({ publicKeyMaterial }));
  expect(keyPair?.fingerprint?.replaceAll(':', '')).toBe(createHash('md5').update(der).digest('hex'));
});

test('the same key cannot be imported twice, but in another region it can', async () => {
  const { ivs, ivsIn } = await emulate();
  const again = new ImportPlaybackKeyPairCommand({ publicKeyMaterial: newPublicKey() });
  await ivs.send(again);
  expect(await failureOf(ivs.send(again))).toMatchObject({ name: 'ConflictException', status: 409 });
  expect((await ivsIn('eu-west-1').send(again)).keyPair?.arn).toMatch(/^arn:aws:ivs:eu-west-1:/);
});

test('a region holds 3 key pairs, and a deleted one makes room', async () => {
  const { ivs } = await emulate();
  const add = () => ivs.send(new ImportPlaybackKeyPairCommand({ publicKeyMaterial: newPublicKey() }));
  const [{ keyPair }] = await Promise.all([add(), add(), add()]);
  const quota = { name: 'ServiceQuotaExceededException', status: 402 };
  expect(await failureOf(add())).toMatchObject(quota);

  const remove = () => ivs.send(new DeletePlaybackKeyPairCommand({ arn: keyPair?.arn }));
  const { $metadata, ...answer } = await remove();
  expect([$metadata.httpStatusCode, answer]).toEqual([200, {}]);
  expect(await failureOf(remove())).toMatchObject(notFound);
  expect(await failureOf(ivs.send(new GetPlaybackKeyPairCommand({ arn: keyPair?.arn })))).toMatchObject(
    notFound,
  );
  await add();
});
