// Viewer sessions cannot be read, only revoked: AWS keeps no list of them.
import {
  BatchStartViewerSessionRevocationCommand,
  StartViewerSessionRevocationCommand,
} from '@aws-sdk/client-ivs';
import type { Context } from '../../context.ts';
import {
  PendingVerificationError,
  ResourceNotFoundError,
  UpstreamError,
  ValidationError,
} from '../../upstream/errors.ts';
import { checkArn, quote, regionOf } from '../arn.ts';
import { builder, type SchemaTypes } from '../builder.ts';
import { groupBy } from '../collections.ts';
import { defineMutation, write } from '../mutation.ts';
import { Channel, channels } from './channel.ts';

/** AWS's largest batch. */
const BATCH = 20;

interface Pair {
  channelArn: string;
  viewerId: string;
  viewerSessionVersionsLessThanOrEqualTo?: number;
}
interface IndexedPair extends Pair {
  index: number;
}
interface PairError extends IndexedPair {
  code: string;
  message: string;
  retryable: boolean;
}

function checkPair({
  channelArn,
  viewerId,
  viewerSessionVersionsLessThanOrEqualTo: version = 0,
}: Pair): void {
  checkArn('channel', channelArn);
  if (viewerId.length < 1 || viewerId.length > 40) {
    throw new ValidationError(`Expected a viewerId of 1 to 40 characters, got: ${quote(viewerId)}`);
  }
  if (version < 0) {
    throw new ValidationError(
      `Expected viewerSessionVersionsLessThanOrEqualTo to be 0 or more, got: ${version}`,
    );
  }
}

/** Revokes every pair that can be revoked, and tells the others apart by their place in the input. */
async function revokeAll(pairs: readonly Pair[], context: Context): Promise<PairError[]> {
  const errors: PairError[] = [];
  const sound: IndexedPair[] = [];
  for (const [index, pair] of pairs.entries()) {
    try {
      checkPair(pair);
      sound.push({ ...pair, index });
    } catch (error) {
      errors.push(failed({ ...pair, index }, error as UpstreamError));
    }
  }
  const revokeRegion = async ([region, some]: [string, IndexedPair[]]) => {
    // One after the other: AWS takes two of these calls a second.
    for (const batch of toBatches(some)) errors.push(...(await revokeBatch(region, batch, context)));
  };
  await Promise.all([...groupBy(sound, (pair) => regionOf(pair.channelArn))].map(revokeRegion));
  return errors.sort((a, b) => a.index - b.index);
}

/**
 * AWS's errors name channel and viewer but not the version, so pairs that differ in nothing else go out in different
 * calls: then each error has one owner.
 */
function toBatches(pairs: readonly IndexedPair[]): IndexedPair[][] {
  const batches: IndexedPair[][] = [];
  const nextBatchOf = new Map<string, number>();
  let firstOpen = 0;
  for (const pair of pairs) {
    let place = Math.max(firstOpen, nextBatchOf.get(nameOf(pair)) ?? 0);
    while ((batches[place]?.length ?? 0) >= BATCH) place += 1;
    batches[place] = [...(batches[place] ?? []), pair];
    nextBatchOf.set(nameOf(pair), place + 1);
    while ((batches[firstOpen]?.length ?? 0) >= BATCH) firstOpen += 1;
  }
  return batches;
}

const nameOf = ({ channelArn = '', viewerId = '' }: Partial<Pair>): string => `${channelArn} ${viewerId}`;

async function revokeBatch(region: string, batch: IndexedPair[], context: Context): Promise<PairError[]> {
  const viewerSessions = batch.map(({ index: _, ...pair }) => pair);
  try {
    const command = new BatchStartViewerSessionRevocationCommand({ viewerSessions });
    const { errors = [] } = await write(context, region, command);
    const pairs = new Map(batch.map((pair) => [nameOf(pair), pair]));
    return errors.flatMap(({ channelArn, viewerId, code = 'UNKNOWN', message = '' }) => {
      const pair = pairs.get(nameOf({ channelArn, viewerId } as Pair));
      return pair ? [{ ...pair, code, message, retryable: isTransient(code) }] : [];
    });
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    return batch.map((pair) => failed(pair, error));
  }
}

const failed = (pair: IndexedPair, { code, message, retryable }: UpstreamError): PairError => ({
  ...pair,
  code,
  message,
  retryable,
});

// The codes of single pairs are not documented; AWS's own example shows an HTTP status.
const isTransient = (code: string): boolean => /^(429|5\d\d)$|Throttl|Internal|Unavailable|Time/i.test(code);

// Mutations

