// Where a composition sends its picture: to a channel, to S3, or to one of each.
import type {
  CompositionThumbnailConfiguration,
  DestinationConfiguration,
  RecordingConfiguration,
  S3DestinationConfiguration,
} from '@aws-sdk/client-ivs-realtime';
import { resourceNotFound, validationFailed } from '../errors.ts';
import { newDestinationId, newStreamId, parseArn } from '../model/identifiers.ts';
import type { Valid } from '../model/operation.ts';
import type { Composition, CompositionDestination, World } from '../world/world.ts';

type Configuration = Valid<DestinationConfiguration>;

export const isOver = ({ state }: { state: Composition['state'] | CompositionDestination['state'] }) =>
  state === 'STOPPED' || state === 'FAILED';

/** The ARNs of everything that a destination needs. */
const referencesOf = ({ channel, s3 }: DestinationConfiguration) =>
  [
    channel?.channelArn,
    channel?.encoderConfigurationArn,
    s3?.storageConfigurationArn,
    ...(s3?.encoderConfigurationArns ?? []),
  ].filter((arn) => arn !== undefined);

export const uses = ({ destinations }: Composition, arn: string): boolean =>
  destinations.some(({ configuration }) => configuration && referencesOf(configuration).includes(arn));

/** A composition, not yet over, that uses the resource of this ARN. */
export const compositionUsing = (world: World, arn: string): Composition | undefined =>
  world.compositions.find((composition) => !isOver(composition) && uses(composition, arn));

/** Refuses what AWS says of destinations: one channel, one S3, or one of each; all there. */
export function checkDestinations(world: World, destinations: readonly Configuration[]): void {
  for (const [index, { channel, s3 }] of destinations.entries()) {
    if (!channel === !s3) {
      throw validationFailed(`destinations[${index}]: expected either channel or s3`);
    }
  }
  for (const kind of ['channel', 's3'] as const) {
    if (destinations.filter((destination) => destination[kind]).length > 1) {
      throw validationFailed(`destinations: may have at most one ${kind}`);
    }
  }
  const missing = destinations.flatMap(referencesOf).find((arn) => !exists(world, arn));
  if (missing) throw resourceNotFound(missing);
}

const exists = (world: World, arn: string): boolean =>
  [world.channels, world.encoderConfigurations, world.storageConfigurations].some((map) => map.has(arn));

const thumbnailDefaults = {
  targetIntervalSeconds: 60,
  storage: ['SEQUENTIAL'],
} satisfies CompositionThumbnailConfiguration;
const recordingDefaults = {
  format: 'HLS',
  hlsConfiguration: { targetSegmentDurationSeconds: 2 },
} satisfies RecordingConfiguration;

const s3Of = (input: Valid<S3DestinationConfiguration>): S3DestinationConfiguration => ({
  ...input,
  recordingConfiguration: {
    ...recordingDefaults,
    ...input.recordingConfiguration,
    hlsConfiguration: {
      ...recordingDefaults.hlsConfiguration,
      ...input.recordingConfiguration?.hlsConfiguration,
    },
  },
  thumbnailConfigurations: (input.thumbnailConfigurations ?? []).map((thumbnails) => ({
    ...thumbnailDefaults,
    ...thumbnails,
  })),
});

export interface Placing {
  stageArn: string;
  compositionArn: string;
  id?: string | undefined;
  streamId?: string | undefined;
}

export function newDestination(
  world: World,
  { name = '', channel, s3 }: Configuration,
  { stageArn, compositionArn, id = newDestinationId(world), streamId = newStreamId(world) }: Placing,
): CompositionDestination {
  const path = [parseArn(stageArn)?.id, parseArn(compositionArn)?.id, id, 'composite'];
  return {
    id,
    streamId,
    state: 'STARTING',
    configuration: { name, ...(channel && { channel }), ...(s3 && { s3: s3Of(s3) }) },
    ...(s3 && { detail: { s3: { recordingPrefix: path.join('/') } } }),
  };
}
