// Scopes: declared on each field that needs one, and held to by whatever road it is reached.
import * as ivs from '@aws-sdk/client-ivs';
import * as ivsRealtime from '@aws-sdk/client-ivs-realtime';
import { type GraphQLField, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { type Caller, type Scope, scopes } from '../../../src/context.ts';
import { schema } from '../../../src/schema/index.ts';
import { isOperation } from '../../../src/upstream/operation.ts';
import { isSecret } from '../../../src/upstream/sdk/secrets.ts';
import { services } from '../../../src/upstream/services/index.ts';
import { callerWith } from '../../support/callers.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { createIngestConfiguration, createMutation } from '../../support/ingest.ts';
import { newKeyPair } from '../../support/keys.ts';
import { createRooms } from '../../support/rooms.ts';
import { createSession, createStage } from '../../support/world.ts';

const fieldsOf = (type: string): Record<string, GraphQLField<unknown, unknown>> => {
  const found = schema.getType(type);
  return isObjectType(found) ? found.getFields() : {};
};
const scopesOf = ({ extensions }: Pick<GraphQLField<unknown, unknown>, 'extensions'>) =>
  (extensions.scopes ?? []) as Scope[];
const without = (...missing: string[]) => callerWith(scopes.filter((scope) => !missing.includes(scope)));

describe('the schema', () => {
  it('demands a scope of every mutation and ivs:read at the root', () => {
    const combinations = [
      'ivs:write',
      'ivs:moderate',
      'ivs:token',
      'ivs:write ivs:token',
      'ivs:write ivs:read',
    ];
    for (const field of Object.values(fieldsOf('Mutation'))) {
      expect([field.name, combinations.includes(scopesOf(field).join(' '))]).toEqual([field.name, true]);
    }
    for (const field of Object.values(fieldsOf('Query'))) {
      expect([field.name, ...scopesOf(field)]).toEqual([
        field.name,
        ...(field.name === '_service' ? [] : ['ivs:read']),
      ]);
    }
  });

  it('demands ivs:token wherever AWS is made to let somebody in who had no token', () => {
    for (const field of Object.values(fieldsOf('Mutation'))) {
      const operation = `${field.name.charAt(0).toUpperCase()}${field.name.slice(1)}`;
      if (!isOperation(operation)) continue;
      const rows = Object.values(services).map(
        (service) => (service.operations as Record<string, { admits?: unknown }>)[operation],
      );
      const admits = rows.find((row) => row)?.admits;
      // A stage is made without tokens, too: its input's member has a scope of its own.
      const mustHave = admits && admits !== 'a participant' && field.name !== 'createStage';
      expect([field.name, scopesOf(field).includes('ivs:token')]).toEqual([field.name, !!mustHave]);
    }
  });

  it('demands a scope of every secret that AWS calls one', () => {
    const secrets = [ivs, ivsRealtime].flatMap((sdk) =>
      Object.values(sdk as Record<string, unknown>).flatMap((shape) => {
        if (!Array.isArray(shape) || shape[0] !== 3) return [];
        const [, , type, , names, types] = shape as [
          3,
          string,
          string,
          unknown,
          string[],
          Parameters<typeof isSecret>[0][],
        ];
        return names
          .filter((_, index) => isSecret(types[index]))
          .map((member) => ({ type, member }))
          .filter(({ type: name }) => !name.endsWith('Request'));
      }),
    );
    expect(secrets.map(({ type, member }) => `${type}.${member}`).sort()).toEqual([
      'IngestConfiguration.streamKey',
      'ParticipantToken.token',
      'RedundantIngestCredential.streamKey',
      'Srt.passphrase',
      'StreamKey.value',
    ]);
    for (const { type, member } of secrets) {
      expect(fieldsOf(type)[member]?.extensions.scopes).toEqual([
        type === 'ParticipantToken' ? 'ivs:token' : 'ivs:secret',
      ]);
    }
  });

  it('prints each scope that it demands, and no other', () => {
    for (const type of Object.keys(schema.getTypeMap())) {
      for (const field of Object.values(fieldsOf(type))) {
        const { name, description } = field;
        // The field of federation is not ours to describe.
        if (name === '_entities') continue;
        const printed =
          / Scopes?: ((?:`[^`]+`(?:, )?)+)\.$/.exec(description ?? '')?.[1]?.match(/[^`, ]+/g) ?? [];
        expect([type, name, ...printed]).toEqual([type, name, ...scopesOf(field)]);
      }
    }
  });
});

