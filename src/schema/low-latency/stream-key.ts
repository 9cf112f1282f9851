import type {
  StreamKey as AwsStreamKey,
  CreateStreamKeyRequest,
  ListStreamKeysRequest,
  StreamKeySummary,
} from '@aws-sdk/client-ivs';
import type { Context } from '../../context.ts';
import { checkArn, targetOf } from '../../upstream/arn.ts';
import { ivs } from '../../upstream/aws-sdk.ts';
import { scoped } from '../language/authorization.ts';
import type { Batch } from '../language/costs.ts';
import { tagsInput, toMap } from '../language/input.ts';
import { loadBatches } from '../loading/calls.ts';
import type { Source } from '../loading/entity.ts';
import { defineList } from '../loading/list.ts';
import { arnRule } from '../patterns/input-rules.ts';
import { defineMutation, payloadOf, write } from '../patterns/mutation.ts';
import { defineNode } from '../patterns/node.ts';
import { defineArnQuery, defineListQuery } from '../patterns/queries.ts';
import { defineChildren, summaryReference } from '../patterns/relations.ts';
import { type ArnKey, defineResource } from '../patterns/resource.ts';
import { defineDeletion } from '../patterns/resource-mutations.ts';
import { Taggable } from '../patterns/tags.ts';
import { Channel, channelArnArg, channels } from './channel.ts';

const {
  BatchGetStreamKeyCommand,
  CreateStreamKeyCommand,
  DeleteStreamKeyCommand,
  GetStreamKeyCommand,
  ListStreamKeysCommand,
} = ivs;

// How it is loaded

export type StreamKeySource = Source<ArnKey, StreamKeySummary, AwsStreamKey>;

const batch: Batch = { operation: 'BatchGetStreamKey', size: 50 };

export const streamKeys = defineResource<StreamKeySummary, AwsStreamKey>({
  name: 'StreamKey',
  batchedBy: batch,
  load: loadBatches({
    size: batch.size,
    getBatch: async (target, arns, context) => {
      const { streamKeys: found, errors } = await context.send(
        target,
        new BatchGetStreamKeyCommand({ arns }),
      );
      return { found, errors };
    },
    getOne: async (target, arn, context) => {
      const { streamKey } = await context.send(target, new GetStreamKeyCommand({ arn }));
      return streamKey;
    },
  }),
});

const list = defineList(streamKeys, {
  description: 'A list of stream keys of a channel.',
  pageMax: 50,
  commandOf: (request: ListStreamKeysRequest) => new ListStreamKeysCommand(request),
  itemsOf: (output) => output.streamKeys,
  check: ({ channelArn }) => checkArn('channel', channelArn),
});

// What it is

export const StreamKey = defineNode(
  streamKeys,
  {
    description: 'The secret with which a broadcaster streams to a channel. Key: `arn`.',
    interfaces: [Taggable],
    key: {
      arn: 'Amazon Resource Name, which is not secret.',
    },
    summary: {
      channelArn: ['ID', 'ARN of the channel of the key.'],
    },
  },
  (t) => ({
    channel: summaryReference(t, streamKeys, 'channelArn', channels, 'Channel of the key.', {
      toParent: true,
    }),
    value: t.string(
      scoped(
        'ivs:secret',
        streamKeys.detail('value', 'Secret value. Anyone who has it can stream to the channel.'),
      ),
    ),
  }),
);

// Fields of its channel

defineChildren(Channel, 'streamKeys', list, {
  description: 'Stream keys. AWS allows one per channel.',
  selectorOf: ({ arn: channelArn }) => ({ channelArn }),
});

// Queries

defineArnQuery(streamKeys);
defineListQuery('streamKeys', list, {
  description: 'Stream keys of a channel. AWS allows one. Null when the channel does not exist.',
  args: channelArnArg,
  selectorOf: (channel) => channel,
  isNullWithoutParent: true,
});

// Mutations

/** The key that AWS lists of a channel, if it has one. */
export async function listStreamKey(channelArn: string, context: Context) {
  const { streamKeys: found = [] } = await context.send(
    targetOf(channelArn),
    new ListStreamKeysCommand({ channelArn }),
  );
  return found[0];
}

export async function createStreamKey(input: CreateStreamKeyRequest, context: Context) {
  const command = new CreateStreamKeyCommand(input);
  const { streamKey } = await write(context, targetOf(input.channelArn as string), command);
  return streamKeys.fromPayload(streamKey, context);
}

export async function deleteStreamKey(key: ArnKey, context: Context): Promise<void> {
  await write(context, targetOf(key.arn), deletionOf(key));
}

const deletionOf = (key: ArnKey) => new DeleteStreamKeyCommand(key);

defineMutation('createStreamKey', {
  scope: 'ivs:write',
  description:
    'Creates a stream key for a channel that has none. A channel has at most one: to replace it, use rotateStreamKey.',
  payload: payloadOf('createStreamKey', 'streamKey', StreamKey, 'The new stream key.'),
  errors: ['ResourceNotFoundError', 'ServiceQuotaExceededError', 'PendingVerificationError'],
  input: (t) => ({
    channelArn: t.id({ required: true, description: 'ARN of the channel.' }),
    tags: tagsInput(t),
  }),
  rules: [arnRule('channel', 'channelArn')],
  resolve: async ({ channelArn, tags }, context) => {
    return { object: await createStreamKey({ channelArn, tags: toMap(tags) }, context) };
  },
});

defineDeletion('deleteStreamKey', {
  entity: streamKeys,
  description: 'Deletes a stream key. A broadcaster can no longer start a stream with it.',
  errors: ['ResourceNotFoundError', 'PendingVerificationError'],
  commandOf: deletionOf,
});
