// Events from a queue of SQS, through the real SDK.
import { pino } from 'pino';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { readQueue } from '../../src/events/queue-reader.ts';
import { receiverOf } from '../../src/events/receiver.ts';
import type { EventLog } from '../../src/upstream/changes.ts';
import { openQueue } from '../../src/upstream/sdk/queue.ts';
import { EVENTS, eventOf, stageUpdate } from '../support/events.ts';
import { startGateway } from '../support/gateway.ts';
import { run, serving } from '../support/processes.ts';
import { isInstalled, startReplicas, untilElsewhere } from '../support/redis.ts';
import { type FakeQueue, startSqs } from '../support/sqs.ts';
import { createSession } from '../support/world.ts';

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'any');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'any');
});

const { regions } = EVENTS;
const event = () => eventOf('IVS Recording State Change');

/** An event log of the test's own. */
function logOf() {
  const ids = new Set<string>();
  const state = { isLost: false, recorded: [] as string[] };
  const events: Pick<EventLog, 'record'> = {
    record: async ({ id }) => {
      if (state.isLost) throw new Error('Redis is lost');
      state.recorded.push(id);
      const outcome = ids.has(id) ? 'duplicate' : 'accepted';
      ids.add(id);
      return outcome;
    },
  };
  return { state, events };
}

/** A reader whose pauses end when the test says so. */
function startReader(
  sqs: FakeQueue,
  { events, isReady }: { events: Pick<EventLog, 'record'>; isReady?: () => boolean },
) {
  // biome-ignore lint/suspicious/noExplicitAny: a line is what its writer made it
  const lines: any[] = [];
  const outcomes: string[] = [];
  const pauses: number[] = [];
  let resume = () => {};
  const observer = {
    received: (kind: string, outcome: string) => void outcomes.push(`${kind}: ${outcome}`),
    aged() {},
  };
  const queue = openQueue({ url: sqs.url, defaultRegion: 'us-west-2' });
  const reader = readQueue({
    queue,
    receive: receiverOf({ events, regions, observer, now: Date.now }),
    log: pino({ level: 'info' }, { write: (line) => void lines.push(JSON.parse(line)) }),
    isReady,
    pause: (milliseconds, signal) => {
      pauses.push(milliseconds);
      return new Promise((resolve) => {
        resume = resolve;
        signal.addEventListener('abort', () => resolve());
      });
    },
  });
  onTestFinished(() => reader.stop().finally(queue.close));
  const paused = (count: number) => untilElsewhere(() => pauses.length >= count);
  return { reader, lines, outcomes, pauses, paused, resume: () => resume() };
}

