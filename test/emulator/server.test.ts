import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { GetStageCommand, ListStagesCommand } from '@aws-sdk/client-ivs-realtime';
import { expect, test, vi } from 'vitest';
import { authorization, emulate, failureOf, TOWN_HALL } from './support/emulate.ts';

const answerOf = async (response: Response) => ({
  status: response.status,
  type: response.headers.get('x-amzn-errortype'),
  body: (await response.json()) as Record<string, unknown>,
});

test('an answer is JSON with a request id and RFC 3339 times', async () => {
  const { post } = await emulate({ seed: 'demo' });
  const response = await post('/ListStageSessions', JSON.stringify({ stageArn: TOWN_HALL }));
  expect(response.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(await answerOf(response)).toEqual({
    status: 200,
    type: null,
    body: { stageSessions: [{ sessionId: 'st-TownHall00001', startTime: '2025-12-31T23:15:00.000Z' }] },
  });
});

test.each([
  ['an unknown path', '/NoSuchOperation', 'POST', 404, 'UnknownOperationException'],
  ['an unknown path with a prototype name', '/constructor', 'POST', 404, 'UnknownOperationException'],
  ['a wrong method', '/GetStage', 'GET', 404, 'UnknownOperationException'],
  ['the root', '/', 'GET', 404, 'UnknownOperationException'],
  ['a malformed escape', '/tags/%zz', 'GET', 400, 'SerializationException'],
])('%s is refused before credentials are asked for', async (_, path, method, status, type) => {
  const { emulator } = await emulate();
  expect(await answerOf(await fetch(emulator.url + path, { method }))).toMatchObject({ status, type });
});

test.each([
  ['no Authorization header', {}, 'MissingAuthenticationTokenException'],
  ['another scheme', { authorization: 'Bearer x' }, 'IncompleteSignatureException'],
  [
    'no Credential',
    { authorization: 'AWS4-HMAC-SHA256 SignedHeaders=host, Signature=0' },
    'IncompleteSignatureException',
  ],
  [
    'a short scope',
    { authorization: 'AWS4-HMAC-SHA256 Credential=AK/us-west-2/ivs, SignedHeaders=host, Signature=0' },
    'IncompleteSignatureException',
  ],
  [
    'no Signature',
    { authorization: authorization().replace(/, Signature.*/, '') },
    'IncompleteSignatureException',
  ],
  [
    'the scope of another service',
    { authorization: authorization('us-west-2', 's3') },
    'IncompleteSignatureException',
  ],
])('%s is 403', async (_, headers, type) => {
  const { post } = await emulate();
  const answer = await answerOf(await post('/ListStages', '{}', headers as Record<string, string>));
  expect(answer).toMatchObject({ status: 403, type, body: { message: expect.any(String) } });
});

const presigned = {
  'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
  'X-Amz-Credential': 'AKIDEXAMPLE/20260101/eu-west-1/ivs/aws4_request',
  'X-Amz-Date': '20260101T000000Z',
  'X-Amz-Expires': '60',
  'X-Amz-SignedHeaders': 'host',
  'X-Amz-Signature': '00',
};
test('a signature in the query string is as good as one in the headers', async () => {
  const { emulator, post } = await emulate({ seed: 'demo' });
  const sent = (path: string, options: object) =>
    fetch(`${emulator.url}${path}?${new URLSearchParams(presigned)}`, options);
  const { body } = await answerOf(await sent('/ListStages', { method: 'POST', body: '{}' }));
  expect(body.stages).toMatchObject([{ name: 'berlin-meetup' }, { name: 'lisbon-panel' }]);
  // In a query that has a meaning of its own, too
  const [{ arn } = { arn: '' }] = body.stages as { arn: string }[];
  const tags = `/tags/${encodeURIComponent(arn)}`;
  const tagged = await sent(tags, { method: 'POST', body: '{"tags":{"one":"1","two":"2"}}' });
  expect(tagged.status).toBe(200);
  const query = new URLSearchParams({ ...presigned, tagKeys: 'one' });
  expect((await fetch(`${emulator.url}${tags}?${query}`, { method: 'DELETE' })).status).toBe(200);
  const left = (await answerOf(await sent(tags, {}))).body;
  expect(left.tags).toMatchObject({ two: '2' });
  expect(left.tags).not.toHaveProperty('one');
  // Where both are, the header counts
  const both = await post(`/ListStages?${new URLSearchParams(presigned)}`, '{}');
  expect((await answerOf(both)).body.stages).not.toEqual(body.stages);
});

test.each([
  ['another algorithm', { 'X-Amz-Algorithm': 'AWS4-ECDSA-P256-SHA256' }],
  ['no algorithm', { 'X-Amz-Algorithm': '' }],
  ['a short scope', { 'X-Amz-Credential': 'AK/eu-west-1/ivs' }],
  ['no signed headers', { 'X-Amz-SignedHeaders': '' }],
  ['no signature', { 'X-Amz-Signature': '' }],
])('a query string with %s is 403', async (_, changes) => {
  const { post } = await emulate();
  const query = new URLSearchParams({ ...presigned, ...changes });
  const answer = await answerOf(await post(`/ListStages?${query}`, '{}', {}));
  expect(answer).toMatchObject({ status: 403, type: 'IncompleteSignatureException' });
  expect(answer.body.message).toMatch(/^The query string with AWS4-HMAC-SHA256 needs /);
});

test.each([
  ['no JSON', '{"arn":', 'The body is not JSON'],
  ['a list', '[]', 'The body must be an object, but is a list'],
  ['null', 'null', 'The body must be an object, but is null'],
  ['a number for a string', '{"arn":1}', 'arn must be a string, but is number 1'],
])('a body that is %s is a SerializationException', async (_, body, message) => {
  const { post } = await emulate();
  expect(await answerOf(await post('/GetStage', body))).toEqual({
    status: 400,
    type: 'SerializationException',
    body: { message },
  });
});

test.each([
  [
    'a string for a number',
    '/ListStages',
    { maxResults: '5' },
    'maxResults must be a number, but is string "5"',
  ],
  [
    'a fraction for an integer',
    '/ListStages',
    { maxResults: 1.5 },
    'maxResults must be a 32-bit integer, but is number 1.5',
  ],
  [
    'a number beyond 32 bits',
    '/ListStages',
    { maxResults: 2 ** 31 },
    'maxResults must be a 32-bit integer, but is number 2147483648',
  ],
  ['an object for a list', '/BatchGetChannel', { arns: {} }, 'arns must be a list, but is an object'],
  ['a number in a list', '/BatchGetChannel', { arns: [1] }, 'arns[0] must be a string, but is number 1'],
  ['null in a list', '/BatchGetChannel', { arns: [null] }, 'arns[0] must be a string, but is null'],
  ['a number in a map', '/CreateStage', { tags: { a: 1 } }, 'tags.a must be a string, but is number 1'],
  [
    'a string for a structure',
    '/CreateStage',
    { autoParticipantRecordingConfiguration: 'x' },
    'autoParticipantRecordingConfiguration must be an object, but is string "x"',
  ],
  [
    'a string for a boolean',
    '/ListParticipants',
    { filterByPublished: 'true' },
    'filterByPublished must be a boolean, but is string "true"',
  ],
])('%s is a SerializationException that names the member', async (_, path, input, message) => {
  const { post } = await emulate();
  const answer = await answerOf(await post(path, JSON.stringify(input)));
  expect(answer).toEqual({ status: 400, type: 'SerializationException', body: { message } });
});

test('unknown members and nulls are ignored', async () => {
  const { post } = await emulate({ seed: 'demo' });
  const response = await post('/GetStage', JSON.stringify({ arn: TOWN_HALL, surprise: { deep: [] } }));
  expect(response.status).toBe(200);
  expect((await post('/ListStages', '{"nextToken":null,"maxResults":null}')).status).toBe(200);
});

test('an empty body is an empty input', async () => {
  const { post } = await emulate();
  expect(await answerOf(await post('/ListStages', ''))).toEqual({
    status: 200,
    type: null,
    body: { stages: [] },
  });
});

test('a body over 1 MB is 413, and the connection goes on', async () => {
  const { post } = await emulate();
  const answer = await answerOf(
    await post('/CreateStage', JSON.stringify({ name: 'x'.repeat(1024 * 1024) })),
  );
  expect(answer).toMatchObject({ status: 413, type: 'RequestEntityTooLargeException' });
  expect((await post('/ListStages', '{}')).status).toBe(200);
});

test('names of the prototype are tag keys like any other', async () => {
  const { post } = await emulate();
  const created = await post('/CreateStage', '{"tags":{"__proto__":"a","constructor":"b","toString":"c"}}');
  const { stage } = JSON.parse(await created.text()) as { stage: { arn: string; tags: object } };
  expect(Object.entries(stage.tags)).toEqual([
    ['__proto__', 'a'],
    ['constructor', 'b'],
    ['toString', 'c'],
  ]);
  expect(Object.getPrototypeOf({})).not.toHaveProperty('a');
});

test('the region of the credential scope chooses the world', async () => {
  const { realtimeIn } = await emulate({ seed: 'demo' });
  const names = async (region: string) =>
    (await realtimeIn(region).send(new ListStagesCommand({}))).stages?.map(({ name }) => name);
  expect(await names('eu-west-1')).toEqual(['berlin-meetup', 'lisbon-panel']);
  expect(await names('ap-south-1')).toEqual([]);
  const foreign = realtimeIn('eu-west-1').send(new GetStageCommand({ arn: TOWN_HALL }));
  expect(await failureOf(foreign)).toMatchObject({ name: 'ResourceNotFoundException', status: 404 });
});

test('an unexpected error is 500 and log once', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const clock = { now: () => new Date() };
  const { post } = await emulate({ clock });
  clock.now = () => {
    throw new Error('no time');
  };
  const created = await post('/CreateStage', '{"participantTokenConfigurations":[{}]}');
  expect(await answerOf(created)).toEqual({
    status: 500,
    type: 'InternalServerException',
    body: { exceptionMessage: 'An unexpected error', message: 'An unexpected error' },
  });
  expect(log).toHaveBeenCalledTimes(1);
  log.mockRestore();
});

