// What no query may do: each way to ask for too much is refused before any of it runs.

import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { executeSync, getIntrospectionQuery, parse } from 'graphql';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { schema } from '../../../src/schema/index.ts';
import { examples } from '../../../src/server/graphiql/examples.ts';
import { listen } from '../../../src/server/http/listener.ts';
import { parseWithin } from '../../../src/server/limits/document.ts';
import { defaultLimits, type Limits } from '../../../src/server/limits/limits.ts';
import { countValues } from '../../../src/server/limits/value-count.ts';
import { blocksOf, documents } from '../../support/documents.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { MAIN } from '../../support/revocation.ts';

const URL = 'http://gateway/graphql';
const json = { 'content-type': 'application/json' };
const send = (gateway: TestGateway, body: BodyInit, headers: Record<string, string> = {}) =>
  gateway.fetch(URL, { method: 'POST', headers: { ...json, ...headers }, body });
const times = (count: number, write: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => write(index)).join(' ');

const doubling = times(30, (i) => `fragment f${i + 1} on Stage { ...f${i} ...f${i} }`);
const bombs: [string, string, string | undefined][] = [
  ['aliases', `{ stages { nodes { ${times(201, (i) => `a${i}: name`)} } } }`, 'aliases'],
  ['root fields', `{ ${times(101, () => '__typename')} }`, 'rootFields'],
  ['levels', `{ stages { nodes ${'{ sessions { nodes '.repeat(10)} { id } ${'} }'.repeat(10)} } }`, 'depth'],
  ['directives', `{ __typename ${times(51, () => '@skip(if: false)')} }`, 'directives'],
  ['brackets', '{a'.repeat(5000), 'nesting'],
  ['brackets of values', `{ a(b: ${'['.repeat(5000)}`, 'nesting'],
  ['tokens', `{ ${times(10_000, () => 'a')} }`, 'tokens'],
  ['fields', `{ stages { nodes { ${times(1000, () => 'name')} } } }`, 'fields'],
  ['fragments', `{ a } ${times(201, (i) => `fragment f${i} on Stage { name }`)}`, 'fragments'],
  [
    'fragments, 30 times doubled',
    `{ stages { nodes { ...f30 } } } fragment f0 on Stage { name } ${doubling}`,
    'fields',
  ],
  ['a fragment in itself', '{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }', undefined],
  ['a variable twice', 'query ($a: ID, $a: ID) { __typename }', undefined],
  [
    'nested lists',
    '{ stages(first: 1000) { nodes { sessions(first: 1000) { nodes { participants(first: 1000) { nodes { events(first: 1000) { nodes { name } } } } } } } } }',
    'values',
  ],
  [
    'introspection',
    `{ __schema { types { ${times(90, (i) => `a${i}: fields { name args { name } type { name } }`)} } } }`,
    'values',
  ],
];

it.each(bombs)('a bomb of %s is refused, and makes no call', async (_what, query, name) => {
  const gateway = await startGateway();
  const { status, errors, data } = await gateway.ask(query);
  expect([status, data]).toEqual([400, undefined]);
  if (!name) return;
  const code = name === 'values' ? 'QUERY_TOO_EXPENSIVE' : 'QUERY_TOO_COMPLEX';
  expect(errors).toMatchObject([
    { extensions: { code, limit: { name, max: defaultLimits[name as keyof Limits] } } },
  ]);
  expect(errors?.[0]?.message).toMatch(/^Expected .* got .*\. [A-Z]/);
  expect(gateway.calls()).toEqual({});
});

it('lists that variables lengthen are counted too', async () => {
  const gateway = await startGateway();
  const query =
    'query ($n: Int = 1) { stages(first: $n) { nodes { sessions(first: $n) { nodes { sessionId } } } } }';
  expect((await gateway.ask(query)).status).toBe(200);
  expect(await gateway.ask(query, { n: 1000 })).toMatchObject({
    status: 400,
    errors: [{ extensions: { limit: { name: 'values' } } }],
  });
});

