// Whatever is sent, the emulator's process goes on and answers the next request. In a process of its own, so that an
// exception that nothing catches ends it as it would for a user.
import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commands } from '../../../src/emulator/control/commands/index.ts';
import { model, type Shape, type Structure } from '../../../src/emulator/model/model.ts';
import { serving } from '../../support/processes.ts';
import { authorization, MAIN_STAGE, TOWN_HALL, TOWN_HALL_SESSION } from '../support/emulate.ts';

const TIMEOUT_MS = 120_000;

async function startHostile() {
  const { child, url, said } = await serving(['emulator', '--port', '0', '--still']);
  const post = async (path: string, input: unknown, timeoutMs = 10_000) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const headers = path.startsWith('/_control') ? undefined : { authorization: authorization() };
    const body = typeof input === 'string' ? input : JSON.stringify(input);
    const response = await fetch(url + path, { method: 'POST', body, signal, ...(headers && { headers }) });
    return { status: response.status, text: await response.text() };
  };
  /** That it answers as ever, and has logged nothing unexpected. */
  const checkHealth = async () => {
    expect((await post('/_control/clearFaults', {})).status).toBe(200);
    const list = await (await fetch(`${url}/_control`)).json();
    expect(Object.keys((list as { commands: object }).commands)).toEqual(Object.keys(commands));
    const { status, text } = await post('/ListStages', {});
    expect([status, JSON.parse(text)]).toMatchObject([200, { stages: expect.any(Array) }]);
    const unexpected = said.err.split('\n').filter((line) => line && !line.includes('"msg":"started"'));
    expect([child.exitCode, unexpected]).toEqual([null, []]);
  };
  return { url, post, checkHealth };
}

const texts = fc.constantFrom(
  ...[
    '',
    '*',
    'a b',
    'a\nb',
    'a\r\nb: c',
    '\0',
    'é',
    '🎥',
    '\ud800',
    '__proto__',
    'constructor',
    'x'.repeat(5000),
  ],
  ...[
    'GetStage',
    'ListStages',
    'PUBLISH',
    'PUBLISH_ERROR',
    'QUOTA_EXCEEDED',
    'Stream Failure',
    'RTMP',
    'GET',
  ],
  ...['ThrottlingException', 'InternalServerException', 'alice0000001', 'bob000000001', 'st-TownHall00001'],
  ...[TOWN_HALL, MAIN_STAGE, TOWN_HALL_SESSION, 'arn:aws:ivs:xx:1:stage/a', 'rt_1_us-west-2_a_b', 'a.b.c'],
);
const numbers = fc.constantFrom(
  ...[-1, 0, 1, 2, 1.5, 99, 100, 101, 200, 204, 304, 429, 500, 599, 600, 1000],
  ...[2 ** 31 - 1, 2 ** 31, 2 ** 53, 1e300, -1e300],
);
const scalars = fc.oneof(texts, fc.string({ unit: 'binary' }), numbers, fc.boolean(), fc.constant(null));
const headerNames = fc.constantFrom(
  ...[
    'x-a',
    'content-type',
    'Content-Length',
    'transfer-encoding',
    'trailer',
    'connection',
    'date',
    'upgrade',
  ],
  ...['keep-alive', 'expect', 'set-cookie', 'x a', 'x\n', 'é', '', '__proto__', 'x-amzn-errortype'],
);
const objects = fc.dictionary(fc.oneof(headerNames, texts), scalars, { maxKeys: 4 });
const values = fc.oneof(
  { weight: 6, arbitrary: scalars },
  { weight: 2, arbitrary: objects },
  { weight: 1, arbitrary: fc.array(scalars, { maxLength: 4 }) },
  { weight: 1, arbitrary: fc.jsonValue() },
);

