// What clients send beside a query.
import { expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../../support/gateway.ts';

const query = 'query Stages { stages { nodes { name } } }';
const answer = { data: { stages: { nodes: [] } } };
const post = async (gateway: TestGateway, body: object) => {
  const response = await gateway.fetch('http://gateway/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
};

it.each([
  ['an empty operationName', { operationName: '' }],
  ['empty variables and extensions', { variables: '', extensions: '' }],
  ['nulls', { operationName: null, variables: null, extensions: null }],
  ["the id of a Relay network layer's example", { id: 'abc' }],
  ['no id, said by a network layer', { id: null, documentId: null, doc_id: undefined }],
  [
    'the id of others, and whatever else',
    { documentId: 'abc', doc_id: 'abc', clientName: 'web', ['__proto__']: { query: 1 } },
  ],
])('%s: the query is answered', async (_what, more) => {
  const gateway = await startGateway();
  expect(await post(gateway, { query, ...more })).toEqual({ status: 200, body: answer });
});

it('an empty operationName in a URL is none', async () => {
  const gateway = await startGateway();
  const url = `http://gateway/graphql?operationName=&variables=&id=abc&query=${encodeURIComponent(query)}`;
  expect(await (await gateway.fetch(url)).json()).toEqual(answer);
});

it.each([
  ['an operationName that is not there', { query, operationName: 'Others' }, 'operation'],
  [
    'a name of several that is empty',
    { query: `${query} query Two { __typename }`, operationName: '' },
    'operation',
  ],
  ['an id alone', { id: 'abc' }, 'PERSISTED_OPERATIONS'],
  ['an id and an empty query', { documentId: 'abc', query: '' }, 'PERSISTED_OPERATIONS'],
  ['no query', { operationName: '' }, 'query'],
  ['a list', [{ query }], ''],
])('%s: is refused', async (_what, body, message) => {
  const gateway = await startGateway();
  const { status, body: refusal } = await post(gateway, body);
  expect(status).toBe(400);
  expect(refusal).toMatchObject({ errors: [{ message: expect.stringContaining(message) }] });
});