const deep = '['.repeat(50_000) + ']'.repeat(50_000);
const bodies: [string, BodyInit, Record<string, string>, number, RegExp][] = [
  [
    'deep variables',
    `{"query":"{__typename}","variables":{"a":${deep}}}`,
    {},
    400,
    /100 brackets.*variables/,
  ],
  [
    'deep extensions',
    `{"query":"{__typename}","extensions":{"a":${deep}}}`,
    {},
    400,
    /100 brackets.*extensions/,
  ],
  ['a batch', '[{"query":"{__typename}"},{"query":"{__typename}"}]', {}, 400, /Batching is not supported/],
  [
    'gzip',
    gzipSync('{"query":"{__typename}"}') as unknown as BodyInit,
    { 'content-encoding': 'gzip' },
    415,
    /content-encoding/,
  ],
  ['NUL', '{"query":"{ __typename \\u0000 }"}', {}, 400, /U\+0000/],
];
it.each(bodies)('a body of %s is answered clearly', async (_what, body, headers, status, message) => {
  const response = await send(await startGateway(), body, {
    accept: 'application/graphql-response+json',
    ...headers,
  });
  expect([response.status, JSON.parse(await response.text()).errors[0].message]).toEqual([
    status,
    expect.stringMatching(message),
  ]);
});

it.each(['__proto__', 'constructor', 'toString'])('the variable %s is one as others', async (name) => {
  const query = `query ($${name}: Int = 3) { stages(first: $${name}) { nodes { name } } }`;
  expect(await (await startGateway()).ask(query)).toMatchObject({
    status: 200,
    data: { stages: { nodes: [] } },
  });
});

it('2500 ids cost 2500 calls, and are refused where fewer are allowed; a dry run tells', async () => {
  const gateway = await startGateway({ server: { limits: { calls: 2000 } } });
  const arn = (index: number) => `arn:aws:ivs:us-west-2:123456789012:stage/${index}`;
  const ids = Array.from({ length: 2500 }, (_, index) =>
    Buffer.from(`Stage:${arn(index)}`).toString('base64'),
  );
  const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Stage { endpoints { whip } } } }';
  expect(await gateway.ask(query, { ids })).toMatchObject({
    status: 400,
    errors: [{ extensions: { code: 'QUERY_TOO_EXPENSIVE', limit: { name: 'calls', max: 2000, got: 2500 } } }],
  });
  const dry = await gateway.ask(query, { ids }, { headers: { 'x-ivs-cost': 'dryRun' } });
  expect(dry).toMatchObject({ status: 200, extensions: { ivs: { calls: 2500 } } });
  expect(gateway.calls()).toEqual({});
});

it('who has as many requests at work as one may have is told to come again, and the others are served', async () => {
  const gateway = await startGateway({
    server: { limits: { requestsPerCaller: 1, requests: 2 }, proxies: 1 },
  });
  const { isBusy } = gateway.clock;
  gateway.clock.isBusy = () => true;
  gateway.emulator.faults.add({ operation: 'ListStages', times: 2, status: 500 });
  const from = (address: string, query = '{ stages { nodes { arn } } }') =>
    send(gateway, JSON.stringify({ query }), { 'x-forwarded-for': address, 'cache-control': 'no-cache' });
  const first = from('10.0.0.1');
  while (gateway.emulator.calls.count('ListStages') < 1) await new Promise(setImmediate);
  const refused = await from('10.0.0.1', '{ __typename }');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
  expect(await refused.json()).toMatchObject({
    errors: [{ extensions: { code: 'THROTTLED', retryAfterMs: 1000 } }],
  });
  // A client can write whom it likes in front of what the proxy wrote.
  expect((await from('10.0.0.9, 10.0.0.1', '{ __typename }')).status).toBe(429);
  expect((await from('10.0.0.2', '{ __typename }')).status).toBe(200);
  const second = from('10.0.0.2', '{ channels { nodes { arn } } stages { nodes { arn } } }');
  while (gateway.emulator.calls.count('ListChannels') < 1) await new Promise(setImmediate);
  expect((await from('10.0.0.3', '{ __typename }')).status).toBe(503);
  gateway.clock.isBusy = isBusy;
  expect([(await first).status, (await second).status]).toEqual([200, 200]);
  expect((await from('10.0.0.1', '{ __typename }')).status).toBe(200);
});

it('a request counts from its headers on, however slowly its body comes', async () => {
  const gateway = await startGateway({ server: { limits: { requestsPerCaller: 1 } } });
  const { address, drain } = await listen(gateway.handler, { host: '127.0.0.1', port: 0 });
  onTestFinished(() => drain({ delayMs: 0, finishMs: 0 }));
  const url = `http://127.0.0.1:${address.port}/graphql`;
  const ask = async () => {
    const headers = { 'content-type': 'application/json', connection: 'close' };
    const response = await fetch(url, { method: 'POST', headers, body: '{"query":"{ __typename }"}' });
    await response.text();
    return response.status;
  };
  const slow = connect(address.port, '127.0.0.1').on('error', () => {});
  slow.write(
    'POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{',
  );
  while ((await ask()) === 200);
  expect(await ask()).toBe(429);
  slow.destroy();
  while ((await ask()) === 429);
  expect(await ask()).toBe(200);
});

