import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { createGateway } from '../../../src/server/gateway.ts';
import { createUpstream } from '../../../src/upstream/upstream.ts';
import { startGateway } from '../../support/gateway.ts';

const start = () => {
  const query = new GraphQLObjectType({
    name: 'Query',
    fields: {
      bad: {
        type: GraphQLString,
        resolve: () => {
          throw new Error('password in /etc/secret');
        },
      },
      good: { type: GraphQLString, resolve: () => 'yes' },
    },
  });
  const log: string[] = [];
  const gateway = createGateway({
    schema: new GraphQLSchema({ query }),
    upstream: createUpstream({ regions: [] }),
    defaultRegion: 'us-west-2',
    requestTimeoutMs: 1000,
    log: pino({}, { write: (line: string) => void log.push(line) }),
  });
  const ask = async (query: string, headers = {}) => {
    const url = `http://gateway/graphql?${new URLSearchParams({ query })}`;
    return gateway.fetch(url, { headers: { 'x-request-id': 'mine', ...headers } });
  };
  return { ask, log };
};

it('masks what nobody expected, and tells whoever runs the gateway', async () => {
  const { ask, log } = start();
  const response = await ask('{ bad good }');
  expect(await response.json()).toEqual({
    data: { bad: null, good: 'yes' },
    errors: [
      expect.objectContaining({
        message: 'Unexpected error.',
        path: ['bad'],
        extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'mine' },
      }),
    ],
  });
  expect(log).toHaveLength(1);
  expect(JSON.parse(log[0] as string)).toMatchObject({
    requestId: 'mine',
    msg: 'unexpected error',
    path: ['bad'],
    err: { type: 'Error', message: 'password in /etc/secret' },
  });
});

it('masks it in a later part, too', async () => {
  const { ask, log } = start();
  const text = await (await ask('{ good ... @defer { bad } }', { accept: 'multipart/mixed' })).text();
  expect(text).toContain('"incremental":[{"data":{"bad":null}');
  expect(text).toContain('"message":"Unexpected error."');
  expect(text).not.toContain('password');
  expect(log.map((line) => JSON.parse(line))).toMatchObject([
    { requestId: 'mine', path: ['bad'], err: { message: 'password in /etc/secret' } },
  ]);
});

it.each(['*/*', 'application/json', 'application/graphql-response+json'])(
  'has a code and the status 400 for variables that do not fit, for who accepts %s',
  async (accept) => {
    const gateway = await startGateway();
    const query =
      'query ($n: Int!, $at: [ID!]!) { stages(first: $n) { nodes { name } } nodes(ids: $at) { id } }';
    expect(await gateway.ask(query, { n: 'x', at: {} }, { headers: { accept } })).toMatchObject({
      status: 400,
      errors: Array(2).fill({ extensions: { code: 'BAD_USER_INPUT' } }),
    });
  },
);
