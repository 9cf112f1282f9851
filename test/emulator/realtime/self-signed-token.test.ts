import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import {
  CreateStageCommand,
  DeletePublicKeyCommand,
  GetParticipantCommand,
  GetStageCommand,
  ImportPublicKeyCommand,
} from '@aws-sdk/client-ivs-realtime';
import { expect, test } from 'vitest';
import { emulate } from '../support/emulate.ts';

const encode = (part: object | string) =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');
const newPair = () => generateKeyPairSync('ec', { namedCurve: 'secp384r1' });

function tokenOf(key: KeyObject, header: object, payload: object | string): string {
  const signed = `${encode({ alg: 'ES384', typ: 'JWT', ...header })}.${encode(payload)}`;
  const signature = sign('sha384', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' });
  return `${signed}.${signature.toString('base64url')}`;
}

async function emulateKey() {
  const world = await emulate();
  const { realtime, clock } = world;
  const { publicKey, privateKey } = newPair();
  const publicKeyMaterial = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const imported = await realtime.send(new ImportPublicKeyCommand({ publicKeyMaterial }));
  const { stage } = await realtime.send(new CreateStageCommand({}));
  const kid = imported.publicKey?.arn ?? '';
  const stageArn = stage?.arn ?? '';
  const seconds = Math.floor(clock.now().getTime() / 1000);
  const claims = {
    exp: seconds + 60,
    iat: seconds,
    jti: 'ann-01',
    resource: stageArn,
    topic: stageArn.split('/')[1],
    user_id: 'ann',
    attributes: { role: 'host' },
    capabilities: { allow_publish: true, allow_subscribe: false },
    version: '1.0',
  };
  return { ...world, control: world.emulator.control, privateKey, kid, stageArn, claims };
}

test('whoever has a token signed for an imported key can join', async () => {
  const { realtime, control, privateKey, kid, stageArn, claims } = await emulateKey();
  const joined = control.join({ token: tokenOf(privateKey, { kid }, claims) });
  expect(joined.participantId).toBe('ann-01');
  const { participant } = await realtime.send(new GetParticipantCommand({ stageArn, ...joined }));
  expect(participant).toMatchObject({ userId: 'ann', attributes: { role: 'host' }, state: 'CONNECTED' });
});

test('a token that is signed for no imported key, altered or expired is refused', async () => {
  const { realtime, clock, control, privateKey, kid, claims } = await emulateKey();
  const refused = 'not made by this emulator';
  const join = (token: string) => () => control.join({ token });
  const good = tokenOf(privateKey, { kid }, claims);
  const [header, , signature] = good.split('.');
  expect(join(`${header}.${encode({ ...claims, jti: 'eve' })}.${signature}`)).toThrow(refused);
  expect(join(tokenOf(newPair().privateKey, { kid }, claims))).toThrow(refused);
  expect(join(tokenOf(privateKey, { kid: `${kid}x` }, claims))).toThrow(refused);
  expect(join(tokenOf(privateKey, {}, claims))).toThrow(refused);
  expect(join(tokenOf(privateKey, { kid, alg: 'none' }, claims))).toThrow(refused);
  clock.advance(60_000);
  expect(join(good)).toThrow('expired');
  clock.advance(-60_000);
  await realtime.send(new DeletePublicKeyCommand({ arn: kid }));
  expect(join(good)).toThrow(refused);
});

// Whoever signs a token may write anything into it, and what joins with it is shown by later answers.
test.each<[string, object | string, string]>([
  ['no JSON', '{', 'token: expected a JSON object, got none'],
  ['no object', 'null', 'token: expected a JSON object, got null'],
  ['no expiry', { exp: undefined }, 'token: exp: expected seconds from 1970 to the year 9999, got none'],
  ['an expiry in no calendar', { exp: 1e300 }, 'token: exp: expected seconds'],
  ['a text for an expiry', { exp: 'never' }, 'token: exp: expected seconds'],
  ['a number for an id', { jti: 7 }, 'token: jti: expected a string of at most 128 characters'],
  ['an id of other characters', { jti: 'a b' }, 'participantId: must be 1 to 64 of letters'],
  ['a list for a stage', { resource: [] }, 'token: resource: expected a string of at most 128 characters'],
  ['a number for a user id', { user_id: 7 }, 'token: user_id: expected a string of at most 128'],
  ['a number in attributes', { attributes: { a: 7 } }, 'token: attributes.a: expected a string, got 7'],
  [
    'attributes that are too long',
    { attributes: { a: 'x'.repeat(1024) } },
    '1024 bytes together, got 1025 bytes',
  ],
  ['no object of capabilities', { capabilities: null }, 'token: capabilities: expected an object, got null'],
])('a token that says %s is refused', async (_, wrong, message) => {
  const { realtime, control, privateKey, kid, stageArn, claims } = await emulateKey();
  const token = tokenOf(privateKey, { kid }, typeof wrong === 'string' ? wrong : { ...claims, ...wrong });
  expect(() => control.join({ token })).toThrow(message);
  const { stage } = await realtime.send(new GetStageCommand({ arn: stageArn }));
  expect(stage?.activeSessionId).toBe('');
});