it('who asks faster than one may is told when to come again', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 });
  try {
    const gateway = await startGateway({ server: { limits: { perSecond: 2 } } });
    for (const status of [200, 200, 429]) expect((await gateway.ask('{ __typename }')).status).toBe(status);
    // Also when the system's clock was set back meanwhile: a second is the most that anybody can have to wait.
    for (const time of [1_000_000, 1_000_000 - 6 * 3_600_000]) {
      vi.setSystemTime(time);
      const { errors } = await gateway.ask('{ __typename }');
      expect(errors).toMatchObject([{ extensions: { code: 'THROTTLED', retryAfterMs: 1000 } }]);
    }
    vi.setSystemTime(1_001_001);
    expect((await gateway.ask('{ __typename }')).status).toBe(200);
  } finally {
    vi.useRealTimers();
  }
});

it('what is documented stays far below all limits', () => {
  const documented = documents
    .flatMap(blocksOf)
    .filter(({ language }) => language === 'graphql')
    .map(({ text }) => ({ query: text, variables: {} }));
  for (const { query, variables } of [
    ...examples,
    ...documented,
    { query: getIntrospectionQuery(), variables: {} },
  ]) {
    const half = Object.fromEntries(
      Object.entries(defaultLimits).map(([name, max]) => [name, max * 0.8]),
    ) as Limits;
    expect(() => parseWithin(half, query)).not.toThrow();
    const values = countValues(schema, parse(query), undefined, variables ?? {});
    console.log(
      `${query.trim().slice(0, 40).replace(/\s+/g, ' ')}: ${values} of ${defaultLimits.values} values`,
    );
    expect(values).toBeLessThan(defaultLimits.values / 2);
  }
});

it('no input makes a 500', async () => {
  const gateway = await startGateway();
  const valid = examples.map(({ query, variables }) => JSON.stringify({ query, variables }));
  const mutated = fc
    .tuple(fc.constantFrom(...valid), fc.nat(), fc.nat(20), fc.string({ unit: 'binary' }))
    .map(
      ([text, at, cut, put]) => text.slice(0, at % text.length) + put + text.slice((at % text.length) + cut),
    );
  const anyQuery = fc
    .record({ query: fc.string({ unit: 'binary' }), variables: fc.dictionary(fc.string(), fc.jsonValue()) })
    .map((body) => JSON.stringify(body));
  const anyVariables = fc
    .tuple(fc.constantFrom(...examples), fc.jsonValue(), fc.jsonValue())
    .map(([{ query }, stageArn, viewerSessions]) =>
      JSON.stringify({ query, variables: { stageArn, viewerSessions } }),
    );
  await fc.assert(
    fc.asyncProperty(fc.oneof(mutated, anyQuery, anyVariables, fc.json()), async (body) => {
      const response = await send(gateway, body);
      expect(response.status).toBeLessThan(500);
      // A subscription that has begun, which has no end.
      const isLive = response.headers.get('content-type') === 'text/event-stream';
      if (isLive) await response.body?.cancel();
      else expect(await response.text()).not.toContain('INTERNAL_SERVER_ERROR');
    }),
    { numRuns: 200, seed: 6 },
  );
});

