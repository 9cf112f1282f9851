// A new stream key in place of the old one. AWS allows a channel one key, so the old one is deleted first; between the two
// calls the channel has none, and what happens then must not depend on the client.
import type { StreamKeySummary } from '@aws-sdk/client-ivs';
import type { Context } from '../../context.ts';
import {
  ConflictError,
  ResourceNotFoundError,
  ServiceQuotaExceededError,
  StreamKeyNotCreatedError,
  ThrottledError,
  UpstreamError,
  ValidationError,
} from '../../upstream/errors.ts';
import { quote } from '../../upstream/quote.ts';
import { tagsInput, toMap } from '../language/input.ts';
import { arnRule } from '../patterns/input-rules.ts';
import { defineMutation, payloadOf } from '../patterns/mutation.ts';
import {
  createStreamKey,
  deleteStreamKey,
  listStreamKey,
  StreamKey,
  type StreamKeySource,
  streamKeys,
} from './stream-key.ts';

interface Rotation {
  channelArn: string;
  tags: Record<string, string> | undefined;
}

defineMutation('rotateStreamKey', {
  // It reads which key the channel has.
  scope: ['ivs:write', 'ivs:read'],
  description:
    'Replaces the stream key of a channel: deletes the old key, if there is one, then creates a new one. The rotation is completed even if the client disconnects. If the creation fails, the channel has no key, and the error is a StreamKeyNotCreatedError. Then send the mutation again with the error’s `tags`. Calls: ListStreamKeys, DeleteStreamKey, CreateStreamKey.',
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
  rules: [arnRule('channel', 'channelArn'), ({ tags }) => checkTagKeys(tags ?? [])],
  resolve: async ({ channelArn, tags }, context) => {
    const rotation = { channelArn, tags: toMap(tags) };
    const old = await listStreamKey(channelArn, context);
    // From here on a client that leaves, or a deadline that is near, would leave the channel without a key.
    const persistent = { ...context, send: context.sendToEnd };
    const isDeleted = await deleteOld(old, persistent);
    const whole = { ...rotation, tags: rotation.tags ?? ownTags(old) };
    return { object: await createNew(whole, old, isDeleted, persistent) };
  },
});

/** What AWS would refuse in the second call, when the old key is gone: no repetition could succeed with it. */
function checkTagKeys(tags: readonly { key: string }[]): void {
  const wrong = tags.map(({ key }) => key).find((key) => key === '' || isOfAws(key));
  if (wrong === undefined) return;
  const message = `Expected keys of tags that are not empty and do not begin with aws:, got: ${quote(wrong)}`;
  throw ValidationError.at(['tags'], message);
}

const isOfAws = (key: string): boolean => /^aws:/i.test(key);

/** AWS’s own tags are refused when a caller sets them. */
const ownTags = (key: StreamKeySummary | undefined): Record<string, string> | undefined =>
  key?.tags && Object.fromEntries(Object.entries(key.tags).filter(([name]) => !isOfAws(name)));

/** Whether this request deleted a key: another one may have been faster. */
async function deleteOld(old: StreamKeySummary | undefined, context: Context): Promise<boolean> {
  if (!old?.arn) return false;
  context.trail.arns.push(old.arn);
  try {
    await deleteStreamKey({ arn: old.arn }, context);
    return true;
  } catch (error) {
    if (error instanceof ResourceNotFoundError) return false;
    throw error;
  }
}

async function createNew(
  rotation: Rotation,
  old: StreamKeySummary | undefined,
  isDeleted: boolean,
  context: Context,
): Promise<StreamKeySource | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await createStreamKey(rotation, context);
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      if (!isDeleted) throw error instanceof ServiceQuotaExceededError ? overtaken(rotation) : error;
      const found = await findNew(rotation.channelArn, old, context);
      if (found instanceof UpstreamError)
        throw notCreated(rotation, error, 'Whether it has one now is not known.');
      if (found) return found;
      if (attempt >= MAX_ATTEMPTS || !mayRepeat(error))
        throw notCreated(rotation, error, 'The channel has none now.');
    }
  }
}

/** Of CreateStreamKey, which is not idempotent: it is looked before each whether the one before it has created a key. */
const MAX_ATTEMPTS = 2;

/** The quota may count the deleted key for a moment longer. One that the gateway has refused for its time stays so. */
const mayRepeat = (error: UpstreamError): boolean =>
  error instanceof ServiceQuotaExceededError || (error.retryable && !(error instanceof ThrottledError));

/** The key that was created all the same: the response was lost, or another request created one meanwhile. */
async function findNew(
  channelArn: string,
  old: StreamKeySummary | undefined,
  context: Context,
): Promise<StreamKeySource | undefined | UpstreamError> {
  try {
    const key = await listStreamKey(channelArn, context);
    return key?.arn && key.arn !== old?.arn ? streamKeys.ref({ arn: key.arn }, context) : undefined;
  } catch (error) {
    if (error instanceof UpstreamError) return error;
    throw error;
  }
}

const overtaken = ({ channelArn }: Rotation): ConflictError =>
  new ConflictError(
    `Another request created a stream key of ${channelArn} at the same time, and that key was not replaced. Send rotateStreamKey again to replace it.`,
  );

function notCreated(
  { tags = {} }: Rotation,
  failure: UpstreamError,
  state: string,
): StreamKeyNotCreatedError {
  const { code, message, aws } = failure;
  const what = `The old stream key is deleted, and CreateStreamKey failed with ${code}: ${message}. ${state}`;
  const how = Object.keys(tags).length > 0 ? ' with the tags of this error' : '';
  return Object.assign(new StreamKeyNotCreatedError(`${what} Send rotateStreamKey again${how}.`, aws), {
    tags,
  });
}
