// What a call is about, in names that a read and a write of the same resource share: then the write knows which reads are
// old.
import { beginsLikeArn, nameOfTarget, type Target } from '../arn.ts';
import type { Call } from '../call.ts';
import type { Change, ForeignWrite } from '../changes.ts';
import { isOperation, operationNamed, operations } from '../operation.ts';

type Tagged = Pick<Call, 'operation' | 'target' | 'command'>;

/**
 * The ARNs in question and answer. What is read of a participant has its name in front: otherwise the disconnection of
 * one would make a hundred others be read again. Or it has `anybody`, for what is done to all of them.
 */
export function tagsOfRead({ operation, target, command }: Tagged, answer: unknown): Set<string> {
  const who = participantOf(command.input);
  const arns = arnsOf(who === undefined ? [command.input, answer] : [command.input]);
  const tags = new Set(who === undefined ? arns : arns.flatMap((arn) => [`${who} ${arn}`, `anybody ${arn}`]));
  if (isIngested(answer)) tags.add(ingestedIn(target));
  if (!operation.isRead || !operation.isList) return tags;
  return tags.add(listsOf(operation.service, target)).add(listOf(operation.name, target));
}

/** All that it may have changed. */
export function tagsOfWrite({ operation, target, command }: Tagged, answer: unknown): Set<string> {
  const invalidated = new Set(operation.isRead ? [] : operation.invalidates);
  const tags = new Set<string>();
  const who = participantOf(command.input);
  for (const arn of arnsOf([command.input, answer])) {
    if (invalidated.has('resource')) tags.add(arn);
    if (invalidated.has('resource') && who !== undefined) tags.add(`${who} ${arn}`);
    if (invalidated.has('participants of the resource')) tags.add(`anybody ${arn}`);
  }
  if (invalidated.has('ingested participants')) tags.add(ingestedIn(target));
  if (invalidated.has('lists')) tags.add(listsOf(operation.service, target));
  return tags;
}

/** All that a change elsewhere may have made outdated. */
export function tagsOfChange(change: Change): ReadonlySet<string> {
  if ('list' in change) return new Set([listOf(change.list, change.target)]);
  if ('write' in change) return tagsOfForeignWrite(change);
  const { arn, participants = [] } = change;
  if (!beginsLikeArn(arn)) return new Set();
  const names = participants === 'all' ? ['anybody'] : participants;
  return new Set([arn, ...names.map((name) => `${name} ${arn}`)]);
}

function tagsOfForeignWrite({ write: name, target, input, output }: ForeignWrite) {
  if (isOperation(name))
    return tagsOfWrite({ operation: operationNamed(name), target, command: { input } }, output);
  // A later version of AWS has it: it may have changed what it names, and added to lists.
  const arns = arnsOf([input, output]);
  const services = new Set(operations.map(({ service }) => service));
  return new Set([
    ...arns.flatMap((arn) => [arn, `anybody ${arn}`]),
    ...[...services].map((service) => listsOf(service, target)),
  ]);
}

const listsOf = (service: string, target: Target): string => `lists ${service} ${nameOfTarget(target)}`;

const listOf = (operation: string, target: Target): string => `${operation} ${nameOfTarget(target)}`;

const ingestedIn = (target: Target): string => `ingested ${nameOfTarget(target)}`;

/** A participant who came through an ingest configuration. */
const isIngested = (answer: unknown): boolean =>
  /^RTMPS?$/.test(
    (answer as { participant?: { protocol?: string } } | undefined)?.participant?.protocol ?? '',
  );

const participantOf = (input: object): string | undefined =>
  (input as { participantId?: string }).participantId;

function arnsOf(values: unknown[]): string[] {
  return values.flatMap((value) => [...partsOf(value)]).filter(beginsLikeArn);
}

/** A value and all that is in it. */
function* partsOf(value: unknown): Generator<unknown> {
  yield value;
  if (typeof value !== 'object' || value === null) return;
  for (const member of Object.values(value)) yield* partsOf(member);
}
