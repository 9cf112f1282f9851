import { GetStageCommand } from '@aws-sdk/client-ivs-realtime';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { systemClock } from '../../../src/upstream/clock.ts';
import { Renewal } from '../../../src/upstream/sdk/credentials.ts';
import { type Role, RoleCredentials } from '../../../src/upstream/sdk/role-credentials.ts';
import { Transport } from '../../../src/upstream/sdk/transport.ts';
import { createUpstream, type UpstreamOptions } from '../../../src/upstream/upstream.ts';
import { LeapingClock } from '../../support/clock.ts';
import { localServer } from '../../support/local-server.ts';

const [OWN, OTHER] = ['123456789012', '210987654321'];
const region = 'us-west-2';
const ROLE = { id: OTHER, roleArn: `arn:aws:iam::${OTHER}:role/ivs-gateway`, externalId: 'our:id' };
const stageOf = (account: string, id = 'abcdefgh1234') =>
  new GetStageCommand({ arn: `arn:aws:ivs:${region}:${account}:stage/${id}` });
const HOUR_MS = 3_600_000;

interface Sts {
  /** How long its credentials are good. */
  lifeMs: number;
  /** What it answers in place of credentials. */
  failure?: { status: number; code: string } | undefined;
  /** The account of the gateway's own credentials, and what it answers in place of it. */
  account?: string;
  identity?: { status: number; body: string } | undefined;
  /** It accepts connections and never answers. */
  hangs?: boolean;
  /** The status of a page that a proxy answers. */
  html?: number;
}

/** STS and both APIs of IVS. Each credential of a role has a number. */
async function listen() {
  const sts: Sts = { lifeMs: HOUR_MS };
  const asked: { signer: string; region: string; parameters: Record<string, string> }[] = [];
  const seen: string[] = [];
  const named: string[] = [];
  const url = await localServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const [, signer = '', where = '', service] =
      /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//.exec(request.headers.authorization ?? '') ?? [];
    response.setHeader('x-amzn-requestid', 'an-id');
    if (service !== 'sts') {
      seen.push(signer);
      response.end(JSON.stringify({ stage: { arn: 'a' } }));
      return;
    }
    if (body.includes('Action=GetCallerIdentity')) {
      named.push(signer);
      const { status, body: text } = sts.identity ?? { status: 200, body: identityXml(sts.account ?? OWN) };
      response.writeHead(status, { 'content-type': 'text/xml' }).end(text);
      return;
    }
    if (sts.hangs) return;
    if (sts.html !== undefined) {
      response.writeHead(sts.html, { 'content-type': 'text/html' }).end('<html><body>Sign in</body></html>');
      return;
    }
    asked.push({ signer, region: where, parameters: Object.fromEntries(new URLSearchParams(body)) });
    const { status, code } = sts.failure ?? { status: 200, code: '' };
    response.writeHead(status, { 'content-type': 'text/xml' });
    response.end(code ? failureXml(code) : credentialsXml(`ROLE${asked.length}`, sts.lifeMs));
  });
  return { sts, asked, seen, named, url };
}

