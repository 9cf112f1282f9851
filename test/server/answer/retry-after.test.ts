import { expect, it } from 'vitest';
import { startGateway } from '../../support/gateway.ts';

const post = (query: string) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ query }),
});

it('who is throttled is told when to come back, also where a part of the answer is there', async () => {
  // One call in ten seconds; the second one's turn comes after the deadline.
  const gateway = await startGateway({ requestTimeoutMs: 2_000, rates: { ListChannels: 0.1 } });
  await gateway.ask('{ channels { nodes { name } } }');
  const response = await gateway.fetch(
    'http://gateway/graphql',
    post('{ compositions { nodes { arn } } channels(filter: { name: "x" }) { nodes { arn } } }'),
  );
  const { data, errors } = await response.json();
  expect([response.status, data]).toEqual([200, { compositions: { nodes: [] }, channels: null }]);
  const [{ extensions }] = errors;
  expect(extensions.code).toBe('THROTTLED');
  expect(extensions.retryAfterMs).toBeGreaterThan(8_000);
  expect(response.headers.get('retry-after')).toBe(String(Math.ceil(extensions.retryAfterMs / 1000)));
});

it('nobody else is', async () => {
  const gateway = await startGateway();
  const response = await gateway.fetch(
    'http://gateway/graphql',
    post('{ stages { nodes { name } } nothing }'),
  );
  expect(response.headers.has('retry-after')).toBe(false);
});
