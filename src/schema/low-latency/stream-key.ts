import {
  type StreamKey as AwsStreamKey,
  BatchGetStreamKeyCommand,
  CreateStreamKeyCommand,
  DeleteStreamKeyCommand,
  GetStreamKeyCommand,
  ListStreamKeysCommand,
  type StreamKeySummary,
} from '@aws-sdk/client-ivs';
import type { Context } from '../../context.ts';
import { checkArn, targetOf } from '../../upstream/arn.ts';
import {
  PendingVerificationError,
  ResourceNotFoundError,
  ServiceQuotaExceededError,
  ValidationError,
} from '../../upstream/errors.ts';
import { scoped } from '../language/authorization.ts';
import { builder } from '../language/builder.ts';
import { type Batch, costs, type List, listed } from '../language/costs.ts';
import { KeyValue, KeyValueInput, toEntries, toMap } from '../language/input.ts';
import { loadBatches } from '../loading/calls.ts';
import { type ConnectionArgs, connectionArgs, connectionOf, listConnection } from '../loading/connection.ts';
import { defineEntity, type Source } from '../loading/entity.ts';
import { federate } from '../patterns/federation.ts';
import { defineMutation, payloadOf, write } from '../patterns/mutation.ts';
import { defineDeletion } from '../patterns/regional.ts';
import { Taggable, taggable } from '../patterns/tags.ts';
import { Channel, channels } from './channel.ts';

// How it is loaded

export interface StreamKeyKey {
  arn: string;
}
export type StreamKeySource = Source<StreamKeyKey, StreamKeySummary, AwsStreamKey>;

const batch: Batch = { operation: 'BatchGetStreamKey', size: 50 };

export const streamKeys = defineEntity<StreamKeyKey, StreamKeySummary, AwsStreamKey>({
  name: 'StreamKey',
  key: ['arn'],
  check: ({ arn }) => checkArn('stream-key', arn),
  filledBy: 'GetStreamKey',
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

const list: List = { operation: 'ListStreamKeys', pageMax: 50 };

async function listStreamKeys(channelArn: string, args: ConnectionArgs, context: Context) {
  checkArn('channel', channelArn);
  return listConnection({
    args,
    context,
    list,
    scope: [channelArn],
    fetchPage: async (page) => {
      const command = new ListStreamKeysCommand({ channelArn, ...page });
      const { streamKeys: items, nextToken } = await context.send(targetOf(channelArn), command);
      return { items, nextToken };
    },
    ...streamKeys.listed(({ arn }) => ({ arn }), context),
  });
}

// What it is

const { summary, detail } = streamKeys;

export const StreamKey = builder.node(builder.objectRef<StreamKeySource>('StreamKey'), {
  ...streamKeys.node,
  description:
    'The secret that lets a broadcaster send to a channel. Key: `arn`. Fields said to be filled by BatchGetStreamKey cost one call per 50 stream keys of a request.',
  interfaces: [Taggable],
  fields: (t) => ({
    arn: t.exposeID('arn', { nullable: false, description: 'The Amazon Resource Name; no secret.' }),
    channelArn: t.id(summary('channelArn', 'ARN of the channel that it opens.')),
    channel: t.field({
      type: Channel,
      ...summary('channelArn', 'The channel that it opens.', (arn, context, info) =>
        channels.resolveRef({ arn }, context, info),
      ),
      ...costs({ level: 'summary', toParent: true }),
    }),
    tags: t.field({ type: [KeyValue], ...summary('tags', 'Up to 50 tags.', toEntries) }),
    value: t.string(
      scoped('ivs:secret', detail('value', 'The secret itself: whoever has it can send to the channel.')),
    ),
  }),
});
taggable('stream-key', 'ivs', streamKeys);

// Where it hangs on its channel

const StreamKeyConnection = connectionOf(StreamKey, 'StreamKey', 'A list of stream keys of a channel.');

builder.objectFields(Channel, (t) => ({
  streamKeys: t.field({
    type: StreamKeyConnection,
    ...listed(list, 'Its stream keys; AWS allows one.'),
    args: connectionArgs,
    resolve: ({ arn }, args, context) => listStreamKeys(arn, args, context),
  }),
}));

// Queries

builder.queryFields((t) => ({
  streamKey: t.field({
    type: StreamKey,
    description: 'One stream key by its ARN.',
    ...costs({ checksExistence: true }),
    args: { arn: t.arg.id({ required: true, description: 'ARN of the stream key.' }) },
    resolve: (_root, key, context, info) => streamKeys.load(key, context, info),
  }),
  streamKeys: t.field({
    type: StreamKeyConnection,
    ...listed(list, 'The stream keys of a channel; AWS allows one.'),
    args: {
      channelArn: t.arg.id({ required: true, description: 'ARN of the channel.' }),
      ...connectionArgs,
    },
    resolve: (_root, { channelArn, ...args }, context) => listStreamKeys(channelArn, args, context),
  }),
}));

// Mutations

defineMutation('createStreamKey', {
  scope: 'ivs:write',
  description:
    'Makes a stream key for a channel that has none. To replace one, delete it first: a channel has at most one.',
  payload: payloadOf('createStreamKey', 'streamKey', StreamKey, 'The new stream key.'),
  errors: [ValidationError, ResourceNotFoundError, ServiceQuotaExceededError, PendingVerificationError],
  input: (t) => ({
    channelArn: t.id({ required: true, description: 'ARN of the channel.' }),
    tags: t.field({ type: [KeyValueInput], description: 'Up to 50 tags.' }),
  }),
  resolve: async ({ channelArn, tags }, context) => {
    checkArn('channel', channelArn);
    const command = new CreateStreamKeyCommand({ channelArn, tags: toMap(tags) });
    const { streamKey } = await write(context, targetOf(channelArn), command);
    return { thing: streamKeys.fromPayload(streamKey, context) };
  },
});

defineDeletion('deleteStreamKey', {
  type: StreamKey,
  entity: streamKeys,
  called: 'stream key',
  description: 'Deletes a stream key: nobody can start to send with it any more.',
  member: 'streamKey',
  errors: [ValidationError, ResourceNotFoundError, PendingVerificationError],
  commandOf: (key) => new DeleteStreamKeyCommand(key),
});

// Federation

federate(StreamKey, streamKeys);
