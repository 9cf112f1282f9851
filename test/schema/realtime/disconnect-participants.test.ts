import { describe, expect, it } from 'vitest';
import { bulk, runBulk, timed } from '../../support/bulk.ts';
import { boundedTo, callerWith } from '../../support/callers.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { dice } from '../../support/random-query.ts';
import { createSession, createStage } from '../../support/world.ts';

const GONE = 'arn:aws:ivs:us-west-2:123456789012:stage/gone';
const DISCONNECTED = 'disconnectedCount';
const PARTICIPANTS = `${DISCONNECTED} participants { participantId userId state }`;

interface Item {
  stageArn: string;
  participantId: string;
  reason?: string;
}

const disconnect = (gateway: TestGateway, participants: Item[], options?: Parameters<typeof runBulk>[3]) =>
  runBulk(gateway, 'disconnectParticipants', { participants }, { more: DISCONNECTED, ...options });

async function crowd(gateway: TestGateway, people: number): Promise<Item[]> {
  const { stageArn, participantIds } = await createSession(gateway, people);
  return participantIds.map((participantId) => ({ stageArn, participantId }));
}

describe('disconnectParticipants', () => {
  it('costs one call per participant', async () => {
    const gateway = await startGateway();
    const people = await crowd(gateway, 95);
    const { requestedCount, disconnectedCount, errors } = await disconnect(gateway, people);
    expect([requestedCount, disconnectedCount, errors]).toEqual([95, 95, []]);
    expect(gateway.calls()).toEqual({ DisconnectParticipant: 95 });
  });

  it('reads the stage once, and the participants from their list, when they are selected', async () => {
    const gateway = await startGateway();
    const people = await crowd(gateway, 95);
    const { participants } = await disconnect(gateway, people, { more: PARTICIPANTS });
    expect(participants).toMatchObject(
      people.map(({ participantId }) => ({ participantId, state: 'DISCONNECTED' })),
    );
    expect(gateway.calls()).toEqual({ DisconnectParticipant: 95, GetStage: 1, ListParticipants: 1 });
  });

  it('looks several stages up in their list', async () => {
    const gateway = await startGateway();
    const people = [
      ...(await crowd(gateway, 10)),
      ...(await crowd(gateway, 5)),
      ...(await crowd(gateway, 5)),
    ];
    const { participants } = await disconnect(gateway, people, { more: PARTICIPANTS });
    expect(participants).toMatchObject(people.map(({ participantId }) => ({ participantId })));
    expect(gateway.calls()).toEqual({ DisconnectParticipant: 20, ListStages: 1, ListParticipants: 3 });
  });

  it('is estimated at no less than it costs', async () => {
    const gateway = await startGateway();
    const people = await crowd(gateway, 12);
    const ask = (more: string) =>
      gateway.ask(
        bulk('disconnectParticipants', more),
        { input: { participants: [...people, people[0], { stageArn: 'x', participantId: 'y' }] } },
        { headers: { 'x-ivs-cost': 'dryRun' } },
      );
    const costOf = async (more: string) =>
      Object.fromEntries(
        (await ask(more)).extensions?.ivs?.operations.map(({ operation, calls }) => [operation, calls]) ?? [],
      );
    expect(await costOf('')).toEqual({ DisconnectParticipant: 12 });
    expect(await costOf('participants { participantId }')).toEqual({
      DisconnectParticipant: 12,
      GetStage: 1,
      GetParticipant: 12,
      ListParticipants: 2,
    });
    expect(gateway.calls()).toEqual({});
  });

  it('names the last participants of a session, which ends with them', async () => {
    const gateway = await startGateway();
    const people = await crowd(gateway, 3);
    const { participants } = await disconnect(gateway, people, { more: PARTICIPANTS });
    expect(participants).toMatchObject([
      { userId: 'user-0', state: 'DISCONNECTED' },
      { userId: 'user-1', state: 'DISCONNECTED' },
      { userId: 'user-2', state: 'DISCONNECTED' },
    ]);
  });

  it('disconnects also when the session cannot be read, and says so at the participant', async () => {
    const gateway = await startGateway();
    const people = await crowd(gateway, 2);
    gateway.emulator.faults.add({ operation: 'GetStage', status: 403, errorType: 'AccessDeniedException' });
    const input = { participants: people };
    const { data, errors } = await gateway.ask(bulk('disconnectParticipants', PARTICIPANTS), { input });
    expect(data.disconnectParticipants).toMatchObject({ disconnectedCount: 2, participants: [null, null] });
    expect(errors).toMatchObject(
      [0, 1].map((index) => ({
        path: ['disconnectParticipants', 'participants', index],
        extensions: { code: 'UPSTREAM_ACCESS_DENIED' },
      })),
    );
  });

  it('fails each bad item alone, with its index and its members, in any order', async () => {
    const gateway = await startGateway();
    const good = await crowd(gateway, 20);
    const bad: [Item, string][] = [
      [{ stageArn: GONE, participantId: 'a' }, 'NOT_FOUND'],
      [{ stageArn: 'no ARN', participantId: 'b' }, 'BAD_USER_INPUT'],
      [{ stageArn: GONE.replace('stage', 'channel'), participantId: 'c' }, 'BAD_USER_INPUT'],
      [{ stageArn: good[0]?.stageArn as string, participantId: 'no id!' }, 'BAD_USER_INPUT'],
      [
        { stageArn: good[0]?.stageArn as string, participantId: 'd', reason: 'x'.repeat(129) },
        'BAD_USER_INPUT',
      ],
      [{ stageArn: GONE.replace('us-west-2', 'ap-south-1'), participantId: 'e' }, 'REGION_NOT_ALLOWED'],
    ];
    const codes = new Map<Item, string>(bad);
    const roll = dice(7);
    for (let round = 0; round < 5; round += 1) {
      const items = [...good, ...bad.map(([item]) => item)]
        .map((item) => ({ item, at: roll() }))
        .sort((a, b) => a.at - b.at)
        .map(({ item }) => item);
      gateway.calls();
      const { disconnectedCount, errors } = await disconnect(gateway, items, {
        more: `${DISCONNECTED} errors { stageArn participantId }`,
      });
      expect(disconnectedCount).toBe(20);
      expect(errors).toMatchObject(
        items.flatMap((item, index) =>
          codes.has(item)
            ? {
                index,
                code: codes.get(item),
                stageArn: item.stageArn,
                participantId: item.participantId,
                retryable: false,
              }
            : [],
        ),
      );
      // Malformed items, and those of another region, make no call.
      expect(gateway.calls()).toEqual({ DisconnectParticipant: 21 });
    }
  });

  it('makes no call for malformed items alone, nor for none', async () => {
    const gateway = await startGateway();
    const { errors } = await disconnect(gateway, [{ stageArn: '', participantId: 'a' }], {
      more: PARTICIPANTS,
    });
    expect(errors).toHaveLength(1);
    expect(await disconnect(gateway, [])).toEqual({ requestedCount: 0, disconnectedCount: 0, errors: [] });
    expect(gateway.calls()).toEqual({});
  });

  it('works on thousands in many turns of the event loop, and answers all', async () => {
    const gateway = await startGateway();
    const [one] = (await crowd(gateway, 1)) as [Item];
    const elsewhere = GONE.replace('us-west-2', 'ap-south-1');
    const items = Array.from({ length: 5_000 }, (_, index) => {
      if (index === 4_321) return one;
      return { stageArn: index % 2 ? elsewhere : 'no ARN', participantId: `p-${index}` };
    });
    let [turns, isOn] = [0, true];
    const turn = () => {
      turns += 1;
      if (isOn) setImmediate(turn);
    };
    setImmediate(turn);
    const { disconnectedCount, errors } = await disconnect(gateway, items);
    isOn = false;
    expect(disconnectedCount).toBe(1);
    expect(errors.map(({ index }) => index)).toEqual(
      items.flatMap((item, index) => (item === one ? [] : index)),
    );
    expect(gateway.calls()).toEqual({ DisconnectParticipant: 1 });
    // Slices of 500: when they are judged, when they are sent, and when their errors are written.
    expect(turns).toBeGreaterThan(10 + 5 + 10);
  });

  it('sends equal items once, and fails them together', async () => {
    const gateway = await startGateway();
    const [one] = (await crowd(gateway, 1)) as [Item];
    const gone = { stageArn: GONE, participantId: 'a' };
    const { disconnectedCount, errors } = await disconnect(gateway, [one, gone, one, gone, one]);
    expect([disconnectedCount, errors.map(({ index }) => index)]).toEqual([3, [1, 3]]);
    expect(gateway.calls()).toEqual({ DisconnectParticipant: 2 });
  });
});

