import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateStageCommand, GetStageCommand } from '@aws-sdk/client-ivs-realtime';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createUpstream, type UpstreamOptions } from '../../../src/upstream/upstream.ts';
import { LeapingClock } from '../../support/clock.ts';
import { localServer } from '../../support/local-server.ts';

const target = { account: undefined, region: 'us-west-2' };
const stage = (id: string) => new GetStageCommand({ arn: `arn:aws:ivs:us-west-2:123456789012:stage/${id}` });

/** The file that `aws configure` or another program writes. */
function credentialsFile() {
  const dir = mkdtempSync(join(tmpdir(), 'aws-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const path = join(dir, 'credentials');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', path);
  vi.stubEnv('AWS_CONFIG_FILE', join(dir, 'config'));
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_PROFILE'])
    vi.stubEnv(name, undefined);
  const write = (id: string) =>
    writeFileSync(
      path,
      `[default]\naws_access_key_id = ${id}\naws_secret_access_key = s\naws_session_token = t\n`,
    );
  return write;
}

/** Which keys it was called with; it takes those alone that are named GOOD. */
async function listen(errorType: string, status: number) {
  const seen: string[] = [];
  const url = await localServer((request, response) => {
    request.resume();
    const id = /Credential=(\w+)/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    seen.push(id);
    response.setHeader('x-amzn-requestid', 'id');
    if (id.startsWith('GOOD')) response.end(JSON.stringify({ stage: { arn: 'a' } }));
    else response.writeHead(status, { 'x-amzn-errortype': errorType }).end('{"exceptionMessage": "old"}');
  });
  return { seen, url };
}

function open(endpoint: string, credentials?: UpstreamOptions['credentials']) {
  const clock = new LeapingClock();
  const upstream = createUpstream({ regions: ['us-west-2'], endpoint, clock, credentials });
  const { isBusy } = clock;
  clock.isBusy = () => isBusy() || upstream.inFlight() > 0;
  onTestFinished(upstream.close);
  const { send } = upstream.open({ signal: new AbortController().signal, timeoutMs: 60_000 });
  return { upstream, clock, send };
}

describe('credentials in a file', () => {
  it.each([
    ['ExpiredTokenException', 403],
    ['ExpiredToken', 400],
    ['UnrecognizedClientException', 403],
    ['InvalidSignatureException', 403],
  ])('are read anew when AWS answers %s (%d), for a write too', async (errorType, status) => {
    const write = credentialsFile();
    const { seen, url } = await listen(errorType, status);
    write('OLD');
    const { send, upstream } = open(url);
    await upstream.checkCredentials();
    write('GOOD');
    await send(target, new CreateStageCommand({}));
    await send(target, stage('one'));
    expect(seen).toEqual(['OLD', 'GOOD', 'GOOD']);
    expect(upstream.areCredentialsRefused()).toBe(false);
  });
});

describe('a chain of credentials', () => {
  /** Each reading of it gives the next ones; the last ones stay. */
  const chain = (...ids: string[]) => {
    const given = {
      read: 0,
      credentials: async () => {
        given.read += 1;
        return { accessKeyId: ids[Math.min(given.read, ids.length) - 1] as string, secretAccessKey: 's' };
      },
    };
    return given;
  };

  it('is read anew once for calls that are refused together, and each goes out once more', async () => {
    const { seen, url } = await listen('ExpiredTokenException', 403);
    const given = chain('OLD', 'GOOD', 'OTHER');
    const { send } = open(url, given.credentials);
    await Promise.all(['one', 'two', 'six'].map((id) => send(target, stage(id))));
    expect(seen.sort()).toEqual(['GOOD', 'GOOD', 'GOOD', 'OLD', 'OLD', 'OLD']);
    expect(given.read).toBe(2);
  });

  it('is not read with each refusal when it says the same, but again later', async () => {
    const { seen, url } = await listen('ExpiredTokenException', 403);
    const given = chain('OLD', 'OLD', 'GOOD');
    const { send, clock, upstream } = open(url, given.credentials);
    for (const id of ['one', 'two'])
      await expect(send(target, stage(id))).rejects.toMatchObject({ code: 'UPSTREAM_ACCESS_DENIED' });
    expect(seen).toEqual(['OLD', 'OLD']);
    expect(given.read).toBe(2);
    expect(upstream.areCredentialsRefused()).toBe(true);
    await new Promise<void>((resolve) => clock.after(1_000, resolve));
    await send(target, stage('one'));
    expect(seen).toEqual(['OLD', 'OLD', 'OLD', 'GOOD']);
    expect(upstream.areCredentialsRefused()).toBe(false);
  });

  it('that ends soon is read once in ten seconds, not for each call', async () => {
    const { url } = await listen('', 403);
    let read = 0;
    const { send, clock } = open(url, async () => {
      read += 1;
      return { accessKeyId: 'GOOD', secretAccessKey: 's', expiration: new Date(Date.now() + 240_000) };
    });
    for (const id of ['a', 'b', 'c', 'd', 'e']) await send(target, stage(id));
    // The SDK's memory reads what ends within five minutes a second time.
    expect(read).toBe(2);
    await new Promise<void>((resolve) => clock.after(10_000, resolve));
    for (const id of ['f', 'g']) await send(target, stage(id));
    expect(read).toBe(3);
  });

  it('that gives nothing any more does not hide what AWS refused', async () => {
    const { seen, url } = await listen('ExpiredTokenException', 403);
    let isGone = false;
    const { send } = open(url, async () => {
      if (isGone) throw new Error('gone');
      isGone = true;
      return { accessKeyId: 'OLD', secretAccessKey: 's' };
    });
    await expect(send(target, stage('one'))).rejects.toThrow('AWS does not accept the credentials');
    expect(seen).toEqual(['OLD']);
  });
});
