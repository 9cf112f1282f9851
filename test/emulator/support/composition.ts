import { CreateChannelCommand } from '@aws-sdk/client-ivs';
import {
  CreateEncoderConfigurationCommand,
  CreateStageCommand,
  CreateStorageConfigurationCommand,
  GetCompositionCommand,
  ListCompositionsCommand,
  StartCompositionCommand,
  type StartCompositionCommandInput,
  StopCompositionCommand,
} from '@aws-sdk/client-ivs-realtime';
import { expect } from 'vitest';
import { emulate } from './emulate.ts';

/** A stage with somebody who publishes, and all that a composition of it needs. */
export async function emulateComposition() {
  const world = await emulate();
  const { clock, realtime, emulator } = world;
  const { stage } = await realtime.send(new CreateStageCommand({}));
  const stageArn = stage?.arn ?? '';
  const { encoderConfiguration } = await realtime.send(new CreateEncoderConfigurationCommand({}));
  const encoderArn = encoderConfiguration?.arn ?? '';
  const { storageConfiguration } = await realtime.send(
    new CreateStorageConfigurationCommand({ s3: { bucketName: 'a-bucket' } }),
  );
  const storageArn = storageConfiguration?.arn ?? '';
  const { channel: made } = await world.ivs.send(new CreateChannelCommand({}));
  const channelArn = made?.arn ?? '';
  const s3 = { storageConfigurationArn: storageArn, encoderConfigurationArns: [encoderArn] };
  const channel = { channelArn, encoderConfigurationArn: encoderArn };
  const publisher = { stageArn, participantId: emulator.control.join({ stageArn }).participantId };
  emulator.control.publish(publisher);
  const start = async (input: Partial<StartCompositionCommandInput> = {}) => {
    const command = new StartCompositionCommand({ stageArn, destinations: [{ s3 }], ...input });
    const { composition } = await realtime.send(command);
    return composition ?? expect.fail('no composition');
  };
  const get = async (arn: string | undefined) =>
    (await realtime.send(new GetCompositionCommand({ arn }))).composition;
  /** The state of a composition and of its destinations, after so many milliseconds. */
  const statesAfter = async (arn: string | undefined, milliseconds: number) => {
    clock.advance(milliseconds);
    const composition = await get(arn);
    return [composition?.state, ...(composition?.destinations ?? []).map(({ state }) => state)];
  };
  const stop = (arn: string | undefined) => realtime.send(new StopCompositionCommand({ arn }));
  const list = async (filters = {}) =>
    (await realtime.send(new ListCompositionsCommand(filters))).compositions?.map(({ arn }) => arn);
  const arns = { stageArn, encoderArn, storageArn, channelArn };
  return { ...world, ...arns, s3, channel, publisher, start, get, statesAfter, stop, list };
}
