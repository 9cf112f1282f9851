// Secrets that are known to the test are sent down every road, and looked for wherever they must not be.
import { LRUCache } from 'lru-cache';
import { expect, it, vi } from 'vitest';
import { startEmulator } from '../../../src/emulator/emulator.ts';
import { redact } from '../../../src/upstream/redact.ts';
import { startGateway } from '../../support/gateway.ts';
import { before, serving } from '../../support/processes.ts';

const ACCOUNT = 'arn:aws:ivs:us-west-2:123456789012';
const [STAGE, CHANNEL] = [`${ACCOUNT}:stage/TownHall0001`, `${ACCOUNT}:channel/MainStage001`];

const MAKE = `mutation {
  createParticipantToken(input: { stageArn: "${STAGE}", userId: "zoe" }) {
    ... on CreateParticipantTokenPayload { participantToken { token } } }
  createChannel(input: { name: "c" }) {
    ... on CreateChannelPayload { channel { arn srt { passphrase } } streamKey { arn value } } }
  createIngestConfiguration(input: { stageArn: "${STAGE}", ingestProtocol: RTMPS, redundantIngest: true }) {
    ... on CreateIngestConfigurationPayload {
      ingestConfiguration { arn streamKey redundantIngestCredentials { streamKey } } } }
}`;
const read = ({ createChannel, createIngestConfiguration }: Made) => `{
  channel(arn: "${createChannel.channel.arn}") { name srt { passphrase } }
  streamKey(arn: "${createChannel.streamKey.arn}") { value }
  streamSession(channelArn: "${CHANNEL}") { channelSnapshot { name srt { passphrase } } }
  ingestConfiguration(arn: "${createIngestConfiguration.ingestConfiguration.arn}") {
    state streamKey redundantIngestCredentials { streamKey } }
}`;
/** The same things and none of their secrets, as the cache may keep them. */
const plain = (made: Made) =>
  read(made).replace(/srt \{ passphrase \}|\b(value|streamKey)\b(?! ?[(])/g, '__typename');

// biome-ignore lint/suspicious/noExplicitAny: the shape is that of the query
type Made = any;

const PRIVATE_KEY = `-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49${'Ab1/'.repeat(20)}\n-----END PRIVATE KEY-----`;
/** Nobody made these; a caller has them and puts them in the wrong place. */
const callers = [
  `eyJhbGciOiJFUzM4NCJ9.${'Q2xhaW1z'.repeat(6)}.${'c2lnbmF0'.repeat(6)}`,
  'sk_us-west-2_AbCdEfGh1234_zYxWvUtSrQpOnMlKjIhG',
  PRIVATE_KEY,
];

/** Every value in what was answered that is a secret's. */
function secretsIn(data: unknown): string[] {
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([name, value]) =>
    typeof value === 'string' && /^(token|value|passphrase|streamKey)$/.test(name)
      ? [value]
      : secretsIn(value),
  );
}

/** A secret is told also by its last part alone, or escaped as JSON. */
const marks = (secrets: string[]) =>
  secrets.map((secret) => (secret === PRIVATE_KEY ? secret.slice(40, 70) : secret.slice(-16)));
const found = (text: string, secrets: string[]) => marks(secrets).filter((mark) => text.includes(mark));

type Send = (init: {
  path?: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}) => Promise<void>;

/** A secret in every part of a request that can be wrong. */
async function misplace(secret: string, send: Send): Promise<void> {
  const json = JSON.stringify;
  const body = (query: string, more = {}) => send({ body: json({ query, ...more }) });
  const name = secret.replace(/\W/g, '_');
  const header = secret.replace(/\s/g, '');
  await send({ body: `{"query": ${json(secret)}` });
  await send({ body: secret });
  await body(secret);
  await body(`{ ${secret} }`);
  await body(`{ x${name} }`);
  await body(`{ stage(arn: ${json(secret)}) { name } }`);
  await body(`{ stages(first: 1, after: ${json(secret)}) { nodes { name } } }`);
  await body(`{ stages(region: ${json(secret)}) { nodes { name } } }`);
  await body(`{ node(id: ${json(secret)}) { id } }`);
  await body('query ($a: ID!) { stage(arn: $a) { name } }', { variables: { a: [secret] } });
  await body('query ($a: Int!) { stages(first: $a) { nodes { name } } }', { variables: { a: secret } });
  await body('query ($a: Int!) { stages(first: $a) { nodes { name } } }', { variables: secret });
  await body('{ __typename }', { operationName: secret });
  for (const mutation of ['importPublicKey', 'importPlaybackKeyPair'])
    await body(`mutation { ${mutation}(input: { publicKeyMaterial: ${json(secret)} }) {
      ... on MutationError { message } } }`);
  await body('{ __typename }', { extensions: { persistedQuery: secret } });
  await send({ path: `/graphql?query=${encodeURIComponent(secret)}`, method: 'GET' });
  await send({ path: `/graphql?query={__typename}&variables=${encodeURIComponent(secret)}`, method: 'GET' });
  await send({ path: `/${encodeURIComponent(secret)}`, method: 'GET' });
  for (const name of [
    'authorization',
    'content-type',
    'x-ivs-cost',
    'x-request-id',
    'cache-control',
    'origin',
  ])
    await send({ headers: { [name]: header }, body: json({ query: '{ __typename }' }) });
  await send({ headers: { authorization: `Bearer ${header}` }, body: json({ query: '{ nothing }' }) });
}

