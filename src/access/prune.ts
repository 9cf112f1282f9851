// What of a response a caller with bounds may see. Works on a copy: the response itself is shared with others.
import { beginsLikeArn, partsOfArn } from '../upstream/arn.ts';
import type { Operation } from '../upstream/operation.ts';
import { ownershipOf } from '../upstream/services/index.ts';
import type { Bounds } from './bounds.ts';

/** The ARN of a resource that is inside, and maps of free text: an ARN in them names nothing. */
const COPIED_WHOLE = ['arn', 'tags', 'attributes'];

/** A copy of a response without the resources and the ARNs that are outside. */
export function prune<Answer>(answer: Answer, operation: Operation, bounds: Bounds): Answer {
  return pruneValue(answer, operation.isRead ? operation.itemsStandFor : undefined, bounds) as Answer;
}

function pruneValue(value: unknown, standsFor: string | undefined, bounds: Bounds): unknown {
  if (typeof value === 'string') return beginsLikeArn(value) && !bounds.covers(value) ? undefined : value;
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (Array.isArray(value)) {
    return value
      .filter((item) => isInside(item?.[standsFor ?? ''], bounds))
      .map((item) => pruneValue(item, standsFor, bounds))
      .filter((item) => item !== undefined);
  }
  return isResourceInside(value as Members, bounds) ? pruneMembers(value, standsFor, bounds) : undefined;
}

function pruneMembers(value: object, standsFor: string | undefined, bounds: Bounds): object {
  const visible = Object.entries(value)
    .map(([name, member]) => [
      name,
      COPIED_WHOLE.includes(name) ? member : pruneValue(member, standsFor, bounds),
    ])
    .filter(([, member]) => member !== undefined);
  const copy: Members = Object.fromEntries(visible);
  // The id of a session says something only of its stage, and goes with it.
  for (const name of Object.keys(value)) {
    if (name.endsWith('StageArn') && !(name in copy)) delete copy[name.replace('StageArn', 'SessionId')];
  }
  return copy;
}

type Members = Record<string, unknown>;

/** By its own ARN, or by that of its parent. */
function isResourceInside(members: Members, bounds: Bounds): boolean {
  if (isInside(members.arn, bounds)) return true;
  const owner = members[ownershipOf(partsOfArn(members.arn as string)?.kind ?? '')?.member ?? ''];
  return typeof owner === 'string' && bounds.covers(owner);
}

const isInside = (arn: unknown, bounds: Bounds) => typeof arn !== 'string' || bounds.covers(arn);
