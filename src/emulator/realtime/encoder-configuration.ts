import type { Video } from '@aws-sdk/client-ivs-realtime';
import { conflict, quotaExceeded, resourceNotFound, validationFailed } from '../errors.ts';
import type { Operations, Valid } from '../model/operation.ts';
import { paginate } from '../persistent/paging.ts';
import type { EncoderConfiguration, World } from '../world/world.ts';
import { compositionUsing } from './composition-destination.ts';

const CONFIGURATIONS_PER_REGION = 20; // https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/service-quotas.html
const MOST_PIXELS = 1920 * 1080;

const videoDefaults = { width: 1280, height: 720, framerate: 30, bitrate: 2_500_000 };

function requireEncoderConfiguration(world: World, arn: string): EncoderConfiguration {
  const configuration = world.encoderConfigurations.get(arn);
  if (!configuration) throw resourceNotFound(arn);
  return configuration;
}

function checkVideo({ width, height }: typeof videoDefaults): void {
  if (width % 2 !== 0) throw validationFailed(`video.width: must be even, got ${width}`);
  if (height % 2 !== 0) throw validationFailed(`video.height: must be even, got ${height}`);
  if (width * height > MOST_PIXELS) {
    throw validationFailed(`video: may have at most ${MOST_PIXELS} pixels, got ${width}x${height}`);
  }
}

export interface NewEncoderConfiguration {
  arn?: string;
  name?: string | undefined;
  video?: Valid<Video> | undefined;
  tags?: Record<string, string> | undefined;
}

export function addEncoderConfiguration(
  world: World,
  {
    arn = world.newArn('encoder-configuration'),
    name = '',
    video: wanted,
    tags = {},
  }: NewEncoderConfiguration,
): EncoderConfiguration {
  const video = { ...videoDefaults, ...wanted } as typeof videoDefaults;
  checkVideo(video);
  const configuration = { arn, name, video, tags, order: world.nextOrder() };
  world.encoderConfigurations.set(arn, configuration);
  return configuration;
}

export const encoderConfigurationOperations = {
  CreateEncoderConfiguration(input, world) {
    if (world.encoderConfigurations.size >= CONFIGURATIONS_PER_REGION) {
      throw quotaExceeded(`A region may have at most ${CONFIGURATIONS_PER_REGION} encoder configurations`);
    }
    return { encoderConfiguration: addEncoderConfiguration(world, input) };
  },

  GetEncoderConfiguration({ arn }, world) {
    return { encoderConfiguration: requireEncoderConfiguration(world, arn) };
  },

  ListEncoderConfigurations(input, world) {
    const page = paginate(world.encoderConfigurations, input, {
      operation: 'ListEncoderConfigurations',
      world,
      size: 100,
    });
    return { encoderConfigurations: page.items, nextToken: page.nextToken };
  },

  DeleteEncoderConfiguration({ arn }, world) {
    requireEncoderConfiguration(world, arn);
    const user = compositionUsing(world, arn);
    if (user) throw conflict(`${arn} is used by ${user.arn}`);
    world.encoderConfigurations.delete(arn);
    return {};
  },
} satisfies Partial<Operations>;
