// The OpenAPI document of the control API, as tools that nobody here wrote read it.
import { spawnSync } from 'node:child_process';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import axios from 'axios';
import { OpenAPIClientAxios } from 'openapi-client-axios';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commands } from '../../../src/emulator/control/commands/index.ts';
import { type Emulator, startEmulator } from '../../../src/emulator/emulator.ts';
import { kindSchemas } from '../../../src/emulator/inputs/member-rules.ts';
import { checkMembers, type Fields } from '../../../src/emulator/inputs/members.ts';

interface Media {
  description?: string;
  content: { 'application/json': { schema: object; example?: object } };
}
interface Operation {
  operationId: string;
  requestBody: Media;
  parameters?: { name: string; example?: string }[];
  responses: { 200: Media; '4XX': object };
}
interface Document {
  paths: Record<string, { get?: Operation; post: Operation }>;
  components: { responses: { Refused: Media }; schemas: Record<string, { description?: string }> };
}

let emulator: Emulator;
let document: Document;
beforeAll(async () => {
  emulator = await startEmulator({ seed: 'demo' });
  emulator.deliverTo(async () => ({ status: 200 })); // faults of delivery need a receiver
  document = (await (await fetch(`${emulator.url}/_control/openapi.json`)).json()) as Document;
});
afterAll(() => emulator.close());

const ajv = new Ajv2020({ strict: false, validateFormats: false });
/** Of a part of the document, with the parts that it refers to. */
const problemsOf = ({ content }: Media, value: unknown) => {
  const { schema } = content['application/json'];
  const validate = ajv.compile({ ...schema, components: document.components });
  return validate(value) ? [] : validate.errors;
};

test('is an OpenAPI document', async () => {
  const result = await new Validator().validate(document as unknown as Record<string, unknown>);
  expect(result.errors).toBeUndefined();
  expect(result.valid).toBe(true);
  expect(document).toMatchObject({ openapi: '3.1.1', servers: [{ url: emulator.url }] });
  const paths = Object.keys(commands).map((name) => `/_control/${name}`);
  expect(Object.keys(document.paths)).toEqual(paths);
});

const call = (path: string, body: object) => {
  const [credential, scope] = ['Credential=AKIDEXAMPLE/20260101', 'us-west-2/ivs/aws4_request'];
  const authorization = `AWS4-HMAC-SHA256 ${credential}/${scope}, SignedHeaders=host, Signature=00`;
  const headers = { authorization };
  return fetch(emulator.url + path, { method: 'POST', body: JSON.stringify(body), headers });
};

test('each example is accepted in turn, and each response is as described', async () => {
  await call('/GetStage', { arn: 'arn:aws:ivs:us-west-2:123456789012:stage/TownHall0001' });
  for (const [path, { get, post }] of Object.entries(document.paths)) {
    const { example } = post.requestBody.content['application/json'];
    expect(problemsOf(post.requestBody, example), path).toEqual([]);
    const response = await fetch(emulator.url + path, { method: 'POST', body: JSON.stringify(example) });
    const answer = await response.json();
    expect({ path, status: response.status, answer }).toMatchObject({ status: 200 });
    expect(problemsOf(post.responses[200], answer), path).toEqual([]);
    const { example: shown } = post.responses[200].content['application/json'];
    expect(problemsOf(post.responses[200], shown), path).toEqual([]);
    if (get) {
      const query = get.parameters?.flatMap(({ name, example }) => (example ? [[name, example]] : []));
      const read = await fetch(`${emulator.url}${path}?${new URLSearchParams(query)}`);
      expect({ path, status: read.status }).toEqual({ path, status: 200 });
      expect(problemsOf(get.responses[200], await read.json()), path).toEqual([]);
    }
  }
});

test('responses with items are as described', async () => {
  const channelArn = 'arn:aws:ivs:us-west-2:123456789012:channel/MainStage001';
  const revoke = { channelArn, viewerId: 'zoe', viewerSessionVersionsLessThanOrEqualTo: 3 };
  expect((await call('/StartViewerSessionRevocation', revoke)).status).toBe(200);
  await call('/_control/breachLimit', { limit: 'Concurrent Viewers', region: 'us-west-2' });
  await call('/_control/snapshot', {});
  await call('/_control/snapshot', { account: '000000000001' });
  await call('/_control/addFault', { operation: 'GetStage', times: 1, probability: 1, throttle: true });
  await call('/GetStage', { arn: '?' });
  await call('/NoSuch', {});
  const end = emulator.deliverTo(async () => ({ status: 200 }));
  await call('/_control/breachLimit', { limit: 'Concurrent Viewers', region: 'us-west-2' });
  for (const name of ['revocations', 'events', 'calls', 'snapshots', 'faults', 'unmatched']) {
    const answer: unknown = await (await fetch(`${emulator.url}/_control/${name}`)).json();
    expect(JSON.stringify(answer).length, name).toBeGreaterThan(60);
    expect(
      problemsOf((document.paths[`/_control/${name}`] as { post: Operation }).post.responses[200], answer),
    ).toEqual([]);
  }
  end();
});

