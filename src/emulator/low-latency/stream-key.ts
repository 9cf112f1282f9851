import { quotaExceeded, resourceNotFound } from '../errors.ts';
import { parseArn } from '../model/identifiers.ts';
import type { Operations } from '../model/operation.ts';
import { paginate } from '../persistent/paging.ts';
import { secretOf } from '../world/ids.ts';
import type { StreamKey, World } from '../world/world.ts';
import { requireChannel } from './channel.ts';

const STREAM_KEYS_PER_CHANNEL = 1; // https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_CreateStreamKey.html

/** The stream key of an ARN; ResourceNotFoundException where there is none. */
function requireStreamKey(world: World, arn: string): StreamKey {
  const streamKey = world.streamKeys.get(arn);
  if (!streamKey) throw resourceNotFound(arn);
  return streamKey;
}

/** The same for a stream key each time, in the form of IVS. */
const newValue = ({ region }: World, arn: string): string =>
  `sk_${region}_${parseArn(arn)?.id}_${secretOf(`value ${arn}`, 30)}`;

export interface NewStreamKey {
  channelArn: string;
  arn?: string;
  tags?: Record<string, string> | undefined;
}

export function addStreamKey(
  world: World,
  { channelArn, arn = world.newArn('stream-key'), tags = {} }: NewStreamKey,
): StreamKey {
  const streamKey = { arn, value: newValue(world, arn), channelArn, tags, order: world.nextOrder() };
  world.streamKeys.set(arn, streamKey);
  return streamKey;
}

export const streamKeyOperations = {
  CreateStreamKey(input, world) {
    const { arn } = requireChannel(world, input.channelArn);
    if (world.streamKeys.count('channelArn', arn) >= STREAM_KEYS_PER_CHANNEL) {
      throw quotaExceeded(`A channel may have at most ${STREAM_KEYS_PER_CHANNEL} stream key`);
    }
    return { streamKey: addStreamKey(world, input) };
  },

  GetStreamKey({ arn }, world) {
    return { streamKey: requireStreamKey(world, arn) };
  },

  // As for channels: AWS promises neither the order of the request nor an entry per duplicate.
  BatchGetStreamKey({ arns }, world) {
    const wanted = [...new Set(arns)];
    return {
      streamKeys: wanted.flatMap((arn) => world.streamKeys.get(arn) ?? []),
      errors: wanted
        .filter((arn) => !world.streamKeys.has(arn))
        .map((arn) => ({ arn, code: '404', message: 'stream key not found' })),
    };
  },

  ListStreamKeys(input, world) {
    const { arn } = requireChannel(world, input.channelArn);
    const page = paginate(world.streamKeys.with('channelArn', arn), input, {
      operation: 'ListStreamKeys',
      world,
      size: 1,
    });
    return { streamKeys: page.items, nextToken: page.nextToken };
  },

  DeleteStreamKey({ arn }, world) {
    requireStreamKey(world, arn);
    world.streamKeys.delete(arn);
    return {};
  },
} satisfies Partial<Operations>;
