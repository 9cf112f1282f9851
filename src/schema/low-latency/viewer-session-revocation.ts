// How many pairs of channel and viewer become few calls, and how each error finds its pair again.
import { BatchStartViewerSessionRevocationCommand } from '@aws-sdk/client-ivs';
import type { Context } from '../../context.ts';
import { UpstreamError, ValidationError } from '../../upstream/errors.ts';
import { checkArn, quote, regionOf } from '../arn.ts';
import { groupBy } from '../collections.ts';
import { write } from '../mutation.ts';

/** AWS's largest batch. */
const BATCH = 20;

export interface Pair {
  channelArn: string;
  viewerId: string;
  viewerSessionVersionsLessThanOrEqualTo?: number;
}
export interface PairError extends Pair {
  /** Place of the pair in the input. */
  index: number;
  code: string;
  message: string;
  retryable: boolean;
}
/** A pair, and all places of the input where it stands. */
interface Revocation {
  pair: Pair;
  indexes: number[];
}
type Reason = Pick<PairError, 'code' | 'message' | 'retryable'>;

export function checkPair({
  channelArn,
  viewerId,
  viewerSessionVersionsLessThanOrEqualTo: version = 0,
}: Pair): void {
  checkArn('channel', channelArn);
  // AWS counts characters, not the halves of them that JavaScript counts.
  const length = [...viewerId].length;
  if (length < 1 || length > 40) {
    throw new ValidationError(`Expected a viewerId of 1 to 40 characters, got: ${quote(viewerId)}`);
  }
  if (version < 0) {
    throw new ValidationError(
      `Expected viewerSessionVersionsLessThanOrEqualTo to be 0 or more, got: ${version}`,
    );
  }
}

/** Revokes every pair that can be revoked; the errors of the others, in the order of the input. */
export async function revokeAll(pairs: readonly Pair[], context: Context): Promise<PairError[]> {
  const errors: PairError[] = [];
  const sound = new Map<string, Revocation>();
  for (const [index, pair] of pairs.entries()) {
    const known = sound.get(JSON.stringify(pair));
    if (known) known.indexes.push(index);
    else {
      const revocation = { pair, indexes: [index] };
      const reason = reasonAgainst(pair);
      if (reason) errors.push(...failed(revocation, reason));
      else sound.set(JSON.stringify(pair), revocation);
    }
  }
  const revokeRegion = async ([region, revocations]: [string, Revocation[]]) => {
    // One call after the other: AWS takes two a second, and more at once would only wait for each other.
    for (const batch of toBatches(revocations)) errors.push(...(await revokeBatch(region, batch, context)));
  };
  await Promise.all([...groupBy(sound.values(), ({ pair }) => regionOf(pair.channelArn))].map(revokeRegion));
  return errors.sort((a, b) => a.index - b.index);
}

function reasonAgainst(pair: Pair): Reason | undefined {
  try {
    checkPair(pair);
    return undefined;
  } catch (error) {
    return error as ValidationError;
  }
}

/**
 * AWS's errors name channel and viewer but not the version, so pairs that differ in nothing else go out in different
 * calls: then each error has one owner.
 */
function toBatches(revocations: readonly Revocation[]): Revocation[][] {
  const batches: Revocation[][] = [];
  const nextBatchOf = new Map<string, number>();
  const isFull = (place: number) => (batches[place]?.length ?? 0) >= BATCH;
  let firstOpen = 0;
  for (const revocation of revocations) {
    const name = nameOf(revocation.pair);
    let place = Math.max(firstOpen, nextBatchOf.get(name) ?? 0);
    while (isFull(place)) place += 1;
    batches[place] = [...(batches[place] ?? []), revocation];
    nextBatchOf.set(name, place + 1);
    while (isFull(firstOpen)) firstOpen += 1;
  }
  return batches;
}

const nameOf = ({
  channelArn,
  viewerId,
}: {
  channelArn?: string | undefined;
  viewerId?: string | undefined;
}) => `${channelArn} ${viewerId}`;

async function revokeBatch(region: string, batch: Revocation[], context: Context): Promise<PairError[]> {
  try {
    const command = new BatchStartViewerSessionRevocationCommand({
      viewerSessions: batch.map(({ pair }) => pair),
    });
    const { errors = [] } = await write(context, region, command);
    const reasons = new Map(errors.map((error) => [nameOf(error), toReason(error)]));
    const names = new Set(batch.map(({ pair }) => nameOf(pair)));
    // An error that fits no pair may mean any of them: better told as failed than taken for revoked.
    const stray = errors.find((error) => !names.has(nameOf(error)));
    return batch.flatMap((revocation) => {
      const reason = reasons.get(nameOf(revocation.pair)) ?? (stray && toReason(stray));
      return reason ? failed(revocation, reason) : [];
    });
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    return batch.flatMap((revocation) => failed(revocation, error));
  }
}

const failed = ({ pair, indexes }: Revocation, { code, message, retryable }: Reason): PairError[] =>
  indexes.map((index) => ({ ...pair, index, code, message, retryable }));

/** The codes of single pairs are not documented; AWS's own example shows an HTTP status. */
function toReason({
  code = 'UNKNOWN',
  message = 'AWS gave no reason',
}: {
  code?: string;
  message?: string;
}): Reason {
  const retryable = /^(UNKNOWN|429|5\d\d)$|Throttl|Internal|Unavailable|Time/i.test(code);
  return { code, message, retryable };
}