test('a client that is generated from it drives the emulator', async () => {
  const client = await new OpenAPIClientAxios({ definition: `${emulator.url}/_control/openapi.json` }).init();
  const stageArn = 'arn:aws:ivs:us-west-2:123456789012:stage/TownHall0001';
  const joined = await client.join?.({}, { stageArn, userId: 'yuki' });
  expect(joined?.data).toEqual({ sessionId: 'st-TownHall00001', participantId: expect.any(String) });
  const participantId: unknown = joined?.data.participantId;
  expect((await client.leave?.({}, { stageArn, participantId }))?.data).toEqual({});
  expect((await client.callsByQuery?.({ operation: 'GetParticipant' }))?.data).toMatchObject({ log: [] });
  const refused = await client.join?.({}, { stage: stageArn }).catch((error: unknown) => error);
  if (!axios.isAxiosError(refused)) throw new Error('join was expected to be refused');
  expect(refused.response?.status).toBe(400);
  expect(problemsOf(document.components.responses.Refused, refused.response?.data)).toEqual([]);
});

test('refusals have the statuses and the form that it names', async () => {
  const { Refused } = document.components.responses;
  const post = (name: string, body: object | string, headers = {}) => ({
    name,
    init: { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) },
  });
  const refusals = {
    400: post('join', { stage: 'x' }),
    404: post('jion', {}),
    405: { name: 'join', init: { method: 'GET' } },
    403: post('clock', {}, { origin: 'https://example.com' }),
    408: post('waitForCalls', { operation: 'GetStage', count: 1000, timeoutMs: 1 }),
    413: post('reset', `{"seed":"${'x'.repeat(1024 * 1024)}"}`),
  };
  for (const [status, { name, init }] of Object.entries(refusals)) {
    const response = await fetch(`${emulator.url}/_control/${name}`, init);
    expect({ name, status: response.status }).toEqual({ name, status: Number(status) });
    expect(problemsOf(Refused, await response.json()), name).toEqual([]);
    expect(Refused.description).toContain(`\n${status}: `);
  }
  for (const { get, post } of Object.values(document.paths))
    for (const operation of get ? [get, post] : [post])
      expect(operation.responses['4XX']).toEqual({ $ref: '#/components/responses/Refused' });
});

/** All values of a name in a document. */
const valuesOf = (name: string, part: unknown): unknown[] =>
  typeof part !== 'object' || part === null
    ? []
    : Object.entries(part).flatMap(([key, value]) =>
        key === name ? [value, ...valuesOf(name, value)] : valuesOf(name, value),
      );

test('patterns are such that Python and Go know them, too', () => {
  const patterns = valuesOf('pattern', document.components).filter((value) => typeof value === 'string');
  expect(patterns.length).toBeGreaterThan(5);
  for (const pattern of patterns) {
    expect(pattern).not.toMatch(/\\[pPuk]|\(\?/);
    for (const [, most] of pattern.matchAll(/\{\d+,(\d+)\}/g)) expect(Number(most)).toBeLessThanOrEqual(1000);
  }
});

test('the patterns compile in Python', () => {
  const patterns = valuesOf('pattern', document).filter((value) => typeof value === 'string');
  const program = 'import json, re, sys\nfor pattern in json.load(sys.stdin): re.compile(pattern)';
  const { status, stderr } = spawnSync('python3', ['-c', program], {
    input: JSON.stringify(patterns),
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
});

test('a wait that times out has a response of its own', () => {
  const named = Object.entries(document.paths).flatMap(([path, { get, post }]) =>
    [get, post].flatMap((one) => (one && 408 in one.responses ? path : [])),
  );
  expect(named).toEqual(['/_control/waitForCalls', '/_control/waitForCalls']);
});

test('no enum has a value twice, and durations have a unit', () => {
  for (const values of valuesOf('enum', document) as string[][])
    expect(new Set(values).size).toBe(values.length);
  const { milliseconds, seconds } = document.components.schemas;
  expect([milliseconds?.description, seconds?.description]).toEqual([
    expect.stringMatching(/^milliseconds, /),
    expect.stringMatching(/^seconds, /),
  ]);
});

const probes: unknown[] = [
  ...[
    '',
    'a',
    'GetStage',
    '*',
    'us-west-2',
    'us west',
    '2026-01-01T12:00:00Z',
    'demo',
    'x'.repeat(129),
    'a\nb',
  ],
  ...['PUBLISH', 'WHIP', 'lost', 'RTMP', 'PUBLISH_ERROR', 'Concurrent Viewers', 'QUOTA_EXCEEDED', 'a/b'],
  ...[-1, 0, 0.5, 1, 200, 600, 1e6, 1e7, 3_600_001, 2 ** 31, 4e9, true, null],
  ...[[], ['PUBLISH'], ['a'], ['PUBLISH', 'PUBLISH', 'PUBLISH'], {}, { a: 'b' }, { a: 1 }, { a: 'é\n' }],
];
/** JSON Schema cannot say all of them. */
const looser = ['url', 'detail', 'headers', 'time', 'userId', 'function'];

test.each(Object.keys(kindSchemas).filter((kind) => kind !== 'function'))(
  'the schema of %s accepts what fits',
  (kind) => {
    const fits = (value: unknown) => {
      try {
        return Boolean(checkMembers('probe', { value: kind } as Fields, { value }));
      } catch {
        return false;
      }
    };
    const validate = ajv.compile(kindSchemas[kind] as object);
    for (const probe of probes) {
      if (fits(probe)) expect(validate(probe), JSON.stringify(probe)).toBe(true);
      else if (!looser.includes(kind)) expect(validate(probe), JSON.stringify(probe)).toBe(false);
    }
  },
);

test('an object of any members says so: generators of clients take one that is silent for an empty one', () => {
  const silent: unknown[] = [];
  JSON.stringify(document, (_name, value) => {
    const isSilent =
      value?.type === 'object' && !value.properties && value.additionalProperties === undefined;
    if (isSilent) silent.push(value);
    return value;
  });
  expect(silent).toEqual([]);
});