describe('without ivs:read', () => {
  it.each([
    ['a query', '{ stages { nodes { name } } }'],
    ['an object by id', '{ node(id: "U3RhZ2U6YXJu") { id } }'],
    ['objects by id', '{ nodes(ids: ["U3RhZ2U6YXJu"]) { id } }'],
    [
      'an entity',
      '{ _entities(representations: [{ __typename: "Stage", arn: "STAGE" }]) { ... on Stage { arn } } }',
    ],
  ])('%s is FORBIDDEN and costs no call', async (_what, query) => {
    const gateway = await startGateway({ caller: without('ivs:read') });
    const { errors } = await gateway.ask(
      query.replace('STAGE', 'arn:aws:ivs:us-west-2:123456789012:stage/abc'),
    );
    expect(errors).toMatchObject([
      { message: expect.stringContaining('`ivs:read`'), extensions: { code: 'FORBIDDEN' } },
    ]);
    expect(gateway.calls()).toEqual({});
  });

  it('the schema can be asked for', async () => {
    const gateway = await startGateway({ caller: callerWith([]) });
    const { __schema, _service } = await gateway.data('{ __schema { queryType { name } } _service { sdl } }');
    expect([__schema.queryType.name, typeof _service.sdl]).toEqual(['Query', 'string']);
  });

  it('a mutation tells what AWS answered to it, and nothing that would have to be read', async () => {
    const gateway = await startGateway({ caller: callerWith(['ivs:write', 'ivs:moderate']) });
    const { data, errors } = await gateway.ask(`mutation {
      createStage(input: { name: "mine" }) { ... on CreateStagePayload {
        stage { arn name sessions { nodes { sessionId } } compositions { nodes { arn } } } } }
      createChannel(input: {}) { ... on CreateChannelPayload { channel { arn type stream { streamId } } } } }`);
    expect(data.createStage.stage).toMatchObject({ name: 'mine', sessions: null, compositions: null });
    expect(data.createChannel.channel).toMatchObject({ type: 'STANDARD', stream: null });
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(Array(3).fill('FORBIDDEN'));
    expect(gateway.calls()).toEqual({ CreateStage: 1, CreateChannel: 1 });
  });

  it('a moderator disconnects all the same, when he asks who that was', async () => {
    const gateway = await startGateway();
    const { stageArn, participantIds } = await createSession(gateway, 2);
    const { data, errors } = await gateway.ask(
      `mutation { disconnectParticipant(input: { stageArn: "${stageArn}", participantId: "${participantIds[0]}" }) {
        ... on DisconnectParticipantPayload { stage { arn } participant { userId } } } }`,
      {},
      { caller: callerWith(['ivs:moderate']) },
    );
    expect(data.disconnectParticipant).toEqual({ stage: { arn: stageArn }, participant: null });
    expect(errors).toMatchObject([
      { path: ['disconnectParticipant', 'participant'], extensions: { code: 'FORBIDDEN' } },
    ]);
    expect(gateway.calls()).toEqual({ DisconnectParticipant: 1 });
  });
});

describe('without ivs:secret', () => {
  it('a secret is FORBIDDEN and not fetched, and its siblings answer', async () => {
    const gateway = await startGateway();
    const { red } = await createRooms(gateway);
    const { data, errors } = await gateway.ask(
      `{ streamKeys(channelArn: "${red.channel}") { nodes { channelArn value } }
         ingestConfigurations(filter: { stageArn: "${red.stage}" }) { nodes { name streamKey } } }`,
      {},
      { caller: without('ivs:secret') },
    );
    expect(data.streamKeys.nodes).toEqual([{ channelArn: red.channel, value: null }]);
    expect(data.ingestConfigurations.nodes).toEqual([{ name: 'camera-of-red', streamKey: null }]);
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    expect(gateway.calls()).toEqual({ ListStreamKeys: 1, ListIngestConfigurations: 1 });
  });

  it('what is reached by key is loaded as if the secret were not selected', async () => {
    const gateway = await startGateway();
    const { red } = await createRooms(gateway);
    const { data, errors } = await gateway.ask(
      `{ _entities(representations: [{ __typename: "StreamKey", arn: "${red.key}" }]) { ... on StreamKey { arn value } } }`,
      {},
      { caller: without('ivs:secret') },
    );
    expect(data._entities).toEqual([{ arn: red.key, value: null }]);
    expect(errors).toHaveLength(1);
    expect(gateway.calls()).toEqual({});
  });

  it('nothing is read past the cache for a secret that is not shown', async () => {
    const gateway = await startGateway({ cached: true });
    const { red } = await createRooms(gateway);
    for (let times = 0; times < 2; times += 1) {
      await gateway.ask(
        `{ streamKey(arn: "${red.key}") { channelArn value } }`,
        {},
        { caller: without('ivs:secret') },
      );
    }
    expect(gateway.calls()).toEqual({ GetStreamKey: 1 });
  });

  it('whoever makes a stream key gets all of it but its value', async () => {
    const gateway = await startGateway({ caller: without('ivs:secret') });
    const { data, errors } = await gateway.ask(
      'mutation { createChannel(input: {}) { ... on CreateChannelPayload { channel { srt { endpoint passphrase } } streamKey { channelArn value } } } }',
    );
    const { channel, streamKey } = data.createChannel;
    expect([channel.srt.passphrase, typeof streamKey.channelArn, streamKey.value]).toEqual([
      null,
      'string',
      null,
    ]);
    expect(errors).toHaveLength(2);
    expect(gateway.calls()).toEqual({ CreateChannel: 1 });
  });
});

