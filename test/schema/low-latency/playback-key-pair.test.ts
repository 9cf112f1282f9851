import { describe, expect, it } from 'vitest';
import { startGateway } from '../../support/gateway.ts';
import { deleted } from '../../support/ids.ts';
import { newKeyPair } from '../../support/keys.ts';
import { unionErrors } from '../../support/unions.ts';

const PLAYER = 'arn:aws:ivs:us-west-2:123456789012:playback-key/WebPlayer001';
const MAIN = 'arn:aws:ivs:us-west-2:123456789012:channel/MainStage001';
const FINGERPRINT = /^([0-9a-f]{2}:){15}[0-9a-f]{2}$/;
const player = {
  __typename: 'PlaybackKeyPair',
  arn: PLAYER,
  name: 'web-player',
  tags: [{ key: 'environment', value: 'production' }],
};

describe('reading playback key pairs', () => {
  it('answers every member with one call', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { playbackKeyPair } = await gateway.data(
      `{ playbackKeyPair(arn: "${PLAYER}") { __typename arn name fingerprint tags { key value } } }`,
    );
    expect(playbackKeyPair).toEqual({ ...player, fingerprint: expect.stringMatching(FINGERPRINT) });
    expect(gateway.calls()).toEqual({ GetPlaybackKeyPair: 1 });
  });

  it('costs a list call for summary fields, and one GetPlaybackKeyPair each for the fingerprint', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const list = (fields: string) => gateway.data(`{ playbackKeyPairs { nodes { ${fields} } } }`);
    const { playbackKeyPairs } = await list('__typename arn name tags { key value }');
    expect(playbackKeyPairs.nodes).toEqual([player]);
    expect(gateway.calls()).toEqual({ ListPlaybackKeyPairs: 1 });
    expect((await list('fingerprint')).playbackKeyPairs.nodes[0].fingerprint).toMatch(FINGERPRINT);
    expect(gateway.calls()).toEqual({ ListPlaybackKeyPairs: 1, GetPlaybackKeyPair: 1 });
  });

  it('answers null for what does not exist, an error for what is no such ARN', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { data, errors } = await gateway.ask(
      `{ missing: playbackKeyPair(arn: "${PLAYER}x") { name } wrong: playbackKeyPair(arn: "${MAIN}") { name } }`,
    );
    expect(data).toEqual({ missing: null, wrong: null });
    expect(errors).toMatchObject([{ path: ['wrong'], extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});

describe('changing playback key pairs', () => {
  const add = `mutation ($input: ImportPlaybackKeyPairInput!) { importPlaybackKeyPair(input: $input) {
    __typename
    ... on ImportPlaybackKeyPairPayload { playbackKeyPair { arn name fingerprint tags { key value } } }
    ... on MutationError { code message }
  } }`;
  const remove = `mutation ($arn: ID!) { deletePlaybackKeyPair(input: { arn: $arn }) {
    __typename
    ... on DeletePlaybackKeyPairPayload { deletedId arn }
    ... on MutationError { code message }
  } }`;
  const publicKeyMaterial = newKeyPair().publicKey;

  it('imports and deletes one, each with one call', async () => {
    const gateway = await startGateway();
    const settings = { name: 'player', tags: [{ key: 'a', value: 'b' }] };
    const input = { region: 'eu-west-1', publicKeyMaterial, ...settings };
    const { importPlaybackKeyPair } = await gateway.data(add, { input });
    const made = importPlaybackKeyPair.playbackKeyPair;
    expect(made).toEqual({
      arn: expect.stringMatching(/^arn:aws:ivs:eu-west-1:\d+:playback-key\//),
      fingerprint: expect.stringMatching(FINGERPRINT),
      ...settings,
    });

    const { deletePlaybackKeyPair } = await gateway.data(remove, { arn: made.arn });
    expect(deletePlaybackKeyPair).toMatchObject(deleted('PlaybackKeyPair', made.arn));
    expect(gateway.calls()).toEqual({ ImportPlaybackKeyPair: 1, DeletePlaybackKeyPair: 1 });
    expect(await gateway.data(`{ playbackKeyPair(arn: "${made.arn}") { arn } }`)).toEqual({
      playbackKeyPair: null,
    });
  });

  it('does not send a private key to AWS, nor back in its answer', async () => {
    const gateway = await startGateway();
    const { privateKey } = newKeyPair();
    const answer = await gateway.data(add, { input: { publicKeyMaterial: privateKey } });
    expect(answer.importPlaybackKeyPair).toMatchObject({ __typename: 'ValidationError' });
    expect(JSON.stringify(answer)).not.toContain(privateKey.split('\n')[1]);
    expect(gateway.calls()).toEqual({});
  });

  it('answers what AWS refuses with an error of the union', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const importing = async (material: string) =>
      (await gateway.data(add, { input: { publicKeyMaterial: material } })).importPlaybackKeyPair.__typename;
    expect(await importing('no key')).toBe('ValidationError');
    expect(await importing(publicKeyMaterial)).toBe('ImportPlaybackKeyPairPayload');
    expect(await importing(publicKeyMaterial)).toBe('ConflictError');
    expect(await importing(newKeyPair().publicKey)).toBe('ImportPlaybackKeyPairPayload');
    expect(await importing(newKeyPair().publicKey)).toBe('ServiceQuotaExceededError');
  });

  it.each([
    ['one that does not exist', `${PLAYER}x`, 'ResourceNotFoundError'],
    ['the ARN of another thing', MAIN, 'ValidationError'],
  ])('does not delete %s', async (_what, arn, type) => {
    const gateway = await startGateway({ seed: 'demo' });
    expect((await gateway.data(remove, { arn })).deletePlaybackKeyPair.__typename).toBe(type);
  });

  it('answers with the errors that AWS declares', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    expect(await unionErrors(gateway, 'importPlaybackKeyPair', { publicKeyMaterial })).toEqual([
      'ValidationError',
      'ConflictError',
      'ServiceQuotaExceededError',
      'PendingVerificationError',
    ]);
    expect(await unionErrors(gateway, 'deletePlaybackKeyPair', { arn: PLAYER })).toEqual([
      'ValidationError',
      'ResourceNotFoundError',
      'PendingVerificationError',
    ]);
  });
});
