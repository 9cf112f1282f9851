// What is answered with the bytes of another answer, what never is, and what is not passed by.
import { once } from 'node:events';
import { request as nodeRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createMetrics } from '../../../src/server/answer/metrics.ts';
import { type Authenticate, unauthenticated } from '../../../src/server/identity/authentication.ts';
import { boundedTo, callerWith } from '../../support/callers.ts';
import { startGateway, type TestGatewayOptions } from '../../support/gateway.ts';
import { listenTo } from '../../support/listening.ts';
import { createSession, createStage } from '../../support/world.ts';

const NAMES = '{ stages { nodes { name } } }';

async function start(options: TestGatewayOptions = {}) {
  // The world is made through another gateway, which takes what this one may refuse.
  const beside = await startGateway();
  const stageArn = await createStage(beside, 'first');
  const gateway = await startGateway({ cached: true, ...options, beside });
  const listening = await listenTo(gateway);
  const hits = () => gateway.responses?.facts().hits;
  return { gateway, beside, stageArn, hits, ...listening };
}

/** Of headers, without those of one request. */
const lasting = ({ headers }: { headers: Headers }) =>
  Object.fromEntries([...headers].filter(([name]) => !['date', 'x-request-id'].includes(name)));

describe('the same bytes', () => {
  it('from the third time on, with the same headers, and for no call', async () => {
    const { post, gateway, hits } = await start();
    const first = await post(NAMES);
    await post(NAMES);
    gateway.calls();
    const third = await post(NAMES);
    expect(hits()).toBe(1);
    expect([third.status, third.text, lasting(third)]).toEqual([200, first.text, lasting(first)]);
    expect(third.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'));
    expect(gateway.calls()).toEqual({});
  });

  it('with their type, for clients that accept no compression', async () => {
    const { url, hits } = await start();
    const body = JSON.stringify({ query: NAMES });
    const headers = { 'content-type': 'application/json', 'content-length': body.length };
    for (let time = 0; time < 3; time += 1) {
      const [response] = await once(nodeRequest(url, { method: 'POST', headers }).end(body), 'response');
      response.resume();
      expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
    }
    expect(hits()).toBe(1);
  });

  it('compressed for those who take it so', async () => {
    const { post, gateway, hits } = await start();
    const session = await createSession(gateway, 60);
    const query = `{ participants(stageArn: "${session.stageArn}", sessionId: "${session.sessionId}", first: 60) { nodes { participantId userId } } }`;
    const ask = (encoding: string) => post(query, { headers: { 'accept-encoding': encoding } });
    const plain = await ask('identity');
    for (const encoding of ['gzip', 'br']) {
      await ask(encoding);
      await ask(encoding);
      const before = hits() as number;
      const stored = await ask(encoding);
      expect(hits()).toBe(before + 1);
      expect(stored.headers.get('content-encoding')).toBe(encoding);
      expect(Number(stored.headers.get('content-length'))).toBeLessThan(plain.text.length / 2);
      expect(stored.text).toBe(plain.text);
    }
  });

  it('over GET, for as long as others may store them', async () => {
    const { get, gateway, stageArn, hits } = await start();
    const maxAge = async () => {
      const { headers } = await get(`{ stage(arn: "${stageArn}") { name } }`);
      return Number(/^private, max-age=(\d+)$/.exec(headers.get('cache-control') ?? '')?.[1]);
    };
    const first = await maxAge();
    expect(await maxAge()).toBe(first);
    await new Promise<void>((resolve) => gateway.clock.after(1000, resolve));
    expect(await maxAge()).toBe(first - 1);
    expect(hits()).toBe(1);
  });

  it('of a persisted operation, by its id alone', async () => {
    const { url, hits } = await start({ server: { persistedOperations: new Map([['names', NAMES]]) } });
    const ask = async () => {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(url, { method: 'POST', headers, body: '{"documentId":"names"}' });
      return response.json();
    };
    const answers = [await ask(), await ask(), await ask()];
    expect(answers).toEqual(answers.map(() => ({ data: { stages: { nodes: [{ name: 'first' }] } } })));
    expect(hits()).toBe(1);
  });

  it('not beyond the least lifetime of what was read', async () => {
    const { post, gateway, hits } = await start();
    for (let time = 0; time < 3; time += 1) await post(NAMES);
    await new Promise<void>((resolve) => gateway.clock.after(5001, resolve));
    gateway.calls();
    await post(NAMES);
    expect(hits()).toBe(1);
    expect(gateway.calls()).toEqual({ ListStages: 1 });
  });

  it('to a client whose body comes in pieces', async () => {
    const { url, post, hits } = await start();
    const body = JSON.stringify({ query: NAMES });
    for (let time = 0; time < 3; time += 1) await post(NAMES);
    const headers = { 'content-type': 'application/json', 'content-length': body.length };
    const pieces = nodeRequest(url, { method: 'POST', headers });
    pieces.flushHeaders();
    pieces.write(body.slice(0, 5));
    await new Promise((resolve) => setTimeout(resolve, 20));
    pieces.end(body.slice(5));
    const [response] = await once(pieces, 'response');
    expect(JSON.parse(Buffer.concat(await response.toArray()).toString()).data.stages.nodes).toHaveLength(1);
    expect(hits()).toBeGreaterThan(0);
  });
});

describe('never', () => {
  /** Asks three times. Tells what was answered from the cache. */
  const hitsOf = async (query: (stageArn: string) => string, headers: Record<string, string> = {}) => {
    const { post, stageArn, hits } = await start();
    for (let time = 0; time < 3; time += 1) await post(query(stageArn), { headers });
    return hits();
  };

  it.each<[string, (stageArn: string) => string]>([
    [
      'an answer with an error',
      (arn) => `{ stages { nodes { name } } stage(arn: "${arn.slice(0, -1)}!") { name } }`,
    ],
    ['a mutation', (arn) => `mutation { updateStage(input: { arn: "${arn}", name: "x" }) { __typename } }`],
    ['a secret', () => '{ channels { nodes { name streamKeys { nodes { value } } } } }'],
    ['what reads nothing', () => '{ __typename }'],
  ])('%s', async (_what, query) => expect(await hitsOf(query)).toBe(0));

  it.each([[{ 'cache-control': 'no-cache' }], [{ 'x-ivs-cost': '1' }], [{ 'x-ivs-cost': 'dryRun' }]])(
    'for a request with %j',
    async (headers) => expect(await hitsOf(() => NAMES, headers)).toBe(0),
  );

  it('an answer in parts', async () => {
    const query = '{ stages { nodes { name ... @defer { tags { key } } } } }';
    expect(await hitsOf(() => query, { accept: 'multipart/mixed' })).toBe(0);
  });

  it('for a caller who may see something else', async () => {
    const { post, gateway, beside, stageArn } = await start();
    const other = await createStage(beside, 'second');
    const callers = [
      callerWith(),
      boundedTo(stageArn),
      boundedTo(other),
      callerWith(['ivs:write']),
      callerWith(['ivs:read'], { user: 'one', resources: [stageArn] }),
    ];
    // Names of the harness's callers are registered by asking.
    for (const caller of callers) await gateway.ask('{ __typename }', {}, { caller });
    const seen = async (subject: string) => {
      const { text, data } = await post(NAMES, { headers: { 'x-caller': subject } });
      return (
        data?.stages?.nodes.map(({ name }: { name: string }) => name) ??
        JSON.parse(text).errors[0].extensions.code
      );
    };
    for (let time = 0; time < 4; time += 1) {
      const told = [];
      for (const { subject } of callers) told.push(await seen(subject));
      expect(told).toEqual([['first', 'second'], ['first'], ['second'], 'FORBIDDEN', ['first']]);
    }
    expect(gateway.responses?.facts()).toMatchObject({ entries: 4, hits: 8 });
  });
});

describe('forgotten', () => {
  it('when a mutation may have changed what was read, and only then', async () => {
    const { post, gateway, stageArn, hits } = await start();
    const other = await createStage(gateway, 'second');
    const nameOf = (arn: string) => `{ stage(arn: "${arn}") { name } }`;
    const ask = async (arn: string) => (await post(nameOf(arn))).data.stage.name;
    for (let time = 0; time < 3; time += 1) for (const arn of [stageArn, other]) await ask(arn);
    await post(`mutation { updateStage(input: { arn: "${stageArn}", name: "changed" }) { __typename } }`);
    expect(await ask(stageArn)).toBe('changed');
    const before = hits() as number;
    expect(await ask(other)).toBe('second');
    expect(hits()).toBe(before + 1);
  });

  it('when a request reads through, and AWS says something else', async () => {
    const { post, gateway, stageArn } = await start();
    const query = `{ stage(arn: "${stageArn}") { activeSession { sessionId } } }`;
    for (let time = 0; time < 3; time += 1) expect((await post(query)).data.stage.activeSession).toBeNull();
    gateway.emulator.control.join({ stageArn, userId: 'one' });
    const { data } = await post(query, { headers: { 'cache-control': 'no-cache' } });
    expect(data.stage.activeSession).not.toBeNull();
    expect((await post(query)).data).toEqual(data);
  });

  it('when a list says something else of what was read', async () => {
    const { post, gateway } = await start();
    const { stageArn, sessionId, participantIds } = await createSession(gateway, 1);
    const list = `{ participants(stageArn: "${stageArn}", sessionId: "${sessionId}") { nodes { userId state } } }`;
    const detail = `{ participant(stageArn: "${stageArn}", sessionId: "${sessionId}", participantId: "${participantIds[0]}") { browserName state } }`;
    await post(list);
    for (let time = 0; time < 3; time += 1)
      expect((await post(detail)).data.participant.state).toBe('CONNECTED');
    gateway.emulator.control.leave({ stageArn, participantId: participantIds[0] as string });
    await post(list, { headers: { 'cache-control': 'no-cache' } });
    expect((await post(detail)).data.participant.state).toBe('DISCONNECTED');
  });
});

describe('not passed by', () => {
  it('the limit of requests at the same time and per second', async () => {
    const { post, hits } = await start({ server: { limits: { perSecond: 3 } } });
    const statuses = [];
    for (let time = 0; time < 5; time += 1) statuses.push((await post(NAMES)).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    expect(hits()).toBe(1);
  });

  it('the id of the request, and which pages may read the answer', async () => {
    const { post, hits } = await start({ server: { corsOrigins: ['https://ours.example'] } });
    const ask = async (origin: string, id: string) => {
      const { headers } = await post(NAMES, { headers: { origin, 'x-request-id': id } });
      return [headers.get('access-control-allow-origin'), headers.get('x-request-id'), headers.get('vary')];
    };
    const vary = (await ask('https://ours.example', '0'))[2];
    for (const [index, origin] of ['https://ours.example', 'https://theirs.example'].entries())
      for (let time = 0; time < 2; time += 1)
        expect(await ask(origin, `id-${index}`)).toEqual([index === 0 ? origin : null, `id-${index}`, vary]);
    expect(hits()).toBe(3);
  });

  it('metrics and the log', async () => {
    const metrics = createMetrics({ version: '1.2.3' });
    const { post, url, gateway } = await start({ metrics, logLevel: 'debug' });
    for (let time = 0; time < 3; time += 1)
      await post(`query Names ${NAMES}`, { headers: { 'x-request-id': `n${time}` } });
    const text = await (await fetch(url.replace('graphql', 'metrics'))).text();
    expect(text).toContain('ivs_graphql_requests_total{kind="query",outcome="ok",status="200"} 3');
    expect(text).toContain('ivs_graphql_request_duration_seconds_count{kind="query",outcome="ok"} 3');
    expect(text).toContain('ivs_graphql_response_cache_hits_total 1');
    expect(text).toContain('ivs_graphql_response_cache_misses_total 2');
    expect(gateway.log.at(-1)).toMatchObject({
      ...{ requestId: 'n2', operation: 'Names', kind: 'query', outcome: 'ok', status: 200, calls: 0 },
      msg: 'request',
    });
  });

  it('the names that the gateway answers to', async () => {
    const { url, post } = await start({ server: { isLoopbackOnly: true } });
    for (let time = 0; time < 3; time += 1) await post(NAMES);
    const body = JSON.stringify({ query: NAMES });
    const headers = {
      'content-type': 'application/json',
      'content-length': body.length,
      host: 'evil.example',
    };
    const request = nodeRequest(url, { method: 'POST', headers }).end(body);
    const [response] = await once(request, 'response');
    expect(response.resume().statusCode).toBe(403);
  });
});

describe('at the same time', () => {
  it('one of many is executed for all', async () => {
    const { post, gateway } = await start();
    await post(NAMES);
    await new Promise<void>((resolve) => gateway.clock.after(5001, resolve));
    gateway.calls();
    // Requests that wait for another one must not make time pass.
    gateway.clock.isBusy = () => true;
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(NAMES)));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(gateway.calls()).toEqual({ ListStages: 1 });
  });

  it('who waits is refused when the token ends meanwhile', async () => {
    let asked = 0;
    const gone = () => Promise.reject(unauthenticated('The token has expired', 'invalid_token'));
    const authenticate: Authenticate = ({ headers }) => {
      if (headers.get('x-short') === null) return callerWith();
      asked += 1;
      return asked === 1 ? callerWith() : gone();
    };
    const { post, gateway } = await start({ authenticate });
    gateway.clock.isBusy = () => true;
    gateway.emulator.faults.add({ operation: 'ListStages', delayMs: 300 });
    const leaders = [post(NAMES), post(NAMES)];
    await new Promise((resolve) => setTimeout(resolve, 100));
    const short = await post(NAMES, { headers: { 'x-short': '1' } });
    expect([short.status, asked]).toEqual([401, 2]);
    for (const { status } of await Promise.all(leaders)) expect(status).toBe(200);
  });

  it('who leaves takes nobody along', async () => {
    const { post, gateway } = await start();
    await post(NAMES);
    await new Promise<void>((resolve) => gateway.clock.after(5001, resolve));
    const client = new AbortController();
    const gone = post(NAMES, { signal: client.signal }).catch(() => 'gone');
    const others = Array.from({ length: 5 }, () => post(NAMES));
    client.abort();
    expect(await gone).toBe('gone');
    for (const { status } of await Promise.all(others)) expect(status).toBe(200);
  });
});
