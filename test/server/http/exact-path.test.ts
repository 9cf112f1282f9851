import { request } from 'node:http';
import { expect, it } from 'vitest';
import { startGateway } from '../../support/gateway.ts';
import { localServer } from '../../support/local-server.ts';

const QUERY = 'query={__typename}';

it.each([
  '/other/graphql',
  `/other/graphql?${QUERY}`,
  '/?a=/graphql',
  `/nothing?${QUERY}&a=/graphql`,
  '/graphql/',
  `/graphql/?${QUERY}`,
  '/graphql/more',
  '/GRAPHQL',
  '/other/livez',
  '/other/readyz',
  '/nothing?a=/livez',
  '/nothing?a=/readyz',
  '/livez/',
])('%s is not found', async (path) => {
  const gateway = await startGateway();
  expect((await gateway.fetch(`http://gateway${path}`)).status).toBe(404);
});

it.each(['/livez', '/readyz'])('a query that ends with %s is executed', async (path) => {
  const gateway = await startGateway();
  const response = await gateway.fetch(`http://gateway/graphql?${QUERY}&a=${path}`);
  expect(await response.json()).toEqual({ data: { __typename: 'Query' } });
  expect((await gateway.fetch(`http://gateway${path}?verbose`)).status).toBe(200);
});

it('a whole URL as the target of a request is its path', async () => {
  const { port } = new URL(await localServer((await startGateway()).handler));
  const statusOf = (path: string) =>
    new Promise((resolve, reject) =>
      request({ port, path, agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end(),
    );
  expect(await statusOf(`http://gateway.example/graphql?${QUERY}`)).toBe(200);
  expect(await statusOf('http://gateway.example/livez')).toBe(200);
  expect(await statusOf('http://gateway.example')).toBe(404);
  expect(await statusOf('http://gateway.example/other/graphql')).toBe(404);
});