describe('messages', () => {
  it('are recorded ten at a time, in order, and deleted', async () => {
    const sqs = await startSqs();
    const { state, events } = logOf();
    const { outcomes } = startReader(sqs, { events });
    await untilElsewhere(() => sqs.waiting === 1);
    const sent = Array.from({ length: 25 }, event);
    sqs.send(...sent);
    await untilElsewhere(() => sqs.isEmpty);
    expect(state.recorded).toEqual(sent.map(({ id }) => id));
    expect(outcomes).toEqual(sent.map(() => 'IVS Recording State Change: accepted'));
    expect(sqs.count('DeleteMessageBatch')).toBe(3);
    const [first] = sqs.requests;
    expect(first).toMatchObject({
      scope: 'us-west-2/sqs/aws4_request',
      input: { QueueUrl: sqs.url, WaitTimeSeconds: 20, MaxNumberOfMessages: 10 },
    });
  });

  it('are deleted that are duplicates, of another region or malformed, and the log says why', async () => {
    const sqs = await startSqs();
    const { state, events } = logOf();
    const { lines, outcomes } = startReader(sqs, { events });
    const known = event();
    sqs.send(known, known, eventOf('IVS Limit Breach', { region: 'ap-south-1' }), '{', { hello: 'world' });
    await untilElsewhere(() => sqs.isEmpty);
    expect(new Set(state.recorded)).toEqual(new Set([known.id]));
    expect(outcomes.sort()).toEqual([
      'IVS Limit Breach: other_region',
      'IVS Recording State Change: accepted',
      'IVS Recording State Change: duplicate',
      'other: malformed',
      'other: malformed',
    ]);
    expect(lines).toMatchObject([
      { level: 40, messageId: 'm4', reason: expect.stringMatching(/JSON object/), msg: 'malformed event' },
      { level: 40, messageId: 'm5', reason: expect.stringMatching(/^id: expected/), msg: 'malformed event' },
    ]);
  });

  it('stay in the queue that cannot be recorded, while the others are deleted', async () => {
    const sqs = await startSqs();
    const { state, events } = logOf();
    const { lines, pauses, paused, resume } = startReader(sqs, { events });
    await untilElsewhere(() => sqs.waiting === 1);
    state.isLost = true;
    const lost = event();
    sqs.send(lost, '{');
    await paused(1);
    expect(sqs.hidden.map(({ body }) => body)).toEqual([JSON.stringify(lost)]);
    sqs.release();
    resume();
    await paused(2);
    expect(pauses.map((pause) => pause >= 500 && pause <= 2_000)).toEqual([true, true]);
    state.isLost = false;
    sqs.release();
    resume();
    await untilElsewhere(() => sqs.isEmpty);
    expect(state.recorded).toEqual([lost.id]);
    expect(lines.map(({ msg }) => msg)).toEqual([
      'malformed event',
      'events of the queue cannot be recorded',
      'events of the queue are recorded again',
    ]);
    expect(lines[1]).toMatchObject({ level: 40, reason: 'Redis is lost' });
  });

  it('are not received while nothing can be recorded', async () => {
    const sqs = await startSqs();
    const { events } = logOf();
    const state = { isReady: false };
    const { paused, resume } = startReader(sqs, { events, isReady: () => state.isReady });
    sqs.send(event());
    await paused(1);
    resume();
    await paused(2);
    expect(sqs.requests).toEqual([]);
    state.isReady = true;
    resume();
    await untilElsewhere(() => sqs.isEmpty);
  });

  it('come again, as duplicates, if they cannot be deleted', async () => {
    const sqs = await startSqs();
    const { events } = logOf();
    const { lines, outcomes, paused, resume } = startReader(sqs, { events });
    sqs.refusesDeletions = true;
    sqs.send(event());
    await paused(1);
    expect(lines).toMatchObject([{ reason: 'not now', msg: 'events cannot be deleted from the queue' }]);
    sqs.refusesDeletions = false;
    sqs.release();
    resume();
    await untilElsewhere(() => sqs.isEmpty);
    expect(outcomes.map((outcome) => outcome.split(': ')[1])).toEqual(['accepted', 'duplicate']);
  });
});

describe('a queue that fails', () => {
  it('is tried again after growing pauses, and the log has each kind of failure once', async () => {
    const sqs = await startSqs();
    const { state, events } = logOf();
    const denied = {
      status: 403,
      type: 'AccessDeniedException',
      message: 'User: gateway is not authorized to perform: sqs:receivemessage',
    };
    sqs.faults.set('ReceiveMessage', denied);
    const { lines, pauses, paused, resume } = startReader(sqs, { events });
    for (let count = 1; count <= 7; count += 1) {
      await paused(count);
      if (count === 3)
        sqs.faults.set('ReceiveMessage', { status: 400, type: 'RequestThrottled', message: 'Slow down' });
      if (count < 7) resume();
    }
    for (const [index, pause] of pauses.entries()) {
      const most = Math.min(30_000, 1_000 * 2 ** index);
      expect([pause >= most / 2, pause <= most]).toEqual([true, true]);
    }
    sqs.faults.clear();
    sqs.send(event());
    resume();
    await untilElsewhere(() => sqs.isEmpty);
    expect(state.recorded).toHaveLength(1);
    expect(lines).toMatchObject([
      { code: 'UPSTREAM_ACCESS_DENIED', reason: denied.message, msg: 'the events queue cannot be read' },
      { code: 'THROTTLED', reason: 'Slow down', msg: 'the events queue cannot be read' },
      { level: 30, msg: 'the events queue is read again' },
    ]);
    expect(lines).toHaveLength(3);
  });

  it('is read on when SQS is back', async () => {
    const sqs = await startSqs();
    const { state, events } = logOf();
    const { lines, paused, resume } = startReader(sqs, { events });
    await untilElsewhere(() => sqs.waiting === 1);
    await sqs.stop();
    await paused(1);
    resume();
    await paused(2);
    await sqs.start();
    sqs.send(event());
    resume();
    await untilElsewhere(() => sqs.isEmpty);
    expect(state.recorded).toHaveLength(1);
    expect(lines.at(-1)).toMatchObject({ msg: 'the events queue is read again' });
  });

  it('is not called without a pause, if it does not wait for messages', async () => {
    const sqs = await startSqs();
    const { events } = logOf();
    sqs.faults.set('ReceiveMessage', { status: 200, type: 'none', message: '' });
    const { pauses, paused } = startReader(sqs, { events });
    await paused(1);
    expect(pauses).toEqual([100]);
    expect(sqs.count('ReceiveMessage')).toBe(1);
  });
});