describe('participant tokens', () => {
  const first = (input: string) => `mutation { createStage(input: { ${input} }) {
    ... on CreateStagePayload { stage { name } participantTokens { userId token } } ... on MutationError { message } } }`;

  it('need ivs:token, together with a stage too', async () => {
    const gateway = await startGateway({ caller: callerWith(['ivs:write']) });
    const { errors } = await gateway.ask(first('participantTokenConfigurations: [{ userId: "a" }]'));
    expect(errors).toMatchObject([{ path: ['createStage'], extensions: { code: 'FORBIDDEN' } }]);
    expect(gateway.calls()).toEqual({});
    const alone = await gateway.ask(first('name: "alone"'));
    expect(alone.data.createStage).toEqual({ stage: { name: 'alone' }, participantTokens: null });
  });

  it('are made only for the one person whom a token is bound to', async () => {
    const gateway = await startGateway();
    const { stageArn } = await createSession(gateway, 1);
    const caller = callerWith(['ivs:token', 'ivs:write'], { user: 'alice' });
    const make = async (who: string) => {
      const one = await gateway.ask(
        `mutation { createParticipantToken(input: { stageArn: "${stageArn}" ${who} }) {
          ... on CreateParticipantTokenPayload { participantToken { userId } } } }`,
        {},
        { caller },
      );
      const many = await gateway.ask(
        first(`participantTokenConfigurations: [{ userId: "alice" }, { ${who} }]`),
        {},
        { caller },
      );
      return [
        one.data?.createParticipantToken?.participantToken.userId ?? one.errors?.[0]?.extensions?.code,
        many.data?.createStage?.participantTokens[1].userId ?? many.errors?.[0]?.extensions?.code,
      ];
    };
    expect(await make('userId: "alice"')).toEqual(['alice', 'alice']);
    expect(await make('')).toEqual(['alice', 'alice']);
    expect(await make('userId: null')).toEqual(['alice', 'alice']);
    gateway.calls();
    for (const other of ['', 'bob', 'Alice', 'alice ', ' alice', 'alice\\n', 'аlice', 'alice\\u0000']) {
      expect([other, await make(`userId: "${other}"`)]).toEqual([other, ['FORBIDDEN', 'FORBIDDEN']]);
    }
    expect(gateway.calls()).toEqual({});
  });
});

