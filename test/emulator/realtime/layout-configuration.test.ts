import { expect, test } from 'vitest';
import { emulateComposition } from '../support/composition.ts';
import { failureOf } from '../support/emulate.ts';

test('a composition is a grid with the defaults of AWS', async () => {
  const { start } = await emulateComposition();
  const grid = {
    featuredParticipantAttribute: '',
    omitStoppedVideo: false,
    videoAspectRatio: 'VIDEO',
    videoFillMode: '',
    gridGap: 2,
    participantOrderAttribute: '',
  };
  expect((await start()).layout).toEqual({ grid });
  const asked = { gridGap: 0, videoFillMode: 'FILL' as const };
  expect((await start({ layout: { grid: asked } })).layout).toEqual({ grid: { ...grid, ...asked } });
});

test('a picture in picture has other defaults', async () => {
  const { start } = await emulateComposition();
  const asked = { pipParticipantAttribute: 'guest', pipPosition: 'TOP_LEFT' as const, pipWidth: 320 };
  const { layout } = await start({ layout: { pip: asked } });
  expect(layout).toEqual({
    pip: {
      featuredParticipantAttribute: '',
      omitStoppedVideo: false,
      videoFillMode: 'COVER',
      gridGap: 0,
      pipBehavior: 'STATIC',
      pipOffset: 0,
      participantOrderAttribute: '',
      ...asked,
    },
  });
});

test.each([
  ['both layouts', { grid: {}, pip: {} }],
  ['a negative gap', { grid: { gridGap: -1 } }],
  ['a window without width', { pip: { pipWidth: 0 } }],
  ['an attribute with a space', { grid: { featuredParticipantAttribute: 'a b' } }],
])('%s are refused', async (_, layout) => {
  const { start } = await emulateComposition();
  expect(await failureOf(start({ layout }))).toMatchObject({ name: 'ValidationException', status: 400 });
});
