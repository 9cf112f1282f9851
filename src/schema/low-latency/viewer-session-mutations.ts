// How viewer sessions are revoked: those of one viewer, or of many.
import { awsObject } from '../language/aws-types.ts';
import { builder } from '../language/builder.ts';
import { costs } from '../language/costs.ts';
import type { InputFieldBuilder } from '../language/input.ts';
import { inSlices } from '../language/slices.ts';
import { bulkErrorType } from '../patterns/bulk-error.ts';
import { defineMutation } from '../patterns/mutation.ts';
import { subject } from '../patterns/relations.ts';
import { channels } from './channel.ts';
import { type Pair, type PairError, pairRules, revokeOne } from './viewer-session.ts';
import { countCalls, revokeAll } from './viewer-session-revocation.ts';

const pairFields = (t: InputFieldBuilder) => ({
  channelArn: t.id({ required: true, description: 'ARN of the private channel.' }),
  viewerId: t.id({
    required: true,
    description: 'The `aws:viewer-id` of the playback token, 1 to 40 characters.',
  }),
  viewerSessionVersionsLessThanOrEqualTo: t.int({
    description:
      'Highest version to revoke, compared with `aws:viewer-session-version` of the playback token. Sessions with this version or a lower one are revoked. Default 0, the version of tokens that state none.',
  }),
});

const ViewerSessionInput = builder.inputType('ViewerSessionInput', {
  description: 'A pair of channel and viewer.',
  fields: pairFields,
});

const RevokeViewerSessionPayload = awsObject<Pair>(
  'RevokeViewerSessionPayload',
  'Payload of revokeViewerSession. AWS revokes asynchronously and does not confirm it.',
  {
    viewerId: ['ID', { nullable: false, description: 'Id of the viewer.' }],
    viewerSessionVersionsLessThanOrEqualTo: ['Int', 'Highest version to revoke, as in the input.'],
  },
  (t) => ({
    channel: subject(t, channels, 'The channel.', ({ channelArn }) => channelArn),
  }),
);

const RevokeViewerSessionsError = bulkErrorType<Pair>(
  'RevokeViewerSessionsError',
  'Error of one pair. Its viewer sessions may still be valid.',
  {
    channelArn: ['ID', { nullable: false, description: 'As in the input.' }],
    viewerId: ['ID', { nullable: false, description: 'As in the input.' }],
    viewerSessionVersionsLessThanOrEqualTo: ['Int', 'Highest version to revoke, as in the input.'],
  },
);

const RevokeViewerSessionsPayload = awsObject<{ requestedCount: number; errors: PairError[] }>(
  'RevokeViewerSessionsPayload',
  'Payload of revokeViewerSessions. A pair without an error is being revoked.',
  {
    requestedCount: ['Int', { nullable: false, description: 'Number of pairs in the input.' }],
  },
  (t) => ({
    errors: t.field({
      type: [RevokeViewerSessionsError],
      nullable: false,
      description: 'Errors of pairs that failed or may have failed, in the order of the input.',
      ...costs({ perItem: true }),
      resolve: ({ errors }) => inSlices(errors),
    }),
    revokedCount: t.int({
      nullable: false,
      description: 'Number of pairs that are being revoked.',
      resolve: ({ requestedCount, errors }) => requestedCount - errors.length,
    }),
  }),
);

defineMutation('revokeViewerSession', {
  scope: 'ivs:moderate',
  description:
    'Revokes the viewer sessions of one viewer of a private channel (StartViewerSessionRevocation).',
  payload: RevokeViewerSessionPayload,
  errors: ['ResourceNotFoundError', 'PendingVerificationError'],
  input: pairFields,
  calls: () => [{ operation: 'StartViewerSessionRevocation' }],
  rules: pairRules,
  resolve: async (pair, context) => {
    await revokeOne(pair, context);
    return pair;
  },
});

defineMutation('revokeViewerSessions', {
  scope: 'ivs:moderate',
  description:
    'Revokes the viewer sessions of many viewers of private channels. Each pair succeeds or fails alone. Call: BatchStartViewerSessionRevocation, and StartViewerSessionRevocation for more than 40 pairs of a region.',
  payload: RevokeViewerSessionsPayload,
  // Each pair has its own; there is none of the whole.
  count: ({ requestedCount, errors }) => ({
    requested: requestedCount,
    revoked: requestedCount - errors.length,
    failed: errors.length,
  }),
  input: (t) => ({
    viewerSessions: t.field({
      type: [ViewerSessionInput],
      required: true,
      description:
        'Pairs of channel and viewer. Limit: a body of 1 MB, about 10,000 pairs. AWS takes about 50 at once, then 49 per second. Pairs whose turn comes after the deadline fail as `THROTTLED`.',
    }),
  }),
  inSlices: true,
  calls: ({ viewerSessions }) =>
    countCalls(viewerSessions as Pair[]).flatMap(({ target, batches, singles }) => [
      { operation: 'BatchStartViewerSessionRevocation', target, calls: batches, asTimeAllows: true },
      { operation: 'StartViewerSessionRevocation', target, calls: singles, asTimeAllows: true },
    ]),
  resolve: async ({ viewerSessions }, context) => ({
    requestedCount: viewerSessions.length,
    errors: await revokeAll(viewerSessions, context),
  }),
});
