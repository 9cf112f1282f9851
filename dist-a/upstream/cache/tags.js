// What a call is about, in names that a read and a write of the same thing share: then the write knows which reads are
// old.
import { beginsLikeArn, nameOfTarget } from '../arn.js';
/**
 * The ARNs in question and answer. What is read of a participant has its name in front: otherwise the disconnection of
 * one would make a hundred others be read again. Or it has `anybody`, for what is done to all of them.
 */
export function tagsOfRead({ operation, target, command }, answer) {
    const who = participantOf(command.input);
    const arns = arnsOf(who === undefined ? [command.input, answer] : [command.input]);
    const tags = new Set(who === undefined ? arns : arns.flatMap((arn) => [`${who} ${arn}`, `anybody ${arn}`]));
    if (isIngested(answer))
        tags.add(ingestedIn(target));
    return operation.isRead && operation.isList ? tags.add(listsOf(operation.service, target)) : tags;
}
/** All that it may have changed. */
export function tagsOfWrite({ operation, target, command }, answer) {
    const invalidated = new Set(operation.isRead ? [] : operation.invalidates);
    const tags = new Set();
    const who = participantOf(command.input);
    for (const arn of arnsOf([command.input, answer])) {
        if (invalidated.has('resource'))
            tags.add(arn);
        if (invalidated.has('resource') && who !== undefined)
            tags.add(`${who} ${arn}`);
        if (invalidated.has('participants of the resource'))
            tags.add(`anybody ${arn}`);
    }
    if (invalidated.has('ingested participants'))
        tags.add(ingestedIn(target));
    if (invalidated.has('lists'))
        tags.add(listsOf(operation.service, target));
    return tags;
}
const listsOf = (service, target) => `lists ${service} ${nameOfTarget(target)}`;
const ingestedIn = (target) => `ingested ${nameOfTarget(target)}`;
/** A participant who came through an ingest configuration. */
const isIngested = (answer) => /^RTMPS?$/.test(answer?.participant?.protocol ?? '');
const participantOf = (input) => input.participantId;
function arnsOf(values) {
    return values.flatMap((value) => [...partsOf(value)]).filter(beginsLikeArn);
}
/** A value and all that is in it. */
function* partsOf(value) {
    yield value;
    if (typeof value !== 'object' || value === null)
        return;
    for (const member of Object.values(value))
        yield* partsOf(member);
}
