import { ListChannelsCommand } from '@aws-sdk/client-ivs';
import {
  CreateStageCommand,
  DeleteStageCommand,
  ListParticipantsCommand,
  ListStagesCommand,
  paginateListParticipants,
} from '@aws-sdk/client-ivs-realtime';
import { expect, test } from 'vitest';
import { paginate } from '../../../src/emulator/persistent/paging.ts';
import { SortedMap } from '../../../src/emulator/persistent/sorted-map.ts';
import { emulate, failureOf, TOWN_HALL, TOWN_HALL_SESSION } from '../support/emulate.ts';

// Copied for each use: the SDK's paginators write the token into their input
const session = { stageArn: TOWN_HALL, sessionId: TOWN_HALL_SESSION };

async function emulateStages(...names: string[]) {
  const world = await emulate();
  const arns: string[] = [];
  for (const name of names) {
    const { stage } = await world.realtime.send(new CreateStageCommand({ name }));
    arns.push(stage?.arn ?? '');
  }
  const list = async (maxResults: number, nextToken?: string) => {
    const page = await world.realtime.send(new ListStagesCommand({ maxResults, nextToken }));
    return { names: page.stages?.map(({ name }) => name), nextToken: page.nextToken };
  };
  return { ...world, arns, list };
}

test('pages hold every item once and end without a token', async () => {
  const { list } = await emulateStages('a', 'b', 'c', 'd', 'e');
  const first = await list(2);
  expect(first.names).toEqual(['a', 'b']);
  const second = await list(2, first.nextToken);
  expect(second.names).toEqual(['c', 'd']);
  expect(await list(2, second.nextToken)).toEqual({ names: ['e'], nextToken: undefined });
});

test('a page that is exactly the last has no token', async () => {
  const { list } = await emulateStages('a', 'b');
  expect(await list(2)).toEqual({ names: ['a', 'b'], nextToken: undefined });
});

test('a token outlives the deletion of the item it names, and what is new comes last', async () => {
  const { list, realtime, arns } = await emulateStages('a', 'b', 'c', 'd');
  const { nextToken } = await list(2);
  await realtime.send(new DeleteStageCommand({ arn: arns[1] }));
  await realtime.send(new DeleteStageCommand({ arn: arns[0] }));
  await realtime.send(new CreateStageCommand({ name: 'e' }));
  expect((await list(9, nextToken)).names).toEqual(['c', 'd', 'e']);
});

test('the paginator of the SDK reads a session of 120 in pages of 50', async () => {
  const { emulator, realtime } = await emulate({ seed: 'demo' });
  const ids = new Set<string | undefined>();
  for await (const { participants = [] } of paginateListParticipants({ client: realtime }, { ...session })) {
    for (const { participantId } of participants) ids.add(participantId);
  }
  expect(ids.size).toBe(120);
  expect(emulator.calls.count('ListParticipants')).toBe(3);
});

test('a token is good for its own list only', async () => {
  const { realtime, ivs, realtimeIn } = await emulate({ seed: 'demo' });
  const { nextToken } = await realtime.send(new ListParticipantsCommand({ ...session, maxResults: 5 }));
  const refused = { name: 'ValidationException', status: 400, message: expect.stringContaining('nextToken') };
  const foreign = [
    () => realtime.send(new ListParticipantsCommand({ ...session, nextToken, filterByState: 'CONNECTED' })),
    () =>
      realtime.send(new ListParticipantsCommand({ ...session, nextToken, sessionId: 'st-OtherSession1' })),
    () => realtimeIn('eu-west-1').send(new ListParticipantsCommand({ ...session, nextToken })),
    () => realtime.send(new ListStagesCommand({ nextToken })),
    () => ivs.send(new ListChannelsCommand({ nextToken })),
    () => realtime.send(new ListStagesCommand({ nextToken: 'garbled' })),
    () => realtime.send(new ListStagesCommand({ nextToken: Buffer.from('1.0').toString('base64url') })),
  ];
  for (const call of foreign) expect(await failureOf(call())).toEqual(refused);
  const second = realtime.send(new ListParticipantsCommand({ ...session, nextToken, maxResults: 100 }));
  expect((await second).participants).toHaveLength(100);
});

test('an empty token is the first page', async () => {
  const { list } = await emulateStages('a');
  expect((await list(1, '')).names).toEqual(['a']);
});

test('a page reads no more items than it returns and one more, from where the one before ended', () => {
  const all = new SortedMap<number, { order: number }>();
  for (let order = 0; order < 10_000; order += 2) all.set(order, { order });
  let reads = 0;
  function* counted(items: Iterable<[number, { order: number }]>) {
    for (const [, item] of items) {
      reads += 1;
      yield item;
    }
  }
  const items = {
    after: (order?: number) => counted(all.after(order)),
    before: (order?: number) => counted(all.before(order)),
  };
  const options = {
    operation: 'ListParticipants',
    world: { region: 'us-west-2', ids: { key: Buffer.from('key') } },
    size: 50,
  };
  for (const newestFirst of [false, true]) {
    const first = paginate(items, {}, { ...options, newestFirst });
    const second = paginate(items, { nextToken: first.nextToken }, { ...options, newestFirst });
    const expected = newestFirst ? [...all.values()].reverse() : [...all.values()];
    expect([...first.items, ...second.items]).toEqual(expected.slice(0, 100));
  }
  expect(reads).toBe(2 * 2 * 51);
});
