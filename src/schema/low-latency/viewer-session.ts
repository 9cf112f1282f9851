// Viewer sessions cannot be read, only revoked: AWS keeps no list of them. Pairs of channel and viewer are sent in a batch or
// alone; either call returns the errors of the pairs that AWS refused, and throws where the call itself failed.
import { outside } from '../../access/bounds.ts';
import type { Context } from '../../context.ts';
import { isArnOf, problemOfArn, type Target, targetOf } from '../../upstream/arn.ts';
import { ivs } from '../../upstream/aws-sdk.ts';
import { ResourceNotFoundError, ValidationError } from '../../upstream/errors.ts';
import { quote } from '../../upstream/quote.ts';
import {
  type BulkFailure,
  type BulkReason,
  failuresOf,
  malformed,
  type Task,
} from '../patterns/bulk-items.ts';
import type { InputRule } from '../patterns/input-rules.ts';
import { write } from '../patterns/mutation.ts';

const { BatchStartViewerSessionRevocationCommand, StartViewerSessionRevocationCommand } = ivs;

export interface Pair {
  channelArn: string;
  viewerId: string;
  viewerSessionVersionsLessThanOrEqualTo?: number;
}
export type PairError = BulkFailure<Pair>;
export type Revocation = Task<Pair>;

/** What is wrong with each member of a pair, if anything. Texts and no errors: there may be tens of thousands. */
const problems: { [Member in keyof Required<Pair>]: (pair: Pair) => string | undefined } = {
  channelArn: ({ channelArn }) => problemOfArn('channel', channelArn),
  viewerId: ({ viewerId }) =>
    isViewerId(viewerId) ? undefined : `Expected a viewerId of 1 to 40 characters, got: ${quote(viewerId)}`,
  viewerSessionVersionsLessThanOrEqualTo: ({ viewerSessionVersionsLessThanOrEqualTo: version = 0 }) =>
    version < 0
      ? `Expected viewerSessionVersionsLessThanOrEqualTo to be 0 or more, got: ${version}`
      : undefined,
};

const problemOf = (pair: Pair): string | undefined =>
  problems.channelArn(pair) ??
  problems.viewerId(pair) ??
  problems.viewerSessionVersionsLessThanOrEqualTo(pair);

/** AWS counts characters, not the halves of them that JavaScript counts. */
const isViewerId = (text: string): boolean =>
  text !== '' && (text.length <= 40 || (text.length <= 80 && [...text].length <= 40));

/** Whether nothing is wrong with a pair; cheaper than to say what. */
export const isSound = ({
  channelArn,
  viewerId,
  viewerSessionVersionsLessThanOrEqualTo: version = 0,
}: Pair) => isArnOf('channel', channelArn) && isViewerId(viewerId) && version >= 0;

export const pairRules: readonly InputRule<Pair>[] = Object.entries(problems).map(
  ([member, problemIn]) =>
    (pair) => {
      const problem = problemIn(pair);
      if (problem) throw ValidationError.at([member], problem);
    },
);

/** Why it cannot be sent, if so. */
export function reasonAgainst(pair: Pair, bounds?: Context['bounds']): BulkReason | undefined {
  const problem = problemOf(pair);
  if (problem) return malformed(problem);
  if (bounds && !bounds.mayHold(pair.channelArn)) return outside(pair.channelArn);
  return undefined;
}

/** By what AWS names a pair in an error: its version is missing. */
export const nameOf = ({
  channelArn,
  viewerId,
}: {
  channelArn?: string | undefined;
  viewerId?: string | undefined;
}) => `${channelArn} ${viewerId}`;

/** The call for a single pair. */
export async function revokeOne(pair: Pair, context: Context): Promise<void> {
  await write(context, targetOf(pair.channelArn), new StartViewerSessionRevocationCommand(pair));
}

export async function revokeBatch(
  batch: Revocation[],
  target: Target,
  context: Context,
): Promise<PairError[]> {
  const command = new BatchStartViewerSessionRevocationCommand({
    viewerSessions: batch.map(({ item }) => item),
  });
  const { errors = [] } = await write(context, target, command);
  const reasons = new Map(errors.map((error) => [nameOf(error), toReason(error)]));
  const names = new Set(batch.map(({ item }) => nameOf(item)));
  // An error that fits no pair may mean any of them: a false failure is better than a false success.
  const stray = errors.find((error) => !names.has(nameOf(error)));
  return batch.flatMap((revocation) => {
    const reason = reasons.get(nameOf(revocation.item)) ?? (stray && toReason(stray));
    return reason ? failuresOf(revocation, reason) : [];
  });
}

export async function revokeSingle(revocation: Revocation, context: Context): Promise<PairError[]> {
  try {
    await revokeOne(revocation.item, context);
    return [];
  } catch (error) {
    const isOfThePair = error instanceof ResourceNotFoundError || error instanceof ValidationError;
    if (!isOfThePair) throw error;
    const { code, message, retryable } = error;
    // The caller does not choose which call carries a pair, so AWS's code reads as it does in a batch.
    return failuresOf(revocation, { code, awsCode: String(error.aws?.httpStatus), message, retryable });
  }
}

/** AWS does not document the codes of single pairs. Its own example shows an HTTP status. */
const CODES: readonly [aws: RegExp, code: string, retryable: boolean][] = [
  [/^404$|NotFound/, 'NOT_FOUND', false],
  [/^400$|Validation/, 'BAD_USER_INPUT', false],
  [/PendingVerification/, 'PENDING_VERIFICATION', false],
  [/^40[13]$|AccessDenied/, 'UPSTREAM_ACCESS_DENIED', false],
  [/^409$|Conflict/, 'CONFLICT', false],
  [/^429$|Throttl/, 'THROTTLED', true],
  [/^(408|504)$|Time/, 'UPSTREAM_TIMEOUT', true],
  [/^5\d\d$|Internal|Unavailable/, 'UPSTREAM_UNAVAILABLE', true],
];

function toReason({
  code: awsCode,
  message = 'AWS gave no reason',
}: {
  code?: string;
  message?: string;
}): BulkReason {
  // Without a code the pair may be revoked or not, so sending it again is safe and may help.
  if (awsCode === undefined) return { code: 'UPSTREAM_UNAVAILABLE', awsCode, message, retryable: true };
  const [, code = 'UPSTREAM_UNAVAILABLE', retryable = false] = CODES.find(([aws]) => aws.test(awsCode)) ?? [];
  return { code, awsCode, message, retryable };
}
