// The errors that a mutation can return instead of its payload.
import {
  ChannelNotBroadcastingError,
  ConflictError,
  PendingVerificationError,
  ResourceNotFoundError,
  ServiceQuotaExceededError,
  StreamKeyNotCreatedError,
  StreamUnavailableError,
  type UpstreamError,
  ValidationError,
} from '../../upstream/errors.ts';
import type { Violation } from '../../upstream/violations.ts';
import { builder } from './builder.ts';
import { KeyValue, toEntries } from './input.ts';
import { shareable } from './shareable.ts';

export const MutationError = builder.interfaceRef<UpstreamError>('MutationError').implement({
  description: 'A typed error of a mutation.',
  fields: (t) => ({
    message: t.exposeString('message', {
      nullable: false,
      description: 'Description of the error. AWS’s own text where AWS gave one.',
    }),
    code: t.exposeString('code', {
      nullable: false,
      description: 'Error code, the same for every error of this type.',
    }),
  }),
});

/** By the names of their types. */
export const mutationErrors = {
  ValidationError,
  ResourceNotFoundError,
  ConflictError,
  ServiceQuotaExceededError,
  PendingVerificationError,
  ChannelNotBroadcastingError,
  StreamKeyNotCreatedError,
  StreamUnavailableError,
};
export type MutationErrorName = keyof typeof mutationErrors;

const descriptions: Record<MutationErrorName, string> = {
  ValidationError: 'The input breaks a rule of the operation. Code `BAD_USER_INPUT`.',
  ResourceNotFoundError: 'A resource of the input does not exist. Code `NOT_FOUND`.',
  ConflictError: 'The resource is in use, live, or being changed by another request. Code `CONFLICT`.',
  ServiceQuotaExceededError:
    'The account has reached its quota of such resources. Code `SERVICE_QUOTA_EXCEEDED`.',
  PendingVerificationError: 'AWS is still verifying the account. Code `PENDING_VERIFICATION`.',
  ChannelNotBroadcastingError: 'The channel is not live. Code `CHANNEL_NOT_BROADCASTING`.',
  StreamKeyNotCreatedError:
    'The old stream key is deleted, and AWS created no new one: a broadcaster cannot start a stream. Send rotateStreamKey again, with `tags` of this error as its `tags`. Code `STREAM_KEY_NOT_CREATED`.',
  StreamUnavailableError:
    'AWS cannot stop the stream at the moment. A retry can succeed. Code `STREAM_UNAVAILABLE`.',
};

const InputViolation = builder.objectRef<Violation>('InputViolation').implement({
  description: 'One rule that an input breaks.',
  ...shareable,
  fields: (t) => ({
    path: t.field({
      type: ['String'],
      nullable: true,
      description:
        'Path from the mutation’s input to the member. Positions in lists are text, from 0. Empty when no single member breaks the rule.',
      resolve: ({ path }) => path as string[] | undefined,
    }),
    message: t.exposeString('message', { nullable: false, description: 'Description of the rule.' }),
  }),
});

for (const [name, error] of Object.entries(mutationErrors)) {
  builder.objectType(error as typeof UpstreamError, {
    name,
    description: descriptions[name as MutationErrorName],
    interfaces: [MutationError],
    // Other subgraphs have errors of these names, too. Fields that some have besides, they must have as well.
    ...shareable,
  });
}

builder.objectFields(ValidationError, (t) => ({
  path: t.field({
    type: ['String'],
    nullable: true,
    description: 'The path of the first of `violations`.',
    resolve: ({ violations }) => violations[0]?.path as string[] | undefined,
  }),
  violations: t.field({
    type: [InputViolation],
    nullable: false,
    description: 'The rules that the input breaks: at least one, all that AWS names.',
    resolve: ({ violations }) => violations as Violation[],
  }),
}));

builder.objectField(StreamKeyNotCreatedError, 'tags', (t) =>
  t.field({
    type: [KeyValue],
    nullable: false,
    description:
      'Tags that the new key should have: those of the input, else those of the deleted key. Send them as `tags` of the next rotateStreamKey.',
    resolve: ({ tags }) => toEntries(tags),
  }),
);