describe('stop', () => {
  // Before the wait would end by itself.
  it('ends the wait for messages', { timeout: 15_000 }, async () => {
    const sqs = await startSqs();
    const { reader, lines } = startReader(sqs, logOf());
    await untilElsewhere(() => sqs.waiting === 1);
    await reader.stop();
    await untilElsewhere(() => sqs.waiting === 0);
    expect(lines).toEqual([]);
  });

  it('ends a pause', async () => {
    // It would take minutes.
    vi.spyOn(Math, 'random').mockReturnValue(-1_000);
    const lines: string[] = [];
    const reader = readQueue({
      queue: { receive: () => Promise.reject(new Error('no queue')), remove: async () => {} },
      receive: async () => 'accepted',
      log: pino({}, { write: (line) => void lines.push(line) }),
    });
    await untilElsewhere(() => lines.length > 0);
    await reader.stop();
    expect(lines).toHaveLength(1);
  });

  it('does not wait for ever for a client that hangs', { timeout: 15_000 }, async () => {
    const pauses: number[] = [];
    const reader = readQueue({
      queue: { receive: () => new Promise(() => {}), remove: async () => {} },
      receive: async () => 'accepted',
      log: pino({ level: 'silent' }),
      pause: async (milliseconds) => void pauses.push(milliseconds),
    });
    await reader.stop();
    expect(pauses).toEqual([10_000]);
  });

  it('waits for events that are being recorded, and deletes them', async () => {
    const sqs = await startSqs();
    let finish = () => {};
    const recording = new Promise<'accepted'>((resolve) => {
      finish = () => resolve('accepted');
    });
    const state = { isBusy: false };
    const events = {
      ...logOf().events,
      record: () => {
        state.isBusy = true;
        return recording;
      },
    };
    const { reader } = startReader(sqs, { events });
    sqs.send(event());
    await untilElsewhere(() => state.isBusy);
    const stopped = reader.stop();
    finish();
    await stopped;
    expect(sqs.isEmpty).toBe(true);
    expect(sqs.count('ReceiveMessage')).toBe(1);
  });
});

describe('the address', () => {
  it.each([
    ['https://sqs.eu-west-1.amazonaws.com/123456789012/ivs', 'eu-west-1'],
    ['https://sqs-fips.us-east-2.amazonaws.com/123456789012/ivs', 'us-east-2'],
    ['https://vpce-1-2.sqs.ap-south-1.vpce.amazonaws.com/123456789012/ivs', 'ap-south-1'],
    ['https://sqs.cn-north-1.amazonaws.com.cn/123456789012/ivs', 'cn-north-1'],
    ['https://sqs.us-gov-west-1.api.aws/123456789012/ivs', 'us-gov-west-1'],
    ['https://eu-central-1.queue.amazonaws.com/123456789012/ivs', 'eu-central-1'],
    ['https://queue.amazonaws.com/123456789012/ivs', 'us-east-1'],
    ['http://localstack:4566/000000000000/ivs', 'us-west-2'],
  ])('%s is in %s', async (url, region) => {
    const sqs = await startSqs();
    const queue = openQueue({ url, defaultRegion: 'us-west-2', endpoint: sqs.origin });
    await queue.check();
    queue.close();
    expect(sqs.requests).toMatchObject([{ scope: `${region}/sqs/aws4_request`, input: { QueueUrl: url } }]);
  });
});

it('is read at the host of its URL with AWS_USE_FIPS_ENDPOINT, too', async () => {
  vi.stubEnv('AWS_USE_FIPS_ENDPOINT', 'true');
  const sqs = await startSqs();
  const { state, events } = logOf();
  startReader(sqs, { events });
  sqs.send(event());
  await untilElsewhere(() => sqs.isEmpty);
  expect(state.recorded).toHaveLength(1);
});