describe('who lets somebody in without a participant token', () => {
  const importKey = (name: 'PublicKey' | 'PlaybackKeyPair') =>
    `mutation ($key: String!) { import${name}(input: { publicKeyMaterial: $key }) { __typename } }`;
  const move = `mutation ($input: UpdateIngestConfigurationInput!) { updateIngestConfiguration(input: $input) {
    ... on UpdateIngestConfigurationPayload { ingestConfiguration { userId stageArn streamKey } } ... on MutationError { code } } }`;
  const replicate = `mutation ($input: StartParticipantReplicationInput!) { startParticipantReplication(input: $input) {
    ... on StartParticipantReplicationPayload { sourceStage { arn } } ... on MutationError { code } } }`;
  const alice = (...granted: Scope[]) => callerWith(granted, { user: 'alice' });

  async function start() {
    const gateway = await startGateway();
    const { stageArn } = await createSession(gateway, 1);
    const of = async (userId?: string) =>
      (await createIngestConfiguration(gateway, { stageArn, userId, redundantIngest: true })).arn as string;
    return { gateway, stageArn, of, destination: await createStage(gateway, 'other') };
  }
  const codesOf = async (gateway: TestGateway, query: string, variables: object, caller: Caller) => {
    gateway.calls();
    const { errors } = await gateway.ask(query, variables as never, { caller });
    return [errors?.map(({ extensions }) => extensions?.code), gateway.calls()];
  };
  const refused = [['FORBIDDEN'], {}];

  it('needs ivs:token and ivs:write', async () => {
    const { gateway, of, destination } = await start();
    const attempts: [string, object][] = [
      [createMutation, { input: { ingestProtocol: 'RTMPS', userId: 'bob' } }],
      [move, { input: { arn: await of('bob'), stageArn: destination } }],
      [importKey('PublicKey'), { key: newKeyPair().publicKey }],
      [importKey('PlaybackKeyPair'), { key: newKeyPair().publicKey }],
    ];
    for (const [query, variables] of attempts) {
      expect(await codesOf(gateway, query, variables, without('ivs:token'))).toEqual(refused);
      expect(await codesOf(gateway, query, variables, without('ivs:write'))).toEqual(refused);
      const [errors] = await codesOf(gateway, query, variables, callerWith());
      expect(errors).toBeUndefined();
    }
  });

  it('makes ingest configurations for its own user alone, and none for another', async () => {
    const { gateway, stageArn } = await start();
    const caller = alice('ivs:write', 'ivs:token', 'ivs:secret');
    for (const userId of ['alice', undefined, null]) {
      const { data } = await gateway.ask(
        createMutation,
        { input: { ingestProtocol: 'RTMPS', stageArn, userId } },
        { caller },
      );
      expect(data.createIngestConfiguration.ingestConfiguration).toMatchObject({
        userId: 'alice',
        streamKey: expect.any(String),
      });
    }
    for (const userId of ['', 'bob', 'Alice', 'alice ', 'аlice']) {
      const variables = { input: { ingestProtocol: 'RTMPS', userId } };
      expect(await codesOf(gateway, createMutation, variables, caller)).toEqual(refused);
    }
  });

  it('moves ingest configurations of its own user alone', async () => {
    const { gateway, of, destination: stageArn } = await start();
    const caller = alice('ivs:write', 'ivs:token');
    const own = await gateway.ask(move, { input: { arn: await of('alice'), stageArn } }, { caller });
    expect(own.data.updateIngestConfiguration.ingestConfiguration).toMatchObject({
      userId: 'alice',
      stageArn,
    });
    for (const userId of ['bob', undefined]) {
      const variables = { input: { arn: await of(userId), stageArn } };
      expect(await codesOf(gateway, move, variables, caller)).toEqual([
        ['FORBIDDEN'],
        // Only AWS knows whose it is.
        { GetIngestConfiguration: 1 },
      ]);
    }
    const arn = 'arn:aws:ivs:us-west-2:123456789012:ingest-configuration/nothingThere';
    const { data } = await gateway.ask(move, { input: { arn, stageArn } }, { caller });
    expect(data.updateIngestConfiguration).toEqual({ code: 'NOT_FOUND' });
  });

  it('neither imports a key nor copies a participant when it is bound to a user', async () => {
    const { gateway, destination: destinationStageArn } = await start();
    const { stageArn: sourceStageArn, participantIds } = await createSession(gateway, 1);
    const copy = { input: { sourceStageArn, destinationStageArn, participantId: participantIds[0] } };
    const attempts: [string, object][] = [
      [importKey('PublicKey'), { key: newKeyPair().publicKey }],
      [importKey('PlaybackKeyPair'), { key: newKeyPair().publicKey }],
      [replicate, copy],
    ];
    for (const [query, variables] of attempts) {
      expect(await codesOf(gateway, query, variables, callerWith(scopes, { user: 'alice' }))).toEqual(
        refused,
      );
    }
    // Whom it copies has a token already.
    const [errors] = await codesOf(gateway, replicate, copy, callerWith(['ivs:write']));
    expect(errors).toBeUndefined();
  });

  it('reads the stream keys of its own user alone', async () => {
    const { gateway, of } = await start();
    const keys = async (arn: string) => {
      const { data } = await gateway.ask(
        'query ($arn: ID!) { ingestConfiguration(arn: $arn) { userId streamKey redundantIngestCredentials { participantId streamKey } } }',
        { arn },
        { caller: alice('ivs:read', 'ivs:secret') },
      );
      const { userId, streamKey, redundantIngestCredentials } = data.ingestConfiguration;
      return [
        userId,
        streamKey,
        ...redundantIngestCredentials.map((other: { streamKey: string }) => other.streamKey),
      ];
    };
    const own = await keys(await of('alice'));
    expect(own).toEqual(['alice', ...Array(own.length - 1).fill(expect.any(String))]);
    expect(own.length).toBeGreaterThan(2);
    expect(await keys(await of('bob'))).toEqual(['bob', ...Array(own.length - 1).fill(null)]);
  });
});