describe('the pace of disconnectParticipants', () => {
  it('is that of AWS, without a 429', async () => {
    const gateway = await startGateway({ callRates: true, requestTimeoutMs: 60_000 });
    const people = await crowd(gateway, 95);
    const [{ disconnectedCount }, seconds] = await timed(gateway, () => disconnect(gateway, people));
    expect(disconnectedCount).toBe(95);
    expect(gateway.emulator.calls.log().filter(({ status }) => status === 429)).toEqual([]);
    // 5 at once, then 5 a second, less the margin of the scheduler.
    expect(seconds).toBeLessThan(18 * 1.05);
  });

  it('ends at the deadline, with a retryable error for each item that had no turn', async () => {
    const gateway = await startGateway({ callRates: true, requestTimeoutMs: 5_050 });
    const people = await crowd(gateway, 400);
    const [{ disconnectedCount, errors }, seconds] = await timed(gateway, () => disconnect(gateway, people));
    // 5 at once, then 4.9 a second.
    expect(disconnectedCount).toBe(29);
    expect(gateway.calls()).toEqual({ DisconnectParticipant: 29 });
    expect(seconds).toBeLessThanOrEqual(5.05);
    expect(errors.map(({ index }) => index)).toEqual(people.slice(29).map((_, index) => 29 + index));
    for (const error of errors)
      expect(error).toMatchObject({ code: 'THROTTLED', awsCode: null, retryable: true });
  });

  it('tells apart what may have arrived and what was not sent, when AWS does not answer', async () => {
    const gateway = await startGateway({ requestTimeoutMs: 300, rates: { DisconnectParticipant: 1000 } });
    const people = await crowd(gateway, 150);
    gateway.emulator.faults.add({ operation: 'DisconnectParticipant', hang: true });
    const { errors } = await disconnect(gateway, people);
    const counts = new Map<string, number>();
    for (const { code, retryable } of errors) {
      expect(retryable).toBe(true);
      counts.set(code, (counts.get(code) ?? 0) + 1);
    }
    // So many calls are under way at once.
    expect(Object.fromEntries(counts)).toEqual({ UPSTREAM_TIMEOUT: 100, THROTTLED: 50 });
  });

  it('of two regions is kept side by side', async () => {
    const gateway = await startGateway({ callRates: true });
    const west = await crowd(gateway, 40);
    const { createStage: made } = await gateway.data(
      'mutation { createStage(input: { region: "eu-west-1" }) { ... on CreateStagePayload { stage { arn } } } }',
    );
    const stageArn = made.stage.arn;
    const east = west.map(() => ({
      stageArn,
      participantId: gateway.emulator.control.join({ stageArn }).participantId,
    }));
    const [{ disconnectedCount }, seconds] = await timed(gateway, () =>
      disconnect(gateway, [...west, ...east]),
    );
    expect(disconnectedCount).toBe(80);
    expect(seconds).toBeLessThan(7 * 1.05);
  });

  it('ends with a client that goes away, and leaves no call in the way of others', async () => {
    const gateway = await startGateway({ callRates: true });
    const people = await crowd(gateway, 60);
    gateway.emulator.faults.add({ operation: 'DisconnectParticipant', times: 3, hang: true });
    const client = new AbortController();
    const gone = gateway
      .ask(bulk('disconnectParticipants'), { input: { participants: people } }, { signal: client.signal })
      .catch(({ name }: Error) => name);
    while (gateway.emulator.calls.count() < 5) await new Promise(setImmediate);
    client.abort();
    expect(await gone).toBe('AbortError');
    gateway.calls();
    const [{ disconnectedCount }, seconds] = await timed(gateway, () =>
      disconnect(gateway, people.slice(-5)),
    );
    expect(disconnectedCount).toBe(5);
    expect(gateway.calls()).toEqual({ DisconnectParticipant: 5 });
    expect(seconds).toBeLessThan(1.1);
  });
});

