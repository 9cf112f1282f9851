// What goes over the wire to AWS, seen by a server that only listens: the emulator checks no signature.
import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { GetChannelCommand } from '@aws-sdk/client-ivs';
import { GetStageCommand, IVSRealTimeClient } from '@aws-sdk/client-ivs-realtime';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createUpstream, type UpstreamOptions } from '../../../src/upstream/upstream.ts';
import { localServer } from '../../support/local-server.ts';

interface Seen {
  url: string;
  headers: Record<string, string>;
  body: string;
}
/** Of GetStage and of GetChannel. */
const ANSWER = JSON.stringify({ stage: { arn: 'a' }, channel: { arn: 'a' } });
const keys = { accessKeyId: 'AKID', secretAccessKey: 'secret' };
const region = 'us-west-2';
const target = { account: undefined, region };

async function listen(answer = (response: ServerResponse) => void response.end(ANSWER)) {
  const seen: Seen[] = [];
  const url = await localServer(async (request: IncomingMessage, response) => {
    const chunks = await request.toArray();
    const headers = request.headers as Record<string, string>;
    seen.push({ url: request.url ?? '', headers, body: Buffer.concat(chunks).toString() });
    answer(response);
  });
  return { seen, url };
}

function open(options: Partial<UpstreamOptions>, signal = new AbortController().signal) {
  const upstream = createUpstream({ regions: [region], credentials: keys, ...options });
  onTestFinished(upstream.close);
  return upstream.open({ signal, timeoutMs: 60_000 });
}

const stage = (name: string) =>
  new GetStageCommand({ arn: `arn:aws:ivs:us-west-2:123456789012:stage/${name}` });

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** The Authorization that AWS expects of a POST, by the description of Signature Version 4. */
function authorization({ url, headers, body }: Seen, { accessKeyId, secretAccessKey } = keys): string {
  const signed = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1] ?? '';
  const canonicalHeaders = signed.split(';').map((name) => `${name}:${headers[name]}\n`);
  const canonical = ['POST', url, '', canonicalHeaders.join(''), signed, sha256(body)].join('\n');
  const date = headers['x-amz-date'] ?? '';
  const scope = `${date.slice(0, 8)}/${region}/ivs/aws4_request`;
  const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  const signature = hmac(key, ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n'));
  return `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${signed}, Signature=${signature.toString('hex')}`;
}

describe('a call to AWS', () => {
  it('is signed, the first and later ones, side by side and of both services', async () => {
    const { seen, url } = await listen();
    const { send } = open({ endpoint: url });
    await send(target, stage('one'));
    await Promise.all([
      ...['two', 'drei', 'ÿ四'].map((name) => send(target, stage(name))),
      send(target, new GetChannelCommand({ arn: 'arn:aws:ivs:us-west-2:123456789012:channel/a' })),
    ]);
    expect(seen.map(({ url }) => url).sort()).toEqual(['/GetChannel', ...Array(4).fill('/GetStage')]);
    expect(new Set(seen.map(({ body }) => body)).size).toBe(5);
    for (const request of seen) {
      expect(request.headers.authorization).toBe(authorization(request));
      expect(request.headers.authorization).toMatch(/SignedHeaders=.*host;.*x-amz-date/);
    }
  });

  it.each(['AWS_USE_FIPS_ENDPOINT', 'AWS_USE_DUALSTACK_ENDPOINT'])(
    'goes to an endpoint that is stated, such as the emulator, with %s too',
    async (variable) => {
      vi.stubEnv(variable, 'true');
      const { seen, url } = await listen();
      const { send } = open({ endpoint: url });
      await send(target, stage('one'));
      expect(seen).toMatchObject([{ url: '/GetStage' }]);
    },
  );

  it('says of itself what an untouched client says, each time', async () => {
    const { seen, url } = await listen();
    const untouched = new IVSRealTimeClient({ region, endpoint: url, credentials: keys, maxAttempts: 1 });
    await untouched.send(stage('one'));
    untouched.destroy();
    const { send } = open({ endpoint: url });
    for (const name of ['one', 'two', 'six']) await send(target, stage(name));
    const [expected, ...ours] = seen.map(({ headers }) => {
      const { authorization, connection, 'x-amz-date': date, ...rest } = headers;
      // Marks of the SDK's own retries, which are not in use.
      delete rest['amz-sdk-invocation-id'];
      delete rest['amz-sdk-request'];
      delete rest['x-amz-content-sha256'];
      return rest;
    });
    expect(expected?.['user-agent']).toMatch(/^aws-sdk-js\/\d/);
    expect(ours).toEqual([expected, expected, expected]);
  });

  it('is signed with new credentials when the old ones expire', async () => {
    const { seen, url } = await listen();
    let given = 0;
    const credentials = async () => {
      given += 1;
      return { ...keys, accessKeyId: `AKID${given}`, sessionToken: `token${given}`, expiration: new Date() };
    };
    const { send } = open({ endpoint: url, credentials });
    for (const name of ['one', 'two']) await send(target, stage(name));
    const ids = seen.map(({ headers }) => /Credential=(\w+)/.exec(headers.authorization ?? '')?.[1] ?? '');
    expect(new Set(ids).size).toBe(2);
    seen.forEach((request, i) => {
      const accessKeyId = ids[i] as string;
      expect(request.headers['x-amz-security-token']).toBe(accessKeyId.replace('AKID', 'token'));
      expect(request.headers.authorization).toBe(authorization(request, { ...keys, accessKeyId }));
    });
  });

  it('goes by the clock of AWS when ours is wrong', async () => {
    const { seen, url } = await listen((response) => {
      response.setHeader('date', 'Tue, 01 Jan 2030 00:00:00 GMT').end(ANSWER);
    });
    const { send } = open({ endpoint: url });
    for (const name of ['one', 'two']) await send(target, stage(name));
    expect(seen[1]?.headers['x-amz-date']).toMatch(/^20300101T0/);
    expect(seen[1]?.headers.authorization).toBe(authorization(seen[1] as Seen));
  });

  it('goes where AWS_ENDPOINT_URL says', async () => {
    const { seen, url } = await listen();
    vi.stubEnv('AWS_ENDPOINT_URL', url);
    const { send } = open({});
    for (const name of ['one', 'two']) await send(target, stage(name));
    expect(seen).toHaveLength(2);
  });

  it('ends with the signal of who asked, and no other', async () => {
    let waiting: ServerResponse[] = [];
    let arrived = () => {};
    const { url } = await listen((response) => {
      waiting = [...waiting, response];
      if (waiting.length === 2) arrived();
    });
    const both = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const { signal } = new AbortController();
    const leaving = new AbortController();
    const upstream = createUpstream({ regions: [region], credentials: keys, endpoint: url });
    onTestFinished(upstream.close);
    const ask = (name: string, signal: AbortSignal) =>
      upstream.open({ signal, timeoutMs: 60_000 }).send(target, stage(name));
    const left = expect(ask('one', leaving.signal)).rejects.toThrow('cancelled');
    const stayed = ask('two', signal);
    await both;
    const cut = Promise.race(waiting.map((response) => once(response, 'close')));
    leaving.abort();
    await Promise.all([left, cut]);
    expect(upstream.inFlight()).toBe(1);
    for (const response of waiting) response.end(ANSWER);
    await stayed;
  });
});