/** Values that are accepted, often enough that what they are for happens. */
const valid: Record<string, fc.Arbitrary<unknown>> = {
  stageArn: fc.constant(TOWN_HALL),
  arn: fc.constantFrom(TOWN_HALL, MAIN_STAGE),
  sessionId: fc.constant(TOWN_HALL_SESSION),
  userId: fc.string({ unit: 'binary', maxLength: 200 }),
  attributes: fc.dictionary(texts, texts, { maxKeys: 3 }),
  capabilities: fc.array(fc.constantFrom('PUBLISH', 'SUBSCRIBE'), { maxLength: 2 }),
  channelArn: fc.constant(MAIN_STAGE),
  participantId: fc.constantFrom('alice0000001', 'bob000000001'),
  remoteParticipantId: fc.constantFrom('alice0000001', 'bob000000001'),
  errorCode: fc.constant('QUOTA_EXCEEDED'),
  operation: fc.constantFrom('ListStages', '*'),
  times: fc.integer({ min: 1, max: 3 }),
  delayMs: fc.integer({ min: 0, max: 3 }),
  status: fc.integer({ min: 200, max: 599 }),
  errorType: fc.constantFrom('ThrottlingException', 'a:b', '__proto__'),
  headers: fc.dictionary(headerNames, fc.string({ maxLength: 9 }), { maxKeys: 3 }),
  body: fc.string(),
  account: fc.constantFrom('000000000001', '123456789012'),
  region: fc.constant('us-west-2'),
  match: fc.constantFrom({ maxResults: 1 }, { maxResults: null }, {}),
  throttle: fc.boolean(),
  truncate: fc.constantFrom(0, 0.5),
  dripMs: fc.integer({ min: 0, max: 3 }),
  probability: fc.constantFrom(0.5, 1),
  sequence: fc.array(fc.constantFrom('pass', { status: 500 }, { throttle: true }, { reset: true }), {
    maxLength: 3,
  }),
  timeoutMs: fc.integer({ min: 0, max: 3 }),
  since: fc.constant('2026-01-01T00:00:00Z'),
};
const optional = (value: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 2, arbitrary: value });

function inputOf(name: keyof typeof commands): fc.Arbitrary<unknown> {
  const members = Object.entries<string>(commands[name].members).map(([member, kind]) => {
    const usual = valid[member] ?? texts;
    const value = fc.oneof({ weight: 6, arbitrary: usual }, { weight: 1, arbitrary: values });
    // Without it, a command waits for ten seconds
    if (member === 'timeoutMs') return [member, usual] as const;
    return [member, kind.endsWith('?') ? optional(value) : value] as const;
  });
  const input = fc.record(Object.fromEntries(members));
  return fc.oneof({ weight: 12, arbitrary: input }, { weight: 1, arbitrary: values });
}
const ALICE = { stageArn: TOWN_HALL, sessionId: TOWN_HALL_SESSION, participantId: 'alice0000001' };
const names = Object.keys(commands) as (keyof typeof commands)[];
const command = fc.constantFrom(...names).chain((name) => fc.tuple(fc.constant(name), inputOf(name)));

test('no command, and no fault that it sets, ends the emulator', { timeout: TIMEOUT_MS }, async () => {
  const { post, checkHealth } = await startHostile();
  const fault = inputOf('addFault').map((input) => ['addFault', input] as const);
  await fc.assert(
    fc.asyncProperty(fc.oneof(fault, command), async ([name, input]) => {
      expect([200, 400, 408, 413]).toContain((await post(`/_control/${name}`, input)).status);
      // What a fault does to a call is its own matter
      if (name === 'addFault') await post('/ListStages', {}, 100).catch(() => {});
      await post('/_control/clearFaults', {});
      // What was accepted can be shown
      expect((await post('/ListParticipantEvents', ALICE)).status).toBe(200);
      expect((await post('/GetParticipant', ALICE)).status).toBeLessThan(500);
      await checkHealth();
    }),
    { numRuns: 250 },
  );
});

