// Viewer sessions cannot be read, only revoked: AWS keeps no list of them.
import { StartViewerSessionRevocationCommand } from '@aws-sdk/client-ivs';
import { targetOf } from '../../upstream/arn.ts';
import { PendingVerificationError, ResourceNotFoundError, ValidationError } from '../../upstream/errors.ts';
import { builder, type SchemaTypes } from '../language/builder.ts';
import { defineMutation, write } from '../patterns/mutation.ts';
import { Channel, channels } from './channel.ts';
import { checkPair, type Pair, type PairError, type RevokeOne } from './viewer-session-revocation.ts';
import { countCalls, revokeAll } from './viewer-session-revocation-lanes.ts';

// Mutations

const revokeOne: RevokeOne = (pair, context) =>
  write(context, targetOf(pair.channelArn), new StartViewerSessionRevocationCommand(pair));

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
      resolve: ({ channelArn }, _args, context, info) =>
        channels.resolveRef({ arn: channelArn }, context, info),
    }),
    viewerId: t.exposeID('viewerId', { nullable: false, description: 'Whose sessions are revoked.' }),
    viewerSessionVersionsLessThanOrEqualTo: t.exposeInt('viewerSessionVersionsLessThanOrEqualTo', {
      description: 'As in the input.',
    }),
  }),
});

const RevokeViewerSessionsError = builder.objectRef<PairError>('RevokeViewerSessionsError').implement({
  description: 'Why it is not certain that one pair is being revoked.',
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
        'AWS’s code where AWS refused this pair (`UNKNOWN` where it gave none), else a code of this API, such as `BAD_USER_INPUT` or `THROTTLED`.',
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
        description: 'The pairs that failed, or may have, in the order of the input.',
      }),
    }),
  });

defineMutation('revokeViewerSession', {
  scope: 'ivs:moderate',
  description: 'Ends the viewer sessions of one viewer of a private channel (StartViewerSessionRevocation).',
  payload: RevokeViewerSessionPayload,
  errors: [ValidationError, ResourceNotFoundError, PendingVerificationError],
  input: pairFields,
  calls: () => [{ operation: 'StartViewerSessionRevocation' }],
  resolve: async (pair, context) => {
    checkPair(pair);
    await revokeOne(pair, context);
    return pair;
  },
});

defineMutation('revokeViewerSessions', {
  scope: 'ivs:moderate',
  description:
    'Ends the viewer sessions of many viewers of private channels (BatchStartViewerSessionRevocation, and StartViewerSessionRevocation beside it for more than 40 pairs of a region). Each pair succeeds or fails alone.',
  payload: RevokeViewerSessionsPayload,
  // Each pair has its own; there is none of the whole.
  errors: [],
  count: ({ requestedCount, errors }) => ({
    pairs: requestedCount,
    revoked: requestedCount - errors.length,
    failed: errors.length,
  }),
  input: (t) => ({
    viewerSessions: t.field({
      type: [ViewerSessionInput],
      required: true,
      description:
        'Any number of pairs of channel and viewer that a request of 1 MB holds. AWS takes about 50 at once, then 49 a second; those whose turn would come after the request’s deadline fail as `THROTTLED`.',
    }),
  }),
  calls: ({ viewerSessions }) =>
    countCalls(viewerSessions as Pair[]).flatMap(({ target, batches, singles }) => [
      { operation: 'BatchStartViewerSessionRevocation', target, calls: batches },
      { operation: 'StartViewerSessionRevocation', target, calls: singles },
    ]),
  resolve: async ({ viewerSessions }, context) => ({
    requestedCount: viewerSessions.length,
    errors: await revokeAll(viewerSessions, context, revokeOne),
  }),
});
