// Tests side by side on one emulator, each with an account: none sees another one.
import { PutMetadataCommand } from '@aws-sdk/client-ivs';
import {
  CreateParticipantTokenCommand,
  CreateStageCommand,
  IVSRealTimeClient,
  ListStagesCommand,
} from '@aws-sdk/client-ivs-realtime';
import { expect, onTestFinished, test } from 'vitest';
import { emulate, failureOf } from './support/emulate.ts';

const OWN = '123456789012';
const [ONE, OTHER] = ['000000000001', '000000000002'];
const START = '2026-01-01T00:00:00.000Z';
const LATER = '2026-01-01T01:00:00.000Z';

async function emulateAccounts(options: Parameters<typeof emulate>[0] = {}) {
  const world = await emulate(options);
  const command = async (name: string, input: object = {}) => {
    const response = await world.post(`/_control/${name}`, JSON.stringify(input), {});
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const as = (accessKeyId: string) => {
    const credentials = { accessKeyId, secretAccessKey: 'secret' };
    const settings = { region: 'us-west-2', endpoint: world.emulator.url, credentials, maxAttempts: 1 };
    const client = new IVSRealTimeClient(settings);
    onTestFinished(() => client.destroy());
    return {
      client,
      create: async (name: string) => client.send(new CreateStageCommand({ name })),
      names: async () => (await client.send(new ListStagesCommand({}))).stages?.map(({ name }) => name),
    };
  };
  const timeOf = async (account?: string) => (await command('clock', { account })).body.time;
  return { ...world, command, as, timeOf };
}

test('a hundred tests side by side do not see each other', async () => {
  const { command, as } = await emulateAccounts();
  const accounts = Array.from({ length: 100 }, (_, index) => String(index + 1).padStart(12, '0'));
  const results = await Promise.all(
    accounts.map(async (account, index) => {
      const { client, create, names } = as(account);
      await create('before');
      await command('reset', { account });
      await command('advanceClock', { account, seconds: index });
      await command('addFault', { account, operation: 'CreateStage', times: (index % 3) + 1, status: 503 });
      const refused = [];
      for (let count = 0; count < 4; count += 1)
        refused.push(
          await create(`${account}-${count}`).then(
            () => 'created',
            ({ $metadata }) => $metadata.httpStatusCode,
          ),
        );
      await command('snapshot', { account, name: 'same' });
      await create('after');
      await command('restore', { account, id: 'same' });
      const { counts, statuses, log } = (await command('calls', { account })).body as {
        counts: object;
        statuses: object;
        log: { account: string; time: string }[];
      };
      const events = (await command('events', { account })).body.events as { account: string }[];
      const faults = (await command('faults', { account })).body.faults as { struck: number }[];
      const listed = await names();
      client.destroy();
      return {
        refused,
        counts,
        statuses,
        accounts: new Set(log.map((call) => call.account)),
        times: new Set(log.map(({ time }) => time)),
        eventAccounts: new Set(events.map((event) => event.account)),
        faults: faults.map(({ struck }) => struck),
        listed,
      };
    }),
  );
  for (const [index, account] of accounts.entries()) {
    const failed = (index % 3) + 1;
    const created = Array.from({ length: 4 - failed }, (_, count) => `${account}-${count + failed}`);
    expect(results[index]).toEqual({
      refused: [...Array(failed).fill(503), ...Array(4 - failed).fill('created')],
      counts: { CreateStage: 5 },
      statuses: { 200: 5 - failed, 503: failed },
      accounts: new Set([account]),
      times: new Set([new Date(Date.parse(START) + index * 1000).toISOString()]),
      eventAccounts: new Set([account]),
      faults: [failed],
      listed: created,
    });
  }
});

test('a reset of one account leaves the others their worlds, calls, faults, events and time', async () => {
  const { command, as, timeOf, emulator } = await emulateAccounts();
  emulator.deliverTo(async () => ({ status: 200 }));
  for (const account of [ONE, OTHER]) {
    await as(account).create('mine');
    await command('addFault', { account, operation: 'GetStage', status: 500 });
    await command('addEventFault', { account, fault: 'lost' });
    await command('setClock', { account, time: LATER });
  }
  await command('addFault', { operation: 'GetStage', status: 500 });
  await command('reset', { account: ONE });
  expect([await as(ONE).names(), await as(OTHER).names()]).toEqual([[], ['mine']]);
  expect([await timeOf(ONE), await timeOf(OTHER), await timeOf()]).toEqual([START, LATER, START]);
  expect(emulator.faults.list().map(({ account }) => account)).toEqual([OTHER, undefined]);
  expect(emulator.control.eventFaults().faults.map(({ account }) => account)).toEqual([OTHER]);
  expect(emulator.calls.counts(ONE)).toEqual({ ListStages: 1 });
  expect(emulator.calls.counts(OTHER)).toEqual({ CreateStage: 1, ListStages: 1 });
  expect(emulator.control.events({ account: ONE }).events).toEqual([]);
  expect(emulator.control.events({ account: OTHER }).events).toHaveLength(1);
});

test('an account begins with a seed, a world of its own or its part of the world file again', async () => {
  const world = { stages: [{ name: 'first' }], accounts: { [ONE]: { stages: [{ name: 'planted' }] } } };
  const { command, as } = await emulateAccounts({ world });
  const reset = async (account: string, to: object = {}) => {
    await command('reset', { account, ...to });
    return as(account).names();
  };
  await as(ONE).create('added');
  await as(OWN).create('added');
  expect(await reset(ONE)).toEqual(['planted']);
  expect(await as(OWN).names()).toEqual(['first', 'added']);
  expect(await reset(OWN)).toEqual(['first']);
  expect(await reset(OTHER)).toEqual([]);
  expect(await reset(OTHER, { world: { stages: [{ name: 'given' }] } })).toEqual(['given']);
  expect(await reset(ONE, { seed: 'demo' })).toContain('town-hall');
  expect(await reset(ONE, { seed: 'empty' })).toEqual([]);
  expect(await as(OTHER).names()).toEqual(['given']);
  expect((await command('reset', { account: ONE, world })).body.error).toMatch(/^reset: world: accounts: /);
  // Nothing is changed by what is refused
  expect((await command('reset', { account: OTHER, world: { stages: [{ name: '?' }] } })).status).toBe(400);
  expect(await as(OTHER).names()).toEqual(['given']);
});

test('a snapshot of an account, or its part of one of all, is restored in it alone', async () => {
  const { command, as, timeOf } = await emulateAccounts();
  for (const account of [ONE, OTHER]) await as(account).create('one');
  await command('snapshot', { name: 'all' });
  await command('snapshot', { name: 'same', account: ONE });
  await command('advanceClock', { seconds: 60 });
  for (const account of [ONE, OTHER]) await as(account).create('two');
  await command('snapshot', { name: 'same', account: OTHER });
  const listed = (await command('snapshots', { account: OTHER })).body.snapshots;
  expect(listed).toMatchObject([{ id: 'same', account: OTHER, time: '2026-01-01T00:01:00.000Z' }]);
  await command('restore', { id: 'same', account: ONE });
  expect([await as(ONE).names(), await as(OTHER).names()]).toEqual([['one'], ['one', 'two']]);
  expect([await timeOf(ONE), await timeOf(OTHER)]).toEqual([START, '2026-01-01T00:01:00.000Z']);
  await command('restore', { id: 'all', account: OTHER });
  expect([await as(ONE).names(), await as(OTHER).names()]).toEqual([['one'], ['one']]);
  const foreign = await command('deleteSnapshot', { id: 'all', account: ONE });
  expect(foreign.body.error).toMatch('(there are: same of 000000000001), got "all"');
  await command('deleteSnapshot', { id: 'same', account: ONE });
  expect((await command('snapshots')).body.snapshots).toMatchObject([{ id: 'all' }, { account: OTHER }]);
});

test('a clock of an account moves what is due in it alone, and follows the common one', async () => {
  const { command, as, timeOf, emulator, clock } = await emulateAccounts();
  const token = async (account: string) => {
    const { stage } = await as(account).create('stage');
    const input = { stageArn: stage?.arn, duration: 1 };
    const { participantToken } = await as(account).client.send(new CreateParticipantTokenCommand(input));
    return participantToken?.token ?? '';
  };
  const [one, other] = [await token(ONE), await token(OTHER)];
  await command('advanceClock', { account: ONE, seconds: 61 });
  expect((await command('join', { token: one })).body).toEqual({ error: 'join: token has expired' });
  expect((await command('join', { token: other })).status).toBe(200);
  await command('freezeClock', { account: OTHER, frozen: true });
  clock.advance(1000);
  await command('advanceClock', { seconds: 10 });
  expect([await timeOf(ONE), await timeOf(OTHER), await timeOf()]).toEqual([
    '2026-01-01T00:01:12.000Z',
    START,
    '2026-01-01T00:00:11.000Z',
  ]);
  // A snapshot of all has the clocks of all
  await command('snapshot', { name: 'clocks' });
  await command('reset');
  expect([await timeOf(ONE), await timeOf(OTHER)]).toEqual([
    '2026-01-01T00:00:01.000Z',
    '2026-01-01T00:00:01.000Z',
  ]);
  await command('restore', { id: 'clocks' });
  clock.advance(1000);
  expect([await timeOf(ONE), await timeOf(OTHER)]).toEqual(['2026-01-01T00:01:13.000Z', START]);
  expect(emulator.control.clock({ account: OTHER }).frozen).toBe(true);
});

test('what is due stays due when an account gets a clock of its own and gives it up', async () => {
  const { command, as, emulator } = await emulateAccounts();
  const { stage } = await as(ONE).create('stage');
  const arn = String(stage?.arn);
  const ran: string[] = [];
  const due = (name: string) => ran.push(name);
  const world = emulator.accounts.worldOf(arn);
  world?.after(30, () => due('early'));
  const cancelled = world?.after(30, () => due('cancelled'));
  world?.after(90, () => due('late'));
  await command('advanceClock', { account: ONE, seconds: 60 });
  expect(ran).toEqual(['early', 'cancelled']);
  emulator.accounts.of(ONE).followClock();
  world?.cancel(cancelled);
  await command('advanceClock', { seconds: 89 });
  expect(ran).toEqual(['early', 'cancelled']);
  await command('advanceClock', { seconds: 1 });
  expect(ran).toEqual(['early', 'cancelled', 'late']);
});

test('call rates refill by the clock of the account, and a reset fills them', async () => {
  const { command, as } = await emulateAccounts({ callRates: true, burst: 1 });
  const isThrottled = async (account: string) =>
    as(account)
      .names()
      .then(
        () => false,
        ({ $metadata }) => $metadata.httpStatusCode === 429,
      );
  expect([await isThrottled(ONE), await isThrottled(ONE), await isThrottled(OTHER)]).toEqual([
    false,
    true,
    false,
  ]);
  await command('advanceClock', { account: ONE, seconds: 1 });
  expect([await isThrottled(ONE), await isThrottled(OTHER)]).toEqual([false, true]);
  await command('reset', { account: OTHER });
  expect([await isThrottled(ONE), await isThrottled(OTHER)]).toEqual([true, false]);
});

test('the rate of a channel is not spent by another account', async () => {
  const { ivsIn, emulator } = await emulate({ callRates: true, seed: 'demo' });
  const channelArn = 'arn:aws:ivs:us-west-2:123456789012:channel/MainStage001';
  const put = new PutMetadataCommand({ channelArn, metadata: 'x' });
  const foreign = ivsIn('us-west-2');
  onTestFinished(() => foreign.destroy());
  foreign.config.credentials = async () => ({ accessKeyId: ONE, secretAccessKey: 'secret' });
  for (let count = 0; count < 6; count += 1) await failureOf(foreign.send(put));
  expect(emulator.calls.statuses(ONE)).toEqual({ 404: 5, 429: 1 });
  await ivsIn('us-west-2').send(put);
});

test('accounts and regions are bounded, with an error that says what to do', async () => {
  const { emulator, as, command, realtimeIn } = await emulateAccounts();
  for (let number = 1; number < 10_000; number += 1) emulator.accounts.of(String(number).padStart(12, '0'));
  expect(await failureOf(as('999999999999').names())).toEqual({
    name: 'LimitExceededException',
    status: 400,
    message: undefined,
  });
  expect(emulator.control.unmatched().unmatched[0]?.reason).toMatch(
    'at most 10000 accounts at a time: POST /_control/reset {"account":"…"} removes one',
  );
  await command('reset', { account: ONE });
  expect(await as('999999999999').names()).toEqual([]);
  for (let number = 0; number < 100; number += 1) emulator.accounts.own.world(`us-west-${number}`);
  const region = realtimeIn('eu-north-1');
  expect(await failureOf(region.send(new ListStagesCommand({})))).toMatchObject({ status: 400 });
  region.destroy();
});

test('commands without an ARN name an account', async () => {
  const { command, emulator } = await emulateAccounts();
  await command('breachLimit', { limit: 'Concurrent Viewers', region: 'us-west-2', account: ONE });
  await command('putEvent', { region: 'us-west-2', detailType: 'x', detail: {}, account: OTHER });
  expect(emulator.control.events().events.map(({ account }) => account)).toEqual([ONE, OTHER]);
  expect((await command('reset', { account: 'mine' })).body.error).toBe(
    'reset: account: expected an account id of 12 digits, got "mine"',
  );
});

test('events of an account that is ahead are delivered by the common clock', async () => {
  const { command, as, emulator, clock } = await emulateAccounts();
  const received: string[] = [];
  const end = emulator.deliverTo(async (body) => {
    received.push((JSON.parse(body) as { time: string }).time);
    return { status: 200 };
  });
  onTestFinished(end);
  await command('setClock', { account: ONE, time: LATER });
  await as(ONE).create('stage');
  clock.advance(1900);
  expect(received).toEqual([]);
  clock.advance(200); // CloudTrail's two seconds
  await expect.poll(() => received).toEqual(['2026-01-01T01:00:00Z']);
});

test('a common setClock moves a clock of an account by the same distance, frozen ones not', async () => {
  const { command, timeOf } = await emulateAccounts();
  const year = (number: number) => `${number}-01-01T00:00:00.000Z`;
  await command('setClock', { time: year(2030), account: ONE });
  await command('freezeClock', { frozen: true, account: OTHER });
  await command('setClock', { time: year(2040) });
  expect([await timeOf(), await timeOf(ONE), await timeOf(OTHER)]).toEqual([
    year(2040),
    year(2044),
    year(2026),
  ]);
});