describe('what would keep everybody else waiting is refused before it does', () => {
  it('an input of thousands of members', async () => {
    const gateway = await startGateway();
    const input = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`n${n}`, 1]));
    const query = 'mutation ($input: CreateStageInput!) { createStage(input: $input) { __typename } }';
    const { status, errors } = await gateway.ask(query, { input });
    expect([status, errors]).toMatchObject([
      400,
      [{ extensions: { code: 'QUERY_TOO_COMPLEX', limit: { name: 'members' } } }],
    ]);
  });

  it.each(['variables', 'extensions'])(
    '%s of a hundred thousand lists, that nothing declares',
    async (where) => {
      const gateway = await startGateway();
      const given = { [where]: { a: Array.from({ length: 100_000 }, () => []) } };
      const response = await send(gateway, JSON.stringify({ query: '{ __typename }', ...given }));
      const { errors } = (await response.json()) as { errors: object[] };
      const extensions = { code: 'QUERY_TOO_COMPLEX', limit: { name: 'containers', max: 50_000 } };
      expect([response.status, errors]).toMatchObject([400, [{ extensions }]]);
    },
  );

  it('thousands of ids that are none', async () => {
    const gateway = await startGateway();
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename } }';
    const ids = Array.from({ length: 6000 }, () => 'a');
    expect((await gateway.ask(query, { ids })).errors).toMatchObject([
      { extensions: { code: 'QUERY_TOO_EXPENSIVE', limit: { name: 'values' } } },
    ]);
    const { errors } = await gateway.ask(query, { ids: ids.slice(0, 1000) });
    expect(errors).toHaveLength(1000);
    expect(errors?.at(-1)).toEqual({
      message: expect.stringMatching(/^Expected an id/),
      locations: [{ line: 1, column: 24 }],
      path: ['nodes', 999],
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  it('guesses in a message that quotes a long text of the client', async () => {
    const gateway = await startGateway({ server: { hasIntrospection: false } });
    const first = 'Did you mean '.repeat(20_000);
    const { errors } = await gateway.ask('query ($first: Int) { stages(first: $first) { nodes { name } } }', {
      first,
    });
    expect(errors).toHaveLength(1);
  });
});

describe('what is given in lists', () => {
  const pairs = (length: number) =>
    Array.from({ length }, (_, index) => ({ channelArn: 'x', viewerId: `v${index}` }));
  const revoke = 'revokeViewerSessions(input: { viewerSessions: $pairs }) { revokedCount }';

  it('counts once for each use, inside of inputs, too', async () => {
    const gateway = await startGateway();
    const one = await gateway.ask(`mutation ($pairs: [ViewerSessionInput!]!) { ${revoke} }`, {
      pairs: pairs(25_000),
    });
    expect(one).toMatchObject({ status: 200, data: { revokeViewerSessions: { revokedCount: 0 } } });
    const two = await gateway.ask(`mutation ($pairs: [ViewerSessionInput!]!) { a: ${revoke} b: ${revoke} }`, {
      pairs: pairs(25_000),
    });
    expect(two).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'QUERY_TOO_EXPENSIVE', limit: { name: 'values', max: 250_000 } } }],
    });
    expect(gateway.calls()).toEqual({});
  });

  it('counts less where it is worked on in slices', async () => {
    const gateway = await startGateway();
    const answer = await gateway.ask(
      'mutation ($arns: [ID!]!) { deleteChannels(input: { arns: $arns }) { deletedCount } }',
      { arns: Array(25_000).fill('x') },
    );
    expect(answer).toMatchObject({ status: 200, data: { deleteChannels: { deletedCount: 0 } } });
  });

  it.each([
    'errors { index code message }',
    'resources { arn tags { key } }',
    'resources { ... on Channel { tags { key } } }',
  ])('counts what is selected of each item: %s', async (selection) => {
    const gateway = await startGateway();
    const aliases = Array.from({ length: 5 }, (_, index) => `f${index}: ${selection}`);
    const answer = await gateway.ask(
      `mutation ($arns: [ID!]!) { tagResources(input: { resourceArns: $arns, tags: [{ key: "a", value: "" }] }) { ${aliases.join(' ')} } }`,
      { arns: Array(10_000).fill(MAIN) },
    );
    // Equal items are sent once, and returned as often as they were given.
    expect(answer).toMatchObject({ status: 400, errors: [{ extensions: { limit: { name: 'values' } } }] });
    expect(gateway.calls()).toEqual({});
  });

  it('counts what is selected of each pair that may fail', async () => {
    const gateway = await startGateway();
    const errors = Array.from({ length: 20 }, (_, index) => `e${index}: errors { message }`);
    const answer = await gateway.ask(
      `mutation ($pairs: [ViewerSessionInput!]!) {
        revokeViewerSessions(input: { viewerSessions: $pairs }) { ${errors.join(' ')} } }`,
      { pairs: pairs(10_000) },
    );
    expect(answer).toMatchObject({ status: 400, errors: [{ extensions: { limit: { name: 'values' } } }] });
  });

  it('is never too many calls where only those are made that the deadline allows; a dry run tells all', async () => {
    const gateway = await startGateway({ seed: 'demo', server: { limits: { calls: 10 } } });
    const sound = Array.from({ length: 100 }, (_, index) => ({ channelArn: MAIN, viewerId: `v${index}` }));
    const document = `mutation ($pairs: [ViewerSessionInput!]!) { ${revoke} }`;
    const dry = await gateway.ask(document, { pairs: sound }, { headers: { 'x-ivs-cost': 'dryRun' } });
    expect(dry.extensions?.ivs?.calls).toBeGreaterThan(10);
    expect(await gateway.data(document, { pairs: sound })).toEqual({
      revokeViewerSessions: { revokedCount: 100 },
    });
  });

  it('is not judged for who may not send it', async () => {
    const gateway = await startGateway({ caller: { subject: 'nobody', scopes: new Set(['ivs:read']) } });
    const sound = Array.from({ length: 5000 }, (_, index) => ({
      channelArn: `arn:aws:ivs:us-west-2:123456789012:channel/${index}`,
      viewerId: 'v',
    }));
    const document = `mutation ($pairs: [ViewerSessionInput!]!) { ${revoke} }`;
    const dry = await gateway.ask(document, { pairs: sound }, { headers: { 'x-ivs-cost': 'dryRun' } });
    expect(dry.extensions?.ivs).toMatchObject({ calls: 0 });
    expect((await gateway.ask(document, { pairs: sound })).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ]);
  });
});

