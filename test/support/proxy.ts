// A forward proxy that lets in one user, and knows where names of the tests are that no DNS knows.
import type { LookupFunction } from 'node:net';
import { RequestError, Server } from 'proxy-chain';
import { onTestFinished } from 'vitest';

const lookup: LookupFunction = (_name, options, done) =>
  options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4);

export async function startProxy({ refuse = false } = {}) {
  /** The hosts that it was asked for. */
  const asked: string[] = [];
  const server = new Server({
    host: '127.0.0.1',
    port: 0,
    prepareRequestFunction: ({ hostname, username, password, isHttp }) => {
      asked.push(`${isHttp ? 'http' : 'https'} ${hostname}`);
      if (refuse) throw new RequestError('Blocked by policy', 403);
      return {
        requestAuthentication: username !== 'me' || password !== 'sesame',
        dnsLookup: lookup as never,
      };
    },
  });
  await server.listen();
  onTestFinished(() => server.close(true));
  return { asked, url: `http://me:sesame@127.0.0.1:${server.port}`, port: server.port };
}
