// Tokens are shown once, when they are made: AWS keeps none, so there is nothing to load.

import type {
  ParticipantToken as AwsToken,
  ParticipantTokenCapability as Capability,
} from '@aws-sdk/client-ivs-realtime';
import type { Caller, Context } from '../../context.ts';
import { checkArn, targetOf } from '../../upstream/arn.ts';
import { ivsRealtime } from '../../upstream/aws-sdk.ts';
import { UpstreamError } from '../../upstream/errors.ts';
import { scoped } from '../language/authorization.ts';
import { awsObject } from '../language/aws-types.ts';
import { builder } from '../language/builder.ts';
import { enumeration } from '../language/enumeration.ts';
import { type Given, type InputFieldBuilder, KeyValue, KeyValueInput, toMap } from '../language/input.ts';
import { defineMutation, payloadOf, write } from '../patterns/mutation.ts';

const { CreateParticipantTokenCommand } = ivsRealtime;

// What it is

export const ParticipantTokenCapability = enumeration<Capability>(
  'ParticipantTokenCapability',
  'What the holder of a token may do.',
  { PUBLISH: 'Send audio and video.', SUBSCRIBE: 'Receive audio and video.' },
);

export const ParticipantToken = awsObject<AwsToken>(
  'ParticipantToken',
  'Lets one participant join one stage. AWS keeps no copy: it is shown once, when it is made.',
  {
    participantId: ['ID', 'The id that its holder will have on the stage.'],
    userId: ['String', 'Your own name for the holder; other participants see it.'],
    capabilities: [[ParticipantTokenCapability], 'What its holder may do.'],
    expirationTime: ['DateTime', 'From when on it cannot be used.'],
    attributes: [[KeyValue], 'Your own data about the holder; other participants see it.'],
  },
  (t) => ({
    token: t.string({
      nullable: false,
      ...scoped('ivs:token', {
        description: 'The secret itself, for the client’s IVS SDK. Do not parse it.',
      }),
      resolve: ({ token }) => token as string,
    }),
    durationMinutes: t.exposeInt('duration', { description: 'Lifetime of the token in minutes.' }),
  }),
);

// Mutations

/** What can be said of a token, alone or together with a stage. */
const configurationFields = (t: InputFieldBuilder) => ({
  durationMinutes: t.int({
    description: 'Lifetime of the token in minutes, 1 to 20160 (14 days). AWS’s default: 720.',
  }),
  userId: t.string({
    description: 'Your own name for the holder, up to 128 characters; other participants see it.',
  }),
  attributes: t.field({
    type: [KeyValueInput],
    description: 'Your own data about the holder, up to 1 KB in all; other participants see it.',
  }),
  capabilities: t.field({
    type: [ParticipantTokenCapability],
    description: 'What its holder may do. AWS’s default: both.',
  }),
});

export const ParticipantTokenConfigurationInput = builder.inputType('ParticipantTokenConfigurationInput', {
  description: 'A token to make together with a stage.',
  fields: configurationFields,
});

/** A token's settings as AWS takes them. Who may make tokens only for one person need not say for whom. */
export const toTokenConfiguration = <
  Configuration extends Given<typeof ParticipantTokenConfigurationInput.$inferInput>,
>(
  { attributes, durationMinutes, userId, ...rest }: Configuration,
  { user }: Caller,
) => ({ ...rest, duration: durationMinutes, userId: userId ?? user, attributes: toMap(attributes) });

/** A stage and the settings of one token for it. */
export const tokenFields = (t: InputFieldBuilder) => ({
  stageArn: t.id({ required: true, description: 'ARN of the stage to join.' }),
  ...configurationFields(t),
});

export interface TokenRequest extends Given<typeof ParticipantTokenConfigurationInput.$inferInput> {
  stageArn: string;
}

export async function createToken({ stageArn, ...configuration }: TokenRequest, context: Context) {
  const token = toTokenConfiguration(configuration, context.caller);
  const command = new CreateParticipantTokenCommand({ stageArn, ...token });
  const { participantToken } = await write(context, targetOf(stageArn), command);
  if (!participantToken) throw new UpstreamError('AWS carried out the mutation, but returned no token');
  return participantToken;
}

defineMutation('createParticipantToken', {
  scope: 'ivs:token',
  description: 'Makes a token with which one more participant can join a stage. Up to 50 a second.',
  payload: payloadOf('createParticipantToken', 'participantToken', ParticipantToken, 'The new token.'),
  errors: ['ResourceNotFoundError', 'ServiceQuotaExceededError', 'PendingVerificationError'],
  input: tokenFields,
  resolve: async (request, context) => {
    checkArn('stage', request.stageArn);
    return { thing: await createToken(request, context) };
  },
});
