// `isLive`, of a stage and of a channel.
import { expect, it } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { createSession, createStage } from '../support/world.ts';

const arnOf = (id: string) => `arn:aws:ivs:us-west-2:123456789012:${id}`;

it('of a stage is read from the list', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const { stages } = await gateway.data('{ stages { nodes { isLive activeSessionId } } }');
  for (const { isLive, activeSessionId } of stages.nodes) expect(isLive).toBe(activeSessionId !== null);
  expect(new Set(stages.nodes.map(({ isLive }: { isLive: boolean }) => isLive)).size).toBe(2);
  expect(gateway.calls()).toEqual({ ListStages: 1 });
});

it('of the channels of a list costs one list of streams, shared with the streams themselves', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const { channels } = await gateway.data('{ channels { nodes { isLive stream { health } } } }');
  for (const { isLive, stream } of channels.nodes) expect(isLive).toBe(stream !== null);
  expect(new Set(channels.nodes.map(({ isLive }: { isLive: boolean }) => isLive)).size).toBe(2);
  expect(gateway.calls()).toEqual({ ListChannels: 1, ListStreams: 1 });
});

it('of one channel costs one call, whether it is live or not', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  for (const [id, isLive] of [
    ['MainStage001', true],
    ['PressRoom001', false],
  ] as const) {
    const { channel } = await gateway.data(`{ channel(arn: "${arnOf(`channel/${id}`)}") { isLive } }`);
    expect(channel).toEqual({ isLive });
    expect(gateway.calls()).toEqual({ GetChannel: 1, GetStream: 1 });
  }
});

it('of what does not exist is no stage, and no call more', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const { stage } = await gateway.data(`{ stage(arn: "${arnOf('stage/doesNotExist')}") { isLive } }`);
  expect(stage).toBeNull();
  expect(gateway.calls()).toEqual({ GetStage: 1 });
});

async function stagesOf(live: number, idle: number) {
  const gateway = await startGateway();
  for (let count = 0; count < live; count += 1) await createSession(gateway, 1);
  for (let count = 0; count < idle; count += 1) await createStage(gateway);
  return gateway;
}
const query = `query ($live: Boolean, $first: Int = 50, $after: String) {
  stages(live: $live, first: $first, after: $after) { nodes { arn isLive } pageInfo { hasNextPage endCursor } } }`;

it('stages are listed by it, over as many pages as it takes', async () => {
  const gateway = await stagesOf(3, 130);
  const { stages } = await gateway.data(query, { live: true });
  expect(stages.nodes).toHaveLength(3);
  expect(stages.nodes.every(({ isLive }: { isLive: boolean }) => isLive)).toBe(true);
  expect(stages.pageInfo.hasNextPage).toBe(false);
  expect(gateway.calls()).toEqual({ ListStages: 2 });

  const { stages: idle } = await gateway.data(query, { live: false, first: 1000 });
  expect(idle.nodes).toHaveLength(130);
  expect((await gateway.data(query, { live: null, first: 1000 })).stages.nodes).toHaveLength(133);
});

it('pages of live stages go on behind a cursor, which holds for no other list', async () => {
  const gateway = await stagesOf(5, 2);
  for (const live of [true, false]) {
    await gateway.data(query, { live, first: 1 });
    expect(gateway.calls()).toEqual({ ListStages: 1 });
  }
  const seen: string[] = [];
  let after: string | null = null;
  for (let pages = 0; pages < 3; pages += 1) {
    const { stages } = await gateway.data(query, { live: true, first: 2, after });
    seen.push(...stages.nodes.map(({ arn }: { arn: string }) => arn));
    after = stages.pageInfo.endCursor;
    expect(stages.pageInfo.hasNextPage).toBe(pages < 2);
  }
  expect(new Set(seen).size).toBe(5);
  expect(seen).toHaveLength(5);
  const { errors } = await gateway.ask(query, { live: false, after });
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
});

it('after ten pages in vain a list of live stages says that more may follow', async () => {
  const gateway = await startGateway({ requestTimeoutMs: 600_000 });
  let page = 0;
  gateway.emulator.faults.add({
    operation: 'ListStages',
    match: () => ++page > 0,
    get body() {
      return JSON.stringify({ stages: [{ arn: arnOf(`stage/Idle${page}`) }], nextToken: `page${page}` });
    },
    status: 200,
  });
  const { data, extensions } = await gateway.ask(
    query,
    { live: true },
    { headers: { 'x-ivs-cost': 'dryRun' } },
  );
  expect(data).toBeFalsy();
  expect(extensions?.ivs?.operations).toMatchObject([{ operation: 'ListStages', calls: 11 }]);
  const { stages } = await gateway.data(query, { live: true });
  expect(stages.nodes).toEqual([]);
  expect(stages.pageInfo).toEqual({ hasNextPage: true, endCursor: expect.any(String) });
  expect(gateway.calls()).toEqual({ ListStages: 11 });
});