const pairFields = (t: PothosSchemaTypes.InputFieldBuilder<SchemaTypes, 'InputObject'>) => ({
  channelArn: t.id({ required: true, description: 'ARN of the private channel.' }),
  viewerId: t.id({
    required: true,
    description: 'The `aws:viewer-id` of the playback token, 1 to 40 characters.',
  }),
  viewerSessionVersionsLessThanOrEqualTo: t.int({
    description:
      'Revokes the sessions whose token carries this version or a lower one. AWS’s default is 0: only tokens without a version.',
  }),
});

const ViewerSessionInput = builder.inputType('ViewerSessionInput', {
  description: 'One pair of channel and viewer whose sessions to revoke.',
  fields: pairFields,
});

const RevokeViewerSessionPayload = builder.objectRef<Pair>('RevokeViewerSessionPayload').implement({
  description: 'Answer of revokeViewerSession. AWS carries it out afterwards and does not tell when.',
  fields: (t) => ({
    channel: t.field({
      type: Channel,
      description: 'The channel.',
      resolve: ({ channelArn }, _args, context) => channels.refer({ arn: channelArn }, context),
    }),
    viewerId: t.exposeID('viewerId', { nullable: false, description: 'Whose sessions are revoked.' }),
    viewerSessionVersionsLessThanOrEqualTo: t.exposeInt('viewerSessionVersionsLessThanOrEqualTo', {
      description: 'As in the input.',
    }),
  }),
});

const RevokeViewerSessionsError = builder.objectRef<PairError>('RevokeViewerSessionsError').implement({
  description: 'Why one pair was not revoked.',
  fields: (t) => ({
    index: t.exposeInt('index', { nullable: false, description: 'Place of the pair in the input, from 0.' }),
    channelArn: t.exposeID('channelArn', { nullable: false, description: 'As in the input.' }),
    viewerId: t.exposeID('viewerId', { nullable: false, description: 'As in the input.' }),
    viewerSessionVersionsLessThanOrEqualTo: t.exposeInt('viewerSessionVersionsLessThanOrEqualTo', {
      description: 'As in the input.',
    }),
    code: t.exposeString('code', {
      nullable: false,
      description:
        'AWS’s code where AWS refused this pair, else a code of this API, such as `BAD_USER_INPUT` or `THROTTLED`.',
    }),
    message: t.exposeString('message', { nullable: false, description: 'What was wrong, in words.' }),
    retryable: t.exposeBoolean('retryable', {
      nullable: false,
      description: 'Whether the same pair may succeed when it is sent again.',
    }),
  }),
});

const RevokeViewerSessionsPayload = builder
  .objectRef<{ requestedCount: number; errors: PairError[] }>('RevokeViewerSessionsPayload')
  .implement({
    description: 'Answer of revokeViewerSessions. A pair without an error is being revoked.',
    fields: (t) => ({
      requestedCount: t.exposeInt('requestedCount', {
        nullable: false,
        description: 'How many pairs were given.',
      }),
      revokedCount: t.int({
        nullable: false,
        description: 'How many of them are being revoked.',
        resolve: ({ requestedCount, errors }) => requestedCount - errors.length,
      }),
      errors: t.expose('errors', {
        type: [RevokeViewerSessionsError],
        nullable: false,
        description: 'The pairs that are not, in the order of the input.',
      }),
    }),
  });

defineMutation('revokeViewerSession', {
  scope: 'ivs:moderate',
  description: 'Ends the viewer sessions of one viewer of a private channel (StartViewerSessionRevocation).',
  payload: RevokeViewerSessionPayload,
  errors: [ValidationError, ResourceNotFoundError, PendingVerificationError],
  input: pairFields,
  resolve: async (pair, context) => {
    checkPair(pair);
    await write(context, regionOf(pair.channelArn), new StartViewerSessionRevocationCommand(pair));
    return pair;
  },
});

defineMutation('revokeViewerSessions', {
  scope: 'ivs:moderate',
  description:
    'Ends the viewer sessions of many viewers of private channels (BatchStartViewerSessionRevocation). Each pair succeeds or fails alone.',
  payload: RevokeViewerSessionsPayload,
  // Each pair has its own; there is none of the whole.
  errors: [],
  input: (t) => ({
    viewerSessions: t.field({
      type: [ViewerSessionInput],
      required: true,
      description: 'Any number of pairs of channel and viewer. They go to AWS in calls of at most 20.',
    }),
  }),
  resolve: async ({ viewerSessions }, context) => ({
    requestedCount: viewerSessions.length,
    errors: await revokeAll(viewerSessions, context),
  }),
});
