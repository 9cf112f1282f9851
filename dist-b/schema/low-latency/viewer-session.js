// Viewer sessions cannot be read, only revoked: AWS keeps no list of them. Pairs of channel and viewer are sent in a batch or
// alone; either call answers with the errors of the pairs that AWS refused, and throws where the call itself failed.
import { outside } from '../../access/bounds.js';
import { isArnOf, problemOfArn, targetOf } from '../../upstream/arn.js';
import { ivs } from '../../upstream/aws-sdk.js';
import { ResourceNotFoundError, ValidationError } from '../../upstream/errors.js';
import { quote } from '../../upstream/quote.js';
import { failuresOf, malformed, } from '../patterns/bulk-items.js';
import { write } from '../patterns/mutation.js';
const { BatchStartViewerSessionRevocationCommand, StartViewerSessionRevocationCommand } = ivs;
/** What is wrong with a pair, if anything. A text and no error: there may be tens of thousands. */
function problemOf({ channelArn, viewerId, viewerSessionVersionsLessThanOrEqualTo: version = 0, }) {
    const problem = problemOfArn('channel', channelArn);
    if (problem)
        return problem;
    if (!isViewerId(viewerId))
        return `Expected a viewerId of 1 to 40 characters, got: ${quote(viewerId)}`;
    if (version < 0)
        return `Expected viewerSessionVersionsLessThanOrEqualTo to be 0 or more, got: ${version}`;
    return undefined;
}
/** AWS counts characters, not the halves of them that JavaScript counts. */
const isViewerId = (text) => text !== '' && (text.length <= 40 || (text.length <= 80 && [...text].length <= 40));
/** Whether nothing is wrong with a pair; cheaper than to say what. */
export const isSound = ({ channelArn, viewerId, viewerSessionVersionsLessThanOrEqualTo: version = 0, }) => isArnOf('channel', channelArn) && isViewerId(viewerId) && version >= 0;
/** The member that `problemOf` is about. */
function refusedIn({ channelArn, viewerId }) {
    if (!isArnOf('channel', channelArn))
        return 'channelArn';
    return isViewerId(viewerId) ? 'viewerSessionVersionsLessThanOrEqualTo' : 'viewerId';
}
export function checkPair(pair) {
    const problem = problemOf(pair);
    if (problem)
        throw ValidationError.of({ name: refusedIn(pair) }, problem);
}
/** Why it cannot be sent, if so. */
export function reasonAgainst(pair, bounds) {
    const problem = problemOf(pair);
    if (problem)
        return malformed(problem);
    if (bounds && !bounds.mayHold(pair.channelArn))
        return outside(pair.channelArn);
    return undefined;
}
/** By what AWS names a pair in an error: its version is missing. */
export const nameOf = ({ channelArn, viewerId, }) => `${channelArn} ${viewerId}`;
/** The call for a single pair. */
export async function revokeOne(pair, context) {
    await write(context, targetOf(pair.channelArn), new StartViewerSessionRevocationCommand(pair));
}
export async function revokeBatch(batch, target, context) {
    const command = new BatchStartViewerSessionRevocationCommand({
        viewerSessions: batch.map(({ item }) => item),
    });
    const { errors = [] } = await write(context, target, command);
    const reasons = new Map(errors.map((error) => [nameOf(error), toReason(error)]));
    const names = new Set(batch.map(({ item }) => nameOf(item)));
    // An error that fits no pair may mean any of them: better told as failed than taken for revoked.
    const stray = errors.find((error) => !names.has(nameOf(error)));
    return batch.flatMap((revocation) => {
        const reason = reasons.get(nameOf(revocation.item)) ?? (stray && toReason(stray));
        return reason ? failuresOf(revocation, reason) : [];
    });
}
export async function revokeSingle(revocation, context) {
    try {
        await revokeOne(revocation.item, context);
        return [];
    }
    catch (error) {
        const isOfThePair = error instanceof ResourceNotFoundError || error instanceof ValidationError;
        if (!isOfThePair)
            throw error;
        const { code, message, retryable } = error;
        // The caller does not choose which call carries a pair, so AWS's code reads as it does in a batch.
        return failuresOf(revocation, { code, awsCode: String(error.aws?.httpStatus), message, retryable });
    }
}
/** AWS does not document the codes of single pairs. Its own example shows an HTTP status. */
const CODES = [
    [/^404$|NotFound/, 'NOT_FOUND', false],
    [/^400$|Validation/, 'BAD_USER_INPUT', false],
    [/PendingVerification/, 'PENDING_VERIFICATION', false],
    [/^40[13]$|AccessDenied/, 'UPSTREAM_ACCESS_DENIED', false],
    [/^409$|Conflict/, 'CONFLICT', false],
    [/^429$|Throttl/, 'THROTTLED', true],
    [/^(408|504)$|Time/, 'UPSTREAM_TIMEOUT', true],
    [/^5\d\d$|Internal|Unavailable/, 'UPSTREAM_UNAVAILABLE', true],
];
function toReason({ code: awsCode, message = 'AWS gave no reason', }) {
    // Without a code the pair may be revoked or not, so sending it again is safe and may help.
    if (awsCode === undefined)
        return { code: 'UPSTREAM_UNAVAILABLE', awsCode, message, retryable: true };
    const [, code = 'UPSTREAM_UNAVAILABLE', retryable = false] = CODES.find(([aws]) => aws.test(awsCode)) ?? [];
    return { code, awsCode, message, retryable };
}
