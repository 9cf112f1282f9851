// The OpenAPI document of the control API, as tools that nobody here wrote read it.
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import axios from 'axios';
import { OpenAPIClientAxios } from 'openapi-client-axios';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commands } from '../../src/emulator/commands/index.ts';
import { type Emulator, startEmulator } from '../../src/emulator/emulator.ts';
import { kindSchemas } from '../../src/emulator/member-rules.ts';
import { checkMembers, type Fields } from '../../src/emulator/members.ts';

interface Media {
  content: { 'application/json': { schema: object; example?: object } };
}
interface Operation {
  operationId: string;
  requestBody: Media;
  parameters?: { name: string; example?: string }[];
  responses: { 200: Media };
}
interface Document {
  paths: Record<string, { get?: Operation; post: Operation }>;
  components: { responses: { Refused: Media } };
}

let emulator: Emulator;
let document: Document;
beforeAll(async () => {
  emulator = await startEmulator({ seed: 'demo' });
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