it.each([
  ['untagResource', 'resourceArn', 'tagKeys', ['k']],
  ['tagResource', 'resourceArn', 'tags', [{ key: 'k', value: 'v' }]],
] as const)('more than AWS takes is refused by %s without a call', async (name, arn, member, [item]) => {
  const gateway = await startGateway();
  const items = Array.from({ length: 51 }, (_, index) =>
    typeof item === 'string' ? `k${index}` : { ...item, key: `k${index}` },
  );
  const input = { [arn]: 'arn:aws:ivs:us-west-2:123456789012:stage/TownHall0001', [member]: items };
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const { data } = await gateway.ask(
    `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ... on MutationError { message } } }`,
    { input },
  );
  expect(data[name]).toMatchObject({
    __typename: 'ValidationError',
    message: expect.stringMatching(`${member} to have at most 50`),
  });
  expect(gateway.calls()).toEqual({});
});

it('variables are printed in errors up to a bound', async () => {
  const gateway = await startGateway();
  const input = Object.fromEntries(
    Array.from({ length: 190 }, (_, index) => [`m${index}`, 'x'.repeat(4_000)]),
  );
  const { status, errors } = await gateway.ask(
    'mutation ($input: CreateStageInput!) { createStage(input: $input) { __typename } }',
    { input },
  );
  expect(status).toBe(400);
  expect(errors?.length).toBeLessThan(10);
  for (const { message, extensions } of errors ?? []) {
    expect(message.length).toBeLessThan(1_100);
    expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
  }
});

it.each([
  [
    '_service, again and again',
    `{ ${Array.from({ length: 99 }, (_, i) => `a${i}: _service { sdl }`).join(' ')} }`,
  ],
  [
    'all descriptions, again and again',
    `{ ${Array.from({ length: 60 }, (_, i) => `a${i}: __schema { types { description fields { description args { description } } } }`).join(' ')} }`,
  ],
])('texts of the schema count by their length: %s', async (_what, query) => {
  const gateway = await startGateway();
  expect(await gateway.ask(query)).toMatchObject({
    status: 400,
    errors: [{ extensions: { code: 'QUERY_TOO_EXPENSIVE', limit: { name: 'values' } } }],
  });
});