const line = <T>(values: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 5, arbitrary: values }, { weight: 1, arbitrary: wild });
const wild = fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)) });
const head = fc.tuple(
  line(fc.constantFrom('GET', 'POST', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'CONNECT', 'TRACE', 'PRI', 'get')),
  line(
    fc.constantFrom(
      ...[
        '/_control',
        '/_control/join',
        '/_control/',
        '/_control/%zz',
        '/ListStages',
        '/GetStage',
        '/tags/%zz',
      ],
      ...[
        '/tags/%',
        `/tags/${encodeURIComponent(TOWN_HALL)}`,
        `/tags/a?tagKeys=%zz&tagKeys=b`,
        '//',
        '*',
        '/%00',
      ],
      ...['http://localhost/_control', 'localhost:80', '', '?', '/../_control', `/${'x'.repeat(20_000)}`],
    ),
  ),
  line(fc.constantFrom('HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/9.9', '')),
);
const headers = fc.array(
  line(
    fc.constantFrom(
      ...['host: localhost', 'host: localhost', 'host: evil', 'host:', 'origin: http://evil', 'origin: null'],
      ...[
        'connection: upgrade',
        'upgrade: websocket',
        'upgrade: h2c',
        'connection: close',
        'expect: 100-continue',
      ],
      ...['expect: the unexpected', 'content-length: 5', 'content-length: 0', 'content-length: -1'],
      ...['content-length: 99999999999999999999', 'transfer-encoding: chunked', 'transfer-encoding: gzip'],
      ...[
        'content-type: application/json',
        'content-encoding: gzip',
        'te: trailers',
        'trailer: x',
        `x: ${'y'.repeat(20_000)}`,
      ],
      ...[`authorization: ${authorization()}`, `authorization: ${authorization('us-west-2', 'ec2')}`],
      ...[
        'authorization: AWS4-HMAC-SHA256 ,,,=,',
        `authorization: ${authorization('__proto__')}`,
        'sec-fetch-site: cross-site',
      ],
    ),
  ),
  { maxLength: 6 },
);
const body = fc.oneof(
  wild,
  fc.constantFrom('', '{}', 'hello', '5\r\nhello\r\n0\r\n\r\n', '5\r\nhel', 'zz\r\n', '['.repeat(9999)),
);
const rawRequest = fc
  .tuple(head, headers, body)
  .map(
    ([[method, target, version], lines, content]) =>
      `${method} ${target} ${version}\r\n${['host: localhost', ...lines].join('\r\n')}\r\n\r\n${content}`,
  );
const connection = fc.record({
  bytes: fc.array(rawRequest, { minLength: 1, maxLength: 3 }).map((requests) => requests.join('')),
  ending: fc.constantFrom('end', 'destroy', 'reset', 'wait' as const),
});

test('no bytes on a connection, and no end of one, end the emulator', { timeout: TIMEOUT_MS }, async () => {
  const { url, checkHealth } = await startHostile();
  const { port } = new URL(url);
  await fc.assert(
    fc.asyncProperty(connection, async ({ bytes, ending }) => {
      const socket = connect(Number(port), '127.0.0.1').setEncoding('latin1');
      let answer = '';
      const closed = new Promise((close) => socket.on('close', close));
      socket.on('error', () => {}).on('timeout', () => socket.destroy());
      socket.on('data', (text) => (answer += text));
      await once(socket, 'connect');
      socket.setTimeout(50); // not before: a socket that is destroyed then never says that it is connected
      await new Promise((sent) => socket.write(bytes, 'latin1', sent));
      if (ending === 'end') socket.end();
      if (ending === 'destroy') socket.destroy();
      if (ending === 'reset') socket.resetAndDestroy();
      await closed;
      expect(answer).not.toContain('HTTP/1.1 500');
      await checkHealth();
    }),
    { numRuns: 120 },
  );
});

function inputFor(shape: Shape, depth = 0): fc.Arbitrary<unknown> {
  const fitting = (): fc.Arbitrary<unknown> => {
    if (depth > 4) return values;
    if (shape.kind === 'structure') return recordOf(shape, depth);
    if (shape.kind === 'list') return fc.array(inputFor(shape.of, depth + 1), { maxLength: 3 });
    if (shape.kind === 'map') return fc.dictionary(texts, inputFor(shape.of, depth + 1), { maxKeys: 3 });
    if (shape.kind === 'number') return numbers;
    return shape.kind === 'boolean' ? fc.boolean() : texts;
  };
  return fc.oneof({ weight: 20, arbitrary: fitting() }, { weight: 1, arbitrary: values });
}
const recordOf = ({ members }: Structure, depth = 0): fc.Arbitrary<object> =>
  fc.record(
    Object.fromEntries(
      [...members].map(([name, { shape, required }]) => {
        const value = fc.oneof(valid[name] ?? inputFor(shape, depth + 1), inputFor(shape, depth + 1));
        return [name, required ? value : optional(value)];
      }),
    ),
  );
const call = fc
  .constantFrom(...model)
  .chain((operation) => fc.tuple(fc.constant(operation.path), recordOf(operation.input)));

test('no input of an operation ends the emulator or makes it fail', { timeout: TIMEOUT_MS }, async () => {
  const { post, checkHealth } = await startHostile();
  await fc.assert(
    fc.asyncProperty(call, async ([path, input]) => {
      const target = path.replace('{resourceArn}', encodeURIComponent(TOWN_HALL));
      const { status, text } = await post(target, input);
      expect(status, text).toBeLessThan(500);
      await checkHealth();
    }),
    { numRuns: 400 },
  );
});