it('makes a change visible that was made elsewhere', async () => {
  const sqs = await startSqs();
  const gateway = await startGateway({ cached: true });
  const { stageArn, sessionId, participantIds } = await createSession(gateway, 1);
  const [participantId = ''] = participantIds;
  const query = `{ participant(stageArn: "${stageArn}", sessionId: "${sessionId}", participantId: "${participantId}") { published browserName } }`;
  const published = async () => (await gateway.data(query)).participant.published;
  expect(await published()).toBe(false);
  gateway.emulator.control.publish({ stageArn, participantId });
  expect(await published()).toBe(false);
  startReader(sqs, { events: gateway.events });
  sqs.send(stageUpdate(stageArn, participantId));
  await untilElsewhere(() => sqs.isEmpty);
  expect(await published()).toBe(true);
});

it.skipIf(!isInstalled)('leaves events in the queue while Redis is lost, for all replicas', async () => {
  const sqs = await startSqs();
  const { server, replicas } = await startReplicas(2);
  const readers = replicas.map(({ events, redis }) =>
    startReader(sqs, { events, isReady: () => redis.isUp() }),
  );
  await untilElsewhere(() => sqs.waiting === 2);
  await server.kill();
  await untilElsewhere(() => replicas.every(({ redis }) => !redis.isUp()));
  const sent = Array.from({ length: 12 }, event);
  sqs.send(...sent);
  await Promise.all(readers.map(({ paused }) => paused(1)));
  expect(sqs.hidden).toHaveLength(12);
  await server.start();
  await untilElsewhere(() => replicas.every(({ redis }) => redis.isUp()));
  sqs.release();
  for (const { resume } of readers) resume();
  await untilElsewhere(() => sqs.isEmpty);
  const outcomes = readers.flatMap((reader) => reader.outcomes);
  expect(outcomes.filter((outcome) => outcome.endsWith('accepted'))).toHaveLength(12);
  expect(outcomes.filter((outcome) => outcome.endsWith('unavailable'))).toHaveLength(12);
});

/** Prints the CommonJS modules that the program has loaded, when it ends. */
const PRINT_MODULES =
  "import{createRequire}from'node:module';process.on('exit',()=>console.error(Object.keys(createRequire('/x').cache).join()))";
const showsModules = {
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(PRINT_MODULES)}`,
};

describe('the program', () => {
  const credentials = { AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any' };
  const metric = /^ivs_graphql_events_total\{kind="IVS Limit Breach",outcome="accepted"\} 1$/m;

  it('reads the queue, counts its events, and stops promptly', async () => {
    const sqs = await startSqs();
    const env = { PORT: '0', EVENTS_SQS_URL: sqs.url, ...credentials, ...showsModules };
    const { child, url, said, ended } = await serving([], env);
    await untilElsewhere(() => sqs.waiting === 1);
    sqs.send(eventOf('IVS Limit Breach'));
    await untilElsewhere(() => sqs.isEmpty);
    expect(await (await fetch(`${url}/metrics`)).text()).toMatch(metric);
    await untilElsewhere(() => sqs.waiting === 1);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(said.err).toContain('"msg":"stopped"');
    expect(said.err).toContain('client-sqs');
  });

  it('does not load the client of SQS without the setting', async () => {
    const { child, url, said, ended } = await serving([], { PORT: '0', ...showsModules });
    expect((await fetch(`${url}/livez`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(said.err).toContain('client-ivs-realtime');
    expect(said.err).not.toContain('client-sqs');
  });

  it('checks whether the queue can be reached', async () => {
    const sqs = await startSqs();
    const env = {
      EVENTS_SQS_URL: 'https://sqs.eu-west-1.amazonaws.com/1/q',
      AWS_ENDPOINT_URL_SQS: sqs.origin,
    };
    const good = await run(['serve', '--check'], { ...env, ...credentials });
    const line = 'events queue https://sqs.eu-west-1.amazonaws.com/1/q: GetQueueAttributes';
    expect(good).toEqual({ code: 0, out: `ok      settings\nok      ${line}\n`, err: '' });
    const message = 'The specified queue does not exist.';
    sqs.faults.set('GetQueueAttributes', { status: 400, type: 'QueueDoesNotExist', message });
    const bad = await run(['serve', '--check'], { ...env, ...credentials });
    expect([bad.code, bad.out.split('\n')[1]]).toEqual([1, `failed  ${line}: ${message}`]);
  });
});