describe('introspection', () => {
  const listsOf: Record<string, readonly string[]> = {
    __Type: ['fields', 'inputFields', 'enumValues', 'interfaces', 'possibleTypes', 'ofType'],
    __Field: ['args', 'type'],
    __InputValue: ['type'],
  };
  const typeOf: Record<string, string> = {
    fields: '__Field',
    inputFields: '__InputValue',
    args: '__InputValue',
  };
  const selection = (type: string, choices: number[]): string => {
    const names = listsOf[type] ?? [];
    const [choice, ...rest] = choices;
    const name = choice === undefined ? undefined : names[choice % names.length];
    if (!name || name === 'enumValues') return name ? 'name enumValues { name }' : 'name';
    const next = typeOf[name] ?? '__Type';
    return `name ${name}${name.endsWith('ields') || name === 'args' ? '(includeDeprecated: true)' : ''} { ${selection(next, rest)} }`;
  };
  const valuesIn = (value: unknown): number =>
    typeof value === 'object' && value !== null
      ? Object.values(value).reduce((sum: number, one) => sum + valuesIn(one), 1)
      : 1;
  const names = Object.keys(schema.getTypeMap());

  it('counts at least what the schema holds', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.array(fc.nat(5), { maxLength: 5 }), (name, choices) => {
        const below = selection('__Type', choices);
        for (const query of [
          `{ __type(name: "${name}") { ${below} } }`,
          `{ __schema { types { ${below} } } }`,
        ]) {
          const document = parse(query);
          const counted = countValues(schema, document, undefined, {});
          if (counted > 1e6) continue;
          expect(counted).toBeGreaterThanOrEqual(valuesIn(executeSync({ schema, document }).data) - 1);
        }
      }),
      { numRuns: 60, seed: 14 },
    );
  });
});

it('where lists state no `first`, says which and what would pass', async () => {
  const gateway = await startGateway();
  const query = (stages: string) =>
    `{ ${stages} { nodes { activeSession { participants(first: 100) { nodes { userId browserName } } } } } }`;
  const { errors } = await gateway.ask(query('stages'));
  expect(errors?.[0]?.message).toMatch(
    /got one that can take 5051\. Without `first`, `stages` \(50\) takes its default/,
  );
  const first = /passes with `first: (\d+)`/.exec(errors?.[0]?.message ?? '')?.[1];
  expect(first).toBe('49');
  expect((await gateway.ask(query(`stages(first: ${first})`))).status).toBe(200);
  expect((await gateway.ask(query('stages(first: 1000)'))).errors?.[0]?.message).not.toMatch(/states? no/);
  const both = await gateway.ask(
    '{ stages { nodes { sessions { nodes { participants(first: 9) { nodes { browserName } } } } } } }',
  );
  expect(both.errors?.[0]?.message).toMatch(
    /Without `first`, `stages` \(50\), `sessions` \(20\) take their default: the query passes with `first: 22` on each/,
  );
});

it('a query of too many values tells the `first` with which it passes, too', async () => {
  const gateway = await startGateway();
  const query = (args = '') =>
    `{ stages${args} { nodes { sessions${args} { nodes { participants${args} { nodes { events${args} { nodes { name } } } } } } } } }`;
  const { errors } = await gateway.ask(query());
  expect(errors).toMatchObject([
    { extensions: { code: 'QUERY_TOO_EXPENSIVE', limit: { name: 'values', got: expect.any(Number) } } },
  ]);
  const first = /`events` \(20\) take their default: .* `first: (\d+)` on each/.exec(
    errors?.[0]?.message ?? '',
  )?.[1];
  expect((await gateway.ask(query(`(first: ${first})`))).status).toBe(200);
});

it('a document of more than 100,000 characters is refused', async () => {
  const gateway = await startGateway();
  const { errors } = await gateway.ask(`{ __typename } # ${'x'.repeat(100_000)}`);
  expect(errors).toMatchObject([
    { extensions: { code: 'QUERY_TOO_COMPLEX', limit: { name: 'characters' } } },
  ]);
});

it('a document of more than 5,000 lines is refused', async () => {
  const gateway = await startGateway();
  const { errors } = await gateway.ask(`${'\n'.repeat(5000)}{ __typename }`);
  expect(errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_COMPLEX', limit: { name: 'lines' } } }]);
});

it('fragments that spread each other are refused before anything follows them', async () => {
  const gateway = await startGateway();
  const fragments = Array.from(
    { length: 150 },
    (_, i) => `fragment F${i} on Query { ...F${(i + 1) % 150} ...F0 }`,
  );
  const { errors } = await gateway.ask(`{ ...F0 } ${fragments.join(' ')}`);
  expect(errors).toMatchObject([{ message: 'Cannot spread fragment "F0" within itself.' }]);
});

it('a `first` that is refused counts as the largest, since it is refused at each item above', async () => {
  const gateway = await startGateway();
  const events = Array.from({ length: 10 }, (_, i) => `a${i}: events(first: 0) { nodes { name } }`).join(' ');
  const { errors } = await gateway.ask(
    `{ stages { nodes { activeSession { participants(first: 100) { nodes { ${events} } } } } } }`,
  );
  expect(errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_EXPENSIVE', limit: { name: 'values' } } }]);
});
