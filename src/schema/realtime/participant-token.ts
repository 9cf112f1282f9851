// Tokens are shown once, when they are made: AWS keeps none, so there is nothing to load.

import type {
  ParticipantToken as AwsToken,
  ParticipantTokenCapability as Capability,
} from '@aws-sdk/client-ivs-realtime';
import type { Caller, Context } from '../../context.ts';
import { targetOf } from '../../upstream/arn.ts';
import { ivsRealtime } from '../../upstream/aws-sdk.ts';
import { UpstreamError } from '../../upstream/errors.ts';
import { scoped } from '../language/authorization.ts';
import { awsObject } from '../language/aws-types.ts';
import { builder } from '../language/builder.ts';
import { enumeration } from '../language/enumeration.ts';
import { type Given, type InputFieldBuilder, KeyValue, KeyValueInput, toMap } from '../language/input.ts';
import { arnRule } from '../patterns/input-rules.ts';
import { defineMutation, payloadOf, write } from '../patterns/mutation.ts';

const { CreateParticipantTokenCommand } = ivsRealtime;

// What it is

export const ParticipantTokenCapability = enumeration<Capability>(
  'ParticipantTokenCapability',
  'Action that a token permits.',
  { PUBLISH: 'Publish audio and video.', SUBSCRIBE: 'Subscribe to audio and video.' },
);

export const ParticipantToken = awsObject<AwsToken>(
  'ParticipantToken',
  'A token with which one participant can join one stage. AWS stores no copy: it is readable only in the response that creates it.',
  {
    participantId: ['ID', 'Id that the participant has on the stage.'],
    userId: ['String', 'Application id of the participant. Visible to other participants.'],
    capabilities: [[ParticipantTokenCapability], 'Permitted actions.'],
    expirationTime: ['DateTime', 'Time of its expiry.'],
    attributes: [[KeyValue], 'Application data about the participant. Visible to other participants.'],
  },
  (t) => ({
    token: t.string({
      nullable: false,
      ...scoped('ivs:token', {
        description: 'The secret token for the client’s IVS SDK. Opaque.',
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
    extensions: { awsName: 'duration' },
    description: 'Lifetime of the token in minutes, 1 to 20160 (14 days). AWS’s default: 720.',
  }),
  userId: t.string({
    description: 'Application id of the participant, up to 128 characters. Visible to other participants.',
  }),
  attributes: t.field({
    type: [KeyValueInput],
    description: 'Application data about the participant, up to 1 KB. Visible to other participants.',
  }),
  capabilities: t.field({
    type: [ParticipantTokenCapability],
    description: 'Permitted actions. AWS’s default: both.',
  }),
});

export const ParticipantTokenConfigurationInput = builder.inputType('ParticipantTokenConfigurationInput', {
  description: 'A token to create with a stage.',
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
  description: 'Creates a token with which one participant can join a stage. Limit: 50 per second.',
  payload: payloadOf('createParticipantToken', 'participantToken', ParticipantToken, 'The new token.'),
  errors: ['ResourceNotFoundError', 'ServiceQuotaExceededError', 'PendingVerificationError'],
  input: tokenFields,
  rules: [arnRule('stage', 'stageArn')],
  resolve: async (request, context) => {
    return { object: await createToken(request, context) };
  },
});
