import type { CreateRecordingConfigurationRequest } from '@aws-sdk/client-ivs';
import { conflict, quotaExceeded, resourceNotFound, validationFailed } from '../errors.ts';
import type { Operations, Valid } from '../model/operation.ts';
import { paginate } from '../persistent/paging.ts';
import type { RecordingConfiguration, World } from '../world/world.ts';

const RECORDING_CONFIGURATIONS_PER_REGION = 20; // https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/service-quotas.html
const CREATING_SECONDS = 5; // not documented
/** There are no buckets here, so each one does, but for this one: with it a configuration ends CREATE_FAILED. */
const UNUSABLE_BUCKET = 'no-such-bucket';

/** The recording configuration of an ARN; ResourceNotFoundException where there is none. */
function requireRecordingConfiguration(world: World, arn: string): RecordingConfiguration {
  const configuration = world.recordingConfigurations.get(arn);
  if (!configuration) throw resourceNotFound(arn);
  return configuration;
}

/** Refuses what a channel cannot record with. */
export function checkRecordable(world: World, arn: string): void {
  const { state } = requireRecordingConfiguration(world, arn);
  // Not documented. CreateChannel declares no ConflictException, so it is this for both
  if (state !== 'ACTIVE') {
    throw validationFailed(`recordingConfigurationArn: ${arn} must be ACTIVE, but is ${state}`);
  }
}

export type NewRecordingConfiguration = Valid<CreateRecordingConfigurationRequest> & { arn?: string };

export function addRecordingConfiguration(
  world: World,
  input: NewRecordingConfiguration,
): RecordingConfiguration {
  const { arn = world.newArn('recording-configuration'), destinationConfiguration } = input;
  const configuration: RecordingConfiguration = {
    arn,
    name: input.name ?? '',
    destinationConfiguration,
    state: 'CREATING',
    tags: input.tags ?? {},
    thumbnailConfiguration: {
      recordingMode: 'INTERVAL',
      targetIntervalSeconds: 60,
      storage: ['SEQUENTIAL'],
      ...input.thumbnailConfiguration,
    },
    recordingReconnectWindowSeconds: input.recordingReconnectWindowSeconds ?? 0,
    renditionConfiguration: { renditionSelection: 'ALL', renditions: [], ...input.renditionConfiguration },
    order: world.nextOrder(),
  };
  world.recordingConfigurations.set(arn, configuration);
  world.after(CREATING_SECONDS, finishCreation, arn);
  return configuration;
}

function finishCreation(world: World, arn: string): void {
  const configuration = world.recordingConfigurations.get(arn);
  if (!configuration) return;
  const isUsable = configuration.destinationConfiguration?.s3?.bucketName !== UNUSABLE_BUCKET;
  configuration.state = isUsable ? 'ACTIVE' : 'CREATE_FAILED';
}

export const recordingConfigurationOperations = {
  CreateRecordingConfiguration(input, world) {
    const { destinationConfiguration, renditionConfiguration } = input;
    if (!destinationConfiguration.s3) throw validationFailed('destinationConfiguration.s3: is required');
    if (
      renditionConfiguration?.renditionSelection === 'CUSTOM' &&
      !renditionConfiguration.renditions?.length
    ) {
      throw validationFailed('renditionConfiguration.renditions: is required with CUSTOM');
    }
    if (world.recordingConfigurations.size >= RECORDING_CONFIGURATIONS_PER_REGION) {
      throw quotaExceeded(
        `A region may have at most ${RECORDING_CONFIGURATIONS_PER_REGION} recording configurations`,
      );
    }
    return { recordingConfiguration: addRecordingConfiguration(world, input) };
  },

  GetRecordingConfiguration({ arn }, world) {
    return { recordingConfiguration: requireRecordingConfiguration(world, arn) };
  },

  ListRecordingConfigurations(input, world) {
    const page = paginate(world.recordingConfigurations, input, {
      operation: 'ListRecordingConfigurations',
      world,
      size: RECORDING_CONFIGURATIONS_PER_REGION,
    });
    return { recordingConfigurations: page.items, nextToken: page.nextToken };
  },

  DeleteRecordingConfiguration({ arn }, world) {
    requireRecordingConfiguration(world, arn);
    const user = world.channels.find((channel) => channel.recordingConfigurationArn === arn);
    if (user) throw conflict(`${arn} is in use by ${user.arn}`);
    world.recordingConfigurations.delete(arn);
    return {};
  },
} satisfies Partial<Operations>;
