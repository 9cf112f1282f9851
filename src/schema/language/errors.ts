// The errors that a mutation can answer with instead of its payload.
import * as upstream from '../../upstream/errors.ts';
import { builder } from './builder.ts';
import { shareable } from './shareable.ts';

const MutationError = builder.interfaceRef<upstream.UpstreamError>('Error').implement({
  description: 'Why a mutation did not do what it was asked.',
  fields: (t) => ({
    message: t.exposeString('message', {
      nullable: false,
      description: 'What was wrong, in words; AWS’s own where AWS said it.',
    }),
    code: t.exposeString('code', {
      nullable: false,
      description: 'The same for every error of this type; for programs.',
    }),
  }),
});

function define(error: typeof upstream.UpstreamError, description: string): void {
  builder.objectType(error, {
    name: error.name,
    description,
    interfaces: [MutationError],
    // Other subgraphs have errors of these names, too, and the same two fields.
    ...shareable,
  });
}

define(upstream.ValidationError, 'An input breaks a rule of the operation. Code `BAD_USER_INPUT`.');
define(upstream.ResourceNotFoundError, 'Something that the input names does not exist. Code `NOT_FOUND`.');
define(
  upstream.ConflictError,
  'The thing is in use, live, or being changed by someone else. Code `CONFLICT`.',
);
define(
  upstream.ServiceQuotaExceededError,
  'The account has as many of these as it may have. Code `SERVICE_QUOTA_EXCEEDED`.',
);
define(upstream.PendingVerificationError, 'AWS is still verifying the account. Code `PENDING_VERIFICATION`.');
define(upstream.ChannelNotBroadcastingError, 'The channel is not live. Code `CHANNEL_NOT_BROADCASTING`.');
define(
  upstream.StreamUnavailableError,
  'AWS could not stop the stream for now; trying again may help. Code `STREAM_UNAVAILABLE`.',
);
