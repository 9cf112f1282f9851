// What a call is about, in names that a read and a write of the same thing share: then the write knows which reads are
// old.
import { nameOfTarget, type Target } from '../arn.ts';
import type { Call } from '../call.ts';

/** These change nothing that can be read. */
const WITHOUT_TRACE =
  /^(CreateParticipantToken|PutMetadata|InsertAdBreak|(Batch)?StartViewerSessionRevocation)$/;
/**
 * These may add something to lists that do not know it yet; a new name does where lists are filtered by name. An ingest
 * configuration that is deleted takes its participant along, whose lists do not know it.
 */
const ADDING = /^(Create|Import|Start|Update|DeleteIngestConfiguration$)/;
/** What these do to a thing, they may do to everybody there. */
const FOR_ALL = /^(Delete|Update)/;

/**
 * The ARNs in question and answer. What is read of a participant has its name in front: otherwise the disconnection of
 * one would make a hundred others be read again. Or it has `anybody`, for what is done to all of them.
 */
export function tagsOfRead({ operation, target, command }: Call, answer: unknown): Set<string> {
  const who = participantOf(command.input);
  const arns = arnsOf(who === undefined ? [command.input, answer] : [command.input]);
  const tags = new Set(who === undefined ? arns : arns.flatMap((arn) => [`${who} ${arn}`, `anybody ${arn}`]));
  if (isIngested(answer)) tags.add(ingestedIn(target));
  return operation.name.startsWith('List') ? tags.add(listsOf(operation.service, target)) : tags;
}

/** All that it may have changed. */
export function tagsOfWrite({ operation, target, command }: Call, answer: unknown): Set<string> {
  if (WITHOUT_TRACE.test(operation.name)) return new Set();
  const who = participantOf(command.input);
  const arns = arnsOf([command.input, answer]);
  const tags = new Set([...arns, ...(who === undefined ? [] : arns.map((arn) => `${who} ${arn}`))]);
  if (FOR_ALL.test(operation.name)) for (const arn of arns) tags.add(`anybody ${arn}`);
  // It does not say whose it was.
  if (operation.name === 'DeleteIngestConfiguration') tags.add(ingestedIn(target));
  return ADDING.test(operation.name) ? tags.add(listsOf(operation.service, target)) : tags;
}

const listsOf = (service: string, target: Target): string => `lists ${service} ${nameOfTarget(target)}`;

const ingestedIn = (target: Target): string => `ingested ${nameOfTarget(target)}`;

/** A participant who came through an ingest configuration. */
const isIngested = (answer: unknown): boolean =>
  /^RTMPS?$/.test(
    (answer as { participant?: { protocol?: string } } | undefined)?.participant?.protocol ?? '',
  );

const participantOf = (input: object): string | undefined =>
  (input as { participantId?: string }).participantId;

function arnsOf(values: unknown[]): string[] {
  return values
    .flatMap((value) => [...partsOf(value)])
    .filter((part) => typeof part === 'string' && part.startsWith('arn:')) as string[];
}

/** A value and all that is in it. */
function* partsOf(value: unknown): Generator<unknown> {
  yield value;
  if (typeof value !== 'object' || value === null) return;
  for (const member of Object.values(value)) yield* partsOf(member);
}