const identityXml = (account = '') =>
  `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;
const failureXml = (code: string) =>
  `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>user gateway is not authorized to assume ${ROLE.roleArn}</Message></Error><RequestId>an-id</RequestId></ErrorResponse>`;
const credentialsXml = (id: string, lifeMs: number) =>
  `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>${id}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${new Date(Date.now() + lifeMs).toISOString()}</Expiration></Credentials></AssumeRoleResult><ResponseMetadata><RequestId>an-id</RequestId></ResponseMetadata></AssumeRoleResponse>`;

function open({ url, ...options }: Partial<UpstreamOptions> & { url?: string | undefined }) {
  const clock = new LeapingClock();
  const upstream = createUpstream({
    accounts: [{ id: OWN as string }, ROLE],
    regions: [region, 'eu-west-1'],
    endpoint: url,
    credentials: { accessKeyId: 'OWN', secretAccessKey: 's' },
    clock,
    ...options,
  });
  const { isBusy } = clock;
  clock.isBusy = () => isBusy() || upstream.inFlight() > 0;
  onTestFinished(upstream.close);
  const { send } = upstream.open({ signal: new AbortController().signal, timeoutMs: 60_000, fresh: true });
  const read = (account: string | undefined, id?: string) =>
    send({ account, region }, stageOf(account ?? (OWN as string), id));
  return { upstream, send, read, clock };
}

/** The credentials of the role alone, in a time of the test's own. */
function direct(endpoint: string) {
  let past = 0;
  const transport = new Transport(5_000);
  onTestFinished(() => transport.destroy());
  const provider = async () => ({ accessKeyId: 'OWN', secretAccessKey: 's' });
  const own = { provider, renewal: new Renewal(provider, systemClock) };
  const credentials = new RoleCredentials({
    ...{ role: ROLE as Role, region, endpoint, requestHandler: transport },
    own: () => own,
    now: () => Date.now() + past,
  });
  const ids = async (count: number) => {
    const known: string[] = [];
    for (let index = 0; index < count; index += 1) known.push((await credentials.provide()).accessKeyId);
    return known;
  };
  return { ids, pass: (milliseconds: number) => (past += milliseconds) };
}

describe('a role', () => {
  it('is assumed at an endpoint of STS that is stated, with AWS_USE_FIPS_ENDPOINT too', async () => {
    vi.stubEnv('AWS_USE_FIPS_ENDPOINT', 'true');
    const { seen, url } = await listen();
    await open({ url }).read(OTHER);
    expect(seen).toEqual(['ROLE1']);
  });

  it('is assumed once for all clients of its account, with the external id, in the region of STS', async () => {
    const { asked, seen, url } = await listen();
    const { send, read } = open({ url, stsRegion: 'eu-west-1' });
    await Promise.all([read(OTHER), read(OTHER, 'another00001'), read(OWN)]);
    await send({ account: OTHER, region: 'eu-west-1' }, stageOf(OTHER as string));
    expect(seen.sort()).toEqual(['OWN', 'ROLE1', 'ROLE1', 'ROLE1']);
    expect(asked).toEqual([
      {
        signer: 'OWN',
        region: 'eu-west-1',
        parameters: expect.objectContaining({
          Action: 'AssumeRole',
          RoleArn: ROLE.roleArn,
          RoleSessionName: 'ivs-graphql',
          ExternalId: 'our:id',
        }),
      },
    ]);
  });

  it('is not assumed before it is needed', async () => {
    const { asked, url } = await listen();
    const { read, upstream } = open({ url });
    await upstream.checkCredentials();
    await read(OWN);
    expect(asked).toEqual([]);
  });

  it('is assumed at AWS_ENDPOINT_URL_STS', async () => {
    const [there, here] = [await listen(), await listen()];
    vi.stubEnv('AWS_ENDPOINT_URL_STS', there.url);
    vi.stubEnv('AWS_ENDPOINT_URL', here.url);
    await open({}).read(OTHER);
    expect([there.asked.length, here.asked.length, here.seen]).toEqual([1, 0, ['ROLE1']]);
  });

  it('is assumed anew five minutes before its credentials end, and not with each call', async () => {
    const { asked, url } = await listen();
    const { ids, pass } = direct(url);
    expect(await ids(2)).toEqual(['ROLE1', 'ROLE1']);
    pass(HOUR_MS - 5 * 60_000 - 1000);
    expect(await ids(1)).toEqual(['ROLE1']);
    pass(2000);
    expect(await ids(2)).toEqual(['ROLE2', 'ROLE2']);
    expect(asked).toHaveLength(2);
  });

  it('serves on with what is still good while STS fails, which is not asked with each call', async () => {
    const { sts, asked, url } = await listen();
    const { ids, pass } = direct(url);
    await ids(1);
    sts.failure = { status: 403, code: 'AccessDenied' };
    pass(HOUR_MS - 60_000);
    expect(await ids(3)).toEqual(['ROLE1', 'ROLE1', 'ROLE1']);
    expect(asked).toHaveLength(2);
    pass(60_000);
    await expect(ids(1)).rejects.toMatchObject({ code: 'UPSTREAM_ACCESS_DENIED' });
    await expect(ids(1)).rejects.toMatchObject({ code: 'UPSTREAM_ACCESS_DENIED' });
    expect(asked).toHaveLength(3);
    sts.failure = undefined;
    pass(1_000);
    expect(await ids(1)).toEqual(['ROLE4']);
  });

  it.each([
    ['AccessDenied', 403, 'UPSTREAM_ACCESS_DENIED', `assume the role of account ${OTHER}`],
    ['ValidationError', 400, 'UPSTREAM_ACCESS_DENIED', `assume the role of account ${OTHER}`],
    ['RegionDisabledException', 403, 'UPSTREAM_ACCESS_DENIED', `assume the role of account ${OTHER}`],
    ['ExpiredToken', 400, 'UPSTREAM_ACCESS_DENIED', 'does not accept the credentials of the gateway'],
  ])('that STS refuses with %s fails alone, and names no ARN', async (code, status, expected, text) => {
    const { sts, seen, url } = await listen();
    sts.failure = { status, code };
    const { read, upstream } = open({ url });
    const error = await read(OTHER).catch((thrown) => thrown);
    expect(error).toMatchObject({
      code: expected,
      message: expect.stringContaining(text),
      aws: { service: 'sts', operation: 'AssumeRole', account: OTHER, requestId: 'an-id' },
    });
    expect(error.message).not.toContain('arn:');
    await read(OWN);
    expect(seen).toEqual(['OWN']);
    expect(upstream.areCredentialsRefused()).toBe(false);
  });

  it('that fails for a while is no matter of rates', async () => {
    const { sts, url } = await listen();
    sts.failure = { status: 503, code: 'ServiceUnavailable' };
    await expect(open({ url }).read(OTHER)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });

  it('that cannot be assumed makes the gateway unready where there is no other account', async () => {
    const { sts, url } = await listen();
    sts.failure = { status: 403, code: 'AccessDenied' };
    const { read, upstream } = open({ url, accounts: [ROLE] });
    await read(OTHER).catch(() => {});
    expect(upstream.areCredentialsRefused()).toBe(true);
  });

  it('is assumed with the new credentials of the gateway, where another program has written some', async () => {
    const { sts, asked, url } = await listen();
    let id = 'OLD';
    const { read } = open({
      url,
      clock: systemClock,
      credentials: async () => {
        sts.failure = id === 'OLD' ? { status: 403, code: 'ExpiredToken' } : undefined;
        return { accessKeyId: id, secretAccessKey: 's' };
      },
    });
    const first = read(OTHER).catch((error) => error.code);
    expect(await first).toBe('UPSTREAM_ACCESS_DENIED');
    id = 'NEW';
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await read(OTHER);
    expect(asked.map(({ signer }) => signer)).toEqual(['OLD', 'OLD', 'NEW']);
  });

  it('that STS does not answer for ends with the request, and no call to IVS is counted', async () => {
    const { sts, seen, url } = await listen();
    sts.hangs = true;
    const { upstream } = open({ url, clock: systemClock });
    const leaving = new AbortController();
    const request = upstream.open({ signal: leaving.signal, timeoutMs: 60_000 });
    const read = request.send({ account: OTHER, region }, stageOf(OTHER as string));
    setTimeout(() => leaving.abort(new DOMException('over', 'TimeoutError')), 20);
    await expect(read).rejects.toMatchObject({
      code: 'UPSTREAM_TIMEOUT',
      aws: { service: 'sts', operation: 'AssumeRole', account: OTHER },
    });
    expect(request.cost().calls).toBe(0);
    expect(seen).toEqual([]);
  });

  it.each([200, 403, 502])('that a proxy answers with a page of status %i is unavailable', async (status) => {
    const { sts, url } = await listen();
    sts.html = status;
    const { upstream } = open({ url });
    const request = upstream.open({ signal: new AbortController().signal, timeoutMs: 60_000 });
    await expect(request.send({ account: OTHER, region }, stageOf(OTHER as string))).rejects.toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      aws: { service: 'sts', operation: 'AssumeRole' },
    });
    expect(request.cost().calls).toBe(0);
    expect(upstream.areCredentialsRefused()).toBe(false);
  });
});

describe('an account without a role', () => {
  it('is confirmed by STS once, before the first call', async () => {
    const { named, seen, url } = await listen();
    const { read } = open({ url });
    await Promise.all([read(OWN), read(OWN, 'another00001')]);
    await read(OWN, 'another00002');
    expect([named, seen]).toEqual([['OWN'], ['OWN', 'OWN', 'OWN']]);
  });

  it('needs no STS where the credentials name their account', async () => {
    const { named, seen, url } = await listen();
    const credentials = { accessKeyId: 'OWN', secretAccessKey: 's', accountId: OWN as string };
    await open({ url, credentials }).read(OWN);
    expect([named, seen]).toEqual([[], ['OWN']]);
  });

  it('of which the credentials are not is never called', async () => {
    const { sts, named, seen, url } = await listen();
    sts.account = OTHER as string;
    const { read, upstream } = open({ url, accounts: [{ id: OWN as string }] });
    const error = await read(OWN).catch((thrown) => thrown);
    expect(error).toMatchObject({
      code: 'UPSTREAM_ACCESS_DENIED',
      message: `The gateway’s credentials are not of account ${OWN}`,
      aws: { service: 'sts', operation: 'GetCallerIdentity', account: OWN },
    });
    expect(error.cause.message).toContain(`got credentials of account ${OTHER}`);
    await expect(read(OWN, 'another00001')).rejects.toBe(error);
    expect([named, seen]).toEqual([['OWN'], []]);
    expect(upstream.areCredentialsRefused()).toBe(true);
  });

  it('is asked for again after a failure of STS', async () => {
    const { sts, seen, url } = await listen();
    sts.identity = { status: 400, body: failureXml('ServiceUnavailable') };
    const { read, clock } = open({ url });
    await expect(read(OWN)).rejects.toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      aws: { service: 'sts', operation: 'GetCallerIdentity' },
    });
    expect(seen).toEqual([]);
    sts.identity = undefined;
    await new Promise<void>((resolve) => clock.after(1_050, resolve));
    await read(OWN);
    expect(seen).toEqual(['OWN']);
  });
});
