import type { S3StorageConfiguration } from '@aws-sdk/client-ivs-realtime';
import { conflict, quotaExceeded, resourceNotFound } from '../errors.ts';
import type { Operations, Valid } from '../model/operation.ts';
import { paginate } from '../persistent/paging.ts';
import type { Stage, StorageConfiguration, World } from '../world/world.ts';
import { compositionUsing } from './composition-destination.ts';

const CONFIGURATIONS_PER_REGION = 5; // https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/service-quotas.html

/** There are no buckets here, so each one does, but for this one: recordings in it fail to start. */
export const UNUSABLE_BUCKET = 'no-such-bucket';

function requireStorageConfiguration(world: World, arn: string): StorageConfiguration {
  const configuration = world.storageConfigurations.get(arn);
  if (!configuration) throw resourceNotFound(arn);
  return configuration;
}

const stageRecordingTo = (world: World, arn: string): Stage | undefined =>
  world.stages.find((stage) => stage.autoParticipantRecordingConfiguration?.storageConfigurationArn === arn);

export interface NewStorageConfiguration {
  arn?: string;
  name?: string | undefined;
  s3: Valid<S3StorageConfiguration>;
  tags?: Record<string, string> | undefined;
}

export function addStorageConfiguration(
  world: World,
  { arn = world.newArn('storage-configuration'), name = '', s3, tags = {} }: NewStorageConfiguration,
): StorageConfiguration {
  const configuration = { arn, name, s3, tags, order: world.nextOrder() };
  world.storageConfigurations.set(arn, configuration);
  return configuration;
}

export const storageConfigurationOperations = {
  CreateStorageConfiguration(input, world) {
    if (world.storageConfigurations.size >= CONFIGURATIONS_PER_REGION) {
      throw quotaExceeded(`A region may have at most ${CONFIGURATIONS_PER_REGION} storage configurations`);
    }
    return { storageConfiguration: addStorageConfiguration(world, input) };
  },

  GetStorageConfiguration({ arn }, world) {
    return { storageConfiguration: requireStorageConfiguration(world, arn) };
  },

  ListStorageConfigurations(input, world) {
    const page = paginate(world.storageConfigurations, input, {
      operation: 'ListStorageConfigurations',
      world,
      size: 100,
    });
    return { storageConfigurations: page.items, nextToken: page.nextToken };
  },

  // Of compositions its reference says so; of stages:
  // https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/getting-started-create-stage.html
  DeleteStorageConfiguration({ arn }, world) {
    requireStorageConfiguration(world, arn);
    const user = compositionUsing(world, arn) ?? stageRecordingTo(world, arn);
    if (user) throw conflict(`${arn} is used by ${user.arn}`);
    world.storageConfigurations.delete(arn);
    return {};
  },
} satisfies Partial<Operations>;
