import {
  CreateEncoderConfigurationCommand,
  CreateStageCommand,
  ListCompositionsCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
} from '@aws-sdk/client-ivs-realtime';
import { describe, expect, test } from 'vitest';
import { emulateComposition } from '../support/composition.ts';
import { emulate, failureOf, TOWN_HALL } from '../support/emulate.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const NOT_FOUND = { name: 'ResourceNotFoundException', status: 404 };
const CONFLICT = { name: 'ConflictException', status: 409 };
const QUOTA = { name: 'ServiceQuotaExceededException', status: 402 };

describe('starting', () => {
  test('it answers with the composition, which is about to run', async () => {
    const { clock, start, get, stageArn } = await emulateComposition();
    const composition = await start({ tags: { team: 'media' } });
    expect(composition).toEqual({
      arn: expect.stringMatching(/^arn:aws:ivs:us-west-2:123456789012:composition\/[a-zA-Z0-9]{12}$/),
      stageArn,
      state: 'STARTING',
      layout: { grid: expect.any(Object) },
      destinations: [expect.objectContaining({ state: 'STARTING' })],
      tags: { team: 'media' },
      startTime: clock.now(),
    });
    expect(await get(composition.arn)).toEqual(composition);
  });

  test('the same request again gives the same composition, even after its end', async () => {
    const { start, stop, statesAfter, list, stageArn } = await emulateComposition();
    const [one, two] = [await start({ idempotencyToken: 'once' }), await start({ idempotencyToken: 'once' })];
    expect(two).toEqual(one);
    await stop(one.arn);
    expect(await statesAfter(one.arn, 3 * SECOND)).toEqual(['STOPPED', 'STOPPED']);
    expect(await start({ idempotencyToken: 'once' })).toMatchObject({ arn: one.arn, state: 'STOPPED' });
    expect(await list({ filterByStageArn: stageArn })).toEqual([one.arn]);
    const other = start({ idempotencyToken: 'once', tags: { a: 'b' } });
    expect(await failureOf(other)).toMatchObject(CONFLICT);
  });

  test('the stage must exist', async () => {
    const { start, stageArn } = await emulateComposition();
    expect(await failureOf(start({ stageArn: `${stageArn}x` }))).toMatchObject(NOT_FOUND);
  });

  test('a stage has at most 5 that are not over, a region 20', async () => {
    const { realtime, start, stop, clock } = await emulateComposition();
    const { arn } = await start();
    for (let more = 0; more < 4; more += 1) await start();
    expect(await failureOf(start())).toMatchObject(QUOTA);
    await stop(arn);
    clock.advance(3 * SECOND);
    await start();
    for (let stages = 0; stages < 3; stages += 1) {
      const { stage } = await realtime.send(new CreateStageCommand({}));
      for (let more = 0; more < 5; more += 1) await start({ stageArn: stage?.arn });
    }
    const { stage } = await realtime.send(new CreateStageCommand({}));
    expect(await failureOf(start({ stageArn: stage?.arn }))).toMatchObject({
      ...QUOTA,
      message: expect.stringContaining('20'),
    });
  });
});

describe('the list', () => {
  test('holds the members of the summary and no others', async () => {
    const { realtime } = await emulate({ seed: 'demo' });
    const { compositions = [] } = await realtime.send(new ListCompositionsCommand({}));
    expect(Object.keys(compositions[0] ?? {}).sort()).toEqual([
      'arn',
      'destinations',
      'stageArn',
      'startTime',
      'state',
      'tags',
    ]);
    expect(Object.keys(compositions[0]?.destinations?.[0] ?? {}).sort()).toEqual([
      'id',
      'startTime',
      'state',
    ]);
    expect(compositions.map(({ arn }) => arn?.split('/')[1])).toEqual([
      'TownHall0001',
      'PodcastStud1',
      'ChessFinal01',
    ]);
    expect(compositions[2]?.destinations?.map(({ state }) => state)).toEqual(['FAILED', 'ACTIVE']);
  });

  test('is narrowed by stage and by encoder configuration', async () => {
    const { list, start, realtime, s3, stageArn, encoderArn, channelArn } = await emulateComposition();
    const { encoderConfiguration } = await realtime.send(new CreateEncoderConfigurationCommand({}));
    const other = encoderConfiguration?.arn ?? '';
    const { arn: one } = await start();
    const { arn: two } = await start({
      destinations: [{ channel: { channelArn, encoderConfigurationArn: other } }],
    });
    const { arn: three } = await start({
      destinations: [{ s3: { ...s3, encoderConfigurationArns: [other] } }],
    });
    expect(await list()).toEqual([one, two, three]);
    expect(await list({ filterByEncoderConfigurationArn: other })).toEqual([two, three]);
    expect(await list({ filterByStageArn: stageArn, filterByEncoderConfigurationArn: encoderArn })).toEqual([
      one,
    ]);
    expect(await list({ filterByStageArn: TOWN_HALL })).toEqual([]);
  });

  test('comes in pages', async () => {
    const { realtime } = await emulate({ seed: 'demo' });
    const page = await realtime.send(new ListCompositionsCommand({ maxResults: 2 }));
    expect(page.compositions).toHaveLength(2);
    const rest = await realtime.send(new ListCompositionsCommand({ nextToken: page.nextToken }));
    expect([rest.compositions?.length, rest.nextToken]).toEqual([1, undefined]);
  });
});

test('a composition has tags as long as it is there', async () => {
  const { clock, realtime, start, stop } = await emulateComposition();
  const { arn: resourceArn } = await start();
  await realtime.send(new TagResourceCommand({ resourceArn, tags: { a: 'b' } }));
  const tags = () => realtime.send(new ListTagsForResourceCommand({ resourceArn }));
  expect((await tags()).tags).toEqual({ a: 'b' });
  await stop(resourceArn);
  clock.advance(6 * MINUTE);
  expect(await failureOf(tags())).toMatchObject(NOT_FOUND);
});
