// Calls through a forward proxy, to hosts that only the proxy can find.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { proxyFor } from '../../../src/upstream/proxy.ts';
import { AUDIENCE, ISSUER, newKey, sign, startIssuer } from '../../support/issuer.ts';
import { localServer } from '../../support/local-server.ts';
import { ask, before, serving } from '../../support/processes.ts';
import { startProxy } from '../../support/proxy.ts';

const LIST = '{ stages(first: 1) { nodes { name } } }';
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
if (!hasOpenssl) console.warn('SKIPPED: there is no `openssl`. On Debian: apt-get install openssl');

/** A certificate that nobody has signed but itself, for both hosts. */
function makeCertificate() {
  const dir = mkdtempSync(join(tmpdir(), 'tls-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
  const request = 'req -x509 -nodes -days 2 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -subj /CN=ivs.test';
  const names = 'subjectAltName=DNS:ivs.test,DNS:issuer.test';
  const { stderr, status } = spawnSync('openssl', [
    ...request.split(' '),
    '-addext',
    names,
    '-keyout',
    key,
    '-out',
    cert,
  ]);
  if (status !== 0) throw new Error(String(stderr));
  return { path: cert, key: readFileSync(key), cert: readFileSync(cert) };
}

/** TLS in front of a server that speaks plain HTTP; its port. */
async function withTls({ key, cert }: { key: Buffer; cert: Buffer }, to: string): Promise<number> {
  const server = createServer({ key, cert }, (socket) => {
    const inner = connect(Number(new URL(to).port), '127.0.0.1');
    socket.pipe(inner).pipe(socket);
    for (const end of [socket, inner]) end.on('error', () => {});
  });
  return Number(new URL(await localServer(server)).port);
}

/** Answers ListStages under any name; the emulator is for names of this machine. */
async function startAws(): Promise<string> {
  const stage = { arn: 'arn:aws:ivs:us-west-2:123456789012:stage/abcdefghijkl', name: 'one' };
  return localServer((request, response) => {
    request.resume();
    response.end(JSON.stringify({ stages: [stage] }));
  });
}

describe.skipIf(!hasOpenssl)('behind a proxy', { timeout: 60_000 }, () => {
  it('AWS and the issuer of tokens are reached through it, and nothing on loopback', async () => {
    const [proxy, certificate] = [await startProxy(), makeCertificate()];
    const key = await newKey('ES256', 'one');
    const issuer = await startIssuer([key.jwk]);
    const emulator = await serving(['emulator', '--port', '0', '--still']);
    const [aws, issuerPort] = [await startAws(), await withTls(certificate, issuer.jwksUri)];
    const awsPort = await withTls(certificate, aws);
    const env = {
      ...before(emulator),
      HTTPS_PROXY: proxy.url,
      HTTP_PROXY: proxy.url,
      NODE_EXTRA_CA_CERTS: certificate.path,
      AWS_ENDPOINT_URL_IVS_REALTIME: `https://ivs.test:${awsPort}`,
      AUTH_MODE: 'jwt',
      AUTH_JWKS_URI: `https://issuer.test:${issuerPort}/keys`,
      AUTH_ISSUER: ISSUER,
      AUTH_AUDIENCE: AUDIENCE,
    };
    const { url } = await serving([], env);
    const exp = Math.floor(Date.now() / 1000) + 3600;
    const headers = { authorization: `Bearer ${await sign(key, { exp })}` };
    const { data, errors } = await ask(
      url,
      `{ ${LIST.slice(1, -1)} channels(first: 1) { nodes { name } } }`,
      headers,
    );
    expect(errors).toBeUndefined();
    expect([data.stages.nodes.length, data.channels.nodes.length]).toEqual([1, 1]);
    expect(proxy.asked.sort()).toEqual(['https issuer.test', 'https ivs.test']);
  });

  it('is told of its refusal, after one attempt, and hosts of NO_PROXY go without it', async () => {
    const proxy = await startProxy({ refuse: true });
    const emulator = await serving(['emulator', '--port', '0', '--still']);
    const { url, said } = await serving([], {
      ...before(emulator),
      https_proxy: proxy.url,
      AWS_ENDPOINT_URL_IVS_REALTIME: 'https://ivs.test',
      NO_PROXY: '.elsewhere.test',
    });
    const { errors } = await ask(url, LIST);
    expect(errors).toMatchObject([{ message: 'A proxy, not AWS, answered with status 403' }]);
    expect(proxy.asked).toEqual(['https ivs.test']);
    expect(said.err).not.toContain('sesame');
  });
});

it('has the rules of curl for who needs none, and never one for loopback', () => {
  // The object itself, not a copy: vi.stubEnv holds to it, and could no longer undo what it sets in a copy.
  const before = process.env;
  onTestFinished(() => {
    process.env = before;
  });
  process.env = { HTTPS_PROXY: 'http://proxy:1', NO_PROXY: 'a.test,.b.test', ALL_PROXY: 'socks5://other:1' };
  const proxied = [
    'https://a.test',
    'https://x.b.test',
    'https://c.test',
    'http://c.test',
    'https://[::1]:1',
    'https://127.0.0.1',
    'https://localhost',
  ];
  expect(proxied.map(proxyFor)).toEqual(['', '', 'http://proxy:1', '', '', '', '']);
});
