import { expect, test } from 'vitest';
import { emulate, MAIN_STAGE } from '../support/emulate.ts';

const IDLE = MAIN_STAGE.replace('MainStage001', 'PressRoom001');

test('a stream starts, starves, recovers and stops, and only what is live can', async () => {
  const { control } = (await emulate({ seed: 'demo' })).emulator;
  const channelArn = IDLE;
  for (const command of [
    control.starveStream,
    control.recoverStream,
    control.failStream,
    control.stopStream,
  ]) {
    expect(() => command.call(control, { channelArn })).toThrow('is not live');
  }
  expect(control.startStream({ channelArn }).streamId).toMatch(/^st-[a-zA-Z0-9]{23}$/);
  expect(() => control.startStream({ channelArn })).toThrow('is live already');
  control.starveStream({ channelArn });
  control.recoverStream({ channelArn });
  control.stopStream({ channelArn });
  expect(() => control.stopStream({ channelArn })).toThrow('is not live');
  control.startStream({ channelArn });
});
