// GraphiQL's page over HTTP; what it does in a browser is in test/browser.
import { brotliDecompressSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../../support/gateway.ts';

const html = { accept: 'text/html' };

it('is packed once for who can read it, and not sent again to who has it', async () => {
  const gateway = await startGateway();
  const visit = (headers: Record<string, string>) => gateway.fetch('http://gateway/graphql', { headers });
  const plain = await visit(html);
  const page = await plain.text();
  expect(page).toContain('<title>ivs-graphql</title>');
  expect(plain.headers.get('cache-control')).toBe('no-cache');
  const packed = await visit({ ...html, 'accept-encoding': 'gzip, br' });
  expect(packed.headers.get('content-encoding')).toBe('br');
  expect(brotliDecompressSync(await packed.arrayBuffer()).toString()).toBe(page);
  expect((await visit({ ...html, 'accept-encoding': 'br;q=0' })).headers.has('content-encoding')).toBe(false);
  const etag = plain.headers.get('etag') as string;
  const again = await visit({ ...html, 'if-none-match': etag });
  expect([again.status, await again.text()]).toEqual([304, '']);
  expect((await visit({ ...html, 'if-none-match': '"another"' })).status).toBe(200);
});

it('is where a browser is sent that knows no more than the port', async () => {
  const visit = (gateway: TestGateway, headers: Record<string, string>) =>
    gateway.fetch('http://gateway/', { headers, redirect: 'manual' });
  const on = await startGateway();
  const sent = await visit(on, html);
  expect([sent.status, sent.headers.get('location')]).toEqual([302, '/graphql']);
  expect((await visit(on, { accept: 'application/json' })).status).toBe(404);
  expect((await visit(await startGateway({ server: { hasGraphiQL: false } }), html)).status).toBe(404);
});

it('is not there where it is turned off, nor for who does not want HTML', async () => {
  const off = await startGateway({ server: { hasGraphiQL: false } });
  const answer = await off.fetch('http://gateway/graphql?query={__typename}', { headers: html });
  expect(await answer.text()).not.toContain('<title>');
  const on = await startGateway();
  for (const accept of ['*/*', 'application/json, text/html;q=0.1']) {
    const json = await on.fetch('http://gateway/graphql?query={__typename}', { headers: { accept } });
    expect(await json.json()).toEqual({ data: { __typename: 'Query' } });
  }
});
