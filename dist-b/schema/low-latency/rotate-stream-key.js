import { checkArn } from '../../upstream/arn.js';
import { ConflictError, ResourceNotFoundError, ServiceQuotaExceededError, StreamKeyNotCreatedError, ThrottledError, UpstreamError, ValidationError, } from '../../upstream/errors.js';
import { quote } from '../../upstream/quote.js';
import { checkInputSize } from '../../upstream/sdk/input-check.js';
import { tagsInput, toMap } from '../language/input.js';
import { defineMutation, payloadOf } from '../patterns/mutation.js';
import { createStreamKey, deleteStreamKey, listStreamKey, StreamKey, streamKeys, } from './stream-key.js';
defineMutation('rotateStreamKey', {
    // It reads which key the channel has.
    scope: ['ivs:write', 'ivs:read'],
    description: 'Replaces the stream key of a channel: deletes the old key, if there is one, then creates a new one. The rotation is completed even if the client disconnects. When the second call fails the channel has no key, the error is a StreamKeyNotCreatedError, and the same mutation can be sent again. Calls: ListStreamKeys, DeleteStreamKey, CreateStreamKey.',
    payload: payloadOf('rotateStreamKey', 'streamKey', StreamKey, 'The new stream key.'),
    errors: ['ResourceNotFoundError', 'ConflictError', 'PendingVerificationError', 'StreamKeyNotCreatedError'],
    input: (t) => ({
        channelArn: t.id({ required: true, description: 'ARN of the channel.' }),
        tags: tagsInput(t, 'Up to 50 tags. If absent, the new key gets those of the old one.'),
    }),
    calls: () => [
        { operation: 'ListStreamKeys' },
        { operation: 'DeleteStreamKey' },
        { operation: 'CreateStreamKey' },
    ],
    resolve: async ({ channelArn, tags }, context) => {
        checkArn('channel', channelArn);
        const rotation = { channelArn, tags: toMap(tags) };
        checkTags(rotation.tags ?? {});
        const old = await listStreamKey(channelArn, context);
        // From here on a client that leaves, or a deadline that is near, would leave the channel without a key.
        const persistent = { ...context, send: context.sendToEnd };
        const isDeleted = await deleteOld(old, persistent);
        return {
            thing: await createNew({ ...rotation, tags: rotation.tags ?? ownTags(old) }, old, isDeleted, persistent),
        };
    },
});
/** What AWS would refuse in the second call, when the old key is gone: no repetition could succeed with it. */
function checkTags(tags) {
    checkInputSize({ tags });
    const wrong = Object.keys(tags).find((key) => key === '' || isOfAws(key));
    if (wrong === undefined)
        return;
    const message = `Expected keys of tags that are not empty and do not begin with aws:, got: ${quote(wrong)}`;
    throw ValidationError.at(['tags'], message);
}
const isOfAws = (key) => /^aws:/i.test(key);
/** AWS’s own tags are refused when a caller sets them. */
const ownTags = (key) => key?.tags && Object.fromEntries(Object.entries(key.tags).filter(([name]) => !isOfAws(name)));
/** Whether this request deleted a key: another one may have been faster. */
async function deleteOld(old, context) {
    if (!old?.arn)
        return false;
    context.trail.arns.push(old.arn);
    try {
        await deleteStreamKey({ arn: old.arn }, context);
        return true;
    }
    catch (error) {
        if (error instanceof ResourceNotFoundError)
            return false;
        throw error;
    }
}
async function createNew(rotation, old, isDeleted, context) {
    for (let attempt = 1;; attempt += 1) {
        try {
            return await createStreamKey(rotation, context);
        }
        catch (error) {
            if (!(error instanceof UpstreamError))
                throw error;
            if (!isDeleted)
                throw error instanceof ServiceQuotaExceededError ? overtaken(rotation) : error;
            const found = await findNew(rotation.channelArn, old, context);
            if (found instanceof UpstreamError)
                throw notCreated(error, 'Whether it has one now is not known.');
            if (found)
                return found;
            if (attempt >= MAX_ATTEMPTS || !mayRepeat(error))
                throw notCreated(error, 'The channel has none now.');
        }
    }
}
/** Of CreateStreamKey, which is not idempotent: it is looked before each whether the one before it has created a key. */
const MAX_ATTEMPTS = 2;
/** The quota may count the deleted key for a moment longer. One that the gateway has refused for its time stays so. */
const mayRepeat = (error) => error instanceof ServiceQuotaExceededError || (error.retryable && !(error instanceof ThrottledError));
/** The key that was created all the same: the response was lost, or another request created one meanwhile. */
async function findNew(channelArn, old, context) {
    try {
        const key = await listStreamKey(channelArn, context);
        return key?.arn && key.arn !== old?.arn ? streamKeys.ref({ arn: key.arn }, context) : undefined;
    }
    catch (error) {
        if (error instanceof UpstreamError)
            return error;
        throw error;
    }
}
const overtaken = ({ channelArn }) => new ConflictError(`Another request created a stream key of ${channelArn} at the same time, and that key was not replaced. Send rotateStreamKey again to replace it.`);
const notCreated = ({ code, message, aws }, state) => new StreamKeyNotCreatedError(`The old stream key is deleted, and CreateStreamKey failed with ${code}: ${message}. ${state} Send rotateStreamKey again.`, aws);
