// Clients and other subgraphs store these. They stand here as texts: an encoder that changed would change them too.
import { isObjectType } from 'graphql';
import { expect, it } from 'vitest';
import { schema } from '../../../src/schema/index.ts';
import { startGateway } from '../../support/gateway.ts';

const released: Record<string, { id: string; key: object }> = {
  AdConfiguration: {
    id: 'QWRDb25maWd1cmF0aW9uOmFybjphd3M6aXZzOnVzLXdlc3QtMjoxMjM0NTY3ODkwMTI6YWQtY29uZmlndXJhdGlvbi9Db21tZXJjaWFsczE=',
    key: { arn: 'arn:aws:ivs:us-west-2:123456789012:ad-configuration/Commercials1' },
  },
  Channel: {
    id: 'Q2hhbm5lbDphcm46YXdzOml2czp1cy13ZXN0LTI6MTIzNDU2Nzg5MDEyOmNoYW5uZWwvTWFpblN0YWdlMDAx',
    key: { arn: 'arn:aws:ivs:us-west-2:123456789012:channel/MainStage001' },
  },
  Composition: {
    id: 'Q29tcG9zaXRpb246YXJuOmF3czppdnM6dXMtd2VzdC0yOjEyMzQ1Njc4OTAxMjpjb21wb3NpdGlvbi9Ub3duSGFsbDAwMDE=',
    key: { arn: 'arn:aws:ivs:us-west-2:123456789012:composition/TownHall0001' },
  },
  EncoderConfiguration: {
    id: 'RW5jb2RlckNvbmZpZ3VyYXRpb246YXJuOmF3czppdnM6dXMtd2VzdC0yOjEyMzQ1Njc4OTAxMjplbmNvZGVyLWNvbmZpZ3VyYXRpb24vRnVsbEhkMDAwMDAx',
    key: { arn: 'arn:aws:ivs:us-west-2:123456789012:encoder-configuration/FullHd000001' },
  },
  IngestConfiguration: {
    id: 'SW5nZXN0Q29uZmlndXJhdGlvbjphcm46YXdzOml2czp1cy13ZXN0LTI6MTIzNDU2Nzg5MDEyOmluZ2VzdC1jb25maWd1cmF0aW9uL1N0YWdlQ2FtZXJhMQ==',
    key: { arn: 'arn:aws:ivs:us-west-2:123456789012:ingest-configuration/StageCamera1' },
  },
  Participant: {
    id: 'UGFydGljaXBhbnQ6YXJuOmF3czppdnM6dXMtd2VzdC0yOjEyMzQ1Njc4OTAxMjpzdGFnZS9Ub3duSGFsbDAwMDEgc3QtVG93bkhhbGwwMDAwMSBhbGljZTAwMDAwMDE=',
    key: {
      stageArn: 'arn:aws:ivs:us-west-2:123456789012:stage/TownHall0001',
      sessionId: 'st-TownHall00001',
      participantId: 'alice0000001',
    },
  },
  PlaybackKeyPair: {
    id: 'UGxheWJhY2tLZXlQYWlyOmFybjphd3M6aXZzOnVzLXdlc3QtMjoxMjM0NTY3ODkwMTI6cGxheWJhY2sta2V5L1dlYlBsYXllcjAwMQ==',
    key: { arn: 'arn:aws:ivs:us-west-2:123456789012:playback-key/WebPlayer001' },
  },
  PlaybackRestrictionPolicy: {
    id: 'UGxheWJhY2tSZXN0cmljdGlvblBvbGljeTphcm46YXdzOml2czp1cy13ZXN0LTI6MTIzNDU2Nzg5MDEyOnBsYXliYWNrLXJlc3RyaWN0aW9uLXBvbGljeS9NZW1iZXJzQXJlYTE=',
    key: { arn: 'arn:aws:ivs:us-west-2:123456789012:playback-restriction-policy/MembersArea1' },
  },
  PublicKey: {
    id: 'UHVibGljS2V5OmFybjphd3M6aXZzOnVzLXdlc3QtMjoxMjM0NTY3ODkwMTI6cHVibGljLWtleS9Ub2tlblNpZ25pbjE=',
    key: { arn: 'arn:aws:ivs:us-west-2:123456789012:public-key/TokenSignin1' },
  },
  RecordingConfiguration: {
    id: 'UmVjb3JkaW5nQ29uZmlndXJhdGlvbjphcm46YXdzOml2czp1cy13ZXN0LTI6MTIzNDU2Nzg5MDEyOnJlY29yZGluZy1jb25maWd1cmF0aW9uL1Nob3dzMDAwMDAwMQ==',
    key: { arn: 'arn:aws:ivs:us-west-2:123456789012:recording-configuration/Shows0000001' },
  },
  Stage: {
    id: 'U3RhZ2U6YXJuOmF3czppdnM6dXMtd2VzdC0yOjEyMzQ1Njc4OTAxMjpzdGFnZS9Ub3duSGFsbDAwMDE=',
    key: { arn: 'arn:aws:ivs:us-west-2:123456789012:stage/TownHall0001' },
  },
  StageSession: {
    id: 'U3RhZ2VTZXNzaW9uOmFybjphd3M6aXZzOnVzLXdlc3QtMjoxMjM0NTY3ODkwMTI6c3RhZ2UvVG93bkhhbGwwMDAxIHN0LVRvd25IYWxsMDAwMDE=',
    key: { stageArn: 'arn:aws:ivs:us-west-2:123456789012:stage/TownHall0001', sessionId: 'st-TownHall00001' },
  },
  StorageConfiguration: {
    id: 'U3RvcmFnZUNvbmZpZ3VyYXRpb246YXJuOmF3czppdnM6dXMtd2VzdC0yOjEyMzQ1Njc4OTAxMjpzdG9yYWdlLWNvbmZpZ3VyYXRpb24vUmVjb3JkaW5nczAx',
    key: { arn: 'arn:aws:ivs:us-west-2:123456789012:storage-configuration/Recordings01' },
  },
  Stream: {
    id: 'U3RyZWFtOmFybjphd3M6aXZzOnVzLXdlc3QtMjoxMjM0NTY3ODkwMTI6Y2hhbm5lbC9NYWluU3RhZ2UwMDE=',
    key: { channelArn: 'arn:aws:ivs:us-west-2:123456789012:channel/MainStage001' },
  },
  StreamKey: {
    id: 'U3RyZWFtS2V5OmFybjphd3M6aXZzOnVzLXdlc3QtMjoxMjM0NTY3ODkwMTI6c3RyZWFtLWtleS9NYWluU3RhZ2UwMDE=',
    key: { arn: 'arn:aws:ivs:us-west-2:123456789012:stream-key/MainStage001' },
  },
  StreamSession: {
    id: 'U3RyZWFtU2Vzc2lvbjphcm46YXdzOml2czp1cy13ZXN0LTI6MTIzNDU2Nzg5MDEyOmNoYW5uZWwvTWFpblN0YWdlMDAxIHN0LU1haW5TdGFnZTAwMDAwMDAwMDAwMDAx',
    key: {
      channelArn: 'arn:aws:ivs:us-west-2:123456789012:channel/MainStage001',
      streamId: 'st-MainStage00000000000001',
    },
  },
};

const ids = Object.values(released).map(({ id }) => id);
const expected = Object.entries(released).map(([__typename, { id }]) => ({ __typename, id }));

it('has an id of each type of node', () => {
  const nodes = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Node'),
  );
  expect(nodes.map(({ name }) => name).sort()).toEqual(Object.keys(released).sort());
});

it('node and nodes find each type by its id', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }';
  expect((await gateway.data(query, { ids })).nodes).toEqual(expected);
  const one = await gateway.data(
    `{ ${ids.map((id, index) => `n${index}: node(id: "${id}") { __typename id }`)} }`,
  );
  expect(Object.values(one)).toEqual(expected);
});

it('_entities finds each type by its key', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const representations = Object.entries(released).map(([__typename, { key }]) => ({ __typename, ...key }));
  const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
    __typename ... on Node { id } } }`;
  expect((await gateway.data(query, { representations }))._entities).toEqual(expected);
});