/** Of AWS's own failures, with the secret in its words. */
const faultsWith = (secret: string) => [
  ...[400, 403, 404, 409, 429, 500, 503].map((status) => ({ status, message: `It was ${secret}!` })),
  { errorType: 'ValidationException', message: `Bad stream key: ${secret}` },
  { errorType: 'ConflictException', message: JSON.stringify({ passphrase: secret }) },
  { errorType: 'AccessDeniedException', message: secret },
  { status: 200, body: `{"streamKey":{"value":"${secret}"` },
  { status: 200, body: secret },
  { status: 500, body: secret },
];

/** AWS's own rates would make a minute of it. */
const FAST = ['CreateStreamKey', 'GetChannel', 'ListStages', 'ImportPublicKey', 'ImportPlaybackKeyPair']
  .map((operation) => `${operation}=1000`)
  .join();

it('a secret is in no log, no error and no metric, whichever way it comes', async () => {
  const emulator = await startEmulator({ seed: 'demo' });
  const program = await serving([], { ...before(emulator), LOG_LEVEL: 'trace', IVS_CALL_RATES: FAST });
  const told: string[] = [];
  const send = async ({ path = '/graphql', ...init }: Parameters<Send>[0]) => {
    const response = await fetch(program.url + path, {
      method: 'POST',
      ...init,
      headers: { 'content-type': 'application/json', ...init.headers },
    });
    return response.text();
  };
  const data = async (query: string) => JSON.parse(await send({ body: JSON.stringify({ query }) })).data;

  const made = await data(MAKE);
  const seen = await data(read(made));
  const secrets = [...new Set([...secretsIn(made), ...secretsIn(seen)])];
  expect(secrets.length).toBeGreaterThanOrEqual(6);
  // What is good to read in an answer's data is good nowhere else.
  const errorsOf: Send = async (init) => void told.push(await send(init));
  for (const secret of [...secrets, ...callers]) await misplace(secret, errorsOf);
  for (const secret of [...secrets, ...callers]) {
    for (const fault of faultsWith(secret)) {
      // A create is sent once, whatever AWS answers.
      emulator.faults.add({ operation: 'CreateStreamKey', times: 1, ...fault });
      const query = `mutation { createStreamKey(input: { channelArn: "${CHANNEL}" }) { ... on MutationError { message } } }`;
      await errorsOf({ body: JSON.stringify({ query }) });
    }
    emulator.faults.add({ operation: 'GetChannel', times: 1, status: 400, message: secret });
    await errorsOf({ body: JSON.stringify({ query: `{ channel(arn: "${CHANNEL}") { playbackUrl } }` }) });
  }
  const metrics = await fetch(`${program.url}/metrics`).then((response) => response.text());
  program.child.kill('SIGTERM');
  await program.ended;
  await emulator.close();

  const all = [...secrets, ...callers];
  expect(program.said.err).toContain('CreateStreamKey');
  expect(told.filter((text) => found(text, all).length > 0)).toEqual([]);
  expect(found(program.said.err, all)).toEqual([]);
  expect(found(program.said.out, all)).toEqual([]);
  expect(found(metrics, all)).toEqual([]);
});

it('no secret is kept', async () => {
  const kept = vi.spyOn(LRUCache.prototype, 'set');
  const gateway = await startGateway({ seed: 'demo', cached: true });
  const made = await gateway.data(MAKE);
  const secrets = secretsIn([made, await gateway.data(read(made))]);
  await gateway.data(plain(made));
  const text = JSON.stringify(kept.mock.calls.map(([key, entry]) => [key, entry]));
  expect(secrets.length).toBeGreaterThanOrEqual(6);
  for (const operation of ['GetChannel', 'GetStreamSession', 'GetIngestConfiguration'])
    expect(text).toContain(operation);
  expect(found(text, secrets)).toEqual([]);
});

it.each([
  'Expected an ARN, got: arn:aws:ivs:us-west-2:123456789012:stage/TownHall0001',
  'request 854fe3cd-40b6-40ad-ba17-e6f88e61f73d of st-1AuTyMDASvHUTSb8p5PvbsO',
  'Cannot query field "playbackRestrictionPolicyAllowedCountriesOfChannel" on type "Query".',
  'NOPERM script: 54bf101157cd21ad8f9cb42e953865a8ee44c98c, on @user_script:8.',
  'call to f_54bf101157cd21ad8f9cb42e953865a8ee44c98c: @user_script:8',
])('what is no secret stays as it is: %s', (text) => expect(redact(text)).toBe(text));