describe('who may disconnect', () => {
  it('is judged item by item', async () => {
    const gateway = await startGateway();
    const mine = await crowd(gateway, 2);
    const other = await createStage(gateway);
    const items = [mine[0], { stageArn: other, participantId: 'x' }, mine[1]] as Item[];
    const caller = boundedTo(mine[0]?.stageArn as string);
    const { disconnectedCount, errors } = await disconnect(gateway, items, { more: PARTICIPANTS, caller });
    expect(disconnectedCount).toBe(2);
    expect(errors).toMatchObject([{ index: 1, code: 'FORBIDDEN', retryable: false }]);
    expect(gateway.calls()).toMatchObject({ DisconnectParticipant: 2, GetStage: 1 });
  });

  it('takes ivs:moderate alone, and ivs:read to see the participants', async () => {
    const gateway = await startGateway();
    const people = await crowd(gateway, 1);
    const input = { participants: people };
    const ask = (more: string, ...scopes: Parameters<typeof callerWith>[0] & object) =>
      gateway.ask(bulk('disconnectParticipants', more), { input }, { caller: callerWith(scopes) });
    const refused = await ask('', 'ivs:read', 'ivs:write');
    expect(refused.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(gateway.calls()).toEqual({});
    const { errors } = await ask('participants { userId }', 'ivs:moderate');
    expect(errors).toMatchObject([
      { path: ['disconnectParticipants', 'participants'], extensions: { code: 'FORBIDDEN' } },
    ]);
    // What a caller may not see is not read either.
    expect(gateway.calls()).toEqual({ DisconnectParticipant: 1 });
  });
});