test('a client that leaves in the middle of its body disturbs nobody', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const { emulator, post } = await emulate();
  const headers = { authorization: authorization(), 'content-length': '1000' };
  const half = request(`${emulator.url}/ListStages`, { method: 'POST', headers });
  half.on('error', () => {});
  half.write('{"half":');
  await new Promise((sent) => half.once('socket', (socket) => socket.once('connect', sent)));
  half.destroy();
  expect((await post('/ListStages', '{}')).status).toBe(200);
  expect(log).not.toHaveBeenCalled();
  log.mockRestore();
});

test('a hundred calls at once are all answered', async () => {
  const { emulator, realtime } = await emulate({ seed: 'demo' });
  const calls = Array.from({ length: 100 }, () => realtime.send(new GetStageCommand({ arn: TOWN_HALL })));
  const stages = (await Promise.all(calls)).map(({ stage }) => stage?.name);
  expect(new Set(stages)).toEqual(new Set(['town-hall']));
  expect(emulator.calls.count('GetStage')).toBe(100);
});

test.each(['/CreateStage', '/_control/join'])(
  'a body for %s that never ends is a 413 and hung up',
  async (path) => {
    const { emulator } = await emulate();
    const socket = connect(Number(new URL(emulator.url).port), '127.0.0.1');
    const answer = text(socket);
    const head = `POST ${path} HTTP/1.1\r\nhost: localhost\r\nauthorization: ${authorization()}\r\n`;
    socket.write(`${head}transfer-encoding: chunked\r\n\r\n`);
    const chunk = `80000\r\n${' '.repeat(0x80000)}\r\n`;
    for (let sent = 0; sent <= 32; sent += 1) socket.write(chunk);
    expect(await answer).toMatch(/^HTTP\/1\.1 413 .*\r\n.*connection: close\r\n.*at most 1048576 bytes/is);
  },
);

test('a client that sends many requests and reads no answer is answered once, on both APIs', async () => {
  const { emulator, post } = await emulate();
  const [times, body] = [20, ' '.repeat(8 * 2 ** 20)];
  emulator.faults.add({ operation: 'ListStages', times, status: 500, body });
  emulator.faults.add({ operation: 'ListChannels', times: 1000, status: 500 });
  const socket = connect(Number(new URL(emulator.url).port), '127.0.0.1').pause();
  const head = (path: string) =>
    `POST ${path} HTTP/1.1\r\nhost: localhost\r\nauthorization: ${authorization()}\r\n\r\n`;
  socket.write(head('/ListStages').repeat(times) + head('/_control/clearFaults'));
  while (emulator.calls.count('ListStages') === 0)
    expect((await post('/ListChannels', '{}')).status).toBe(500);
  for (let turn = 0; turn < times; turn += 1) expect((await post('/ListStreams', '{}')).status).toBe(200);
  expect(emulator.calls.count('ListStages')).toBe(1);
  socket.destroy();
});
