import { describe, expect, it } from 'vitest';
import { startGateway } from '../../support/gateway.ts';

const URL = 'http://gateway/graphql?query={__typename}';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const idOf = (response: Response) => response.headers.get('x-request-id');

describe('the id of a request', () => {
  it.each(['1', 'a-b_c.d:e@f/g+h=i~j', 'x'.repeat(128)])('is the client’s own: %s', async (id) => {
    const gateway = await startGateway();
    expect(idOf(await gateway.fetch(URL, { headers: { 'x-request-id': id } }))).toBe(id);
  });

  it.each(['x'.repeat(129), 'a b', 'a,b', 'a"b', '<b>', '{}', 'ü', '%0a'])(
    'is made instead of %s',
    async (id) => {
      const gateway = await startGateway();
      expect(idOf(await gateway.fetch(URL, { headers: { 'x-request-id': id } }))).toMatch(UUID);
    },
  );

  it('is another one each time', async () => {
    const gateway = await startGateway();
    expect(idOf(await gateway.fetch(URL))).not.toBe(idOf(await gateway.fetch(URL)));
  });

  it.each(['/livez', '/nothing', '/graphql', '/graphql?query={nothing}'])(
    'is in the answer to %s',
    async (path) => {
      const gateway = await startGateway();
      expect(idOf(await gateway.fetch(`http://gateway${path}`))).toMatch(UUID);
    },
  );

  it('is in the log when AWS fails', async () => {
    const gateway = await startGateway();
    gateway.emulator.faults.add({ operation: 'ListStages', status: 403 });
    await gateway.ask('{ stages { nodes { arn } } }', {}, { headers: { 'x-request-id': 'mine' } });
    expect(gateway.log).toMatchObject([{ requestId: 'mine', code: 'UPSTREAM_ACCESS_DENIED' }]);
  });
});
