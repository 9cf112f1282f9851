// Errors of AWS's operations, whose messages begin with the member that they are about.
import { AwsError, Refused } from '../errors.ts';
import { activeSession } from '../realtime/stage-session.ts';
import type { World } from '../world/world.ts';
import type { Path } from './node.ts';

/** An error whose place in the file is known. */
export class PlacedError extends Refused {
  readonly path: Path;

  constructor(path: Path, message: string) {
    super(message);
    this.path = path;
  }
}

const MEMBER = /^([a-zA-Z]\w*(?:\.\w+|\[\d+\])*): (.*)$/s;

/** Runs an operation for the item of a path. */
export function placed(path: Path, run: () => void): void {
  try {
    run();
  } catch (error) {
    const [, member, message] = (error instanceof AwsError && MEMBER.exec(error.message)) || [];
    if (!member || !message) throw error;
    throw new PlacedError([...path, ...partsOf(member)], message);
  }
}

const partsOf = (member: string): Path =>
  [...member.matchAll(/\w+/g)].map(([part]) => (/^\d+$/.test(part) ? Number(part) : part));

/** A replication names its original by participantId. */
export function requireParticipant(
  world: World,
  { sourceStageArn, participantId }: Record<string, unknown>,
  path: Path,
): void {
  const stage = world.stages.get(sourceStageArn as string);
  if (!stage || activeSession(stage)?.participants.has(participantId as string)) return;
  throw new PlacedError(
    [...path, 'participantId'],
    `expected the participantId of one participant on the source stage, got ${JSON.stringify(participantId)}, which names 0`,
  );
}
