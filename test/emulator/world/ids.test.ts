// Ids, ARNs and keys that are the same run after run.
import { CreateChannelCommand } from '@aws-sdk/client-ivs';
import {
  CreateIngestConfigurationCommand,
  CreateStageCommand,
  ListStagesCommand,
} from '@aws-sdk/client-ivs-realtime';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emulate } from '../support/emulate.ts';
import { call, randomSteps, readAll, take } from '../support/random-world.ts';

test('two emulators with one seed return the same for the same calls, events included', async () => {
  await fc.assert(
    fc.asyncProperty(randomSteps, async (steps) => {
      const [one, two] = [await emulate({ ids: 'a seed' }), await emulate({ ids: 'a seed' })];
      expect(await take(two, steps)).toEqual(await take(one, steps));
      expect(await readAll(two)).toEqual(await readAll(one));
      const events = ({ emulator }: typeof one) =>
        JSON.stringify(emulator.control.events().events.map((event) => ({ ...event, resources: [] })));
      expect(events(two)).toBe(events(one));
    }),
    { numRuns: 5 },
  );
});

/** A call of each kind with the events that follow, and all ids in it. */
async function allIds(world: Awaited<ReturnType<typeof emulate>>) {
  const { emulator, realtime, ivs } = world;
  const { stage, participantTokens } = await realtime.send(
    new CreateStageCommand({ participantTokenConfigurations: [{ duration: 60 }] }),
  );
  const stageArn = String(stage?.arn);
  const joined = emulator.control.join({ stageArn });
  const { channel, streamKey } = await ivs.send(new CreateChannelCommand({}));
  const stream = emulator.control.startStream({ channelArn: String(channel?.arn) });
  const ingest = new CreateIngestConfigurationCommand({ stageArn, ingestProtocol: 'RTMPS' });
  const { ingestConfiguration } = await realtime.send(ingest);
  const list = await realtime.send(new ListStagesCommand({}));
  const cloudTrail = emulator.control
    .events({ detailType: 'AWS API Call via CloudTrail' })
    .events.slice(-3)
    .map(({ detail }) => [detail.requestID, detail.eventID]);
  const requestIds = emulator.calls
    .log()
    .slice(-4)
    .map(({ requestId }) => requestId);
  const made = [stage, participantTokens, joined, channel, streamKey, stream, ingestConfiguration];
  return JSON.stringify([made, cloudTrail, requestIds, list.$metadata.requestId]);
}

const inAccount = [undefined, '123456789012'];

test.each(inAccount)(
  'a reset of %s and a restore repeat all ids, those of requests and CloudTrail among them',
  async (account) => {
    const world = await emulate({ ids: 'a seed' });
    const { control } = world.emulator;
    const { id } = control.snapshot();
    const first = await allIds(world);
    expect(await allIds(world)).not.toBe(first);
    control.reset({ ...(account && { account }) });
    expect(await allIds(world)).toBe(first);
    control.restore({ id, ...(account && { account }) });
    expect(await allIds(world)).toBe(first);
    control.reset({ snapshot: id, ...(account && { account }) });
    expect(await allIds(world)).toBe(first);
  },
);

test('request ids are the same, and reads do not change which ids are created', async () => {
  const [one, two] = [await emulate({ ids: 'a seed' }), await emulate({ ids: 'a seed' })];
  const requestId = async ({ realtime }: typeof one) =>
    (await realtime.send(new ListStagesCommand({}))).$metadata.requestId;
  expect(await requestId(one)).toBe(await requestId(two));
  expect(await requestId(one)).not.toBe(await requestId(two).then(() => requestId(two)));
  expect(await call(one, 'CreateStage')).toEqual(await call(two, 'CreateStage'));
});

test('another seed, account or region has other ids, and one without a seed is random', async () => {
  const idOf = async (world: Awaited<ReturnType<typeof emulate>>) =>
    (await call(world, 'CreateStage')).stage as { arn: string };
  const worlds = [
    await emulate({ ids: 'a seed' }),
    await emulate({ ids: 'another' }),
    await emulate({ ids: 'a seed', accountId: '210987654321' }),
    await emulate(),
    await emulate(),
  ];
  const arns = await Promise.all(worlds.map(idOf));
  expect(new Set(arns.map(({ arn }) => arn.split('/')[1])).size).toBe(worlds.length);
});

test('a reset begins with the first ids again', async () => {
  const world = await emulate({ ids: 'a seed' });
  const first = await call(world, 'CreateStage', { participantTokenConfigurations: [{}] });
  world.emulator.control.reset();
  expect(await call(world, 'CreateStage', { participantTokenConfigurations: [{}] })).toEqual(first);
});
