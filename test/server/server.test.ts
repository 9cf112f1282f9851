import { serverAudits } from 'graphql-http';
import { describe, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../support/gateway.ts';

const URL = 'http://gateway/graphql';
const json = { 'content-type': 'application/json' };
const post = (gateway: TestGateway, body: BodyInit, headers: Record<string, string> = json) =>
  gateway.fetch(URL, { method: 'POST', headers, body, duplex: 'half' } as RequestInit);

describe('GraphQL over HTTP', async () => {
  const names = serverAudits({ url: URL, fetchFn: fetch }).map(({ id, name }) => [id, name] as const);

  it('has 61 audits', () => expect(names).toHaveLength(61));

  it.each(names)('%s %s', async (id) => {
    const gateway = await startGateway();
    const audits = serverAudits({ url: URL, fetchFn: gateway.fetch });
    const result = await audits.find((audit) => audit.id === id)?.fn();
    expect(result).toMatchObject({ status: 'ok' });
  });
});

describe('a bad request', () => {
  const table: [string, BodyInit, Record<string, string>, number][] = [
    ['a broken JSON body', '{"query": "{ __typename', json, 400],
    ['no body', '', json, 400],
    ['JSON that is no object', '[]', json, 400],
    ['a query that is no text', '{"query": 5}', json, 400],
    ['variables that are no object', '{"query": "{ __typename }", "variables": []}', json, 400],
    ['a content type of its own', '{ __typename }', { 'content-type': 'text/plain' }, 415],
    [
      'a syntax error',
      JSON.stringify({ query: '{' }),
      { ...json, accept: 'application/graphql-response+json' },
      400,
    ],
    [
      'an unknown field',
      JSON.stringify({ query: '{ nothing }' }),
      { ...json, accept: 'application/graphql-response+json' },
      400,
    ],
    [
      'a body of 2 MB',
      JSON.stringify({ query: `{ __typename } # ${'x'.repeat(2 ** 21)}` }),
      { ...json, 'content-length': String(2 ** 21 + 40) },
      413,
    ],
  ];

  it.each(table)('%s is answered with an error, and no call', async (_what, body, headers, status) => {
    const gateway = await startGateway();
    const response = await post(gateway, body, headers);
    expect(response.status).toBe(status);
    const text = await response.text();
    if (status !== 415) expect(JSON.parse(text).errors[0].message).toMatch(/./);
    expect(text).not.toMatch(/node_modules|\bat .*\.[jt]s/);
    expect(gateway.calls()).toEqual({});
  });

  it('of 2 MB that hides its length is cut off', async () => {
    const gateway = await startGateway();
    const chunk = new TextEncoder().encode('x'.repeat(64 * 1024));
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += chunk.byteLength;
        if (sent > 2 ** 21) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const response = await post(gateway, body);
    expect([response.status, await response.text()]).toEqual([413, expect.stringContaining('too large')]);
  });

  it.each([
    ['a form', 'application/x-www-form-urlencoded', 'query=mutation{createStage(input:{}){__typename}}'],
    ['a file upload', 'multipart/form-data; boundary=x', '--x--'],
    ['plain GraphQL', 'application/graphql', 'mutation{createStage(input:{}){__typename}}'],
  ])('is no mutation that %s of another site posts', async (_what, type, body) => {
    const gateway = await startGateway();
    const response = await post(gateway, body, { 'content-type': type, origin: 'https://evil.example' });
    expect(response.status).toBe(415);
    expect(gateway.calls()).toEqual({});
  });

  it('with variables in its URL that are no JSON is the client’s mistake', async () => {
    const gateway = await startGateway();
    const response = await gateway.fetch(`${URL}?query={__typename}&variables=%7B`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });

  it('with a wrong variable says so with a code', async () => {
    const gateway = await startGateway();
    const query = 'query ($arn: ID!) { stage(arn: $arn) { arn } }';
    const response = await post(gateway, JSON.stringify({ query, variables: {} }));
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });

  it('mutates nothing over GET', async () => {
    const gateway = await startGateway();
    const query = encodeURIComponent('mutation { createStage(input: {}) { __typename } }');
    const response = await gateway.fetch(`${URL}?query=${query}`);
    expect(response.status).toBe(405);
    expect(gateway.calls()).toEqual({});
  });
});

describe('beside GraphQL', () => {
  it('tells whether it lives and is ready', async () => {
    const gateway = await startGateway();
    for (const path of ['/livez', '/readyz']) {
      expect((await gateway.fetch(`http://gateway${path}`)).status).toBe(200);
    }
  });

  it('serves a GraphiQL that asks no other host for anything', async () => {
    const gateway = await startGateway();
    const response = await gateway.fetch(URL, { headers: { accept: 'text/html' } });
    expect(response.headers.get('content-type')).toMatch(/text\/html/);
    const page = await response.text();
    expect(page).toContain('WhoIsLive');
    expect(page).not.toMatch(/<(script|link)[^>]+(src|href)="?https?:/);
  });

  it('answers 404 elsewhere, and no CORS header to anybody', async () => {
    const gateway = await startGateway();
    expect((await gateway.fetch('http://gateway/nothing')).status).toBe(404);
    const response = await post(gateway, '{"query": "{ __typename }"}', {
      ...json,
      origin: 'http://evil.example',
    });
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});
